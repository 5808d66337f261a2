from hypothesis import given
from hypothesis import strategies as st

from succession.accounts.paper_codes import ALPHABET, CodePurpose, hash_code, new_code, tidy

CONFUSED = ("0O", "1IL", "2Z", "5S", "8B")


def test_a_code_has_twelve_signs_in_three_groups():
    code = new_code()
    assert [len(group) for group in code.split(" ")] == [4, 4, 4]
    assert set(code) <= {*ALPHABET, " "}


def test_no_two_signs_look_alike():
    assert [signs for signs in CONFUSED if sum(sign in ALPHABET for sign in signs) > 1] == []


def test_codes_are_not_made_twice():
    assert len({new_code() for _ in range(200)}) == 200


@given(st.sampled_from(["", " ", "-", "."]), st.booleans())
def test_blanks_hyphens_and_small_letters_do_not_matter(between, is_small):
    code = new_code()
    typed = between.join(code.replace(" ", ""))
    assert tidy(typed.lower() if is_small else typed) == code.replace(" ", "")


def test_a_code_opens_only_its_own_door():
    code = new_code()
    assert len({hash_code(purpose, code) for purpose in CodePurpose}) == len(CodePurpose)


def test_whatever_is_typed_has_an_answer():
    assert hash_code(CodePurpose.MANDATE, "ß\x00🐄" * 10_000)
