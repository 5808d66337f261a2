"""How a round came out for whom: who got a lot, which wish came true, how evenly the land is spread. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

SMALLEST_GROUP = 5
"""A group of fewer people is not told apart: its figures would be somebody's own."""


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many."""

    placed: int
    members: int


@dataclass(frozen=True, slots=True)
class Report:
    """`wishes[k]` counts those whose best fulfilled wish was number k + 1."""

    placed: Share
    groups: Mapping[str, Share]
    wishes: tuple[int, ...]
    area_m2: Fraction
    gini: Fraction | None
    """Of the hectares of everybody who applied; 0: all the same, towards 1: all in one hand. None without land."""


def report(
    wishes: Mapping[str, Sequence[str]],
    holders: Mapping[str, str],
    areas: Mapping[str, Fraction],
    groups: Mapping[str, frozenset[str]],
) -> Report:
    """Of everybody with a wish; `groups` are those who answered a question with yes."""
    held: dict[str, list[str]] = {code: [] for code in wishes}
    for lot, code in holders.items():
        held[code].append(lot)
    best = [min(wishes[code].index(lot) for lot in lots) for code, lots in held.items() if lots]
    land = {code: sum((areas[lot] for lot in lots), Fraction(0)) for code, lots in held.items()}
    return Report(
        placed=_share(held, frozenset(held)),
        groups={name: _share(held, who) for name, who in groups.items() if _may_be_told(held, who)},
        wishes=tuple(best.count(place) for place in range(max(best, default=-1) + 1)),
        area_m2=sum(land.values(), Fraction(0)),
        gini=gini(list(land.values())),
    )


def gini(values: Sequence[Fraction]) -> Fraction | None:
    """Mean absolute difference of all pairs by twice the mean (Gini 1912); None if all is nothing."""
    whole = sum(values, Fraction(0))
    if not whole:
        return None
    count = len(values)
    ranked = sum(((2 * place - count - 1) * value for place, value in enumerate(sorted(values), start=1)), Fraction(0))
    return ranked / (count * whole)


def _share(held: Mapping[str, Sequence[str]], who: frozenset[str]) -> Share:
    members = [code for code in held if code in who]
    return Share(sum(bool(held[code]) for code in members), len(members))


def _may_be_told(held: Mapping[str, Sequence[str]], who: frozenset[str]) -> bool:
    """Neither the group nor the rest is small."""
    members = len(who & held.keys())
    return SMALLEST_GROUP <= members <= len(held) - SMALLEST_GROUP
