"""What every writing door after a decision needs: the lot locked, the decision that stands, and the call led on."""

from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from succession.accounts.actor import Actor
from succession.accounts.models import Organisation
from succession.awards import queries, queries_outward
from succession.awards.approvals import StepOutcome
from succession.awards.lead_outward import LotStands, reached, steps
from succession.awards.models_decision import Decision, Outcome
from succession.awards.queries import Desk
from succession.awards.queries_outward import Course
from succession.awards.standing import standing_decision
from succession.calls import service_states as call_states
from succession.calls.models import Call, CallLot
from succession.calls.states import state_at
from succession.errors import Conflict
from succession.i18n import Text


class LotAt(NamedTuple):
    """A lot as an address names it."""

    call_id: UUID
    number: int


def desk_to_write(session: Session, actor: Actor, at: LotAt) -> tuple[Desk, Decision]:
    """The lot with the decision that stands, locked; `Conflict` before one. The door that asks authorizes itself."""
    desk = queries.desk(session, actor, at.call_id, at.number, lock=True)
    decision = standing_decision(session, desk.lot.id)
    if decision is None:
        raise Conflict(Text("The body has not decided on this lot yet."))
    session.refresh(decision)
    return desk, decision


def lead_on(session: Session, actor: Actor, call: Call, *, now: datetime) -> None:
    """The call stands where its lots allow; nothing happens while a lot is undecided."""
    lots = int(session.scalar(select(func.count(CallLot.id)).where(CallLot.call_id == call.id)) or 0)
    courses = queries_outward.courses(session, call)
    if len(courses) < lots:
        return
    to = reached(_stands(course, now) for course in courses.values())
    for step in steps(state_at(call, now), to):
        call_states.move(session, actor, call, step, now=now)


def noted(session: Session, desk: Desk, kind: str, public_id: UUID) -> dict[str, Any]:
    """What the record says beside the act: what it was about, and in whose name it was done."""
    owner = session.get_one(Organisation, desk.call.owner_organisation_id)
    return {"kind": kind, "public_id": public_id, "organisation": owner.public_id}


def _stands(course: Course, now: datetime) -> LotStands:
    span = course.span
    return LotStands(
        is_award=course.decision.outcome is Outcome.AWARD,
        letters_left=course.is_running,
        period_over=course.is_running and span is not None and span.is_over(now),
        objections_wait=bool(course.waiting),
        approvals_wait=any(one.is_before_contract and not one.outcome.is_settled for one in course.steps),
        is_signed=course.contract is not None,
        later_steps_wait=any(not one.is_before_contract and one.outcome is StepOutcome.OPEN for one in course.steps),
    )
