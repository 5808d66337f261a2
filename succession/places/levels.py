"""In which area a place may be shown: the k-rule of location privacy. Pure.

The shown level is the finest one that is not finer than wanted and whose area holds at least k businesses of the same
group, by a table of reference counts and never by the offers on this site. Where nothing is counted, the next coarser
area decides; where nothing is counted at all, nothing is shown (LP-13).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from succession.facts.branches import Branch
from succession.places.areas import AreaLevel

EXACT = 0
"""The level of an owner who shows the place itself; it is no area."""
LEAST_ALIKE = 5
"""k, unless the operator sets a higher one."""
SETTING = "least_alike"
"""Under this name a session carries the operator's k."""
COARSEST_WITH_TRADE = AreaLevel.TOWN


@dataclass(frozen=True, slots=True)
class Node:
    """An area in the tree of areas."""

    id: int
    parent_id: int | None
    level: int
    code: str


@dataclass(frozen=True, slots=True)
class Step:
    """One area that holds the place, with how many of each group there are in it; a missing group is not counted."""

    level: int
    counts: Mapping[Branch, float]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an owner asks for, and what was shown before.

    `trades` are the groups that the offer's trades would show, each of them alone. `finest_shown` is the finest level
    at which the place was ever shown: a trade told later is read together with that area.
    """

    level: int
    kind: Branch
    trades: tuple[Branch, ...] = ()
    puts_trade_first: bool = True
    finest_shown: int | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """The level to show, and the group that may be named: the kind, or the kind with one trade."""

    level: int
    branch: Branch
    count: float


def decide(wanted: Wanted, chain: Sequence[Step], least: int) -> Verdict | None:
    """What may be shown, None for nothing. `chain` goes from fine to coarse, each area inside the next."""
    ways = [step for step in chain if step.level >= wanted.level]
    trades = _with_trade(wanted, chain, ways, least)
    if wanted.trades and trades is not None and (wanted.puts_trade_first or trades.level == ways[0].level):
        return trades
    for step in ways:
        count = step.counts.get(wanted.kind)
        if count is not None and count >= least:
            return Verdict(step.level, wanted.kind, count)
    return None


def _with_trade(wanted: Wanted, chain: Sequence[Step], ways: Sequence[Step], least: int) -> Verdict | None:
    """The finest area, up to the last that counts for it, in which one of the trades is common enough."""
    before = [step for step in chain if wanted.finest_shown is not None and step.level <= wanted.finest_shown][-1:]
    for step in ways:
        if step.level > COARSEST_WITH_TRADE:
            return None
        seen = [step.counts, *(one.counts for one in before)]
        fitting = {one: min(counts.get(one, 0) for counts in seen) for one in wanted.trades}
        best = max(fitting, key=lambda one: (fitting[one], one), default=None)
        if best is not None and fitting[best] >= least:
            return Verdict(step.level, best, fitting[best])
    return None


def counted(
    nodes: Iterable[Node], stated: Mapping[str, Mapping[Branch, float]], branches: Iterable[Branch]
) -> dict[int, dict[Branch, float]]:
    """How many of each group an area holds: what is stated for it, else the sum of the areas it is made of.

    An area never holds more than the one around it. Squares of the grid do not add up to anything else.
    """
    branches = tuple(branches)
    ordered = sorted(nodes, key=lambda node: node.level)
    found: dict[int, dict[Branch, float]] = {}
    sums: dict[int, dict[Branch, float]] = {}
    for node in ordered:
        own, below = stated.get(node.code, {}), sums.get(node.id, {})
        found[node.id] = {
            branch: own.get(branch, below.get(branch, 0)) for branch in branches if branch in own or branch in below
        }
        if node.parent_id is not None and node.level >= AreaLevel.PLACE:
            above = sums.setdefault(node.parent_id, {})
            for branch, number in found[node.id].items():
                above[branch] = above.get(branch, 0) + number
    for node in reversed(ordered):  # the coarsest first: a cap is passed on downwards
        around = found.get(node.parent_id or 0, {})
        for branch, number in found[node.id].items():
            if branch in around:
                found[node.id][branch] = min(number, around[branch])
    return found
