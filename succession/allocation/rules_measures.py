"""Rules for one applicant's figures: steps, linear between two anchors, per unit with a cap. Pure.

Rule types 4, 5, 12, 20 and 22, 34 of the survey of published catalogues (see `docs/decisions/0030-points.md`).
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import ClassVar

from succession.allocation.rounding import Rounding, exact_sum
from succession.allocation.rules import ONE, ZERO, Alone, Reached, Scorer, Want

NO_STEP = Reached(ZERO, None)


@dataclass(frozen=True, slots=True)
class Ladder:
    """Steps in ascending order of their bounds; equality reaches a lower bound and still holds an upper one."""

    scale: int
    bounds: tuple[int, ...]
    """Times `scale`, their common denominator: whole numbers compare much faster, and just as exactly."""
    steps: tuple[Reached, ...]
    upper: bool = False

    @classmethod
    def of(cls, steps: Sequence[tuple[Fraction, Fraction]], *, upper: bool = False) -> "Ladder":
        """From pairs of bound and points."""
        scale = lcm(*(bound.denominator for bound, _ in steps))
        bounds = tuple(int(bound * scale) for bound, _ in steps)
        return cls(scale, bounds, tuple(Reached(points, bound) for bound, points in steps), upper)

    @property
    def greatest(self) -> Fraction:
        """The best step, or none of them."""
        return max(ZERO, *(step.points for step in self.steps))

    def reached(self, value: Fraction) -> Reached:
        """The highest step whose lower bound is reached, or the lowest whose upper bound holds; else none."""
        if self.upper:
            least_whole = -(-value.numerator * self.scale // value.denominator)
            place = bisect_left(self.bounds, least_whole)
            return self.steps[place] if place < len(self.steps) else NO_STEP
        greatest_whole = value.numerator * self.scale // value.denominator
        place = bisect_right(self.bounds, greatest_whole)
        return self.steps[place - 1] if place else NO_STEP


@dataclass(frozen=True, slots=True)
class Steps(Alone):
    """Bands of a figure."""

    kind: ClassVar[str] = "steps"
    wants: ClassVar[Want] = Want.NUMBER
    ladder: Ladder

    @property
    def greatest(self) -> Fraction:
        """The best step."""
        return self.ladder.greatest

    def reached(self, value: Fraction) -> Reached:
        """The step reached."""
        return self.ladder.reached(value)


@dataclass(frozen=True, slots=True)
class VersusReference(Alone):
    """Steps of the figure divided by a published reference, such as a county's average."""

    kind: ClassVar[str] = "vs_reference"
    wants: ClassVar[Want] = Want.NUMBER
    ladder: Ladder
    reference: Fraction

    @property
    def greatest(self) -> Fraction:
        """The best step."""
        return self.ladder.greatest

    def reached(self, value: Fraction) -> Reached:
        """The step that the ratio reaches."""
        return self.ladder.reached(value / self.reference)


@dataclass(frozen=True, slots=True)
class Linear(Alone):
    """The share of the way from one anchor to the other, between 0 and 1, times the points."""

    kind: ClassVar[str] = "linear"
    wants: ClassVar[Want] = Want.NUMBER
    start: Fraction
    end: Fraction
    points: Fraction
    rounding: Rounding | None = None

    @property
    def greatest(self) -> Fraction:
        """At the end of the way."""
        return max(self.points, ZERO)

    def over(self, _field: Sequence[Fraction], /) -> Scorer:
        """Figures that are rounded share few steps, so each is worked out once."""
        if self.rounding is None:
            return self.reached
        rounding, known = self.rounding, dict[int, Reached]()

        def reached(value: Fraction) -> Reached:
            multiples = rounding.multiples(value)
            if multiples not in known:
                known[multiples] = self.reached(value)
            return known[multiples]

        return reached

    def reached(self, value: Fraction) -> Reached:
        """The rounded figure is the step, so that a figure inside its step changes nothing."""
        step = self.rounding.of(value) if self.rounding else value
        share = min(max((step - self.start) / (self.end - self.start), ZERO), ONE)
        return Reached(self.points * share, step)


@dataclass(frozen=True, slots=True)
class PerUnit(Alone):
    """Points for every full unit, up to a cap; deductions down to it."""

    kind: ClassVar[str] = "per_unit"
    wants: ClassVar[Want] = Want.NUMBER
    points: Fraction
    unit: Fraction
    cap: Fraction

    @property
    def greatest(self) -> Fraction:
        """The cap."""
        return max(self.cap, ZERO)

    def refuses(self, value: Fraction) -> str | None:
        """There are no negative counts."""
        return "must not be negative" if value < 0 else None

    def reached(self, value: Fraction) -> Reached:
        """The number of full units is the step."""
        units = Fraction(value // self.unit)
        points = self.points * units
        return Reached(min(points, self.cap) if self.points > 0 else max(points, self.cap), units)


@dataclass(frozen=True, slots=True)
class UnitsInBands(Alone):
    """Units that each earn the points of their band (a child of three more than one of twelve), up to a cap."""

    kind: ClassVar[str] = "units_in_bands"
    wants: ClassVar[Want] = Want.NUMBERS
    ladder: Ladder
    cap: Fraction

    @property
    def greatest(self) -> Fraction:
        """The cap, if any band earns at all."""
        return max(self.cap, ZERO) if self.ladder.greatest else ZERO

    def reached(self, value: tuple[Fraction, ...]) -> Reached:
        """The number of units is the step."""
        points = exact_sum(self.ladder.reached(unit).points for unit in value)
        return Reached(min(points, self.cap), Fraction(len(value)))
