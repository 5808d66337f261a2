import random as chance
import tracemalloc
from dataclasses import replace

import pytest
from hypothesis import find, given, settings
from hypothesis import strategies as st

from succession.allocation import stable
from succession.allocation.market import NOBODY, Lists, Market, standings
from tests.unit.allocation.markets import (
    gains,
    given_out,
    is_stable,
    markets,
    rank,
    stable_placements,
    with_wishes,
)

many = settings(max_examples=150, deadline=None)
some = settings(max_examples=40, deadline=None)
RULES = [
    stable.applicant_optimal,
    stable.object_optimal,
    stable.immediate_acceptance,
    stable.top_trading_cycles,
]
MODEST_PAYS = Market([[0], [0, 1], [1]], [[0, 1], [1, 2]], [1, 1])
EXCHANGE = Market([[1, 0], [0, 1], [0]], [[0, 2, 1], [1, 0]], [1, 1])
PASSED_OVER = Market([[0, 1], [0, 1], [1, 0]], [[0, 1, 2], [1, 0, 2]], [1, 1])


def renamed(market, people, things):
    """The same market with everybody and everything under another number: `people[old] = new`."""
    wishes, priorities, capacities = [[]] * len(people), [[]] * len(things), [0] * len(things)
    for one, row in enumerate(market.wishes):
        wishes[people[one]] = [things[lot] for lot in row]
    for lot, row in enumerate(market.priorities):
        priorities[things[lot]] = [people[one] for one in row]
        capacities[things[lot]] = market.capacities[lot]
    return Market(wishes, priorities, capacities)


@many
@given(markets())
def test_nobody_is_passed_over(market):
    assert is_stable(market, stable.applicant_optimal(market))
    assert is_stable(market, stable.object_optimal(market))


@some
@given(markets(applicants=4, lots=3))
def test_of_all_stable_placements_nobody_gets_better_and_with_lots_asking_nobody_worse(market):
    best, worst = stable.applicant_optimal(market), stable.object_optimal(market)
    for other in stable_placements(market):
        for one in range(len(market.wishes)):
            assert rank(market, one, best[one]) <= rank(market, one, other[one]) <= rank(market, one, worst[one])


@some
@given(markets(applicants=4, lots=3))
def test_no_other_list_than_ones_own_gets_anybody_more(market):
    assert gains(stable.applicant_optimal, market) == []


@some
@given(markets(applicants=4, lots=3))
def test_trading_in_circles_rewards_no_other_list_either(market):
    assert gains(stable.top_trading_cycles, market) == []


def test_a_lot_points_to_whoever_is_first_whether_they_wish_it_or_not():
    """Else the first at lot 1, who wants lot 0 only, would gain by pretending to want lot 1 too."""
    market = Market([[0], [1], [0]], [[1, 2, 0], [0, 1]], [1, 1])
    assert stable.top_trading_cycles(market) == [0, 1, NOBODY]
    assert stable.top_trading_cycles(with_wishes(market, 0, [0, 1])) == [0, 1, NOBODY]


def test_the_same_search_finds_the_gain_under_immediate_acceptance():
    market = find(markets(applicants=4, lots=3), lambda market: gains(stable.immediate_acceptance, market))
    one, row = gains(stable.immediate_acceptance, market)[0]
    assert gains(stable.applicant_optimal, market) == []
    honest = stable.immediate_acceptance(market)[one]
    pretended = stable.immediate_acceptance(with_wishes(market, one, row))[one]
    assert rank(market, one, pretended) < rank(market, one, honest)


def test_under_immediate_acceptance_the_modest_first_wish_pays():
    assert stable.immediate_acceptance(MODEST_PAYS) == [0, NOBODY, 1]
    assert stable.immediate_acceptance(with_wishes(MODEST_PAYS, 1, [1])) == [0, 1, NOBODY]
    assert (1, [1]) in gains(stable.immediate_acceptance, MODEST_PAYS)


def test_trading_in_circles_passes_over_whom_deferred_acceptance_does_not():
    assert stable.top_trading_cycles(EXCHANGE) == [1, 0, NOBODY]
    assert stable.applicant_optimal(EXCHANGE) == [0, 1, NOBODY]


@some
@given(markets(applicants=4, lots=3))
def test_in_every_stable_placement_the_same_people_are_placed_and_the_same_seats_stay_empty(market):
    """The rural hospitals theorem (Roth 1986)."""
    placements = [given_out(placement) for placement in stable_placements(market)]
    assert len({frozenset(placement) for placement in placements}) == 1
    for lot, capacity in enumerate(market.capacities):
        holders = [frozenset(one for one in placement if placement[one] == lot) for placement in placements]
        assert len({len(found) for found in holders}) == 1
        assert len(holders[0]) == capacity or len(set(holders)) == 1


@many
@given(markets(), st.data())
def test_when_somebody_withdraws_nobody_else_gets_worse(market, data):
    gone = data.draw(st.integers(0, len(market.wishes) - 1))
    before, after = stable.applicant_optimal(market), stable.applicant_optimal(with_wishes(market, gone, []))
    assert all(
        rank(market, one, after[one]) <= rank(market, one, before[one])
        for one in range(len(market.wishes))
        if one != gone
    )


@many
@given(markets(), st.data())
def test_one_more_seat_makes_nobody_worse(market, data):
    grown = list(market.capacities)
    grown[data.draw(st.integers(0, len(grown) - 1))] += 1
    before, after = stable.applicant_optimal(market), stable.applicant_optimal(replace(market, capacities=grown))
    assert all(rank(market, one, after[one]) <= rank(market, one, before[one]) for one in range(len(before)))


@many
@given(markets(), st.data())
def test_whoever_rises_in_a_priority_list_does_not_get_worse(market, data):
    """Respects improvement (Balinski and Sönmez 1999)."""
    lot = data.draw(st.integers(0, len(market.priorities) - 1))
    one = data.draw(st.integers(0, len(market.wishes) - 1))
    row = list(market.priorities[lot])
    old = row.index(one) if one in row else len(row)
    others = [other for other in row if other != one]
    others.insert(data.draw(st.integers(0, old)), one)
    priorities = [*market.priorities[:lot], others, *market.priorities[lot + 1 :]]
    risen = stable.applicant_optimal(replace(market, priorities=priorities))
    assert rank(market, one, risen[one]) <= rank(market, one, stable.applicant_optimal(market)[one])


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_neither_names_nor_the_order_of_the_documents_lines_matter(rule):
    @many
    @given(markets(), st.randoms())
    def holds(market, random):
        people = random.sample(range(len(market.wishes)), len(market.wishes))
        things = random.sample(range(len(market.capacities)), len(market.capacities))
        found = rule(renamed(market, people, things))
        for one, lot in enumerate(rule(market)):
            assert found[people[one]] == (NOBODY if lot == NOBODY else things[lot])

    holds()


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_no_lot_is_overfull_and_nobody_gets_what_they_may_not_have(rule):
    @many
    @given(markets())
    def holds(market):
        placed = given_out(rule(market))
        assert all(lot in market.wishes[one] and one in market.priorities[lot] for one, lot in placed.items())
        assert all(list(placed.values()).count(lot) <= room for lot, room in enumerate(market.capacities))

    holds()


@some
@given(markets(applicants=4, lots=3))
def test_after_trading_in_circles_nobody_can_gain_without_anothers_loss(market):
    circles = stable.top_trading_cycles(market)
    here = [rank(market, one, lot) for one, lot in enumerate(circles)]
    for other in _all_placements(market):
        there = [rank(market, one, lot) for one, lot in enumerate(other)]
        assert there == here or any(elsewhere > own for elsewhere, own in zip(there, here, strict=True))


def _all_placements(market, one=0, room=None):
    room = list(market.capacities) if room is None else room
    if one == len(market.wishes):
        yield []
        return
    for lot in (NOBODY, *market.wishes[one]):
        if lot == NOBODY:
            yield from ([NOBODY, *rest] for rest in _all_placements(market, one + 1, room))
        elif room[lot] and one in market.priorities[lot]:
            left = [seats - (place == lot) for place, seats in enumerate(room)]
            yield from ([lot, *rest] for rest in _all_placements(market, one + 1, left))


def test_the_checker_would_notice_a_rule_that_passes_people_over():
    assert not is_stable(PASSED_OVER, [1, 0, NOBODY])
    assert not is_stable(MODEST_PAYS, stable.immediate_acceptance(MODEST_PAYS))
    assert not is_stable(EXCHANGE, stable.top_trading_cycles(EXCHANGE))


@many
@given(markets())
def test_standings_are_the_places_in_the_other_sides_lists(market):
    rows = iter(standings(Lists.of(market.wishes), Lists.of(market.priorities)).tolist())
    for one, row in enumerate(market.wishes):
        for lot in row:
            listed = market.priorities[lot]
            assert next(rows) == (listed.index(one) if one in listed else NOBODY)


def _crowd(people):
    random = chance.Random(people)
    lots = people // 10
    wishes = [random.sample(range(lots), 10) for _ in range(people)]
    priorities = [[] for _ in range(lots)]
    for one, row in enumerate(wishes):
        for lot in row:
            priorities[lot].append(one)
    for row in priorities:
        random.shuffle(row)
    return Market(wishes, priorities, [8] * lots)


def test_memory_grows_with_the_number_of_wishes_only():
    def peak(market):
        tracemalloc.start()
        stable.applicant_optimal(market)
        try:
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    small, large = _crowd(2_000), _crowd(16_000)
    assert peak(large) <= 8 * 1.3 * peak(small)
