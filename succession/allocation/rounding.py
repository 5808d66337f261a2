"""Rounding as part of a published rule (to which multiple, in which direction), and exact sums. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from math import lcm


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
        return self.multiples(value) * self.to

    def multiples(self, value: Fraction) -> int:
        """How often `to` goes into it, in whole numbers throughout."""
        times, parts = value.numerator * self.to.denominator, value.denominator * self.to.numerator
        match self.direction:
            case Direction.UP:
                return -(-times // parts)
            case Direction.DOWN:
                return times // parts
            case Direction.NEAREST:
                return (2 * times + parts) // (2 * parts)


def exact_sum(values: Iterable[Fraction]) -> Fraction:
    """The sum, over one running denominator: reduced once at the end instead of at every step."""
    above, below = 0, 1
    for value in values:
        if value.denominator != below:
            common = lcm(below, value.denominator)
            above, below = above * (common // below), common
        above += value.numerator * (below // value.denominator)
    return Fraction(above, below)
