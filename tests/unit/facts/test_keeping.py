"""How facts are kept: limits, marks of what was seen, and differences."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from succession.facts.coding import StatedWish, are_known, counting
from succession.facts.differences import of_facts, of_text, of_wishes
from succession.facts.fingerprints import fingerprint
from succession.facts.importance import Importance
from succession.facts.kinds import EVERY_KIND, Kind
from succession.facts.limits import is_allowed
from succession.facts.offer import OFFER_FIELDS
from succession.facts.wishes import OFFER_WISHES, SEARCH_WISHES
from succession.i18n import Text

FIELDS = {field.name: field for field in OFFER_FIELDS}


@pytest.mark.parametrize(
    ("name", "value", "allowed"),
    [
        ("price", Decimal("0.01"), True),
        ("price", Decimal("0.001"), False),
        ("price", Decimal("NaN"), False),
        ("price", Decimal("Infinity"), False),
        ("price", True, False),
        ("price", "5", False),
        ("staff", 3, True),
        ("staff", Decimal("2.5"), False),
        ("leased_secured_percent", 101, False),
        ("soil_points", Decimal(121), False),
        ("takeover_models", ["lease", "sale"], True),
        ("takeover_models", [], True),
        ("takeover_models", "lease", False),
        ("organic", "organic", True),
        ("organic", ["organic"], False),
        ("available_from", date(2101, 1, 1), False),
        ("trial_year", False, True),
        ("trial_year", 1, False),
        ("trial_year", None, True),
    ],
)
def test_a_value_is_allowed_or_not(name, value, allowed):
    assert is_allowed(FIELDS[name], value) is allowed


@given(st.dictionaries(st.text(max_size=5), st.none() | st.booleans() | st.integers() | st.text(max_size=9)))
def test_a_mark_depends_on_values_and_not_on_their_order(values):
    assert fingerprint(values) == fingerprint(dict(reversed(values.items())))
    assert fingerprint(values) != fingerprint({**values, "another": "value"})


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Decimal("5.00"), Decimal(5)),
        (["b", "a"], ["a", "b"]),
        (5, Decimal(5)),
    ],
)
def test_the_same_value_written_otherwise_has_the_same_mark(one, other):
    assert fingerprint({"x": one}) == fingerprint({"x": other})


@pytest.mark.parametrize(("one", "other"), [(None, ""), (True, 1), ("1", 1.5), ([], None), (date(2027, 1, 1), None)])
def test_different_values_have_different_marks(one, other):
    assert fingerprint({"x": one}) != fingerprint({"x": other})


def test_differences_name_only_what_differs():
    fields = (FIELDS["price"], FIELDS["mentoring"])
    (found,) = of_facts(fields, {"price": Decimal(1), "mentoring": True}, {"price": None, "mentoring": True})
    assert (found.label, found.yours) == (FIELDS["price"].label, Text("not stated"))
    assert of_text(Text("Title"), "a", "a") == []
    assert "…" in of_text(Text("Title"), "a" * 1000, "b")[0].theirs.values["words"]


def test_a_wish_that_somebody_took_back_is_a_difference():
    theirs = {"training": ("must", {"training_min": 2})}
    (found,) = of_wishes(OFFER_WISHES, theirs, {})
    assert found.yours == Importance.NONE.label


def test_only_known_wishes_with_known_values_are_taken():
    assert are_known(SEARCH_WISHES, [StatedWish("distance", Importance.NICE, {"wish_km": 17})])
    assert not are_known(SEARCH_WISHES, [StatedWish("distance", Importance.NICE, {"wish_km": 101})])
    assert not are_known(SEARCH_WISHES, [StatedWish("price", Importance.NICE, {"wish_km": 17})])
    assert not are_known(SEARCH_WISHES, [StatedWish("training", Importance.NICE)])


def test_a_wish_that_everybody_meets_does_not_count():
    least = StatedWish("training", Importance.MUST, {"training_min": 0})
    assert counting(OFFER_WISHES, [least], EVERY_KIND) == {}


def test_a_wish_of_another_kind_does_not_count():
    wish = StatedWish("licence", Importance.MUST, {"licence_min": 2})
    assert counting(OFFER_WISHES, [wish], frozenset({Kind.FARM})) == {}
    assert counting(OFFER_WISHES, [wish], frozenset({Kind.CRAFT})).keys() == {"licence"}
