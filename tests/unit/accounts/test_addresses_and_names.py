import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from succession.accounts.addresses import looked_up, normal_address
from succession.accounts.names import LONGEST_NAME, checked_name
from succession.errors import Refused


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" Anna@Example.org ", "Anna@example.org"),
        ("a@xn--mller-kva.de", "a@müller.de"),
        (unicodedata.normalize("NFD", "käthe@müller.de"), "käthe@müller.de"),
        ("ａｎｎａ@example.org", "anna@example.org"),
    ],
)
def test_an_address_has_one_form(typed, kept):
    assert normal_address(typed) == kept
    assert looked_up(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "аnna@example.org",  # a Cyrillic first letter
        "anna@exаmple.org",
        "anna@еxаmрlе.org",
        "ɑnna@example.org",
        "ıda@example.org",
        "αnna@example.org",
    ],
)
def test_an_address_that_only_looks_like_another_is_refused(typed):
    with pytest.raises(Refused, match="look like others"):
        normal_address(typed)


@pytest.mark.parametrize(
    "typed",
    ["", "anna", "anna@", "@example.org", "a b@example.org", "a@localhost", "a@example.org\nBcc: b@example.org"],
)
def test_what_is_no_address_is_refused(typed):
    with pytest.raises(Refused):
        normal_address(typed)


@pytest.mark.parametrize("typed", ["x" * 10_000 + "@example.org", "x@" + "y" * 10_000 + ".org", "@" * 10_000])
def test_endless_addresses_are_refused_by_their_length(typed):
    with pytest.raises(Refused, match="too long"):
        normal_address(typed)


@given(st.text(max_size=60))
def test_looking_up_bears_anything(typed):
    assert isinstance(looked_up(typed), str)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("  Käthe   Muster ", "Käthe Muster"), ("Ó Briain-Çelik", "Ó Briain-Çelik"), ("李小龍", "李小龍")],
)
def test_a_name_is_kept_as_it_is_written(typed, kept):
    assert checked_name(typed) == kept


@pytest.mark.parametrize(
    "typed", ["", "   ", "12345", "Anna\u202egnusuh", "Anna https://evil.example", "a@b", "An\u200bna"]
)
def test_what_no_name_is_gets_refused(typed):
    with pytest.raises(Refused):
        checked_name(typed)


def test_a_name_of_ten_thousand_characters_is_refused_with_the_limit():
    with pytest.raises(Refused) as refusal:
        checked_name("A" * 10_000)
    assert refusal.value.text.values["most"] == LONGEST_NAME
