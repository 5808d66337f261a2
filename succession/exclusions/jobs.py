"""What the worker does for exclusions: whoever has a new name, address, firm or place is recognised by it."""

from sqlalchemy.orm import Session

from succession.accounts.actor import Actor
from succession.exclusions import service

RENEW = "exclusions.renew_subjects"


def renew_subjects(session: Session) -> None:
    """The stored keys are those of what people are called now."""
    service.renew_subjects(session, Actor.system())
