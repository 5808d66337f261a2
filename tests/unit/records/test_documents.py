from decimal import Decimal
from fractions import Fraction

import pytest

from succession.records.documents import DocumentError, mapping, number, read, text, yes_or_no


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
