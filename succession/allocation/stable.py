"""Four ways to give each applicant at most one lot, from their wishes and the priorities at the lots. Pure.

`applicant_optimal` is the rule for awards. The others stand beside it for comparison only.
"""

from collections.abc import Sequence
from heapq import heappush, heappushpop

import numpy as np

from succession.allocation.market import NOBODY, Integers, Lists, Market, Placement, standings


def applicant_optimal(market: Market) -> Placement:
    """Deferred acceptance, applicants asking (Gale and Shapley 1962; capacities: Roth 1984).

    Nobody is passed over for somebody with a lower place, no other such placement is better for any applicant, and
    nobody gains by stating other wishes than their own (Dubins and Freedman 1981; Roth 1982).
    """
    wishes = Lists.of(market.wishes)
    places = standings(wishes, Lists.of(market.priorities))
    return settle(wishes, keys(wishes, places), market.capacities)


def keys(wishes: Lists, places: Integers) -> Integers:
    """For each wish one number: the lower, the worse the place; 1 where the applicant has none.

    It holds the applicant too (`-key % applicants`), so that a heap of plain numbers tells whom it turns away.
    """
    return np.where(places < 0, 1, -(places * (len(wishes.starts) - 1) + wishes.owners()))


def settle(wishes: Lists, keys: Integers, capacities: Sequence[int]) -> Placement:
    """Everybody asks down their list; a lot holds the best so far in a heap and turns the worst away."""
    applicants = len(wishes.starts) - 1
    ahead, ends = wishes.starts[:-1], wishes.starts[1:]
    lots, standing = wishes.entries.tolist(), keys.tolist()
    held: list[list[int]] = [[] for _ in capacities]
    for asking in range(applicants):
        applicant = asking
        while (wish := ahead[applicant]) < ends[applicant]:
            ahead[applicant] = wish + 1
            key = standing[wish]
            if key > 0:
                continue
            heap = held[lots[wish]]
            if len(heap) < capacities[lots[wish]]:
                heappush(heap, key)
                break
            applicant = -heappushpop(heap, key) % applicants
    placement = [NOBODY] * applicants
    for lot, heap in enumerate(held):
        for key in heap:
            placement[-key % applicants] = lot
    return placement


def object_optimal(market: Market) -> Placement:
    """Deferred acceptance, lots asking: of all stable placements the worst one for every applicant."""
    priorities = Lists.of(market.priorities)
    ranks = standings(priorities, Lists.of(market.wishes)).tolist()
    asked = priorities.entries.tolist()
    ahead, ends, room = priorities.starts[:-1], priorities.starts[1:], list(market.capacities)
    placement, at_rank = [NOBODY] * len(market.wishes), [0] * len(market.wishes)
    asking = list(range(len(room)))
    while asking:
        lot = asking.pop()
        while room[lot] and ahead[lot] < ends[lot]:
            applicant, rank = asked[ahead[lot]], ranks[ahead[lot]]
            ahead[lot] += 1
            former = placement[applicant]
            if rank == NOBODY or (former != NOBODY and at_rank[applicant] < rank):
                continue
            placement[applicant], at_rank[applicant] = lot, rank
            room[lot] -= 1
            if former != NOBODY:
                room[former] += 1
                asking.append(former)
    return placement


def immediate_acceptance(market: Market) -> Placement:
    """The "Boston" rule (Abdulkadiroğlu and Sönmez 2003): first all first wishes, for good, then all second ones, ….

    Whoever wishes what is wanted by many loses their place at the next one: it pays to state other wishes.
    """
    wishes = Lists.of(market.wishes)
    places = standings(wishes, Lists.of(market.priorities)).tolist()
    room = list(market.capacities)
    placement = [NOBODY] * len(market.wishes)
    waiting, step = list(range(len(market.wishes))), 0
    while waiting := [one for one in waiting if placement[one] == NOBODY and step < len(market.wishes[one])]:
        asking = sorted((places[wishes.starts[one] + step], one) for one in waiting)
        for place, applicant in asking:
            lot = market.wishes[applicant][step]
            if place != NOBODY and room[lot]:
                room[lot] -= 1
                placement[applicant] = lot
        step += 1
    return placement


def top_trading_cycles(market: Market) -> Placement:
    """Everybody points to their best lot, each lot to its first applicant; whoever stands in a circle gets their best.

    Shapley and Scarf 1974 (Gale's algorithm), with capacities as in Abdulkadiroğlu and Sönmez 2003. No wish can pay
    that is not one's own, nobody can be better off without another being worse off, but it is not stable.
    """
    return _Trading(market).placement()


class _Trading:
    """One walk along the pointers; each circle is taken out when the walk comes back to where it was."""

    def __init__(self, market: Market) -> None:
        self.market = market
        self.wishes = Lists.of(market.wishes)
        self.eligible = (standings(self.wishes, Lists.of(market.priorities)) != NOBODY).tolist()
        self.room = list(market.capacities)
        self.next_wish = [0] * len(market.wishes)
        self.next_place = [0] * len(market.priorities)
        self.gone = [False] * len(market.wishes)
        self.placed = [NOBODY] * len(market.wishes)

    def placement(self) -> Placement:
        """Starts a walk at everybody who is still there."""
        for start in range(len(self.gone)):
            path, on_path = ([], set()) if self.gone[start] else ([start], {start})
            while path:
                self._step(path, on_path)
        return self.placed

    def _step(self, path: list[int], on_path: set[int]) -> None:
        """One pointer further; a circle is settled, and who has no lot left goes without."""
        lot = self._best_lot(path[-1])
        if lot == NOBODY:
            self.gone[path[-1]] = True
            on_path.remove(path.pop())
            return
        first = self._first_applicant(lot)
        if first not in on_path:
            path.append(first)
            on_path.add(first)
            return
        while True:
            applicant = path.pop()
            on_path.remove(applicant)
            self.gone[applicant] = True
            self.placed[applicant] = self.market.wishes[applicant][self.next_wish[applicant]]
            self.room[self.placed[applicant]] -= 1
            if applicant == first:
                return

    def _best_lot(self, applicant: int) -> int:
        """The best lot of their list that has room and lists them."""
        wishes = self.market.wishes[applicant]
        start, wish = self.wishes.starts[applicant], self.next_wish[applicant]
        while wish < len(wishes) and not (self.room[wishes[wish]] and self.eligible[start + wish]):
            wish += 1
        self.next_wish[applicant] = wish
        return wishes[wish] if wish < len(wishes) else NOBODY

    def _first_applicant(self, lot: int) -> int:
        """The first of its list who is still there; whoever points to the lot stands in that list."""
        priorities = self.market.priorities[lot]
        while self.gone[priorities[self.next_place[lot]]]:
            self.next_place[lot] += 1
        return priorities[self.next_place[lot]]
