"""A round with 100,000 applicants and a million wishes, beside the loop anybody would write from the textbook.

Both read the same lists and are timed in turn, so that a busy machine slows both; of three rounds the best counts.
"""

import random
import tracemalloc
from collections.abc import Callable
from heapq import heappush, heappushpop
from time import perf_counter

from bench import peer
from bench.table import Line
from succession.allocation.market import NOBODY, Market, Placement
from succession.allocation.stable import applicant_optimal

APPLICANTS, WISHES, PER_LOT = 100_000, 10, 10
MOST_SECONDS, MOST_RATIO, MOST_GROWTH = 3.0, 2.0, 1.3
ROUNDS = 3
PEER_APPLICANTS, LEAST_AHEAD = 10_000, 100.0


def measure(*, quick: bool) -> list[Line]:
    """Time, ratio to the plain loop, and how memory grows."""
    people = APPLICANTS // 10 if quick else APPLICANTS
    market = crowd(people)
    if applicant_optimal(market) != plain(market):
        raise SystemExit("the two loops place people differently")
    pairs = [(_seconds(plain, market), _seconds(applicant_optimal, market)) for _ in range(ROUNDS)]
    yardstick, own = (min(column) for column in zip(*pairs, strict=True))
    growth = _peak(market) / (10 * _peak(crowd(people // 10)))
    wishes = people * WISHES
    return [
        Line(f"deferred acceptance, {people:,} applicants, {wishes:,} wishes", own, "s", MOST_SECONDS),
        Line("  the plain heap loop", yardstick, "s"),
        Line("  beside the plain heap loop", own / yardstick, "times", MOST_RATIO),
        Line("  memory beside ten times that of a tenth", growth, "times", MOST_GROWTH),
        *_beside_the_peer(PEER_APPLICANTS // 10 if quick else PEER_APPLICANTS, judged=not quick),
    ]


def _beside_the_peer(people: int, *, judged: bool) -> list[Line]:
    """A smaller round, because the package takes four times as long for twice as many; limits count at full size."""
    market = crowd(people)
    solved = peer.solve(market)
    if solved is None:
        return []
    seconds, placement = solved
    if placement != applicant_optimal(market):
        raise SystemExit(f"{peer.PEER} places people differently")
    own = min(_seconds(applicant_optimal, market) for _ in range(ROUNDS))
    limit = 1 / LEAST_AHEAD if judged else None
    note = f"{seconds / own:.0f} times as fast"
    return [
        Line(f"{peer.PEER}, {people:,} applicants", seconds, "s"),
        Line("  deferred acceptance beside it", own / seconds, "times", limit, note),
    ]


def crowd(people: int, seed: int = 1) -> Market:
    """Ten wishes each among lots of ten seats, some lots wished by many; seats for nine in ten."""
    random_numbers = random.Random(seed)
    lots = people // PER_LOT
    wishes: list[list[int]] = [[] for _ in range(people)]
    priorities: list[list[int]] = [[] for _ in range(lots)]
    for one, row in enumerate(wishes):
        wanted: dict[int, None] = {}
        while len(wanted) < WISHES:
            wanted[int(lots * random_numbers.random() ** 1.5)] = None
        row.extend(wanted)
        for lot in row:
            priorities[lot].append(one)
    for row in priorities:
        random_numbers.shuffle(row)
    return Market(wishes, priorities, [PER_LOT - 1] * lots)


def plain(market: Market) -> Placement:
    """Gale and Shapley as in the textbook: a dictionary of places for each lot, a heap of pairs."""
    places = [{one: place for place, one in enumerate(row)} for row in market.priorities]
    held: list[list[tuple[int, int]]] = [[] for _ in market.capacities]
    ahead = [0] * len(market.wishes)
    free = list(range(len(market.wishes)))
    while free:
        one = free.pop()
        if ahead[one] == len(market.wishes[one]):
            continue
        lot = market.wishes[one][ahead[one]]
        ahead[one] += 1
        if one not in places[lot]:
            free.append(one)
        elif len(held[lot]) < market.capacities[lot]:
            heappush(held[lot], (-places[lot][one], one))
        else:
            free.append(heappushpop(held[lot], (-places[lot][one], one))[1])
    placement = [NOBODY] * len(market.wishes)
    for lot, heap in enumerate(held):
        for _, one in heap:
            placement[one] = lot
    return placement


def _seconds(rule: Callable[[Market], Placement], market: Market) -> float:
    begun = perf_counter()
    rule(market)
    return perf_counter() - begun


def _peak(market: Market) -> int:
    tracemalloc.start()
    applicant_optimal(market)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak
