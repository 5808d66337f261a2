"""One search and one offer, as published: the exact score of both sides, and what their must-haves say. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from functools import cached_property
from uuid import UUID

from succession.matching.criteria import CRITERIA
from succession.matching.criteria.criterion import KILOMETRES, Codes, Criterion, Side
from succession.matching.scoring import NO_MEAN, Line, PairScore, score
from succession.matching.shapes import ONE

RADIUS = "radius"
"""The hard requirement that every search has; it is no criterion of the score."""


class Requirement(StrEnum):
    """What all must-haves of both sides together say."""

    PASSES = "passes"
    UNCLEAR = "unclear"
    FAILS = "fails"


@dataclass(frozen=True, slots=True)
class Means:
    """What an unknown counts, by side and criterion, under the id that every answer names."""

    public_id: UUID
    values: Mapping[tuple[Side, str], Fraction] = field(default_factory=dict)

    def of(self, criterion: Criterion) -> Fraction:
        """The stored mean; one half where there were too few statements."""
        return self.values.get((criterion.side, criterion.key), NO_MEAN)


@dataclass(frozen=True)
class Pair:
    """A search and an offer by the columns of their narrow tables, and the shown distance between them."""

    search: Codes
    offer: Codes
    km: int

    @cached_property
    def _offered(self) -> Codes:
        return {**self.offer, KILOMETRES: self.km}

    def facts(self, side: Side) -> Codes:
        """What the wishes of `side` are compared with."""
        return self._offered if side is Side.SEEKER else self.search

    def wishes(self, side: Side) -> Codes:
        """The wishes of `side`, with weights and must-haves."""
        return self.search if side is Side.SEEKER else self.offer

    def counting(self, side: Side) -> tuple[Criterion, ...]:
        """The criteria that have weight on `side`."""
        wishes = self.wishes(side)
        return tuple(criterion for criterion in CRITERIA[side] if wishes[criterion.weight_column])

    def is_must(self, criterion: Criterion) -> bool:
        """Whether the side that wishes it says that it must be."""
        must = self.wishes(criterion.side)["must"] or 0
        return bool(must >> CRITERIA[criterion.side].index(criterion) & 1)

    def satisfaction(self, criterion: Criterion) -> Fraction | None:
        """How far the wish is met, None while unknown."""
        return criterion.rule(self.facts(criterion.side), self.wishes(criterion.side))

    def lines(self, side: Side, means: Means) -> list[Line]:
        """What the score of `side` is made of."""
        wishes = self.wishes(side)
        return [
            Line(each.key, Fraction(wishes[each.weight_column] or 0), self.satisfaction(each), means.of(each))
            for each in self.counting(side)
        ]

    def score(self, means: Means) -> PairScore:
        """The exact score of both sides."""
        return score(self.lines(Side.SEEKER, means), self.lines(Side.LISTING, means))

    def requirement(self, *, is_partly_inside: bool = True) -> Requirement:
        """Kinds apart: `is_partly_inside` says whether any of the public area lies within the radius."""
        met = [self.satisfaction(each) for side in Side for each in self.counting(side) if self.is_must(each)]
        is_within = self.km <= (self.search["radius_km"] or 0)
        if (not is_within and not is_partly_inside) or any(share is not None and share < ONE for share in met):
            return Requirement.FAILS
        return Requirement.PASSES if is_within and None not in met else Requirement.UNCLEAR

    def unclear(self) -> tuple[str, ...]:
        """The must-haves that nobody can answer yet, the radius first."""
        open_ones = [
            each.key
            for side in Side
            for each in self.counting(side)
            if self.is_must(each) and self.satisfaction(each) is None
        ]
        return (RADIUS, *open_ones) if self.km > (self.search["radius_km"] or 0) else tuple(open_ones)


def kilometres(first: tuple[int, int], second: tuple[int, int]) -> int:
    """From reference point to reference point in whole metres, rounded up to whole kilometres without any float."""
    squared = (first[0] - second[0]) ** 2 + (first[1] - second[1]) ** 2
    number = 0
    while (number * 1000) ** 2 < squared:
        number += 1
    return number
