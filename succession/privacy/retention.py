"""When something that has had its time goes, and when its owner is told: computed from the marks. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from succession.i18n import Text
from succession.marks import DataClass, Marked, OnExpiry, Retention

TOLD_BEFORE = timedelta(days=14)
LOGS_KEPT = timedelta(days=30)
ADDRESSES_KEPT = timedelta(days=7)


class Step(StrEnum):
    """What is done with a row now."""

    KEEP = "keep"
    WARN = "warn"
    GO = "go"


@dataclass(frozen=True, slots=True)
class Rule:
    """One period of one table."""

    marked: Marked
    retention: Retention
    data_class: DataClass | None

    @property
    def title(self) -> Text:
        """The kind of data, as a person reads it; tables without anything personal are called by their purpose."""
        return self.data_class.title if self.data_class is not None else Text("Technical records")


def rules(register: tuple[Marked, ...]) -> list[Rule]:
    """Every period in the register; accounts last, because they take everything else of their person along."""
    found = [Rule(marked, retention, marked.data_class) for marked in register for retention in marked.retention]
    return sorted(found, key=lambda rule: rule.retention.on_expiry is OnExpiry.ERASE_PERSON)


def step(retention: Retention, moment: datetime, warned_at: datetime | None, now: datetime) -> Step:
    """What is to be done with a row whose period began at `moment`. `warned_at`: the warning for this very moment.

    Nobody loses anything sooner than two weeks after they were told, also where the warning came late.
    """
    ends = moment + retention.period
    if not retention.warns:
        return Step.GO if ends <= now else Step.KEEP
    if warned_at is None:
        return Step.WARN if ends - TOLD_BEFORE <= now else Step.KEEP
    return Step.GO if max(ends, warned_at + TOLD_BEFORE) <= now else Step.KEEP


def goes_at(retention: Retention, moment: datetime, now: datetime) -> datetime:
    """When a row goes whose owner is told now."""
    return max(moment + retention.period, now + TOLD_BEFORE)
