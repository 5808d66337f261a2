"""How firmly the first place stands: how far a single weight may move before another alternative is first. Pure.

Scores are weighted sums (table × weights, not renormalised: a common positive divisor changes no order).
Every score is linear in a single weight, so each question is answered by comparing the winner with each rival once. The
reduction of one weight that turns a pair is the quantity of Triantaphyllou and Sánchez (1997), Decision Sciences 28(1).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from itertools import combinations


class Direction(StrEnum):
    """Which way a weight moves; down comes before up where both are equally near."""

    DOWN = "down"
    UP = "up"


@dataclass(frozen=True, slots=True)
class Interval:
    """The values of one weight with which the winner is at least tied first; `upper` None: there is no upper end."""

    lower: Fraction
    upper: Fraction | None


@dataclass(frozen=True, slots=True)
class Change:
    """A change of one weight, as a fraction of that weight."""

    criterion: int
    direction: Direction
    fraction: Fraction


@dataclass(frozen=True, slots=True)
class Reduction:
    """By how much a weight must fall for a pair to turn (negative: rise), and whether the weight is that large."""

    amount: Fraction
    feasible: bool


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """What can be said about one table under one set of weights."""

    scores: tuple[Fraction, ...]
    winner: int
    intervals: tuple[Interval, ...]
    smallest_change: Change | None
    """None: no change of a single weight takes the first place away."""
    reductions: dict[tuple[int, int, int], Reduction | None]
    """By (i, j, criterion) with i < j; None: both have the same value there, so its weight never turns them."""


def sensitivity(table: Sequence[Sequence[Fraction]], weights: Sequence[Fraction]) -> Sensitivity:
    """Scores, the winner (of several the lowest index), and how firmly it stands. Weights are not negative."""
    scores = tuple(sum((w * value for w, value in zip(weights, row, strict=True)), Fraction(0)) for row in table)
    winner = scores.index(max(scores))
    intervals = tuple(_interval(table, weights, scores, winner, c) for c in range(len(weights)))
    changes = [change for c in range(len(weights)) for change in _changes(table, weights, scores, winner, c)]
    return Sensitivity(
        scores=scores,
        winner=winner,
        intervals=intervals,
        smallest_change=min(changes, key=_nearness, default=None),
        reductions=_reductions(table, weights, scores),
    )


def _nearness(change: Change) -> tuple[Fraction, int, bool]:
    return change.fraction, change.criterion, change.direction is Direction.UP


def _room(
    table: Sequence[Sequence[Fraction]], scores: Sequence[Fraction], winner: int, criterion: int
) -> tuple[Fraction | None, Fraction | None]:
    """How far the weight may fall and rise until the first rival draws level; None: none ever does."""
    falls, rises = [], []
    for rival, score in enumerate(scores):
        lead = scores[winner] - score
        slope = table[winner][criterion] - table[rival][criterion]
        if slope > 0:
            falls.append(lead / slope)
        elif slope < 0:
            rises.append(lead / -slope)
    return min(falls, default=None), min(rises, default=None)


def _interval(
    table: Sequence[Sequence[Fraction]],
    weights: Sequence[Fraction],
    scores: Sequence[Fraction],
    winner: int,
    criterion: int,
) -> Interval:
    """A weight is never negative, so 0 is the lowest end there can be."""
    fall, rise = _room(table, scores, winner, criterion)
    weight = weights[criterion]
    lower = Fraction(0) if fall is None else max(Fraction(0), weight - fall)
    return Interval(lower, None if rise is None else weight + rise)


def _changes(
    table: Sequence[Sequence[Fraction]],
    weights: Sequence[Fraction],
    scores: Sequence[Fraction],
    winner: int,
    criterion: int,
) -> Iterator[Change]:
    """The changes of one weight after which the winner is at best tied; a weight of 0 has no relative change."""
    weight = weights[criterion]
    if not weight:
        return
    fall, rise = _room(table, scores, winner, criterion)
    if fall is not None and fall <= weight:
        yield Change(criterion, Direction.DOWN, fall / weight)
    if rise is not None:
        yield Change(criterion, Direction.UP, rise / weight)


def _reductions(
    table: Sequence[Sequence[Fraction]], weights: Sequence[Fraction], scores: Sequence[Fraction]
) -> dict[tuple[int, int, int], Reduction | None]:
    found: dict[tuple[int, int, int], Reduction | None] = {}
    for criterion, weight in enumerate(weights):
        for i, j in combinations(range(len(table)), 2):
            slope = table[i][criterion] - table[j][criterion]
            amount = (scores[i] - scores[j]) / slope if slope else None
            found[i, j, criterion] = None if amount is None else Reduction(amount, amount <= weight)
    return found
