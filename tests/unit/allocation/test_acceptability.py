import json
from fractions import Fraction

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from succession.allocation import acceptability_format
from succession.allocation.acceptability import Draws, drawn_shares, error_bound, exact_shares
from succession.config import CHECKOUT
from succession.records.documents import DocumentError, differences, read, recompute

CASES = CHECKOUT.parent / "shared" / "data" / "reference-cases" / "smaa.json"
SCHEMA = json.loads((CHECKOUT / "docs/schemas/smaa-1.schema.json").read_text(encoding="utf-8"))
FORMATS = {acceptability_format.FORMAT: acceptability_format.answer}
CASE = {"id": "one against two", "matrix": [[2, 0, 0], [0, 1, 1]]}

values = st.integers(-5, 5).map(Fraction)
tables = st.lists(st.lists(values, min_size=3, max_size=3), min_size=1, max_size=6)


def computed(**changes):
    document = {"format": "smaa-1", "cases": [{**CASE, **changes}]}
    return recompute(read(json.dumps(document)), FORMATS)["cases"][0]["answer"]


@pytest.mark.skipif(not CASES.exists(), reason="the shared reference cases are not here")
def test_every_reference_case_is_answered_exactly():
    document = read(CASES.read_text(encoding="utf-8"))
    answers = recompute(document, FORMATS)
    assert differences(document, answers) == []
    assert [list(case["expected"]) for case in document["cases"]] == [list(case["answer"]) for case in answers["cases"]]
    jsonschema.validate(json.loads(CASES.read_text(encoding="utf-8")), SCHEMA)


@pytest.mark.skipif(not CASES.exists(), reason="the shared reference cases are not here")
def test_drawn_weights_meet_the_reference_cases_within_the_stated_error():
    for case in read(CASES.read_text(encoding="utf-8"))["cases"]:
        rows = [[Fraction(value) for value in row] for row in case["matrix"]]
        drawn = drawn_shares(rows, Draws("reference", 10_000))
        for told, found in zip(case["expected"]["rank_acceptability"], drawn, strict=True):
            assert all(abs(Fraction(a) - b) <= error_bound(10_000) for a, b in zip(told, found, strict=True))


def test_a_small_table_is_answered_as_by_hand():
    # The first is ahead where 2x > 1 − x: that is x > 1/3, a triangle of 2/3 × 2/3.
    assert computed() == {
        "rank_acceptability": [["4/9", "5/9"], ["5/9", "4/9"]],
        "as_decimal": [[0.4444444444, 0.5555555556], [0.5555555556, 0.4444444444]],
    }


def test_equal_alternatives_share_the_better_rank():
    assert exact_shares([[Fraction(1)] * 3] * 2) == [[1, 0], [1, 0]]
    assert drawn_shares([[Fraction(1)] * 4] * 2, Draws("x", 10)) == [[1, 0], [1, 0]]


def test_other_numbers_of_criteria_are_drawn_with_seed_and_error():
    answer = computed(matrix=[[1, 0, 0, 0], [0, 1, 0, 0]], seed="spring", samples=1000)
    assert (answer["seed"], answer["samples"], answer["error"]) == ("spring", 1000, 0.043)
    assert abs(answer["as_decimal"][0][0] - 0.5) <= answer["error"]
    assert computed(matrix=[[1], [2]])["rank_acceptability"] == [["0", "1"], ["1", "0"]]
    assert computed(matrix=[[1], [2]])["seed"] == "one against two"


def test_the_same_seed_draws_the_same_and_another_seed_other_weights():
    rows = [[Fraction(n * m % 7) for n in range(1, 12)] for m in range(1, 5)]
    assert drawn_shares(rows, Draws("a", 500)) == drawn_shares(rows, Draws("a", 500))
    assert drawn_shares(rows, Draws("a", 500)) != drawn_shares(rows, Draws("b", 500))


@pytest.mark.parametrize(("samples", "bound"), [(10_000, "0.0136"), (1, "1.3582"), (1_000_000, "0.0014")])
def test_the_error_is_rounded_up(samples, bound):
    assert error_bound(samples) == Fraction(bound)


@given(tables)
def test_each_alternative_has_exactly_one_rank_under_each_weight(rows):
    for shares in exact_shares(rows):
        assert sum(shares) == 1
        assert min(shares) >= 0


@given(tables.filter(lambda rows: len({tuple(row) for row in rows}) == len(rows)))
def test_each_rank_is_taken_by_exactly_one_alternative_unless_some_are_equal(rows):
    assert [sum(column) for column in zip(*exact_shares(rows), strict=True)] == [1] * len(rows)


@given(tables, st.randoms(use_true_random=False))
def test_neither_the_order_of_alternatives_nor_that_of_criteria_counts(rows, random):
    order = random.sample(range(len(rows)), len(rows))
    columns = random.sample(range(3), 3)
    again = exact_shares([[rows[place][column] for column in columns] for place in order])
    found = exact_shares(rows)
    assert again == [found[place] for place in order]


@settings(max_examples=30)
@given(tables)
def test_exact_and_drawn_shares_agree(rows):
    for exact, drawn in zip(exact_shares(rows), drawn_shares(rows, Draws("agree", 2_000)), strict=True):
        # Three times the error is eight standard deviations: it never happens.
        assert all(abs(a - b) <= 3 * error_bound(2_000) for a, b in zip(exact, drawn, strict=True))


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"matrix": []}, "$.cases[0].matrix"),
        ({"matrix": [[1, 2, 3], [1, 2]]}, "$.cases[0].matrix[1]"),
        ({"matrix": [[1, 2, "much"]]}, "$.cases[0].matrix[0][2]"),
        ({"samples": 0}, "$.cases[0].samples"),
        ({"samples": 10.5}, "$.cases[0].samples"),
        ({"samples": 10_000_000}, "$.cases[0].samples"),
        ({"seed": 7}, "$.cases[0].seed"),
    ],
)
def test_a_bad_value_is_refused_with_its_path(change, path):
    with pytest.raises(DocumentError) as refused:
        computed(**change)
    assert refused.value.path == path
