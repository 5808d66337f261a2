"""Facts and wishes as phrases."""

from gettext import NullTranslations

import pytest

from succession.facts.display import stated
from succession.facts.offer import OFFER_FIELDS
from succession.facts.phrases import phrase, wish_phrase
from succession.facts.seeker import SEEKER_FIELDS
from succession.facts.shapes import Banded, Choice, HalfYear, Several, YesNo
from succession.facts.wishes import OFFER_WISHES, SEARCH_WISHES
from succession.i18n import render


def codes(shape):
    match shape:
        case Choice(terms=terms):
            return range(len(terms))
        case Several():
            return [0, 1, 3]
        case YesNo():
            return [0, 1]
        case Banded():
            return shape.codes()
        case HalfYear():
            return [4054]


def english(text):
    return render(text, NullTranslations(), "en")


@pytest.mark.parametrize("field", [*OFFER_FIELDS, *SEEKER_FIELDS], ids=lambda field: field.name)
def test_every_fact_has_a_phrase_for_every_code(field):
    said = [english(phrase(field, code)) for code in codes(field.shape)]
    assert len(set(said)) == len(said)
    assert all(words[0].isupper() or words[0].isdigit() or words.startswith("under") for words in said)


def test_a_phrase_holds_the_value_in_words():
    area = next(field for field in OFFER_FIELDS if field.name == "area_ha")
    assert english(stated(area.shape, 18)) in english(phrase(area, 18))


def test_takeover_models_are_alternatives():
    models = next(field for field in OFFER_FIELDS if field.name == "takeover_models")
    assert english(phrase(models, 3)) == "Possible: lease or sale"


@pytest.mark.parametrize("wish", [*OFFER_WISHES, *SEARCH_WISHES], ids=lambda wish: wish.criterion)
def test_every_wish_has_a_phrase(wish):
    values = {value.name: max(codes(value.shape)) for value in wish.values}
    assert english(wish_phrase(wish, values)).startswith(english(wish.label))


def test_a_wish_with_two_ends_names_both():
    area = next(wish for wish in SEARCH_WISHES if wish.criterion == "area")
    said = english(wish_phrase(area, {"area_min": 18, "area_max": 19}))
    assert said == "Area: at least 40 hectares and at most 80 hectares"
