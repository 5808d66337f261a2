"""Rules for what is not measured: yes or no, a category, shares of an area, what a named body awards. Pure.

Rule types 3, 11, 12 and 25, 35 of the survey of published catalogues (see `docs/decisions/0030-points.md`).
"""

from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from succession.allocation.rules import ONE, ZERO, Alone, Reached, Want


@dataclass(frozen=True, slots=True)
class Boolean(Alone):
    """Points, or a deduction, for a yes."""

    kind: ClassVar[str] = "boolean"
    wants: ClassVar[Want] = Want.YES_OR_NO
    points: Fraction

    @property
    def greatest(self) -> Fraction:
        """What a yes earns."""
        return max(self.points, ZERO)

    def reached(self, value: bool) -> Reached:
        """All or nothing."""
        return Reached(self.points if value else ZERO, value)


@dataclass(frozen=True, slots=True)
class Category(Alone):
    """Points by name."""

    kind: ClassVar[str] = "category"
    wants: ClassVar[Want] = Want.NAME
    points: dict[str, Fraction]

    @property
    def greatest(self) -> Fraction:
        """The best category."""
        return max(ZERO, *self.points.values())

    def refuses(self, value: str) -> str | None:
        """A name that the catalogue does not know."""
        return None if value in self.points else f"unknown category {value!r}; known are {', '.join(self.points)}"

    def reached(self, value: str) -> Reached:
        """The points of the category."""
        return Reached(self.points[value], value)


@dataclass(frozen=True, slots=True)
class AreaWeighted(Alone):
    """Points by zone, weighted by the share of the area that lies in each."""

    kind: ClassVar[str] = "area_weighted"
    wants: ClassVar[Want] = Want.SHARES
    points: dict[str, Fraction]

    @property
    def greatest(self) -> Fraction:
        """Everything in the best zone."""
        return max(ZERO, *self.points.values())

    def refuses(self, value: tuple[tuple[str, Fraction], ...]) -> str | None:
        """A zone that the catalogue does not know, a negative area, or no area at all."""
        for zone, area in value:
            if zone not in self.points:
                return f"unknown category {zone!r}; known are {', '.join(self.points)}"
            if area < 0:
                return "an area is never negative"
        return None if sum(area for _, area in value) else "the areas add up to 0"

    def reached(self, value: tuple[tuple[str, Fraction], ...]) -> Reached:
        """The mean of the zones' points, by area."""
        whole = sum((area for _, area in value), ZERO)
        points = sum((self.points[zone] * area for zone, area in value), ZERO) / whole
        return Reached(points, points)


@dataclass(frozen=True, slots=True)
class Awarded(Alone):
    """Points that a named body gives, within its bounds."""

    kind: ClassVar[str] = "awarded"
    wants: ClassVar[Want] = Want.NUMBER
    by: str
    least: Fraction
    most: Fraction

    @property
    def greatest(self) -> Fraction:
        """The upper bound."""
        return max(self.most, ZERO)

    def refuses(self, value: Fraction) -> str | None:
        """Beyond what the body may give."""
        return None if self.least <= value <= self.most else f"must lie between {self.least} and {self.most}"

    def reached(self, value: Fraction) -> Reached:
        """As awarded."""
        return Reached(value, value)


@dataclass(frozen=True, slots=True)
class PanelMean(Alone):
    """The mean of what the members of a panel give, as a share of the highest mark, times the points."""

    kind: ClassVar[str] = "panel_mean"
    wants: ClassVar[Want] = Want.NUMBERS
    by: str
    least: Fraction
    most: Fraction
    points: Fraction

    @property
    def greatest(self) -> Fraction:
        """The highest mark from everyone."""
        return max(self.points, ZERO)

    def refuses(self, value: tuple[Fraction, ...]) -> str | None:
        """No marks, or one outside the scale."""
        if not value:
            return "at least one mark is needed"
        outside = any(not self.least <= mark <= self.most for mark in value)
        return f"a mark must lie between {self.least} and {self.most}" if outside else None

    def reached(self, value: tuple[Fraction, ...]) -> Reached:
        """The mean mark is the step."""
        mean = sum(value, ZERO) * ONE / len(value)
        return Reached(self.points * mean / self.most, mean)
