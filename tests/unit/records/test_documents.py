from decimal import Decimal
from fractions import Fraction

import pytest

from succession.records.documents import DocumentError, decimal, differences, mapping, number, read, text, yes_or_no


def test_a_number_is_the_decimal_literal_it_is():
    document = read('{"small": 0.1, "whole": 3, "exponent": 1e2}')
    assert document["small"] == Decimal("0.1")
    assert [number(value, "$") for value in document.values()] == [Fraction(1, 10), 3, 100]


@pytest.mark.parametrize(
    ("reading", "bad"),
    [(mapping, []), (mapping, None), (text, ""), (text, 3), (yes_or_no, 1), (yes_or_no, "true"), (number, True)],
)
def test_what_is_of_another_kind_is_refused_where_it_stands(reading, bad):
    with pytest.raises(DocumentError) as refused:
        reading(bad, "$.cases[0].thing")
    assert refused.value.path == "$.cases[0].thing"


def test_what_is_of_its_kind_is_handed_on():
    assert mapping({"a": 1}, "$") == {"a": 1}
    assert text("a", "$") == "a"
    assert yes_or_no(False, "$") is False


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (Fraction(1, 3), 0.3333333333),
        (Fraction(-2, 3), -0.6666666667),
        (Fraction(7), 7.0),
        (Fraction(0), 0.0),
        (Fraction(1, 10**11), 0.0),
        (Fraction(10**14) + Fraction(1, 10**10), "1000000000000000000000001/10000000000"),
        (Fraction(10**400), str(10**400)),
        (None, None),
    ],
)
def test_a_decimal_is_rounded_to_ten_places_and_loses_nothing_more(value, written):
    assert decimal(value) == written


def test_lists_are_compared_entry_by_entry_and_the_differing_one_is_named():
    loaded = read('{"cases": [{"id": "a", "expected": {"shares": [0.5, [1, "2/4"], null]}}]}')
    computed = {"cases": [{"id": "a", "answer": {"shares": [0.5, [1.0, 0.25], None]}}]}
    assert differences(loaded, computed) == ["$.cases[0].expected.shares[1][1]: expected 2/4, computed 0.25"]
    computed["cases"][0]["answer"] = {"shares": [0.5]}
    assert len(differences(loaded, computed)) == 1
