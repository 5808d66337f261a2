"""Writing doors of objections: raised online, entered from paper, answered in writing."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from succession.accounts.actor import Actor, authorize
from succession.accounts.models import Organisation
from succession.audit import service as audit
from succession.awards import mails_outward as mails
from succession.awards import (
    outward,
    queries,
    queries_interests,
    queries_outward,
    queries_sheets,
    service_decision,
    service_runs,
)
from succession.awards import policy_outward as policy
from succession.awards.models import Cause
from succession.awards.models_notices import NoticeSent, Objection, Standstill
from succession.awards.notice_kinds import (
    LONGEST_ANSWER,
    LONGEST_OBJECTION,
    LONGEST_REASON,
    AnswerOutcome,
    NoticeKind,
    ObjectionWay,
    Way,
)
from succession.awards.outward import LotAt
from succession.awards.queries import Desk
from succession.awards.sheets import Recipient
from succession.awards.standstill import day_of
from succession.errors import Conflict, NotFound, Refused
from succession.i18n import Text
from succession.outbox import service as outbox
from succession.outbox.values import Mail


@dataclass(frozen=True, slots=True)
class Answer:
    """What the office answers; `correction` says what was wrong, for everybody, if the objection is right."""

    outcome: AnswerOutcome
    text: str
    correction: str = ""


@dataclass(frozen=True, slots=True)
class _Writing:
    """What goes out to applicants because of an objection: each with its line, and a mail to whoever is online."""

    session: Session
    desk: Desk
    standstill: Standstill
    told: tuple[Recipient, ...]
    now: datetime

    def answer(self, found: Objection) -> None:
        """To whoever objected."""
        one = next((one for one in self.told if one.application_id == found.application_id), None)
        self._add(found.application_id, NoticeKind.ANSWER, one.way if one else Way.POST, found.id)
        if one is not None:
            self._mail(one, mails.objection_answered)

    def computed_again(self) -> None:
        """To everybody."""
        for one in self.told:
            self._add(one.application_id, NoticeKind.COMPUTED_AGAIN, one.way)
            self._mail(one, mails.computed_again)

    def _add(self, application_id: int, kind: NoticeKind, way: Way, objection_id: int | None = None) -> None:
        notice = NoticeSent(
            standstill_id=self.standstill.id,
            application_id=application_id,
            lot_id=self.desk.lot.id,
            objection_id=objection_id,
            kind=kind,
            way=way,
            dispatched_on=day_of(self.now),
            recorded_at=self.now,
        )
        self.session.add(notice)
        self.session.flush()

    def _mail(self, one: Recipient, mail: Callable[..., Mail]) -> None:
        if one.way is Way.MAIL:
            written = mail(title=self.desk.call.title, application_id=one.public_id, number=self.desk.lot.number)
            outbox.enqueue(self.session, written, account_id=one.account_id, now=self.now)


def raise_online(
    session: Session, actor: Actor, application_id: UUID, number: int, body: str, *, now: datetime
) -> Objection:
    """The applicant's objection is in; refused in plain words once the Wartefrist is over. `now`: when it arrived.

    A second click makes no second objection: while one waits for its answer, that one is given back.
    """
    application = queries_outward.told_application(session, actor, application_id)
    authorize(policy.may_object, actor, application)
    call, lot = queries_outward.call_and_lot(session, application, number)
    decision, _ = queries_outward.told_decision(session, application, lot)
    standstill = queries_outward.locked_standstill(session, decision)
    if standstill is None or decision.set_aside_at is not None:
        raise Conflict(Text("This decision does not stand any more. You will hear from us about the new one."))
    span = queries_outward.span_of(standstill)
    if span.is_over(now):
        raise Refused(
            Text(
                "The time for objections ended on %(day)s. You can still call us: we explain every line to you.",
                {"day": span.last_day},
            )
        )
    waiting = _waiting(session, standstill, application.id)
    if waiting is not None:
        return waiting
    made = _made(standstill, application.id, body, now)
    made.way, made.arrived_on, made.is_late = ObjectionWay.ONLINE, day_of(now), False
    session.add(made)
    session.flush()
    owner = session.get_one(Organisation, call.owner_organisation_id)
    audit.record(
        session,
        actor,
        "objection.raised",
        kind="objection",
        public_id=made.public_id,
        organisation=owner.public_id,
        now=now,
    )
    return made


def record_paper(
    session: Session,
    actor: Actor,
    at: LotAt,
    *,
    code: str,
    arrived_on: date,
    body: str,
    now: datetime,
) -> Objection:
    """An objection on paper is entered with the day on which it arrived.

    One that came too late is kept and answered as that at once.
    """
    desk, decision = outward.desk_to_write(session, actor, at)
    authorize(policy.may_write, actor, desk.call)
    standstill = queries_outward.locked_standstill(session, decision)
    if standstill is None or standstill.confirmed_at is None:
        raise Conflict(Text("Nobody has been told of the decision yet, so there can be no objection."))
    if not standstill.dispatched_on <= arrived_on <= day_of(now):
        raise Refused(Text("The day of arrival lies between the day on which the letters left and today."))
    applicant = queries.applicants(session, actor, desk).get(code)
    if applicant is None:
        raise NotFound
    if _waiting(session, standstill, applicant.application_id) is not None:
        raise Conflict(Text("An objection of this applicant waits already. Please answer that one first."))
    made = _made(standstill, applicant.application_id, body, now)
    made.way, made.arrived_on = ObjectionWay.PAPER, arrived_on
    made.is_late = queries_outward.span_of(standstill).is_late(arrived_on)
    made.recorded_by_account_id = actor.account_id
    session.add(made)
    session.flush()
    audit.record(
        session, actor, "objection.entered", **outward.noted(session, desk, "objection", made.public_id), now=now
    )
    return made


def answer(
    session: Session,
    actor: Actor,
    at: LotAt,
    objection_id: UUID,
    given: Answer,
    *,
    now: datetime,
) -> Objection:
    """The objection is answered in writing. If it is right, the decision is set aside, kept, and the lot scored anew.

    Then everybody is told that it is computed again; the body decides once more, on a new preparation.
    """
    desk, decision = outward.desk_to_write(session, actor, at)
    authorize(policy.may_write, actor, desk.call)
    queries_interests.refuse_interested(session, actor, desk.call)
    standstill = queries_outward.locked_standstill(session, decision)
    found = queries_outward.objection_of(session, desk.lot, objection_id, lock=True)
    if standstill is None or found.standstill_id != standstill.id:
        raise Conflict(Text("The decision that it was about does not stand any more."))
    if found.answered_on is not None:
        raise Conflict(Text("This objection has been answered already."))
    if found.is_late != (given.outcome is AnswerOutcome.TOO_LATE):
        raise Refused(Text("An objection that came too late is answered as that, and no other is."))
    is_right = given.outcome is AnswerOutcome.JUSTIFIED
    found.outcome = given.outcome
    found.answer = _text(given.text, LONGEST_ANSWER)
    found.correction = _text(given.correction, LONGEST_REASON) if is_right else None
    found.answered_on, found.answered_by_account_id = day_of(now), actor.account_id
    session.flush()
    ground = queries_sheets.ground(session, desk, decision, now=now)
    told = queries_sheets.recipients(session, actor, ground)
    writing = _Writing(session, desk, standstill, told, now)
    writing.answer(found)
    if is_right:
        service_decision.set_aside(session, actor, decision, found.correction or "", now=now)
        run = service_runs.run(session, actor, desk.lot, Cause.OBJECTION, note=found.correction or "", now=now)
        found.new_run_id = run.id
        writing.computed_again()
    else:
        outward.lead_on(session, actor, desk.call, now=now)
    audit.record(
        session, actor, "objection.answered", **outward.noted(session, desk, "objection", found.public_id), now=now
    )
    return found


def _waiting(session: Session, standstill: Standstill, application_id: int) -> Objection | None:
    every = queries_outward.objections_on(session, standstill)
    return next((one for one in every if one.application_id == application_id and one.answered_on is None), None)


def _made(standstill: Standstill, application_id: int, body: str, now: datetime) -> Objection:
    text = _text(body, LONGEST_OBJECTION)
    return Objection(
        public_id=uuid4(), standstill_id=standstill.id, application_id=application_id, recorded_at=now, body=text
    )


def _text(typed: str, longest: int) -> str:
    text = typed.strip()
    if not text:
        raise Refused(Text("Please write in words what it is about. One sentence is enough."))
    if len(text) > longest:
        raise Refused(Text("Please write at most %(most)s characters.", {"most": longest}))
    return text
