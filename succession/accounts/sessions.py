"""How long a signed-in browser stays signed in. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from succession.accounts.browsers import family_of
from succession.accounts.limits import network_of

IDLE_LIMIT = timedelta(hours=3)
ABSOLUTE_LIMIT = timedelta(hours=12)
LASTING_LIMIT = timedelta(days=30)
SEEN_STEP = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Browser:
    """What is kept of a browser that signs in."""

    family: str | None = None
    network: str | None = None
    is_lasting: bool = False


def browser_of(user_agent: str, address: str, *, is_lasting: bool) -> Browser:
    """Two words and a cut network; nothing by which the browser could be known elsewhere."""
    return Browser(family_of(user_agent), network_of(address) or None, is_lasting)


def ends_at(*, created_at: datetime, last_seen_at: datetime, is_lasting: bool = False) -> datetime:
    """When a session ends by itself if nothing more happens."""
    if is_lasting:
        return created_at + LASTING_LIMIT
    return min(last_seen_at + IDLE_LIMIT, created_at + ABSOLUTE_LIMIT)


def is_alive(*, created_at: datetime, last_seen_at: datetime, now: datetime, is_lasting: bool = False) -> bool:
    """Whether a session that nobody has ended may still be used."""
    return now < ends_at(created_at=created_at, last_seen_at=last_seen_at, is_lasting=is_lasting)


def is_worth_noting(*, last_seen_at: datetime, now: datetime) -> bool:
    """Whether this sign of life is written down; not every request needs to be."""
    return now >= last_seen_at + SEEN_STEP
