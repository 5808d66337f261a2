import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from succession.privacy.exporting import without_other_addresses
from succession.privacy.packing import FORMULA_BEGINS, as_csv


@given(st.lists(st.text(alphabet=st.characters(exclude_categories=("Cs",), exclude_characters="\0"))))
def test_no_cell_begins_like_a_formula_and_none_is_lost(texts):  # S13
    rows = [{"a": text, "b": text} for text in texts]
    read = csv.reader(io.StringIO(as_csv(rows).removeprefix("\ufeff"), newline=""), delimiter=";")
    cells = [cell for row in list(read)[1:] for cell in row]
    assert [cell for cell in cells if cell.startswith(FORMULA_BEGINS)] == []
    assert len(cells) == 2 * len(texts)


def test_only_ones_own_address_stays_however_deep_the_others_lie():
    value = {"a": ["Frau M <m@example.org>, own@example.org"], "b": {"c": "x.y-z@sub.example.org!"}}
    assert without_other_addresses(value, "Own@example.org") == {
        "a": ["Frau M <[…]>, own@example.org"],
        "b": {"c": "[…]"},
    }
