"""Answers reach the engine as they were given, and what cannot be meant is said in a sentence."""

from fractions import Fraction

import pytest

from succession.principles import answers, typed
from succession.principles.document import read
from tests.unit.principles.documents import small


@pytest.fixture(scope="module")
def document():
    return read(small())


GOOD = {"organic": True, "jobs": "2.5", "sludge": False, "form": "part"}


def test_declared_measured_and_offered_values_stand_together(document):
    measured = {"distance_farmstead_straight": Fraction(25, 2)}
    stated = answers.stated(document, GOOD, bid=31050, measured=measured)
    assert stated == {**GOOD, "distance": "25/2", "offer": "621/2"}


def test_what_is_not_stated_is_left_out(document):
    assert answers.stated(document, {"organic": None}) == {}


def test_an_answer_for_one_lot_is_read_from_that_lot():
    document = read(small("questions.0.per_lot", True))
    assert answers.stated(document, {"organic": True}, {"organic": False}) == {"organic": False}
    assert "organic" not in answers.check(document, GOOD)
    assert "organic" in answers.check(document, {}, per_lot=True)


def test_an_offer_can_be_compared_with_the_starting_rent():
    document = read(small("questions.3.measure", "bid_per_starting_rent"))
    assert answers.stated(document, {}, bid=30000, starting_rent=20000) == {"offer": "3/2"}
    assert answers.stated(document, {}, bid=30000) == {}


def test_points_of_a_body_come_with_their_reason():
    document = small()
    document["catalogue"]["criteria"][0].update(kind="awarded", by="panel", most=5)
    del document["catalogue"]["criteria"][0]["points"]
    document["questions"][0].update({"answer": "number", "from": "awarded"})
    given = {"organic": {"points": 4, "reason": "a sound concept"}}
    assert answers.stated(read(document), {}, awarded=given) == given


@pytest.mark.parametrize(
    ("question", "value", "sentence"),
    [
        ("organic", "perhaps", "Please say yes or no."),
        ("form", "spare time", "Please choose one of the answers."),
        ("jobs", "many", "Please write a number."),
        ("jobs", "-1", "This number cannot be negative."),
        ("jobs", "101", "The most possible here is %(most)s."),
        ("jobs", "1.25", "Please write one digit after the decimal point at most."),
    ],
)
def test_what_cannot_be_meant_is_said_in_a_sentence(document, question, value, sentence):
    assert answers.check(document, {**GOOD, question: value})[question].msgid == sentence


def test_a_good_set_of_answers_has_no_fault(document):
    assert answers.check(document, GOOD) == {}


def test_a_draft_may_leave_open_what_must_be_answered_in_the_end(document):
    assert set(answers.check(document, {})) == {"organic", "jobs"}
    assert answers.check(document, {}, complete=False) == {}
    assert answers.missing(document, {"organic": False}) == ("jobs",)


def test_an_absurd_number_is_refused_even_without_a_bound():
    document = read(small("questions.1.most", "100000000"))
    assert (
        answers.check(document, {**GOOD, "jobs": "20000000"})["jobs"].msgid == "This number is too large to be meant."
    )


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("12,5", "12.5"),
        ("1.234,5", "1234.5"),
        ("1.234.567", "1234567"),
        (" 7 ", "7"),
        ("1 200", "1200"),
        ("ten", "ten"),
    ],
)
def test_numbers_are_read_as_germans_write_them(said, kept):
    assert typed.number(said) == kept


def test_a_form_gives_answers_and_shows_them_again(document):
    jobs, organic = document.question("jobs"), document.question("organic")
    assert typed.answer(jobs, {"jobs": ["2,5"]}) == "2.5"
    assert typed.answer(jobs, {}) is None
    assert typed.answer(organic, {"organic": ["no"]}) is False
    assert typed.answer(organic, {"organic": ["maybe"]}) == "maybe"
    assert typed.written(jobs, "2.5", "de") == "2,5"
    assert typed.written(organic, False, "de") == "no"
