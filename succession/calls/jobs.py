"""What the worker does for calls: puts on record what the clock has done."""

from datetime import datetime

from sqlalchemy.orm import Session

from succession.accounts.actor import Actor
from succession.calls import service_states

TURN = "calls.turn"


def turn(session: Session, *, now: datetime) -> None:
    """Calls whose opening or deadline has passed stand so."""
    service_states.record_turns(session, Actor.system(), now=now)
