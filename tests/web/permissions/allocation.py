"""Calls, applications and awards for the permission table, each in the state in which it has something to hide.

Who applies is the owner of the farm of the table, so that those who act for somebody have something to read; the
second applicant is the seeker.
"""

from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from uuid import uuid4

from sqlalchemy import select, text

from succession.accounts.actor import Actor
from succession.applications import service_envelopes
from succession.applications.service_envelopes import Arrival
from succession.awards import queries_decision, service_contract, service_evidence, service_objections
from succession.awards.models_evidence import EvidenceItem
from succession.awards.models_records import AwardRecord
from succession.awards.service_contract import Signed
from succession.calls.states import Procedure
from succession.land import service_leases
from succession.land.service_leases import LeaseValues
from succession.monitoring import service as monitoring
from succession.monitoring.models import Promise, PromiseCheck
from succession.simulation import service as simulation
from succession.simulation.service import Wanted
from tests.factories.applicants import a_call_closing, an_application_sent
from tests.factories.awards import AwardScene, decided, declared, prepared, scored
from tests.factories.calls import a_closed_call, a_draft_call, a_published_call, principles
from tests.factories.files import a_document
from tests.factories.monitoring import BEGINS, HEDGE, standing
from tests.factories.organisations import acting
from tests.factories.outward import after_standstill, at_of, dispatched
from tests.factories.principles import a_draft

ABOUT = {"title": "Andere Worte", "kind": "lease", "procedure": "single_lots"}
VOTES = {"votes_for": "9", "votes_against": "2", "votes_abstained": "0"}
FIRST, SECOND = {"organic": True, "founded_years": "3"}, {"organic": False, "founded_years": "2"}


class Allocation:
    """The municipality's calls, one for each state."""

    def __init__(self, scene):
        self.scene, self.session, self.now = scene, scene.session, datetime.now(UTC)
        self.admin, self.clerk = (acting(scene.session, one, self.now) for one in (scene.admin, scene.clerk))
        self.checker = acting(scene.session, scene.checker, self.now)
        self.owned = {"owner": scene.parish, "clerk": self.admin}
        self.add_drafts()
        self.add_open()
        self.add_closed()
        self.add_awards()
        self.session.commit()

    def add_drafts(self):
        session, parish = self.session, self.scene.parish
        self.principles = a_draft(session, parish, self.scene.clerk, now=self.now)
        self.draft = a_draft_call(session, now=self.now, **self.owned).call
        self.published = a_published_call(session, now=self.now, **self.owned).call
        lease = LeaseValues("Hof Adler", 100_00, date(2020, 10, 1), date(2029, 9, 30))
        self.lease = service_leases.enter(session, self.clerk, self.scene.parcel.public_id, lease, now=self.now)
        wanted = Wanted(parish.id, ("bvvg-2024", "highest-bid"), is_public=False)
        self.simulation = simulation.simulate(session, self.clerk, wanted, now=self.now)

    def apply(self, call, **values):
        """Both have applied; the first has more points."""
        first = an_application_sent(self.session, call, self.scene.owner, answers=FIRST, name="Anna", **values)
        second = an_application_sent(self.session, call, self.scene.seeker, answers=SECOND, name="Ben", **values)
        return first, second

    def add_open(self):
        self.open = a_call_closing(self.session, self.now + timedelta(days=10), **self.owned).call
        self.sealed, _ = self.apply(self.open)

    def add_closed(self):
        session, now = self.session, self.now
        self.closed = a_closed_call(session, now=now, **self.owned).call
        self.admitted, _ = self.apply(self.closed)
        arrival = Arrival(self.closed.closes_at - timedelta(days=1), "AB")
        for _ in range(2):
            service_envelopes.record(session, self.clerk, self.closed.public_id, arrival, key=uuid4(), now=now)
        service_envelopes.open_envelope(session, self.checker, self.closed.public_id, 2, now=now)
        session.commit()

    def to_decide(self, **values):
        found = a_closed_call(self.session, now=self.now, **self.owned, **values)
        wishes = {1: {"rank": 1}} if values.get("procedure") else None
        first, second = self.apply(found.call, lots=wishes)
        return AwardScene(found.call, found.lots, self.clerk, self.checker, {"Anna": first, "Ben": second})

    def add_awards(self):
        session, now = self.session, self.now
        self.scored = self.to_decide()
        scored(session, self.scored, now=now)
        service_evidence.ask(session, self.clerk, self.scored.lot, due_on=now.date() + timedelta(days=14), now=now)
        session.commit()
        self.item = session.scalars(select(EvidenceItem)).first()
        self.in_rounds = self.to_decide(procedure=Procedure.ONE_LOT_EACH)
        session.execute(
            text("UPDATE call SET public_draw_result = '3 7 12 24 31 49' WHERE id = :id"),
            {"id": self.in_rounds.call.id},
        )
        session.refresh(self.in_rounds.call)
        scored(session, self.in_rounds, now=now)
        self.ready = self.to_decide()
        prepared(session, self.ready, now=now)
        self.preparation = queries_decision.standing_preparation(session, self.ready.lot.id)
        self.decided = self.to_decide()
        declared(session, self.decided, now=now)
        decided_by(session, self.decided, self.admin, now)
        self.record = record_of(session, self.decided)
        self.told = self.to_decide(document=principles(promises=[HEDGE]))
        decided_by(session, self.told, self.admin, now)
        dispatched(session, self.told, now=now)
        self.public_record = record_of(session, self.told)
        seeker = acting(session, self.scene.seeker, now)
        ben = self.told.applications["Ben"].public_id
        self.objection = service_objections.raise_online(session, seeker, ben, 1, "Ich sehe es anders.", now=now)
        session.commit()
        self.add_contract()

    def add_contract(self):
        session = self.session
        self.signed = self.to_decide(document=principles(promises=[HEDGE]))
        decided_by(session, self.signed, self.admin, self.now)
        dispatched(session, self.signed, now=self.now)
        later = after_standstill(standing(session, self.signed))
        signed = Signed(later.date(), BEGINS, date(2042, 9, 30), "")
        self.contract = service_contract.record(session, self.clerk, at_of(self.signed), signed, folder=None, now=later)
        session.commit()
        monitoring.begin(session, Actor.system(), self.contract.id, now=later)
        promises = select(Promise.id).where(Promise.contract_id == self.contract.id)
        self.check = session.scalars(select(PromiseCheck).where(PromiseCheck.promise_id.in_(promises))).first()

    def rows(self):
        """Every thing and act, with how it is asked for."""
        yield from self.rows_of_drafts()
        yield from self.rows_of_calls()
        yield from self.rows_of_applications()
        yield from self.rows_of_scoring()
        yield from self.rows_of_decisions()
        yield from self.rows_of_contracts()

    def rows_of_drafts(self):
        at, parish = f"/my-principles/{self.principles.public_id}", self.scene.parish.public_id
        yield "a draft of principles", "read it", "GET", at, {}
        yield "a draft of principles", "change it", "POST", f"{at}/lots", {"seen": str(self.principles.revision)}
        yield "a draft of principles", "take it along", "GET", f"{at}/document.json", {}
        yield "a draft of principles", "delete it", "POST", f"{at}/delete", {}
        yield "sample farms", "see them", "GET", f"/my-principles/sample-farms/{parish}", {}
        lease = f"/leases/{self.lease.public_id}"
        yield "a lease", "read it", "GET", lease, {}
        yield "a lease", "end it", "POST", f"{lease}/end", {"ends_on": "2028-09-30"}
        yield "a lease", "delete it", "POST", f"{lease}/delete", {}
        yield "a simulation", "read it", "GET", f"/my-what-if/{self.simulation.public_id}", {}
        sets = {"sets": ["bvvg-2024", "highest-bid"], "on_whom": "sample_farms", "session": "closed"}
        sets["organisation"] = str(parish)
        yield "a simulation", "make one", "POST", "/my-what-if", sets

    def rows_of_calls(self):
        draft = f"/my-calls/{self.draft.public_id}"
        yield "a draft call", "read it in public", "GET", f"/calls/{self.draft.public_id}", {}
        yield "a draft call", "read it", "GET", draft, {}
        yield "a draft call", "see the form", "GET", f"{draft}/dates", {}
        yield "a draft call", "change it", "POST", f"{draft}/about", ABOUT
        yield "a draft call", "publish it", "POST", f"{draft}/publish", {}
        yield "a draft call", "delete it", "POST", f"{draft}/delete", {}
        own = f"/my-calls/{self.published.public_id}"
        yield "a published call", "read it in public", "GET", f"/calls/{self.published.public_id}", {}
        yield "a published call", "see its map", "GET", f"/calls/{self.published.public_id}/map.json", {}
        yield "a published call", "read it as owner", "GET", own, {}
        yield "a published call", "take it back", "POST", f"{own}/take-back", {}
        at = f"/my-calls/{self.open.public_id}"
        yield "an open call", "begin to apply", "GET", f"/calls/{self.open.public_id}/apply", {}
        yield "an open call", "change it", "GET", f"{at}/change", {}
        yield "an open call", "cancel it", "POST", f"{at}/cancel", {"reason": "Der Rat will neu beraten."}
        yield "an open call", "see envelopes", "GET", f"{at}/envelopes", {}
        yield "an open call", "see applications", "GET", f"{at}/applications", {}
        yield "an open call", "score it", "POST", f"{at}/lots/1/ranking", {"cause": "first"}

    def rows_of_applications(self):
        at = f"/my-applications/{self.sealed.public_id}"
        office = f"/my-calls/{self.open.public_id}/applications/{self.sealed.public_id}"
        yield "a sealed application", "read it", "GET", at, {}
        yield "a sealed application", "read its receipt", "GET", f"{at}/receipt", {}
        yield "a sealed application", "take it along", "GET", f"{at}/sent-1.json", {}
        yield "a sealed application", "change it", "GET", f"{at}/pages/lots", {}
        yield "a sealed application", "withdraw it", "POST", f"{at}/withdraw", {}
        yield "a sealed application", "read it as office", "GET", office, {}
        at = f"/my-calls/{self.closed.public_id}"
        admitted = f"{at}/applications/{self.admitted.public_id}"
        yield "an admitted application", "read it", "GET", f"/my-applications/{self.admitted.public_id}", {}
        yield (
            "an admitted application",
            "withdraw it",
            "POST",
            f"/my-applications/{self.admitted.public_id}/withdraw",
            {},
        )
        yield "an admitted application", "read it as office", "GET", admitted, {}
        yield "an admitted application", "see all of them", "GET", f"{at}/applications", {}
        yield "an opened envelope", "see it", "GET", f"{at}/envelopes/2", {}
        yield "an envelope", "open it", "POST", f"{at}/envelopes/1/open", {}
        yield "a closed call", "score it", "POST", f"{at}/lots/1/ranking", {"cause": "first"}
        yield "an opened envelope", "confirm its entry", "POST", f"{at}/envelopes/2/confirm", {"seen": "0"}

    def rows_of_scoring(self):
        at, application = lot_of(self.scored), self.scored.applications["Anna"]
        yield "a lot in work", "see the desk", "GET", at, {}
        yield "a lot in work", "see the ranking", "GET", f"{at}/ranking", {}
        yield "a lot in work", "take the ranking along", "GET", f"{at}/ranking.csv", {}
        yield "a lot in work", "read one's lines", "GET", f"{at}/runs/1/applicants/{application.code}", {}
        yield "a lot in work", "see the evidence", "GET", f"{at}/evidence", {}
        judged = {"accepted": "yes", "revision": str(self.item.revision)}
        yield "a lot in work", "judge evidence", "POST", f"{at}/evidence/{self.item.public_id}/judgement", judged
        own, item = f"/my-applications/{application.public_id}", f"/evidence/{self.item.public_id}"
        yield "asked evidence", "see it", "GET", own + item, {}
        yield "asked evidence", "hand it in", "POST", own + item, {"note": "liegt beim Amt"}
        yield "a lot in work", "declare interests", "POST", f"{at}/interests/own", {"own-has_interest": "no"}
        yield "a lot in work", "prepare it", "POST", f"{at}/preparation", {"run": "1"}
        yield (
            "a lot in work",
            "learn one's result",
            "GET",
            f"/my-applications/{application.public_id}/lots/1/result",
            {},
        )
        at = f"/my-calls/{self.in_rounds.call.public_id}/round"
        yield "a round", "see it", "GET", at, {}
        yield "a round", "compute it", "POST", at, {}
        anna = self.in_rounds.applications["Anna"].public_id
        yield "a round", "read one's certificate", "GET", f"/my-applications/{anna}/certificate", {}

    def rows_of_decisions(self):
        at = lot_of(self.ready)
        yield "a prepared lot", "read the council paper", "GET", f"{at}/council-paper/non-public", {}
        revision = {"revision": str(self.preparation.revision), "reason": "Ein Nachweis fehlt."}
        taken_back = f"{at}/preparation/{self.preparation.public_id}/take-back"
        yield "a prepared lot", "take it back", "POST", taken_back, revision
        yield "a prepared lot", "see how to decide", "GET", f"{at}/decision", {}
        yield "a prepared lot", "enter the decision", "POST", f"{at}/decision", self.minutes()
        at, anna = lot_of(self.decided), self.decided.applications["Anna"].public_id
        yield "a decided lot", "see the letters", "GET", f"{at}/letters", {}
        yield "a decided lot", "write the letters", "POST", f"{at}/letters", {"dispatched_on": day(self.now)}
        yield "a decided lot", "learn one's result", "GET", f"/my-applications/{anna}/lots/1/result", {}
        yield "a record not yet public", "read it", "GET", f"/awards/{self.record.public_id}", {}
        yield "a record not yet public", "publish it", "POST", f"/awards/{self.record.public_id}/publication", {}
        at, public = lot_of(self.told), f"/awards/{self.public_record.public_id}"
        yield "a published record", "read it", "GET", public, {}
        yield "a published record", "take it along", "GET", f"{public}/record.json", {}
        yield "a published record", "take it along in full", "GET", f"{public}/full.json", {}
        own = f"/my-applications/{self.told.applications['Anna'].public_id}/lots/1"
        yield "a result", "read one's own", "GET", f"{own}/result", {}
        yield "a result", "object", "POST", f"{own}/objection", {"body": "Ich sehe es anders."}
        yield "an objection", "read it", "GET", f"{at}/objections/{self.objection.public_id}", {}
        answer = {"outcome": "not_justified", "answer": "Die Bescheinigung fehlte."}
        yield "an objection", "answer it", "POST", f"{at}/objections/{self.objection.public_id}", answer
        yield "a decided lot", "see approvals", "GET", f"{at}/approvals", {}

    def minutes(self):
        """What the body decided, as a form."""
        made = {"preparation": str(self.preparation.public_id), "chosen": self.ready.applications["Anna"].code}
        return {**made, "body": "Gemeinderat", "decided_on": day(self.now), "is_public": "yes", **VOTES}

    def rows_of_contracts(self):
        at = lot_of(self.signed)
        yield "a contract", "see it", "GET", f"{at}/contract", {}
        yield "a contract", "see its promises", "GET", f"/promises/{self.contract.public_id}", {}
        yield "a contract", "give it to another lessee", "POST", f"/promises/{self.contract.public_id}/lessee", {}
        check = f"/promises/checks/{self.check.public_id}"
        found = {"revision": self.check.revision, "outcome": "partly", "found_on": day(self.now), "note": "60 Meter."}

        def a_paper():
            return {"file": (BytesIO(a_document()), "hecke.pdf"), "note": "Die Hecke steht."}

        yield "a promise", "see its check", "GET", check, {}
        yield "a promise", "write a finding", "POST", f"{check}/findings", found
        yield "a promise", "hand in evidence", "POST", f"{check}/evidence", a_paper
        for act, address in (
            ("see own calls", "/my-calls"), ("see principles", "/my-principles"), ("see leases", "/leases"),
            ("see own applications", "/my-applications"), ("see promises of others", "/promises"),
            ("see own promises", "/my-promises"), ("try principles", "/my-what-if"),
        ):  # fmt: skip
            yield "the house", act, "GET", address, {}


def decided_by(session, scene, actor, now):
    """The office has prepared it, and who may enter decisions has entered this one."""
    both = AwardScene(scene.call, scene.lots, actor, scene.second, scene.applications)
    declared(session, scene, now=now)
    return decided(session, both, now=now)


def record_of(session, scene):
    return session.scalars(select(AwardRecord).where(AwardRecord.lot_id == scene.lot.id)).one()


def lot_of(scene):
    return f"/my-calls/{scene.call.public_id}/lots/{scene.lot.number}"


def day(now):
    return now.date().isoformat()
