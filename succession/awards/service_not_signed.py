"""The writing door for a lot that its winner does not sign for: the decision goes, whoever waits next comes first."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from succession.accounts.actor import Actor, authorize
from succession.audit import service as audit
from succession.awards import (
    mails_outward,
    outward,
    queries_interests,
    queries_outward,
    queries_sheets,
    service_decision,
    service_runs,
)
from succession.awards import policy_outward as policy
from succession.awards.models import Cause
from succession.awards.models_decision import Outcome
from succession.awards.models_notices import NoticeSent, Standstill
from succession.awards.notice_kinds import LONGEST_REASON, NoticeKind, NotSigned, Way
from succession.awards.outward import LotAt
from succession.awards.queries import Desk
from succession.awards.queries_outward import Course
from succession.awards.sheets import Recipient
from succession.awards.standstill import day_of
from succession.errors import Conflict, Refused
from succession.i18n import Text
from succession.outbox import service as outbox


@dataclass(frozen=True, slots=True)
class Given:
    """Why there is no contract and since which day; `reason` is what everybody who applied is told."""

    why: NotSigned
    on: date
    reason: str


def record(session: Session, actor: Actor, at: LotAt, given: Given, *, now: datetime) -> Standstill:
    """No contract comes about: the decision is set aside and kept, the lot scored without whoever was chosen.

    Everybody is told, and the body decides anew on whoever comes first then. `Conflict` once there is a contract, or
    while an objection waits: it would never get its answer.
    """
    desk, decision = outward.desk_to_write(session, actor, at)
    authorize(policy.may_write, actor, desk.call)
    queries_interests.refuse_interested(session, actor, desk.call)
    standstill = queries_outward.locked_standstill(session, decision)
    course = queries_outward.course_of(session, decision)
    refused = refusal(course)
    if refused is not None:
        raise Conflict(refused)
    assert standstill is not None
    _check(course, given, now)
    told = queries_sheets.recipients(session, actor, queries_sheets.ground(session, desk, decision, now=now))
    standstill.not_signed, standstill.not_signed_on = given.why, given.on
    session.flush()
    service_decision.set_aside(session, actor, decision, given.reason, now=now)
    service_runs.run(session, actor, desk.lot, Cause.WITHDRAWAL, now=now)
    for one in told:
        _tell(session, desk, standstill, one, now)
    audit.record(
        session, actor, "award.not_signed", **outward.noted(session, desk, "decision", decision.public_id), now=now
    )
    return standstill


def refusal(course: Course) -> Text | None:
    """Why nothing of that kind can be recorded; None where it can."""
    if course.contract is not None:
        return Text("The contract is on file already.")
    if course.decision.outcome is not Outcome.AWARD:
        return Text("The lot goes to nobody, so there is no contract.")
    if not course.is_running:
        return Text("The letters have not left yet, so nobody knows of the decision.")
    if course.waiting:
        return Text("An objection waits for its answer. Please answer it first.")
    return None


def _check(course: Course, given: Given, now: datetime) -> None:
    span = course.span
    assert span is not None
    if not 1 <= len(given.reason.strip()) <= LONGEST_REASON:
        raise Refused(
            Text("Please write in at most %(most)s characters why there is no contract.", {"most": LONGEST_REASON})
        )
    if given.on > day_of(now):
        raise Refused(Text("This day lies in the future."))
    if given.on < span.dispatched_on:
        raise Refused(Text("This day lies before the day on which the letters left."))
    if given.why is NotSigned.DAY_PASSED and not span.last_day < given.on < day_of(now):
        raise Refused(
            Text(
                "The last day for signing lies after the Wartefrist (%(day)s), and it must be over.",
                {"day": span.last_day},
            )
        )


def _tell(session: Session, desk: Desk, standstill: Standstill, one: Recipient, now: datetime) -> None:
    notice = NoticeSent(
        standstill_id=standstill.id,
        application_id=one.application_id,
        lot_id=desk.lot.id,
        kind=NoticeKind.DECIDED_ANEW,
        way=one.way,
        dispatched_on=day_of(now),
        recorded_at=now,
    )
    session.add(notice)
    session.flush()
    if one.way is Way.MAIL:
        mail = mails_outward.decided_anew(title=desk.call.title, application_id=one.public_id, number=desk.lot.number)
        outbox.enqueue(session, mail, account_id=one.account_id, now=now)
