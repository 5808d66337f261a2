"""The Wartefrist: how long nobody signs after everyone was told, counted in days of Europe/Berlin. Pure."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from succession.i18n import PLACE_OF_TIMES

LONGEST_DAYS = 90
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Span:
    """The days of a Wartefrist. The day of dispatch does not count; the last day counts to its end."""

    dispatched_on: date
    last_day: date
    ends_at: datetime
    """The first moment after it: midnight in Berlin after the last day."""

    def is_late(self, arrived_on: date) -> bool:
        """Whether something that arrived on that day came after the last day."""
        return arrived_on > self.last_day

    def is_over(self, now: datetime) -> bool:
        """Whether the last day has ended."""
        return now >= self.ends_at

    def days_left(self, now: datetime) -> int:
        """How many days somebody still has, today included; none afterwards."""
        return max(0, (self.last_day - day_of(now)).days + 1)


def span(dispatched_on: date, days: int) -> Span:
    """The Wartefrist of letters dispatched on that day: also over the change of the clocks, and on leap days."""
    if not 1 <= days <= LONGEST_DAYS:
        raise ValueError(f"a Wartefrist has 1 to {LONGEST_DAYS} days, not {days}")
    last = dispatched_on + days * ONE_DAY
    return Span(dispatched_on, last, datetime.combine(last + ONE_DAY, time.min, PLACE_OF_TIMES))


def day_of(moment: datetime) -> date:
    """The day on which people in the region live through that moment."""
    return moment.astimezone(PLACE_OF_TIMES).date()
