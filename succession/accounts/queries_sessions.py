"""Which sessions may still be used, as a filter."""

from datetime import datetime

from sqlalchemy import ColumnElement, and_, or_

from succession.accounts.models import AccountSession
from succession.accounts.sessions import ABSOLUTE_LIMIT, IDLE_LIMIT, LASTING_LIMIT


def within_limits(now: datetime | ColumnElement[datetime]) -> ColumnElement[bool]:
    """`sessions.is_alive` as a filter; a test holds the two together."""
    return or_(
        and_(AccountSession.is_lasting, AccountSession.created_at > now - LASTING_LIMIT),
        and_(
            ~AccountSession.is_lasting,
            AccountSession.created_at > now - ABSOLUTE_LIMIT,
            AccountSession.last_seen_at > now - IDLE_LIMIT,
        ),
    )
