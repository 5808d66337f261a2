"""Writing doors of the points that a named body gives: one person enters them, another confirms."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from succession.accounts.actor import Actor, authorize
from succession.allocation.points_values import declared, rules_by_field
from succession.allocation.rules import Want
from succession.audit import service as audit
from succession.awards import policy, queries, queries_input, queries_interests
from succession.awards.limits import LONGEST_NAME, LONGEST_REASON
from succession.awards.models import AwardedPoints
from succession.awards.queries import Desk
from succession.awards.service_evidence import CHECKING
from succession.calls.models import Call, CallLot
from succession.calls.states import state_at
from succession.errors import Conflict, NotFound, Refused
from succession.i18n import PLACE_OF_TIMES, Text
from succession.records.documents import DocumentError


@dataclass(frozen=True, slots=True)
class Given:
    """What a body gave one applicant on one question."""

    question: str
    marks: Sequence[str]
    reason: str
    body: str
    given_on: date


def enter(
    session: Session, actor: Actor, lot: CallLot, code: str, given: Given, *, revision: int | None, now: datetime
) -> AwardedPoints:
    """The points wait for a second person; those that stood there before count no longer."""
    desk = queries.desk_of_lot(session, lot.id, lock=True)
    authorize(policy.may_score, actor, desk.call)
    queries_interests.refuse_interested(session, actor, desk.call)
    _check_open(desk.call, now)
    _check(desk, given, now)
    application = queries.application_by_code(session, desk.call, code)
    if code not in queries.applicants(session, actor, desk):
        raise NotFound
    row = session.scalar(
        select(AwardedPoints)
        .where(AwardedPoints.lot_id == lot.id, AwardedPoints.application_id == application.id)
        .where(AwardedPoints.question == given.question)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if (None if row is None else row.revision) != revision:
        raise Conflict(Text("Somebody else has worked on this in the meantime. Please look at what stands here now."))
    if row is None:
        row = AwardedPoints(public_id=uuid4(), lot_id=lot.id, application_id=application.id, revision=0)
        session.add(row)
    row.question, row.marks, row.reason = given.question, list(given.marks), given.reason.strip()
    row.body, row.given_on = given.body.strip(), given.given_on
    row.entered_by_account_id, row.entered_at = actor.account_id, now
    row.confirmed_by_account_id = row.confirmed_at = None
    row.revision += 1
    session.flush()
    audit.record(session, actor, "award.points_entered", kind="awarded_points", public_id=row.public_id, now=now)
    return row


def confirm(session: Session, actor: Actor, points_id: UUID, *, revision: int, now: datetime) -> AwardedPoints:
    """The points count from the next run on: a second person has compared them with the body's paper."""
    found = session.scalar(select(AwardedPoints).where(AwardedPoints.public_id == points_id))
    if found is None:
        raise NotFound
    desk = queries.desk_of_lot(session, found.lot_id, lock=True)
    authorize(policy.may_score, actor, desk.call, hidden=True)
    session.refresh(found, with_for_update=True)
    queries_interests.refuse_interested(session, actor, desk.call)
    _check_open(desk.call, now)
    if found.revision != revision or found.confirmed_at is not None:
        raise Conflict(Text("Somebody else has worked on this in the meantime. Please look at what stands here now."))
    if actor.account_id is None or found.entered_by_account_id == actor.account_id:
        raise Conflict(Text("A second person must confirm what the first has entered."))
    found.confirmed_by_account_id, found.confirmed_at = actor.account_id, now
    found.revision += 1
    session.flush()
    audit.record(session, actor, "award.points_confirmed", kind="awarded_points", public_id=found.public_id, now=now)
    return found


def _check(desk: Desk, given: Given, now: datetime) -> None:
    """As the engine would read them, so that no run can stumble over them."""
    if given.question not in queries_input.awarded_fields(desk.principles):
        raise NotFound
    if not 1 <= len(given.reason.strip()) <= LONGEST_REASON:
        raise Refused(Text("Please write the reason that the body gave."))
    if not 1 <= len(given.body.strip()) <= LONGEST_NAME:
        raise Refused(Text("Please write which body gave the points."))
    if given.given_on > now.astimezone(PLACE_OF_TIMES).date():
        raise Refused(Text("This day lies in the future."))
    question = desk.principles.question(given.question)
    several = question is not None and question.answer is Want.NUMBERS
    if not given.marks or (len(given.marks) > 1 and not several):
        raise Refused(Text("Please write the points as a number."))
    value = list(given.marks) if several else given.marks[0]
    try:
        declared(value, rules_by_field(desk.principles.catalogue).get(given.question, ()), "")
    except DocumentError as error:
        raise Refused(
            Text("The principles do not allow these points. Please look at the limits of the line.")
        ) from error


def _check_open(call: Call, now: datetime) -> None:
    stands = state_at(call, now)
    if stands not in CHECKING:
        raise Conflict(Text("Points are not entered now. The call stands at: %(state)s.", {"state": stands.label}))
