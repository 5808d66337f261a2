import pytest

from succession.accounts.password_rules import COMMON, check_password, common_passwords
from succession.errors import Refused

CONTEXT = ("Nachfolge Elbtal", "Anna Beispiel", "anna.beispiel@example.org")


@pytest.mark.parametrize("password", ["kurz", "sieben7", "       a"[-7:], "q" * 257])
def test_a_password_has_between_8_and_256_characters(password):  # S5
    with pytest.raises(Refused):
        check_password(password)


@pytest.mark.parametrize("length", [8, 64, 256])
def test_lengths_up_to_256_are_taken(length):  # S5
    check_password(("Vqx7 feudale Zwiebeln ohne Rhabarber im Nebelgarten, " * 6)[:length])


@pytest.mark.parametrize(
    "password", ["nurkleinebuchstabenhier", "83920174650192837465", "GROSSUNDLANGGENUG", "änßöüqäjx"]
)
def test_no_kind_of_sign_is_asked_for(password):  # S5
    check_password(password)


@pytest.mark.parametrize(
    "password",
    [
        "passwort",
        "Password1",
        "PASSWORT2024!",
        "12345678",
        "qwertzuiop",
        "1q2w3e4r",
        "Sommer2024",
        "!!hallo123",
        "aaaaaaaaaa",
        "abcabcabc",
        "24.12.1985",
        "24121985",
        "lkjhgfdsa",
        "Mercedes99",
        "Katharina1",
        "letmein123",
    ],
)
def test_what_is_tried_first_is_refused(password):  # S5
    with pytest.raises(Refused, match="one of the first"):
        check_password(password)


@pytest.mark.parametrize("password", ["NachfolgeElbtal!", "elbtal-nachfolge-1", "Beispiel-2026", "beispiel.example"])
def test_what_a_guesser_knows_of_the_person_and_the_site_is_refused(password):  # S5
    with pytest.raises(Refused, match="mostly of your name"):
        check_password(password, CONTEXT)


@pytest.mark.parametrize("password", ["anna-liebt-alte-traktoren", "drei-hühner-am-elbtal-deich"])
def test_a_long_password_may_also_hold_a_known_word(password):
    check_password(password, CONTEXT)


def test_the_list_is_shipped_and_long_enough():  # S5
    assert len(common_passwords()) >= 3000
    assert COMMON.read_text(encoding="utf-8").splitlines() == sorted(common_passwords())
