"""Estimates of how many businesses there are: cautious, and adding up."""

import pytest

from succession.facts.branches import every_branch
from succession.facts.kinds import Kind
from succession.places.estimates import Land, estimated

VILLAGE = Land("L4-1", 46.0, 1_400, "Niedersachsen")


def test_an_estimate_counts_only_half_of_what_is_to_be_expected():
    assert estimated(VILLAGE)["farm"] == pytest.approx(46 * 0.7 / 2)
    assert estimated(VILLAGE)["inn"] == pytest.approx(1_400 * 240 / 100_000 / 2, abs=0.01)


def test_only_groups_that_exist_are_estimated_and_every_kind_is():
    assert set(estimated(VILLAGE)) <= set(every_branch())
    assert set(Kind) <= set(estimated(VILLAGE))


def test_a_trade_is_never_commoner_than_its_kind():
    found = estimated(VILLAGE)
    assert all(number <= found[branch.partition(":")[0]] for branch, number in found.items())


def test_two_areas_hold_what_both_hold():
    other = Land("L4-2", 20.0, 600, "Niedersachsen")
    both = Land("L5-1", 66.0, 2_000, "Niedersachsen")
    for branch, number in estimated(both).items():
        assert number == pytest.approx(estimated(VILLAGE)[branch] + estimated(other)[branch], abs=0.011)


def test_where_nobody_lives_and_nothing_grows_there_is_nothing():
    assert set(estimated(Land("L4-3", 0.0, 0, "")).values()) == {0.0}
