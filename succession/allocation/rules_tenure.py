"""Rules on how long somebody has had the land, and a grade that multiplies other points. Pure.

Rule type 32 of the survey, and the staged grade factor of Saxony's selection (`docs/decisions/0043-further-rules.md`).
"""

from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from succession.allocation.rules import ONE, ZERO, Alone, Reached, Want

NEW, STAYS, FIRST, ENDED = "new", "stays", "first", "ended"


@dataclass(frozen=True, slots=True)
class Tenure(Alone):
    """At most so many years in a row: points for the sitting lessee who may stay, nothing for others, then out."""

    kind: ClassVar[str] = "tenure"
    wants: ClassVar[Want] = Want.NUMBER
    bars: ClassVar[str | None] = ENDED
    at_most: Fraction
    term: Fraction
    points: Fraction
    last_term_only: bool = False
    """Whether points are earned only for the last term that is still allowed."""

    @property
    def greatest(self) -> Fraction:
        """What the sitting lessee earns."""
        return max(self.points, ZERO)

    def refuses(self, value: Fraction) -> str | None:
        """There are no negative years."""
        return "must not be negative" if value < 0 else None

    def reached(self, value: Fraction) -> Reached:
        """Years in a row so far; 0 is nobody's turn."""
        if not value:
            return Reached(ZERO, NEW)
        if value + self.term > self.at_most:
            return Reached(ZERO, ENDED)
        if self.last_term_only and value + 2 * self.term <= self.at_most:
            return Reached(ZERO, STAYS)
        return Reached(self.points, FIRST)


@dataclass(frozen=True, slots=True)
class GradeFactor(Alone):
    """A grade adds a share of the points that other criteria earned; the scorecard multiplies."""

    kind: ClassVar[str] = "grade_factor"
    wants: ClassVar[Want] = Want.NAME
    shares: dict[str, Fraction]
    of: tuple[str, ...]

    @property
    def greatest(self) -> Fraction:
        """The greatest share."""
        return max(ZERO, *self.shares.values())

    def refuses(self, value: str) -> str | None:
        """A grade that the catalogue does not know."""
        return None if value in self.shares else f"unknown category {value!r}; known are {', '.join(self.shares)}"

    def reached(self, value: str) -> Reached:
        """The share, to be multiplied."""
        return Reached(self.shares[value] * ONE, value)
