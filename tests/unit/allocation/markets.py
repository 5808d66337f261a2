"""Small markets for property tests, and what can be found out about them by trying everything."""

from collections.abc import Callable, Iterator
from itertools import permutations, product

from hypothesis import strategies as st

from succession.allocation import blocking
from succession.allocation.market import NOBODY, Market, Placement

Rule = Callable[[Market], Placement]


@st.composite
def markets(draw, applicants=5, lots=4, capacity=2):
    """Anybody may leave out any lot, and any lot anybody; some lots take nobody."""
    people, things = draw(st.integers(1, applicants)), draw(st.integers(1, lots))
    wishes = [draw(st.lists(st.integers(0, things - 1), unique=True)) for _ in range(people)]
    priorities = [draw(st.lists(st.integers(0, people - 1), unique=True)) for _ in range(things)]
    return Market(wishes, priorities, [draw(st.integers(0, capacity)) for _ in range(things)])


def given_out(placement: Placement) -> dict[int, int]:
    return {one: lot for one, lot in enumerate(placement) if lot != NOBODY}


def is_stable(market: Market, placement: Placement) -> bool:
    places = blocking.places_in_order(dict(enumerate(market.priorities)))
    wishes, capacities = dict(enumerate(market.wishes)), dict(enumerate(market.capacities))
    return blocking.is_stable(wishes, places, capacities, given_out(placement))


def stable_placements(market: Market) -> list[Placement]:
    """All of them, found by trying every placement."""
    choices = [(*row, NOBODY) for row in market.wishes]
    return [list(tried) for tried in product(*choices) if is_stable(market, list(tried))]


def rank(market: Market, applicant: int, lot: int) -> int:
    """How far down the applicant's own list a lot stands; without a lot is worse than any."""
    row = market.wishes[applicant]
    return row.index(lot) if lot in row else len(row)


def with_wishes(market: Market, applicant: int, row) -> Market:
    wishes = [*market.wishes[:applicant], list(row), *market.wishes[applicant + 1 :]]
    return Market(wishes, market.priorities, market.capacities)


def misreports(market: Market) -> Iterator[list[int]]:
    """Every list anybody could hand in."""
    lots = range(len(market.capacities))
    for length in range(len(lots) + 1):
        yield from (list(row) for row in permutations(lots, length))


def gains(rule: Rule, market: Market) -> list[tuple[int, list[int]]]:
    """Whoever is better off by handing in another list than their own, and with which one."""
    honest = rule(market)
    return [
        (one, row)
        for one in range(len(market.wishes))
        for row in misreports(market)
        if rank(market, one, rule(with_wishes(market, one, row))[one]) < rank(market, one, honest[one])
    ]
