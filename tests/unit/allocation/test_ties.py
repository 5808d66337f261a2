import json
from fractions import Fraction
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from succession.allocation import blocking, lottery, ties, ties_format
from succession.allocation.market import NOBODY, Market
from succession.allocation.stable import applicant_optimal
from succession.cli.recompute import FORMATS
from succession.config import CHECKOUT
from succession.records.documents import DocumentError, read
from succession.records.documents import recompute as answers

SHARED = CHECKOUT.parent / "shared" / "data" / "reference-cases" / "ties.json"
# Two farms of equal points want the same field; one of them would also take the meadow.
CASE = {
    "id": "field-and-meadow",
    "applicants": {"Adam": ["field"], "Berta": ["field", "meadow"], "Carl": ["moor"]},
    "objects": {
        "field": {"capacity": 1, "priority_classes": [["Adam", "Berta"]]},
        "meadow": {"capacity": 1, "priority_classes": [["Carl"], ["Berta"]]},
        "moor": {"capacity": 1, "priority_classes": []},
    },
}


def computed(**changes):
    text = json.dumps({"format": "ties-1", "cases": [{**CASE, **changes}]})
    return answers(read(text), FORMATS)["cases"][0]["answer"]


def in_order(classes, order):
    return [[one for row in rows for one in order if one in row] for rows in classes]


@st.composite
def tied_markets(draw):
    applicants, lots = draw(st.integers(1, 5)), draw(st.integers(1, 3))
    wishes = [draw(st.lists(st.integers(0, lots - 1), unique=True)) for _ in range(applicants)]
    classes = []
    for _ in range(lots):
        at = [draw(st.integers(0, 3)) for _ in range(applicants)]
        rows = [[one for one in range(applicants) if at[one] == level] for level in range(3)]
        classes.append([row for row in rows if row])
    return ties.TiedMarket(wishes, classes, [draw(st.integers(0, 2)) for _ in range(lots)])


@pytest.mark.skipif(not SHARED.exists(), reason="the shared reference cases are not here")
def test_the_reference_cases_recompute_exactly():
    for case in read(SHARED.read_text(encoding="utf-8"))["cases"]:
        expected = {"placement_probability": case["expected"]["placement_probability"]}
        assert ties_format.answer(case, "$") == expected


def test_no_luck_lifts_anybody_into_a_better_class():
    people = ["Adam", "Berta", "Carl", "Dora", "Emil"]
    answer = computed(
        applicants={one: ["field"] for one in people},
        objects={"field": {"capacity": 3, "priority_classes": [["Carl"], ["Emil", "Dora", "Berta"], ["Adam"]]}},
    )
    shares = {one: wishes["field"] for one, wishes in answer["placement_probability"].items()}
    assert shares == {"Adam": "0", "Berta": "2/3", "Carl": "1", "Dora": "2/3", "Emil": "2/3"}


def test_equals_have_equal_chances_and_the_impossible_is_0():
    assert computed() == {
        "placement_probability": {
            "Adam": {"field": "1/2"},
            "Berta": {"field": "1/2", "meadow": "1/2"},
            "Carl": {"moor": "0"},
        }
    }


@settings(max_examples=60, deadline=None)
@given(tied_markets())
def test_counting_only_the_orders_that_matter_equals_counting_all(market):
    applicants = range(len(market.wishes))
    orders = list(permutations(applicants))
    counted = [dict.fromkeys(row, 0) for row in market.wishes]
    for order in orders:
        placed = applicant_optimal(Market(market.wishes, in_order(market.classes, order), market.capacities))
        for one, lot in enumerate(placed):
            if lot != NOBODY:
                counted[one][lot] += 1
    found = ties.chances(market, [str(one) for one in applicants], "seed")
    assert found.samples is None
    assert found.by_wish == [[Fraction(times, len(orders)) for times in row.values()] for row in counted]


@settings(max_examples=60, deadline=None)
@given(tied_markets(), st.permutations(range(5)))
def test_whatever_the_draw_nobody_is_passed_over_for_a_lower_class(market, drawn):
    order = [one for one in drawn if one < len(market.wishes)]
    placed = applicant_optimal(Market(market.wishes, in_order(market.classes, order), market.capacities))
    places = blocking.places_in_classes(dict(enumerate(market.classes)))
    given_out = {one: lot for one, lot in enumerate(placed) if lot != NOBODY}
    assert blocking.is_stable(dict(enumerate(market.wishes)), places, dict(enumerate(market.capacities)), given_out)


def test_a_sample_is_the_same_each_time_and_lies_within_its_stated_error(monkeypatch):
    exact = computed()["placement_probability"]
    monkeypatch.setattr(ties, "MOST_WORK", 0)
    sample = computed(samples=4000, seed="2027-03-01")
    assert sample == computed(samples=4000, seed="2027-03-01")
    assert sample != computed(samples=4000, seed="2027-03-02")
    assert (sample["seed"], sample["samples"], sample["error"]) == ("2027-03-01", 4000, 0.0214734704)
    for one, wishes in sample["placement_probability"].items():
        for lot, share in wishes.items():
            assert abs(Fraction(share) - Fraction(exact[one][lot])) <= sample["error"]


def test_sample_n_is_the_order_of_tickets_of_round_n(monkeypatch):
    monkeypatch.setattr(ties, "MOST_WORK", 0)
    first = [lottery.order("S", str(draw), ["Adam", "Berta"])[0] for draw in range(1, 101)]
    answer = computed(samples=100, seed="S")["placement_probability"]
    assert Fraction(answer["Adam"]["field"]) == Fraction(first.count("Adam"), 100)


def test_many_orders_are_drawn_with_the_id_as_seed_where_no_other_is_named():
    crowd = [f"farm {number}" for number in range(30)]
    answer = computed(
        applicants={one: ["field"] for one in crowd},
        objects={"field": {"capacity": 15, "priority_classes": [crowd]}},
    )
    assert (answer["seed"], answer["samples"]) == (CASE["id"], 10_000)
    shares = [Fraction(wishes["field"]) for wishes in answer["placement_probability"].values()]
    assert sum(shares) == 15
    assert all(abs(share - Fraction(1, 2)) <= answer["error"] for share in shares)


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"samples": 0}, "samples"),
        ({"samples": 1.5}, "samples"),
        ({"samples": 10**7}, "samples"),
        ({"seed": 3}, "seed"),
        ({"seed": "a\x1fb"}, "seed"),
        *(
            ({"applicants": {"Adam": []}, "objects": {"field": {"capacity": 1, **lot}}}, f"objects.field.{place}")
            for lot, place in (
                ({}, "priority_classes"),
                ({"priority_classes": {}}, "priority_classes"),
                ({"priority_classes": ["Adam"]}, "priority_classes[0]"),
                ({"priority_classes": [["Eve"]]}, "priority_classes[0][0]"),
                ({"priority_classes": [["Adam"], ["Adam"]]}, "priority_classes[1]"),
                ({"priority_classes": [["Adam", "Adam"]]}, "priority_classes[0][1]"),
            )
        ),
    ],
)
def test_a_bad_value_is_refused_with_its_path(change, place):
    with pytest.raises(DocumentError) as refused:
        computed(**change)
    assert refused.value.path == f"$.cases[0].{place}"
