"""What somebody might state instead, for rules that look at nobody else: the values at which points turn. Pure."""

from collections.abc import Iterator
from fractions import Fraction

from succession.allocation.rules import ONE, ZERO, Declared, Rule
from succession.allocation.rules_measures import Ladder, Linear, PerUnit, Steps, VersusReference
from succession.allocation.rules_statements import AreaWeighted, Boolean, Category

GRID = 1000
"""Where a figure may take any value, it is moved by so many parts of the way; a published rule rounds more coarsely."""

MOST_VALUES = 2000


def values(rule: Rule, stated: Declared | None) -> Iterator[Declared]:
    """Of the same points the value nearest to what was stated comes first; nothing where nobody's own word counts."""
    match rule:
        case Boolean():
            yield from (value for value in (True, False) if value != stated)
        case Category(points):
            yield from (name for name in points if name != stated)
        case Steps(ladder):
            yield from _bounds(ladder, ONE)
        case VersusReference(ladder, reference):
            yield from _bounds(ladder, reference)
        case PerUnit(points, unit, cap):
            most = min(-(-cap // points) if points else 0, MOST_VALUES)
            yield from (unit * count for count in range(most + 1))
        case Linear():
            yield from _way(rule)
        case AreaWeighted(points) if isinstance(stated, tuple):
            whole = sum((part[1] for part in stated if isinstance(part, tuple)), ZERO)
            yield from (((zone, whole),) for zone in points)


def _bounds(ladder: Ladder, times: Fraction) -> Iterator[Fraction]:
    """The bounds themselves, for equality reaches a step. Upper ones from the top, lower ones from the bottom."""
    bounds = [Fraction(bound, ladder.scale) * times for bound in ladder.bounds]
    yield from reversed(bounds) if ladder.upper else bounds


def _way(rule: Linear) -> Iterator[Fraction]:
    """From the first anchor to the second, in the steps of the rounding if the rule has one."""
    if rule.rounding is None:
        yield from (rule.start + (rule.end - rule.start) * part / GRID for part in range(GRID + 1))
        return
    first, last = (rule.rounding.multiples(anchor) for anchor in (rule.start, rule.end))
    forth = 1 if first < last else -1
    steps = list(range(first, last + forth, forth))[: MOST_VALUES + 1]
    yield from (rule.rounding.to * step for step in steps)
