"""Counts by area: small ones are never told, and never follow from the others (LP-10)."""

from hypothesis import given
from hypothesis import strategies as st

from succession.listings.tallies import parts_told, told

COUNTS = st.dictionaries(st.integers(0, 12), st.integers(0, 15), max_size=12)


def test_fewer_than_five_are_not_told_and_none_are():
    assert [told(count) for count in (0, 1, 4, 5, 40)] == [0, None, None, 5, 40]


def test_a_part_with_few_owners_is_not_told():
    assert parts_told({"a": 9, "b": 9, "c": 9}, {"a": 2, "b": 3, "c": 1}) == {"a": None, "b": 9, "c": None}


@given(COUNTS)
def test_no_hidden_part_follows_from_the_sum_and_the_others(counts):
    shown = parts_told(counts)
    hidden = [key for key, count in shown.items() if count is None]
    assert all(count is None or count == counts[key] for key, count in shown.items())
    assert all(key in hidden for key, count in counts.items() if 0 < count < 5)
    assert len(hidden) != 1 or not any(shown[key] for key in counts if key not in hidden)
