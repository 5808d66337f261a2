"""What the worker does for applications: tells before something goes, and reduces what has had its time."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from succession.accounts.actor import Actor
from succession.applications import mails, service_keeping

KEEPING = "applications.keeping"


def keeping(session: Session, *, now: datetime) -> None:
    """Whoever is to be told has a mail, and whatever is over is reduced; again does no harm."""
    service_keeping.tell(session, Actor.system(), now=now)
    service_keeping.reduce(session, Actor.system(), now=now)


def call_cancelled(session: Session, *, public_id: str, now: datetime) -> None:
    """Everybody who has begun or sent an application knows that there is no award."""
    service_keeping.tell_of_call(session, Actor.system(), UUID(public_id), mails.call_cancelled, now=now)


def call_reopened(session: Session, *, public_id: str, number: int, now: datetime) -> None:  # noqa: ARG001 - a job's form
    """Everybody who has begun or sent an application knows that the call has changed, and can look at theirs."""
    service_keeping.tell_of_call(session, Actor.system(), UUID(public_id), mails.call_reopened, now=now)
