"""On which days a promise is looked at, and how a check stands on a day. Pure."""

from datetime import date, timedelta
from enum import StrEnum

from succession.awards.approvals import months_after
from succession.i18n import Text
from succession.principles.promises import Promise

MOST_CHECKS = 60
"""Of one promise; a lease of thirty years that is looked at twice a year."""
ONCE = 1

ANNOUNCED_BEFORE = timedelta(days=30)
OVERDUE_AFTER = timedelta(days=14)


class Standing(StrEnum):
    """How a check stands."""

    LATER = "later"
    SOON = "soon"
    DUE = "due"
    OVERDUE = "overdue"
    FOUND = "found"
    DROPPED = "dropped"

    @property
    def label(self) -> Text:
        """What a person reads."""
        return _STANDINGS[self]

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to look."""
        return self not in (Standing.FOUND, Standing.DROPPED)


_STANDINGS = {
    Standing.LATER: Text("Comes later"),
    Standing.SOON: Text("Comes within 30 days"),
    Standing.DUE: Text("Is due"),
    Standing.OVERDUE: Text("Is overdue"),
    Standing.FOUND: Text("Checked"),
    Standing.DROPPED: Text("No longer needed"),
}


def due_days(promise: Promise, starts_on: date, ends_on: date | None) -> tuple[date, ...]:
    """Counted from the beginning of the contract; nothing after its end.

    Where no end is known (land was sold) a promise without a number of times is looked at once.
    """
    times = promise.times or (ONCE if promise.every_months is None or ends_on is None else MOST_CHECKS)
    found: list[date] = []
    for turn in range(min(times, MOST_CHECKS)):
        due = months_after(starts_on, promise.first_due_months + turn * (promise.every_months or 0))
        if ends_on is not None and due > ends_on:
            break
        found.append(due)
    return tuple(found)


def standing(due_on: date, today: date, *, is_found: bool, ended_on: date | None) -> Standing:
    """How a check stands today; one that falls after the end of its promise is dropped."""
    if is_found:
        return Standing.FOUND
    if ended_on is not None and due_on > ended_on:
        return Standing.DROPPED
    if today > due_on + OVERDUE_AFTER:
        return Standing.OVERDUE
    if today >= due_on:
        return Standing.DUE
    return Standing.SOON if today >= due_on - ANNOUNCED_BEFORE else Standing.LATER
