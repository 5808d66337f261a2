"""The writing door of the clock after a decision: what a Wartefrist that has ended leads to."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from succession.accounts.actor import Actor, authorize
from succession.awards import outward
from succession.calls.models import Call
from succession.calls.states import CallState


def follow_clock(session: Session, actor: Actor, *, now: datetime) -> int:
    """Calls whose Wartefrist is over stand where their lots allow; how many went on."""
    authorize(lambda who, _: who.is_system, actor, None)
    waiting = select(Call).where(Call.state == CallState.STANDSTILL).order_by(Call.id)
    turned = 0
    for call in session.scalars(waiting.with_for_update(skip_locked=True)):
        outward.lead_on(session, actor, call, now=now)
        turned += call.state is not CallState.STANDSTILL
    return turned
