"""When a lease asks for its successor: a call needs two years, so the owner hears of it in time. Pure."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from succession.i18n import Text

ASKS_FROM_MONTHS = 24
ASKS_UNTIL_MONTHS = 30
LOOK_AHEAD_MONTHS = 36


class LeadTime(StrEnum):
    """How a lease stands on a day."""

    UPCOMING = "upcoming"
    RUNNING = "running"
    ASKS_FOR_A_CALL = "asks_for_a_call"
    LATE = "late"
    ENDED = "ended"
    OPEN_END = "open_end"

    @property
    def label(self) -> Text:
        """What a person reads."""
        return _LABELS[self]


_LABELS = {
    LeadTime.UPCOMING: Text("begins later"),
    LeadTime.RUNNING: Text("runs"),
    LeadTime.ASKS_FOR_A_CALL: Text("prepare a call now"),
    LeadTime.LATE: Text("ends soon"),
    LeadTime.ENDED: Text("has ended"),
    LeadTime.OPEN_END: Text("runs until notice"),
}


@dataclass(frozen=True, slots=True)
class Span:
    """The first and last day of a lease."""

    starts_on: date
    ends_on: date | None


def months_later(day: date, months: int) -> date:
    """The same day so many months later, or the last one of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def window(today: date) -> tuple[date, date]:
    """The first and last day on which a lease ends that asks for a call today."""
    return months_later(today, ASKS_FROM_MONTHS), months_later(today, ASKS_UNTIL_MONTHS)


def lead_time(span: Span, today: date) -> LeadTime:
    """How the lease stands today."""
    if span.starts_on > today:
        return LeadTime.UPCOMING
    if span.ends_on is None:
        return LeadTime.OPEN_END
    if span.ends_on < today:
        return LeadTime.ENDED
    first, last = window(today)
    if span.ends_on < first:
        return LeadTime.LATE
    return LeadTime.ASKS_FOR_A_CALL if span.ends_on <= last else LeadTime.RUNNING


def call_by(ends_on: date) -> date:
    """The day by which a call for the land should have begun: two years before the lease ends."""
    return months_later(ends_on, -ASKS_FROM_MONTHS)


def notice_by(ends_on: date, notice_months: int | None) -> date | None:
    """The last day for giving notice to that end, where the lease says how long before."""
    return None if notice_months is None else months_later(ends_on, -notice_months)
