"""What the worker does after a decision: calls go on when their Wartefrist has ended."""

from datetime import datetime

from sqlalchemy.orm import Session

from succession.accounts.actor import Actor
from succession.awards import service_turns

TURN = "awards.turn"


def turn(session: Session, *, now: datetime) -> None:
    """The Wartefrist of a call is over; again does no harm."""
    service_turns.follow_clock(session, Actor.system(), now=now)
