"""What the worker does for matching: a new sample of the pool every night."""

from datetime import datetime

from sqlalchemy.orm import Session

from succession.accounts.actor import Actor
from succession.matching import service

RENEW_MEANS = "matching.renew_means"


def renew_means(session: Session, *, now: datetime) -> None:
    """The means of the pool are those of tonight; the day is the seed, so that the sample can be taken again."""
    service.renew_means(session, Actor.system(), seed=now.toordinal(), now=now)
