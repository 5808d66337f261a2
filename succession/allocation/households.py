"""People who apply together: what each of them states becomes one statement of all, so that nothing counts twice. Pure.

Rule type 37 of the survey. A criterion says by `joint` how: `once` (the member that earns most), `sum`, or `all` (it
counts as the member that earns least, and not at all if one is silent).
"""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from fractions import Fraction

from succession.allocation.rules import ZERO, Declared, Rule

Stated = Mapping[str, Declared | None]


class Joint(StrEnum):
    """How the statements of several members count."""

    ONCE = "once"
    SUM = "sum"
    ALL = "all"


def joined(values: Sequence[Declared | None], rule: Rule | None, joint: Joint = Joint.ONCE) -> Declared | None:
    """One statement of the household; raises ValueError where there cannot be one."""
    stated = [value for value in values if value is not None]
    if rule is None:
        return _plain(stated)
    if not stated or (joint is Joint.ALL and len(stated) < len(values)):
        return None
    if joint is Joint.SUM:
        return _added(stated)
    scorer = rule.over(())
    earned = [(scorer(value).points, value) for value in stated]
    points = [one for one, _ in earned]
    wanted = min(points) if joint is Joint.ALL else max(points)
    return next(value for one, value in earned if one == wanted)


def _plain(stated: Sequence[Declared]) -> Declared | None:
    """What no criterion reads: true of one is true of the household; all else must be the same for all."""
    if stated and all(isinstance(value, bool) for value in stated):
        return any(stated)
    if any(value != stated[0] for value in stated):
        raise ValueError("is read by no criterion and differs between the members, so state it for all together")
    return stated[0] if stated else None


def _added(stated: Sequence[Declared]) -> Declared:
    """Numbers add up, lists follow one another."""
    if all(isinstance(value, Fraction) for value in stated):
        return sum((value for value in stated if isinstance(value, Fraction)), ZERO)
    return tuple(one for value in stated if isinstance(value, tuple) for one in value if isinstance(one, Fraction))
