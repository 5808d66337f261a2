"""The writing door of the contract: recorded only once nothing stands in its way; then monitoring takes over."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path

from sqlalchemy.orm import Session

from succession.accounts.actor import Actor, authorize
from succession.applications import service_keeping
from succession.applications.states import REDUCED_AFTER
from succession.audit import service as audit
from succession.awards import outward, queries, queries_outward
from succession.awards import policy_outward as policy
from succession.awards.approvals import LONGEST_NOTE, months_after, notify_by
from succession.awards.models_contract import Contract
from succession.awards.models_decision import Outcome
from succession.awards.obstacles import obstacles
from succession.awards.outward import LotAt
from succession.awards.queries import Desk
from succession.awards.queries_outward import Course
from succession.awards.standstill import day_of
from succession.calls import queries as calls
from succession.calls.models import Call
from succession.calls.states import CallKind
from succession.errors import Conflict, Refused
from succession.files import service as files
from succession.files.policy import FileOwner
from succession.files.purposes import Purpose
from succession.files.service import Upload
from succession.i18n import Text
from succession.jobs import queue

BEGIN_MONITORING = "monitoring.begin"
KEPT_MONTHS = 120


@dataclass(frozen=True, slots=True)
class Signed:
    """What stands on the paper, and its scan."""

    signed_on: date
    starts_on: date
    ends_on: date | None
    note: str
    scan: tuple[str, bytes] | None = None


def record(
    session: Session,
    actor: Actor,
    at: LotAt,
    signed: Signed,
    *,
    folder: Path,
    now: datetime,
) -> Contract:
    """The contract is on file. `Conflict` says what still stands in its way; the database holds the same."""
    desk, decision = outward.desk_to_write(session, actor, at)
    authorize(policy.may_write, actor, desk.call)
    standstill = queries_outward.locked_standstill(session, decision)
    course = queries_outward.course_of(session, decision)
    found = obstacles(course, now)
    if found:
        raise Conflict(found[0])
    if standstill is None or decision.application_id is None:
        raise Conflict(Text("The lot goes to nobody, so there is no contract."))
    _check(desk, course, signed, now)
    made = Contract(
        standstill_id=standstill.id,
        lot_id=desk.lot.id,
        application_id=decision.application_id,
        signed_on=signed.signed_on,
        starts_on=signed.starts_on,
        ends_on=signed.ends_on,
        note=signed.note.strip(),
        file_id=_scan(session, actor, desk, signed, folder=folder, now=now),
        recorded_at=now,
        recorded_by_account_id=actor.account_id,
    )
    session.add(made)
    session.flush()
    standstill.kept_until = _kept_until(made)
    queue.enqueue(session, BEGIN_MONITORING, contract_id=made.id)
    outward.lead_on(session, actor, desk.call, now=now)
    _end_procedure(session, actor, desk.call, now)
    audit.record(
        session, actor, "contract.recorded", **outward.noted(session, desk, "contract", made.public_id), now=now
    )
    return made


def _check(desk: Desk, course: Course, signed: Signed, now: datetime) -> None:
    span = course.span
    if span is not None and signed.signed_on <= span.last_day:
        raise Refused(
            Text("Nobody may sign before the Wartefrist is over: its last day is %(day)s.", {"day": span.last_day})
        )
    if signed.signed_on > day_of(now):
        raise Refused(Text("The day of signing lies in the future."))
    if len(signed.note) > LONGEST_NOTE:
        raise Refused(Text("Please write at most %(most)s characters.", {"most": LONGEST_NOTE}))
    if desk.call.kind is CallKind.SALE:
        return
    if signed.ends_on is None:
        raise Refused(Text("Please write on which day the contract ends."))
    if signed.ends_on <= signed.starts_on:
        raise Refused(Text("The contract would end before it begins."))


def _scan(session: Session, actor: Actor, desk: Desk, signed: Signed, *, folder: Path, now: datetime) -> int | None:
    if signed.scan is None:
        return None
    owner = FileOwner(organisation_id=desk.call.owner_organisation_id)
    upload = Upload(signed.scan[0], signed.scan[1], Purpose.CONTRACT)
    return files.add_document(session, actor, owner, upload, folder=folder, now=now).id


def notification_due(contract: Contract) -> date:
    """By when the lessor tells the authority of the lease."""
    return notify_by(contract.signed_on)


def _kept_until(contract: Contract) -> datetime:
    """Ten years after the end; after a sale, after the signing."""
    last = months_after(contract.ends_on or contract.signed_on, KEPT_MONTHS)
    return datetime.combine(last, time.max, UTC)


def _end_procedure(session: Session, actor: Actor, call: Call, now: datetime) -> None:
    """Once every lot that somebody got has its contract, it is certain how long whose statements are kept."""
    courses = queries_outward.courses(session, call)
    if any(one.contract is None for one in courses.values() if one.decision.outcome is Outcome.AWARD):
        return
    if len(courses) < len(calls.lots_of(session, call)) or any(one.standstill is None for one in courses.values()):
        return
    ends = max(one.standstill.ends_at for one in courses.values() if one.standstill is not None)
    reduced = dict.fromkeys(queries.codes_of(session, call.id), ends + REDUCED_AFTER)
    service_keeping.procedure_ended(session, actor, call, {**reduced, **_lessees(courses)}, now=now)


def _lessees(courses: Mapping[int, Course]) -> dict[int, datetime]:
    """Whoever got several lots keeps to the last of them."""
    found: dict[int, datetime] = {}
    for course in courses.values():
        contract = course.contract
        if contract is not None:
            until = _kept_until(contract)
            found[contract.application_id] = max(until, found.get(contract.application_id, until))
    return found
