"""Ten cases: the pairs, the weights behind choices, contradictions, and the draft that follows."""

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from succession.principles import cases, drafts, shipped
from succession.principles.cases import Sheet
from succession.principles.document import PrincipleDocument
from succession.principles.implied import Stated, contradiction, implied, rounded
from succession.principles.pairs import MOST_OF_ONE_FARM, Pair, choose
from succession.principles.sample_farms import farms
from succession.principles.states import Choice
from succession.principles.trial import answering, try_out

SEED = "5e" * 32
ADDITIVE = [one for one in shipped.names() if shipped.document(one).catalogue.mode.value == "additive"]


def weighed(name="recommended"):
    document = shipped.document(name)
    shares = cases.shares_of(try_out(document, answering(document, farms(), {})))
    return shares, list(next(iter(shares.values())))


def sheet_by(weights, pairs, shares, number=1, faction=""):
    """What somebody chooses whose weights are these."""

    def points(farm):
        return sum(weights[one] * shares[farm][one] for one in weights)

    choices = {}
    for place, pair in enumerate(pairs, start=1):
        ahead = points(pair.first) - points(pair.second)
        choices[place] = Choice.EQUAL if abs(ahead) < 1 else Choice.FIRST if ahead > 0 else Choice.SECOND
    return Sheet(number, faction, choices)


def test_the_same_seed_chooses_the_same_pairs_and_another_one_others():
    shares, criteria = weighed()
    first = choose(shares, criteria, SEED)
    assert first == choose(shares, criteria, SEED)
    assert first != choose(shares, criteria, "ab" * 32)


@pytest.mark.parametrize("name", ADDITIVE)
def test_in_every_pair_each_farm_is_better_in_something_and_none_stands_too_often(name):
    shares, criteria = weighed(name)
    pairs = choose(shares, criteria, SEED)
    assert len(pairs) <= 10
    for pair in pairs:
        one, other = shares[pair.first], shares[pair.second]
        assert any(one[key] > other[key] for key in criteria)
        assert any(one[key] < other[key] for key in criteria)
    named = [farm for pair in pairs for farm in (pair.first, pair.second)]
    assert all(named.count(farm) <= MOST_OF_ONE_FARM for farm in named)


def test_what_follows_from_choices_makes_the_same_choices():
    shares, criteria = weighed()
    pairs = choose(shares, criteria, SEED)
    weights = dict(zip(criteria, rounded({one: 1 / len(criteria) for one in criteria}).values(), strict=True))
    sheet = sheet_by(weights, pairs, shares)
    found = implied(pairs, shares, criteria, sheet.stated)
    assert found.unfulfilled == ()
    assert sum(found.weights.values()) == 100
    for one in criteria:
        interval = found.intervals[one]
        assert interval.low - 0.01 <= weights[one] <= interval.high + 0.01, "the true weight is possible"


@given(st.lists(st.integers(0, 30), min_size=4, max_size=4).filter(any))
def test_whoever_decides_by_weights_never_contradicts_themselves(parts):
    shares, criteria = _four()
    weights = {one: Fraction(100 * part, sum(parts)) for one, part in zip(criteria, parts, strict=True)}
    pairs = [Pair(*pair) for pair in pairwise(sorted(shares))]
    sheet = sheet_by(weights, pairs, shares)
    assert contradiction(pairs, shares, criteria, sheet.stated) == ()


def test_a_circle_of_choices_is_found_with_nothing_too_much():
    shares, criteria = _four()
    pairs = [Pair("a", "b"), Pair("b", "c"), Pair("c", "a"), Pair("a", "d")]
    stated = [Stated(1, Choice.FIRST), Stated(2, Choice.FIRST), Stated(3, Choice.FIRST), Stated(4, Choice.FIRST)]
    assert contradiction(pairs, shares, criteria, stated) == (1, 2, 3)
    for left_out in (1, 2, 3):
        rest = [one for one in stated if one.number != left_out]
        assert contradiction(pairs, shares, criteria, rest) == ()


def test_two_opposite_choices_contradict_each_other():
    shares, criteria = _four()
    pairs = [Pair("a", "b"), Pair("b", "a")]
    stated = [Stated(1, Choice.FIRST), Stated(2, Choice.FIRST)]
    assert contradiction(pairs, shares, criteria, stated) == (1, 2)
    assert len(implied(pairs, shares, criteria, stated).unfulfilled) >= 1


def test_no_choice_at_all_gives_equal_weights():
    shares, criteria = _four()
    assert implied([], shares, criteria, []).weights == dict.fromkeys(criteria, 25)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=12).filter(lambda parts: sum(parts) > 0.01))
def test_rounded_weights_add_up_to_a_hundred(parts):
    whole = sum(parts)
    found = rounded({str(place): part / whole for place, part in enumerate(parts)})
    assert sum(found.values()) == 100
    assert all(abs(found[str(place)] - 100 * part / whole) <= 1.000001 for place, part in enumerate(parts))


def test_a_group_of_one_is_not_shown_on_its_own():
    shares, criteria = _four()
    pairs = [Pair("a", "b")]
    sheets = [Sheet(number, faction, {1: Choice.FIRST}) for number, faction in enumerate("XXY", start=1)]
    found = cases.outcome(pairs, shares, criteria, sheets)
    assert [group.faction for group in found.groups] == ["X"]
    assert found.cases[0].counts[Choice.FIRST] == 3
    two_alone = [*sheets, Sheet(4, "Z", {1: Choice.SECOND})]
    groups = cases.outcome(pairs, shares, criteria, two_alone).groups
    assert [(group.faction, group.sheets) for group in groups] == [("X", 2), ("", 2)]


def test_groups_agree_where_two_thirds_of_each_say_the_same():
    shares, criteria = _four()
    pairs = [Pair("a", "b"), Pair("b", "c")]
    first, second = Choice.FIRST, Choice.SECOND
    sheets = [
        Sheet(1, "X", {1: first, 2: first}),
        Sheet(2, "X", {1: first, 2: first}),
        Sheet(3, "Y", {1: first, 2: second}),
        Sheet(4, "Y", {1: first, 2: second}),
    ]
    assert [one.agreed for one in cases.outcome(pairs, shares, criteria, sheets).cases] == [first, None]


@pytest.mark.parametrize("name", ADDITIVE)
def test_the_weights_become_a_set_that_can_be_read(name):
    _, criteria = weighed(name)
    if len(criteria) < 2:
        return
    weights = rounded({one: 1 / len(criteria) for one in criteria}) | {criteria[0]: 0}
    weights[criteria[1]] += 100 - sum(weights.values())
    found = drafts.attempt(cases.draft_of(shipped.document(name).raw, weights, "Aus zehn Fällen"))
    assert isinstance(found, PrincipleDocument), found
    assert {one.identifier: one.weight for one in found.catalogue.criteria} == {
        key: Fraction(weight) for key, weight in weights.items() if weight
    }


def _four():
    """Four farms, each best in one of four things."""
    criteria = ["w", "x", "y", "z"]
    whole = {"a": "wx", "b": "xy", "c": "yz", "d": "zw"}
    shares = {
        farm: {one: Fraction(2 if best[0] == one else 1 if best[1] == one else 0, 2) for one in criteria}
        for farm, best in whole.items()
    }
    return shares, criteria
