"""What the worker does for awards: what has had its time goes."""

from datetime import datetime

from sqlalchemy.orm import Session

from succession.accounts.actor import Actor
from succession.awards import service_keeping

KEEPING = "awards.keeping"


def keeping(session: Session, *, now: datetime) -> None:
    """Papers of those who got nothing are deleted with their statements; again does no harm."""
    service_keeping.forget(session, Actor.system(), now=now)
