"""The seal: nobody reads what others have sent before the deadline, by the clock of the database. The one door.

Every reading of applications that are not the reader's own goes through `is_open`; who asks does not matter, not even
the system itself. A request that arrived in time may still be at work, so the seal breaks a minute after the deadline.
"""

from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from succession.applications.models import Application
from succession.applications.states import SEALED_AFTER_CLOSING, ApplicationState
from succession.calls.models import Call
from succession.errors import Conflict
from succession.i18n import Text


class Sealed(Conflict):
    """Somebody wants to read before the deadline."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                "The applications are sealed until the deadline is over. Until then nobody can read them, you neither."
            )
        )


def is_open() -> ColumnElement[bool]:
    """Whether the seal of the call in a statement is broken: the condition that the database itself checks."""
    return Call.closes_at + SEALED_AFTER_CLOSING <= func.clock_timestamp()


def counts() -> ColumnElement[bool]:
    """Submitted, or withdrawn only after the deadline; what was withdrawn before is as if it had never been."""
    return or_(
        Application.state == ApplicationState.SUBMITTED,
        and_(Application.state == ApplicationState.WITHDRAWN, Application.withdrawn_at >= Call.closes_at),
    )


def refuse_sealed(session: Session, call_id: int) -> None:
    """`Sealed`, unless the deadline is over by the clock of the database."""
    if session.scalar(select(Call.id).where(Call.id == call_id, is_open())) is None:
        raise Sealed


def arrival(session: Session) -> datetime:
    """The clock of the database now; asked before anything is locked."""
    found = session.scalar(select(func.clock_timestamp()))
    assert isinstance(found, datetime)
    return found
