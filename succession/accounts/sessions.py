"""How long a signed-in browser stays signed in. Pure."""

from datetime import datetime, timedelta

IDLE_LIMIT = timedelta(hours=3)
ABSOLUTE_LIMIT = timedelta(hours=12)
SEEN_STEP = timedelta(minutes=1)


def is_alive(*, created_at: datetime, last_seen_at: datetime, now: datetime) -> bool:
    """Whether a session that nobody has ended may still be used."""
    return now < last_seen_at + IDLE_LIMIT and now < created_at + ABSOLUTE_LIMIT


def is_worth_noting(*, last_seen_at: datetime, now: datetime) -> bool:
    """Whether this sign of life is written down; not every request needs to be."""
    return now >= last_seen_at + SEEN_STEP
