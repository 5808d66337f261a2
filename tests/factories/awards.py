"""Calls after their deadline with applicants, up to any step of an award; everything is committed through the doors."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from sqlalchemy import select

from succession.accounts.actor import Actor, Role
from succession.accounts.duties import MembershipRole
from succession.applications.models import Application
from succession.awards import (
    queries,
    service_decision,
    service_evidence,
    service_interests,
    service_preparation,
    service_runs,
)
from succession.awards.ballot import Ballot
from succession.awards.models import Cause
from succession.awards.models_decision import Outcome
from succession.awards.models_evidence import EvidenceItem
from succession.calls.models import Call, CallLot
from tests.factories.accounts import an_account
from tests.factories.applicants import an_application_sent
from tests.factories.calls import a_closed_call
from tests.factories.organisations import a_member, acting


@dataclass(frozen=True, slots=True)
class AwardScene:
    """A closed call, two people of the office, and applicants by name."""

    call: Call
    lots: list[CallLot]
    clerk: Actor
    second: Actor
    applications: dict[str, Application]

    @property
    def lot(self) -> CallLot:
        """The first lot."""
        return self.lots[0]


ANSWERS = {
    "Anna Ahorn": {"organic": True, "founded_years": "3"},
    "Bernd Buche": {"organic": True, "founded_years": "40"},
    "Carla Castanie": {"organic": False, "founded_years": "2"},
}
"""15, 10 and 5 points with the principles of the calls' factory."""


def a_call_to_decide(session, *, answers=None, now=None, with_accounts=False, **values) -> AwardScene:
    """Applications have come, the deadline is over, nothing else has happened."""
    now = now or datetime.now(UTC)
    scene = a_closed_call(session, now=now, **values)
    second = acting(session, a_member(session, scene.owner, MembershipRole.CLERK), now)
    applications = {}
    for name, said in (ANSWERS if answers is None else answers).items():
        account = an_account(session, Role.SEEKER, name=name) if with_accounts else None
        email = None if with_accounts else f"{name.split()[0].lower()}@example.org"
        applications[name] = an_application_sent(session, scene.call, account, answers=said, name=name, email=email)
    return AwardScene(scene.call, scene.lots, scene.clerk, second, applications)


def scored(session, scene, *, lot=None, cause=Cause.FIRST, now=None, **values):
    """The lot has been scored."""
    made = service_runs.run(session, scene.clerk, lot or scene.lot, cause, now=now or datetime.now(UTC), **values)
    session.commit()
    return made


def evidenced(session, scene, *, lot=None, folder=Path("/nowhere"), now=None):
    """Whoever had to has proven everything, on paper."""
    now = now or datetime.now(UTC)
    lot = lot or scene.lot
    due_on = date.fromordinal(now.date().toordinal() + 14)
    for request in service_evidence.ask(session, scene.clerk, lot, due_on=due_on, now=now):
        items = session.scalars(select(EvidenceItem).where(EvidenceItem.request_id == request.id)).all()
        for item in items:
            values = {"uploads": (), "note": "Original gesehen", "folder": folder, "now": now}
            service_evidence.take_in(session, scene.clerk, item.public_id, **values)
            service_evidence.judge(
                session, scene.clerk, item.public_id, accepted=True, reason="", revision=item.revision, now=now
            )
    session.commit()


def declared(session, scene, *, now=None):
    """Both people of the office have no interest."""
    for actor in (scene.clerk, scene.second):
        service_interests.declare_own(
            session, actor, scene.call, has_interest=False, note="", now=now or datetime.now(UTC)
        )
    session.commit()


def prepared(session, scene, *, lot=None, now=None):
    """Scored, proven, prepared by one and checked by the other."""
    now, lot = now or datetime.now(UTC), lot or scene.lot
    if queries.newest_run(session, lot.id) is None:
        scored(session, scene, lot=lot, now=now)
    evidenced(session, scene, lot=lot, now=now)
    declared(session, scene, now=now)
    run = queries.newest_run(session, lot.id)
    made = service_preparation.prepare(session, scene.clerk, lot, run_number=run.number, note="", now=now)
    service_preparation.check(session, scene.second, made.public_id, revision=made.revision, now=now)
    session.commit()
    return made


def a_ballot(code, **values) -> Ballot:
    """What the minutes say, by 9 votes to 2."""
    given = {
        "outcome": Outcome.NO_AWARD if code is None else Outcome.AWARD,
        "code": code,
        "body": "Gemeinderat",
        "decided_on": datetime.now(UTC).date(),
        "item": "TOP 7",
        "is_public": True,
        "votes_for": 9,
        "votes_against": 2,
        "votes_abstained": 1,
    }
    return Ballot(**{**given, **values})


def decided(session, scene, *, lot=None, code=None, now=None, **values):
    """The body has decided as the ranking says, unless told otherwise."""
    now, lot = now or datetime.now(UTC), lot or scene.lot
    made = prepared(session, scene, lot=lot, now=now)
    chosen = code or queries.result(queries.newest_run(session, lot.id)).ranking[0]
    decision = service_decision.decide(
        session,
        scene.clerk,
        lot,
        a_ballot(chosen, **values),
        preparation_id=made.public_id,
        scan=None,
        folder=Path("/nowhere"),
        now=now,
    )
    session.commit()
    return decision
