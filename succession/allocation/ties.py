"""How likely each applicant gets each lot when equals are told apart by lot: one draw for all lots. Pure.

Every order of the applicants is equally likely and breaks the ties at every lot alike (single tie-breaking,
Abdulkadiroğlu, Pathak and Roth 2009); each order is settled by deferred acceptance. Few orders are all counted, which
is exact; of many a sample is drawn by lottery tickets, so that anybody can draw the same one.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain, permutations, product
from math import factorial, log, prod, sqrt

import numpy as np

from succession.allocation import lottery
from succession.allocation.market import NOBODY, Integers, Lists, Rows, standings
from succession.allocation.stable import keys, settle

MOST_WORK = 5_000_000
"""Up to this much all orders are counted, which takes a second or two: orders times (wishes + ORDER_ALONE)."""

ORDER_ALONE = 20
"""What an order costs beside its wishes, in wishes (measured)."""

SAMPLES = 10_000
"""How many orders are drawn where nobody says."""

CONFIDENCE = 0.95


@dataclass(frozen=True, slots=True)
class TiedMarket:
    """A market in which each lot ranks classes of applicants; members of one class tie."""

    wishes: Rows
    classes: Sequence[Rows]
    capacities: Sequence[int]


@dataclass(frozen=True, slots=True)
class Chances:
    """For each applicant and each of their wishes the probability; how many orders were drawn, None if all counted."""

    by_wish: Sequence[Sequence[Fraction]]
    samples: int | None

    @property
    def error(self) -> float | None:
        """Each probability lies within this of the true one, with the stated confidence (Hoeffding 1963)."""
        return None if self.samples is None else sqrt(log(2 / (1 - CONFIDENCE)) / (2 * self.samples))


def chances(market: TiedMarket, names: Sequence[str], seed: str, samples: int = SAMPLES) -> Chances:
    """Exact if the orders are few, else from so many orders drawn with the seed."""
    groups = tied_groups(market)
    orders = prod(factorial(len(group)) for group in groups)
    if orders * (ORDER_ALONE + sum(map(len, market.wishes))) <= MOST_WORK:
        return Chances(_shares(market, _all_orders(groups, len(names)), orders), None)
    return Chances(_shares(market, _drawn_orders(names, seed, samples), samples), samples)


def tied_groups(market: TiedMarket) -> list[list[int]]:
    """Applicants joined by ties at lots they both wish; only the order within such a group can matter."""
    group = list(range(len(market.wishes)))

    def root(one: int) -> int:
        while group[one] != one:
            group[one] = one = group[group[one]]
        return one

    wished = [frozenset(row) for row in market.wishes]
    for lot, rows in enumerate(market.classes):
        for row in rows:
            tied = [one for one in row if lot in wished[one]]
            for one in tied[1:]:
                group[root(one)] = root(tied[0])
    members: dict[int, list[int]] = {}
    for one in range(len(group)):
        members.setdefault(root(one), []).append(one)
    return [row for row in members.values() if len(row) > 1]


def _all_orders(groups: Sequence[Sequence[int]], applicants: int) -> Iterator[Integers]:
    """For each order of each group, the position of every applicant; who ties with nobody has any position."""
    members = list(chain.from_iterable(groups))
    for orders in product(*(permutations(range(len(group))) for group in groups)):
        positions = np.zeros(applicants, np.int64)
        positions[members] = list(chain.from_iterable(orders))
        yield positions


def _drawn_orders(names: Sequence[str], seed: str, samples: int) -> Iterator[Integers]:
    """Round "1", "2", … of the lottery with this seed."""
    for draw in range(1, samples + 1):
        tickets = [lottery.ticket(seed, str(draw), one) for one in names]
        positions = np.empty(len(names), np.int64)
        positions[sorted(range(len(names)), key=tickets.__getitem__)] = np.arange(len(names))
        yield positions


def _shares(market: TiedMarket, orders: Iterable[Integers], count: int) -> list[list[Fraction]]:
    """In what part of the orders each wish came true."""
    wishes = Lists.of(market.wishes)
    listed = Lists.of([list(chain.from_iterable(rows)) for rows in market.classes])
    classes = np.fromiter(
        (place for rows in market.classes for place, row in enumerate(rows) for _ in row), np.int64, len(listed.entries)
    )
    entry = standings(wishes, listed)
    at_class = np.full(len(entry), NOBODY)
    eligible = entry != NOBODY
    at_class[eligible] = classes[np.asarray(listed.starts[:-1], np.int64)[wishes.entries[eligible]] + entry[eligible]]
    owners, applicants = wishes.owners(), len(market.wishes)
    came_true = [[0] * len(row) for row in market.wishes]
    place_of_wish = [{lot: place for place, lot in enumerate(row)} for row in market.wishes]
    for positions in orders:
        places = np.where(eligible, at_class * applicants + positions[owners], NOBODY)
        for one, lot in enumerate(settle(wishes, keys(wishes, places), market.capacities)):
            if lot != NOBODY:
                came_true[one][place_of_wish[one][lot]] += 1
    return [[Fraction(times, count) for times in row] for row in came_true]
