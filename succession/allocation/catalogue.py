"""A catalogue of principles as data: criteria, caps, stages, exclusions, tie-breaks and what else decides. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as made_by
from enum import StrEnum
from fractions import Fraction

from succession.allocation.conditions import Condition, Facts
from succession.allocation.households import Joint
from succession.allocation.procedures import (
    Auction,
    EarlierWins,
    EveryNth,
    LandLimit,
    ReservedPlaces,
    RightToMatch,
    VirtualBid,
)
from succession.allocation.rounding import Rounding
from succession.allocation.rules import ONE, ZERO, Declared, Rule
from succession.allocation.rules_tenure import GradeFactor


class Mode(StrEnum):
    """What comes first: the sum, or the criteria one after another in the order given."""

    ADDITIVE = "additive"
    LEXICOGRAPHIC = "lexicographic"


class Field(StrEnum):
    """Whose offers stay in means and ranks: of all admitted at the deadline, or without those who withdrew later."""

    FROZEN = "frozen"
    RECOMPUTED = "recomputed"


class Prefer(StrEnum):
    """Which statement of a tie-break comes first."""

    HIGHER = "higher"
    LOWER = "lower"
    YES = "yes"
    NO = "no"


class SingleApplicant(StrEnum):
    """What holds if only one admissible applicant is there."""

    AS_USUAL = "as_usual"
    WITHOUT_THRESHOLD = "without_threshold"


@dataclass(frozen=True, slots=True)
class Equivalence:
    """If `when` holds, the criterion counts as if `counts_as`, or what field `counts_as_field` says, were stated."""

    clause: str
    when: Condition
    counts_as: Declared | None = None
    counts_as_field: str | None = None

    @property
    def reads(self) -> frozenset[str]:
        """The fields it looks at."""
        return frozenset({self.when.field} | ({self.counts_as_field} if self.counts_as_field else set()))


@dataclass(frozen=True, slots=True)
class Criterion:
    """One line of the catalogue."""

    identifier: str
    rule: Rule
    reads: str
    group: str | None = None
    weight: Fraction | None = None
    at_least: Fraction | None = None
    """Fewer points exclude."""
    equal_within: Fraction = ZERO
    """In the order, fewer points than this of difference count as equal."""
    only_if: tuple[Condition, ...] = ()
    """Conditions on the lot; where one fails, the criterion does not count."""
    equivalences: tuple[Equivalence, ...] = ()
    evidence: tuple[str, ...] = ()
    joint: Joint = Joint.ONCE
    """How the statements of people who apply together count."""

    @property
    def factor(self) -> Fraction:
        """What the rule's points are multiplied with, so that its best is worth the weight."""
        return ONE if self.weight is None else self.weight / self.rule.greatest


@dataclass(frozen=True, slots=True)
class Exclusion:
    """Whoever fulfils the condition is out, whatever the points."""

    identifier: str
    condition: Condition


@dataclass(frozen=True, slots=True)
class Stage:
    """Criteria that decide together who goes on, before anything later counts."""

    identifier: str
    criteria: tuple[str, ...]
    threshold: Fraction | None
    carried: bool = True
    """Whether its points count in the total."""
    best: int | None = None
    """Only so many go on; whoever is equal to the last of them goes on too."""


@dataclass(frozen=True, slots=True)
class TieBreak:
    """The points of a criterion, or without one a stated fact that is preferred."""

    criterion: str | None = None
    fact: str | None = None
    prefer: Prefer = Prefer.HIGHER


@dataclass(frozen=True, slots=True)
class TotalRounding:
    """Totals as they are compared, and the more exact ones that break a tie."""

    first: Rounding
    on_tie: Rounding | None = None


@dataclass(frozen=True, slots=True)
class Lottery:
    """The last step: tickets from a seed, or the order of a draw held by hand."""

    seed: str | None = None
    round: str = ""
    drawn: tuple[str, ...] = ()
    tickets: "Tickets | None" = None


@dataclass(frozen=True, slots=True)
class Tickets:
    """Everybody holds as many tickets as they state, within bounds; the smallest of them counts."""

    field: str
    most: int
    least: int = 1

    def held(self, facts: Facts) -> int:
        """Full units of what is stated."""
        stated = facts.get(self.field)
        return min(max(int(stated), self.least), self.most) if isinstance(stated, Fraction) else self.least


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All that decides, fixed before the opening."""

    criteria: tuple[Criterion, ...]
    mode: Mode = Mode.ADDITIVE
    field: Field = Field.FROZEN
    group_caps: Mapping[str, Fraction] = made_by(default_factory=dict)
    group_share_caps: Mapping[str, Fraction] = made_by(default_factory=dict)
    """At most one group: its points are at most this share of the total."""
    applies_if: tuple[Condition, ...] = ()
    exclusions: tuple[Exclusion, ...] = ()
    stages: tuple[Stage, ...] = ()
    threshold: Fraction | None = None
    single_applicant: SingleApplicant = SingleApplicant.AS_USUAL
    waves: tuple[Condition, ...] = ()
    rounding: TotalRounding | None = None
    tie_breaks: tuple[TieBreak, ...] = ()
    lottery: Lottery | None = None
    earlier_wins: EarlierWins | None = None
    land_limit: LandLimit | None = None
    virtual_bid: VirtualBid | None = None
    every_nth: EveryNth | None = None
    reserved_places: ReservedPlaces | None = None
    auction: Auction | None = None
    right_to_match: RightToMatch | None = None

    @property
    def has_grades(self) -> bool:
        """Whether a criterion multiplies the points of others."""
        return any(isinstance(criterion.rule, GradeFactor) for criterion in self.criteria)

    @property
    def relative(self) -> tuple[str, ...]:
        """The criteria whose points depend on the other applicants."""
        return tuple(criterion.identifier for criterion in self.criteria if criterion.rule.relative)


@dataclass(frozen=True, slots=True)
class Applicant:
    """Who applies: what is stated, what was asked to be proven and was not, and whether they left."""

    identifier: str
    facts: Facts
    unproven: frozenset[str] = frozenset()
    withdrawn: bool = False
    reasons: Mapping[str, str] = made_by(default_factory=dict)
    """Why a body gave the points it gave, by field."""
