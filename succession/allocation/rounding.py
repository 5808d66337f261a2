"""Rounding as part of a published rule: to which multiple, and in which direction. Pure."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from math import ceil, floor

HALF = Fraction(1, 2)


class Direction(StrEnum):
    """Nearest sends a half up."""

    NEAREST = "nearest"
    UP = "up"
    DOWN = "down"


@dataclass(frozen=True, slots=True)
class Rounding:
    """To a multiple of `to`."""

    to: Fraction
    direction: Direction = Direction.NEAREST

    def of(self, value: Fraction) -> Fraction:
        """The rounded value."""
        multiples = value / self.to
        if self.direction is Direction.UP:
            return ceil(multiples) * self.to
        return floor(multiples if self.direction is Direction.DOWN else multiples + HALF) * self.to
