import json
from fractions import Fraction

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from succession.allocation import sensitivity_format
from succession.allocation.sensitivity import Direction, sensitivity
from succession.config import CHECKOUT
from succession.records.documents import DocumentError, differences, read, recompute

CASES = CHECKOUT.parent / "shared" / "data" / "reference-cases" / "weight-sensitivity.json"
SCHEMA = json.loads((CHECKOUT / "docs/schemas/sensitivity-1.schema.json").read_text(encoding="utf-8"))
FORMATS = {sensitivity_format.FORMAT: sensitivity_format.answer}
CASE = {"id": "two of three", "matrix": [[4, 1], [1, 3], [0, 0]], "weights": [1, 1]}

values = st.integers(-6, 6).map(lambda n: Fraction(n, 2))


@st.composite
def tables(draw):
    columns = draw(st.integers(1, 4))
    row = st.lists(values, min_size=columns, max_size=columns)
    weights = draw(st.lists(st.integers(0, 9).map(lambda n: Fraction(n, 3)), min_size=columns, max_size=columns))
    return draw(st.lists(row, min_size=1, max_size=5)), weights


def computed(**changes):
    document = {"format": "sensitivity-1", "cases": [{**CASE, **changes}]}
    return recompute(read(json.dumps(document)), FORMATS)["cases"][0]["answer"]


def scores(table, weights):
    return [sum(w * v for w, v in zip(weights, row, strict=True)) for row in table]


def moved(weights, criterion, weight):
    return [weight if place == criterion else old for place, old in enumerate(weights)]


@pytest.mark.skipif(not CASES.exists(), reason="the shared reference cases are not here")
def test_every_reference_case_is_answered_as_expected():
    document = read(CASES.read_text(encoding="utf-8"))
    answers = recompute(document, FORMATS)
    assert differences(document, answers) == []
    assert [list(case["expected"]) for case in document["cases"]] == [list(case["answer"]) for case in answers["cases"]]
    jsonschema.validate(json.loads(CASES.read_text(encoding="utf-8")), SCHEMA)


def test_a_small_table_is_answered_as_by_hand():
    assert computed() == {
        "scores": [5.0, 4.0, 0.0],
        "winner": 0,
        "weight_interval_keeping_winner": [[0.6666666667, None], [0.0, 1.5]],
        "smallest_relative_change": {"criterion": 0, "direction": "down", "fraction": 0.3333333333},
        "pair_weight_reduction": {
            "0-1-0": [0.333333, True],
            "0-2-0": [1.25, False],
            "1-2-0": [4.0, False],
            "0-1-1": [-0.5, True],
            "0-2-1": [5.0, False],
            "1-2-1": [1.333333, False],
        },
    }


def test_who_is_best_in_everything_is_moved_by_no_single_weight():
    answer = computed(matrix=[[2, 2], [1, 2]])
    assert answer["smallest_relative_change"] == {"criterion": 0, "direction": "down", "fraction": 1.0}
    assert computed(matrix=[[2, 2], [1, 1]])["smallest_relative_change"] is None
    assert computed(matrix=[[2, 2]])["weight_interval_keeping_winner"] == [[0.0, None], [0.0, None]]


def test_down_comes_before_up_and_the_lower_criterion_first():
    answer = computed(matrix=[[3, 1], [1, 2], [4, -1]], weights=[1, 1])
    assert answer["smallest_relative_change"] == {"criterion": 0, "direction": "down", "fraction": 0.5}
    answer = computed(matrix=[[1, 3], [2, 1]], weights=[1, 1])
    assert answer["smallest_relative_change"] == {"criterion": 1, "direction": "down", "fraction": 0.5}


def test_of_several_winners_the_first_in_the_document_is_named():
    assert computed(matrix=[[1, 1], [2, 0], [0, 2]])["winner"] == 0


@given(tables())
def test_at_each_end_of_an_interval_the_winner_is_tied_first_and_beyond_it_no_longer_first(drawn):
    table, weights = drawn
    found = sensitivity(table, weights)
    for criterion, interval in enumerate(found.intervals):
        assert interval.lower <= weights[criterion]
        at_end = scores(table, moved(weights, criterion, interval.lower))
        assert at_end[found.winner] == max(at_end)
        if interval.lower > 0:
            below = scores(table, moved(weights, criterion, interval.lower - Fraction(1, 10**6)))
            assert at_end.count(max(at_end)) > 1
            assert below[found.winner] < max(below)
        if interval.upper is not None:
            at_end = scores(table, moved(weights, criterion, interval.upper))
            above = scores(table, moved(weights, criterion, interval.upper + Fraction(1, 10**6)))
            assert at_end[found.winner] == max(at_end)
            assert at_end.count(max(at_end)) > 1
            assert above[found.winner] < max(above)
        else:
            far = scores(table, moved(weights, criterion, weights[criterion] + 10**6))
            assert far[found.winner] == max(far)


@given(tables())
def test_after_the_smallest_change_the_winner_is_at_best_tied_and_a_smaller_one_changes_nothing(drawn):
    table, weights = drawn
    found = sensitivity(table, weights)
    change = found.smallest_change
    if change is None:
        return
    sign = -1 if change.direction is Direction.DOWN else 1
    weight = weights[change.criterion]
    after = scores(table, moved(weights, change.criterion, weight * (1 + sign * change.fraction)))
    assert after.count(max(after)) > 1
    for criterion, old in enumerate(weights):
        for part in (Fraction(-999, 1000), Fraction(999, 1000)):
            smaller = scores(table, moved(weights, criterion, old * max(0, 1 + part * change.fraction)))
            assert smaller[found.winner] == max(smaller)


@given(tables(), st.randoms(use_true_random=False))
def test_the_order_of_the_alternatives_changes_no_interval_of_a_single_winner(drawn, random):
    table, weights = drawn
    found = sensitivity(table, weights)
    if found.scores.count(max(found.scores)) > 1:
        return
    order = random.sample(range(len(table)), len(table))
    again = sensitivity([table[place] for place in order], weights)
    assert order[again.winner] == found.winner
    assert (again.intervals, again.smallest_change) == (found.intervals, found.smallest_change)


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"matrix": []}, "$.cases[0].matrix"),
        ({"matrix": [[]]}, "$.cases[0].matrix[0]"),
        ({"matrix": [[1, 2], [1]]}, "$.cases[0].matrix[1]"),
        ({"matrix": [[1, 2], [1, None]]}, "$.cases[0].matrix[1][1]"),
        ({"weights": [1]}, "$.cases[0].weights"),
        ({"weights": [1, -1]}, "$.cases[0].weights[1]"),
        ({"weights": [0, 0]}, "$.cases[0].weights"),
        ({"weights": "1"}, "$.cases[0].weights"),
    ],
)
def test_a_bad_value_is_refused_with_its_path(change, path):
    with pytest.raises(DocumentError) as refused:
        computed(**change)
    assert refused.value.path == path


@pytest.mark.parametrize("field", ["matrix", "weights"])
def test_a_missing_field_is_refused_with_its_path(field):
    document = {"format": "sensitivity-1", "cases": [{key: value for key, value in CASE.items() if key != field}]}
    with pytest.raises(DocumentError, match=f"cases\\[0\\].{field}: this field is missing"):
        recompute(read(json.dumps(document)), FORMATS)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(document, SCHEMA)
