"""What stands of a lot and what no longer does; used by the doors that have asked for permission."""

from datetime import datetime

from sqlalchemy import ColumnElement, func, or_, select, true
from sqlalchemy.orm import Session

from succession.accounts.actor import Actor
from succession.awards.models_decision import Decision, Preparation
from succession.calls import service_states as call_states
from succession.calls.models import Call, CallLot
from succession.calls.states import CallState, state_at


def standing_preparation(session: Session, lot_id: int) -> Preparation | None:
    """What the office has prepared on a lot."""
    return session.scalar(select(Preparation).where(Preparation.lot_id == lot_id, Preparation.set_aside_at.is_(None)))


def standing_decision(session: Session, lot_id: int) -> Decision | None:
    """What the body has decided on a lot."""
    return session.scalar(select(Decision).where(Decision.lot_id == lot_id, Decision.set_aside_at.is_(None)))


def set_preparation_aside(session: Session, lot_id: int, reason: str, *, now: datetime) -> None:
    """Nothing is prepared on the lot any more; an empty reason means that there is a newer run."""
    found = standing_preparation(session, lot_id)
    if found is not None:
        found.set_aside_at, found.set_aside_reason = now, reason
        found.revision += 1
        session.flush()


def lead_on(session: Session, actor: Actor, call: Call, *, now: datetime) -> None:
    """The call goes as far as the lot that is farthest behind."""
    lots = _count(session, call, true())
    decided = CallLot.id.in_(select(Decision.lot_id).where(Decision.set_aside_at.is_(None)))
    checked = select(Preparation.lot_id).where(Preparation.set_aside_at.is_(None), Preparation.checked_at.is_not(None))
    stands = state_at(call, now)
    if stands in (CallState.CLOSED, CallState.EVIDENCE):
        if _count(session, call, or_(decided, CallLot.id.in_(checked))) < lots:
            return
        call_states.move(session, actor, call, CallState.PREPARED, now=now)
    if call.state is CallState.PREPARED and _count(session, call, decided) == lots:
        call_states.move(session, actor, call, CallState.DECIDED, now=now)


def lead_back(session: Session, actor: Actor, call: Call, *, now: datetime) -> None:
    """Something of what was prepared or decided stands no more: the call is at checking evidence again."""
    if state_at(call, now) not in (CallState.CLOSED, CallState.EVIDENCE):
        call_states.move(session, actor, call, CallState.EVIDENCE, now=now)


def _count(session: Session, call: Call, which: ColumnElement[bool]) -> int:
    return int(session.scalar(select(func.count(CallLot.id)).where(CallLot.call_id == call.id, which)) or 0)
