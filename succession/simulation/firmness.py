"""For experts: how far each weight may move before another one is first, and how often each would be first. Pure.

Both look at a sum of points × weights. Group caps, stages and thresholds are left out of account, so the page says it;
where no sum decides there is no answer.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from succession.allocation.acceptability import Draws, drawn_shares, error_bound, exact_shares
from succession.allocation.comparing import Under
from succession.allocation.sensitivity import sensitivity

SAMPLES = 2000
EXACT_WITH = 3
MOST_ROWS = 40


@dataclass(frozen=True, slots=True)
class WeightRange:
    """The points of a criterion as they are, and between which values the first one stays first."""

    criterion: str
    weight: Fraction
    lower: Fraction
    upper: Fraction | None


@dataclass(frozen=True, slots=True)
class Acceptability:
    """In which share of all weights somebody would be first, and within the first three."""

    name: str
    first: Fraction
    first_three: Fraction


@dataclass(frozen=True, slots=True)
class Firmness:
    """What can be said about one set; `error` None: the shares are exact."""

    ranges: tuple[WeightRange, ...]
    acceptability: tuple[Acceptability, ...]
    error: Fraction | None


def firmness(under: Under, seed: str) -> Firmness | None:
    """None where no sum decides, or where there are fewer than two people or criteria that can bring points."""
    criteria = [one for one in under.catalogue.criteria if _most(under, one.identifier)]
    names = under.result.ranking[:MOST_ROWS]
    if not under.by_total or len(criteria) < 2 or len(names) < 2:
        return None
    weights = [_most(under, one.identifier) for one in criteria]
    table = [
        [under.card(name).points[one.identifier] / weight for one, weight in zip(criteria, weights, strict=True)]
        for name in names
    ]
    found = sensitivity(table, weights)
    ranges = tuple(
        WeightRange(one.identifier, weight, interval.lower, interval.upper)
        for one, weight, interval in zip(criteria, weights, found.intervals, strict=True)
    )
    exact = len(criteria) == EXACT_WITH
    shares = exact_shares(table) if exact else drawn_shares(table, Draws(seed, SAMPLES))
    return Firmness(ranges, _acceptability(names, shares), None if exact else error_bound(SAMPLES))


def _acceptability(names: Sequence[str], shares: Sequence[Sequence[Fraction]]) -> tuple[Acceptability, ...]:
    """Those who would be first most often come first."""
    found = [Acceptability(name, row[0], sum(row[:3], Fraction(0))) for name, row in zip(names, shares, strict=True)]
    return tuple(sorted(found, key=lambda one: (-one.first, -one.first_three)))


def _most(under: Under, criterion: str) -> Fraction:
    """The best that a criterion can bring."""
    one = next(one for one in under.catalogue.criteria if one.identifier == criterion)
    return one.rule.greatest if one.weight is None else one.weight
