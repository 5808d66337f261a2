"""A file to look into: all that is on record about a lot, with everything about others left out. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from succession.awards.papers import Ranked, Rule, Signed, blacked
from succession.awards.told import Told
from succession.i18n import Text

BAR = "\N{FULL BLOCK}" * 8
"""Stands where something about somebody else was; the text itself is not in the file."""
LONG_ENOUGH = 4
"""A shorter part of a name, such as "von", would blacken half the file."""


@dataclass(frozen=True, slots=True)
class ApplicationShown:
    """One application: one's own with its statements, of others only that and when it came."""

    called: str
    is_own: bool
    arrived_at: datetime
    is_withdrawn: bool
    statements: tuple[tuple[str, str], ...]
    told: Told | None


@dataclass(frozen=True, slots=True)
class RunShown:
    """One scoring."""

    number: int
    made_at: datetime
    cause: Text
    note: str


@dataclass(frozen=True, slots=True)
class DecisionShown:
    """One decision, also one that was set aside."""

    body: str
    decided_on: date
    item: str
    is_public: bool
    votes: tuple[int, int, int]
    chosen: str
    reason: str
    set_aside_at: datetime | None
    set_aside_reason: str
    dispatched_on: date | None
    last_day: date | None


@dataclass(frozen=True, slots=True)
class ObjectionShown:
    """One objection: of others only when it came and how it was answered."""

    is_own: bool
    arrived_on: date
    body: str
    outcome: Text | None
    answer: str
    correction: str


@dataclass(frozen=True, slots=True)
class StepShown:
    """One approval."""

    body: str
    kind: Text
    outcome: Text
    outcome_on: date | None


@dataclass(frozen=True, slots=True)
class Inspection:
    """The file for one applicant."""

    call_title: str
    owner_name: str
    lot_number: int
    lot_name: str
    opened_at: datetime | None
    closed_at: datetime | None
    own_name: str
    own_letter: str
    principles_name: str
    principles_id: str
    rules: tuple[Rule, ...]
    applications: tuple[ApplicationShown, ...]
    runs: tuple[RunShown, ...]
    ranking: tuple[Ranked, ...]
    declarations: tuple[tuple[Text, bool], ...]
    signed: Signed
    decisions: tuple[DecisionShown, ...]
    objections: tuple[ObjectionShown, ...]
    steps: tuple[StepShown, ...]
    signed_on: date | None


@dataclass(frozen=True, slots=True)
class Blackener:
    """Takes out of free texts what names somebody else."""

    words: tuple[str, ...]

    @classmethod
    def of(cls, names: Iterable[str], others: Iterable[str | None]) -> "Blackener":
        """The names of others, whole and by their parts, and the lines of what else is known of them."""
        found = {name.strip() for name in names}
        found |= {part for name in found for part in name.split() if len(part) >= LONG_ENOUGH}
        found |= {line.strip() for said in others for line in (said or "").splitlines()}
        return cls(tuple(sorted(word for word in found if len(word) > 2)))

    def clean(self, text: str) -> str:
        """The text with bars."""
        return blacked(text, self.words, BAR)
