"""Requests, readers and releases: their states, limits, and when a release counts. Pure."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from succession.i18n import PLACE_OF_TIMES, Text

LONGEST_REQUEST = 600
LONGEST_PURPOSE = 200
LONGEST_RELEASE = timedelta(days=366)
USUAL_DAYS = 30
MOST_REQUESTS_A_DAY = 20


class RequestState(StrEnum):
    """Where a request stands. `ended`: it was accepted, and the owner has taken that back."""

    ASKED = "asked"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    ENDED = "ended"

    @property
    def label(self) -> Text:
        """What the owner reads."""
        return _FOR_OWNERS[self]

    @property
    def told(self) -> Text:
        """What the one who asked reads; a no is as neutral as it can be."""
        return _FOR_SEEKERS[self]


_FOR_OWNERS = {
    RequestState.ASKED: Text("waits for your answer"),
    RequestState.ACCEPTED: Text("accepted"),
    RequestState.DECLINED: Text("declined"),
    RequestState.WITHDRAWN: Text("taken back"),
    RequestState.ENDED: Text("ended"),
}
_FOR_SEEKERS = {
    RequestState.ASKED: Text("Your request has arrived. There is no answer yet."),
    RequestState.ACCEPTED: Text("The owners would like to go on with you."),
    RequestState.DECLINED: Text("The owners thank you for your interest. It does not fit this time."),
    RequestState.WITHDRAWN: Text("You have taken the request back."),
    RequestState.ENDED: Text("This contact has ended."),
}

ASKS_AGAIN = frozenset({RequestState.WITHDRAWN, RequestState.ENDED})
"""After these one may ask once more; a no is a no."""
DECIDABLE = frozenset({RequestState.ASKED, RequestState.ACCEPTED})


class Standing(StrEnum):
    """What a release is worth at a moment."""

    WAITS = "waits"
    OPEN = "open"
    EXPIRED = "expired"
    REVOKED = "revoked"

    @property
    def label(self) -> Text:
        """What both sides read."""
        return _STANDINGS[self]


_STANDINGS = {
    Standing.WAITS: Text("waits to be confirmed"),
    Standing.OPEN: Text("open"),
    Standing.EXPIRED: Text("has run out"),
    Standing.REVOKED: Text("taken back"),
}


def last_day(ends_at: datetime) -> date:
    """The last day on which something counts that ends at this moment."""
    return (ends_at - timedelta(seconds=1)).astimezone(PLACE_OF_TIMES).date()


@dataclass(frozen=True, slots=True)
class Terms:
    """The facts of a release on which it depends whether it counts."""

    released_at: datetime
    ends_at: datetime
    is_confirmed: bool
    revoked_at: datetime | None = None

    def standing(self, now: datetime) -> Standing:
        """Whether it counts now. What was taken back stays so, what has run out too."""
        if self.revoked_at is not None:
            return Standing.REVOKED if self.revoked_at < self.ends_at else Standing.EXPIRED
        if now >= self.ends_at:
            return Standing.EXPIRED
        return Standing.OPEN if self.is_confirmed and now >= self.released_at else Standing.WAITS
