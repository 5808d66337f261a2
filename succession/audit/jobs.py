"""What the worker does for the record: seals it, every minute."""

from datetime import datetime

from sqlalchemy.orm import Session

from succession.audit import service

SEAL = "audit.seal"


def seal(session: Session, *, now: datetime) -> None:  # noqa: ARG001 - a seal bears the time of the database
    """Everything written so far is sealed."""
    service.seal(session)
