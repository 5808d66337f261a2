"""Codes in words."""

from datetime import date
from decimal import Decimal
from gettext import NullTranslations
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from succession.facts import measures, terms
from succession.facts.coding import is_code
from succession.facts.display import exactly, half_year, listed, stated, wished
from succession.facts.offer import OFFER_FIELDS
from succession.facts.seeker import SEEKER_FIELDS
from succession.facts.shapes import Banded, Choice, HalfYear, Several, YesNo
from succession.facts.wishes import OFFER_WISHES, SEARCH_WISHES
from succession.i18n import Text, render

ENGLISH = NullTranslations()
CATALOGUE = Path(__file__).parents[3] / "succession/translations/de/LC_MESSAGES/messages.po"


class German:
    """The catalogue as it stands, without compiled files."""

    def __init__(self):
        with CATALOGUE.open("rb") as file:
            self.catalogue = read_po(file, locale="de")

    def gettext(self, message):
        return self.catalogue[message].string or message

    def ngettext(self, one, many, number):
        return self.catalogue[one, many].string[number != 1]


@pytest.fixture(scope="module")
def german():
    return German()


def codes(shape):
    match shape:
        case Choice(terms=all_terms):
            return range(len(all_terms))
        case Several(terms=all_terms):
            return [0, 1, 3, (1 << len(all_terms)) - 1]
        case YesNo():
            return [0, 1]
        case Banded():
            return shape.codes()
        case HalfYear():
            return [4054, 4055]


@pytest.mark.parametrize(
    ("shape", "exact", "english", "deutsch"),
    [
        (measures.AREA, 47, "40 to 60 hectares", "40 bis 60 Hektar"),
        (measures.AREA, 0, "under 0.5 hectares", "weniger als 0,5 Hektar"),
        (measures.AREA, 900, "500 hectares or more", "500 Hektar oder mehr"),
        (measures.LAND_RENT, 80, "under 100 euros per hectare and year", "weniger als 100 Euro je Hektar und Jahr"),
        (measures.PRICE, 120_000, "100,000 to 150,000 euros", "100.000 bis 150.000 Euro"),
        (measures.MONTHS, 24, "1 to 3 years", "1 bis 3 Jahre"),
        (measures.MONTHS, 3, "1 to 6 months", "1 bis 6 Monate"),
        (measures.MONTHS, 40, "more than 3 years", "mehr als 3 Jahre"),
        (measures.ROOMS, 0, "no rooms", "keine Zimmer"),
        (measures.ROOMS, 2, "1 to 2 rooms", "1 bis 2 Zimmer"),
        (measures.EXPERIENCE, 12, "more than 10 years", "mehr als 10 Jahre"),
        (measures.SOIL, 35, "30 to 40 soil points", "30 bis 40 Bodenpunkte"),
        (measures.SHARE, 100, "100 percent", "100 Prozent"),
        (HalfYear(), date(2027, 9, 1), "second half of 2027", "2. Halbjahr 2027"),
        (terms.TAKEOVER_MODELS, ["lease", "sale", "gift"], "lease, sale and gift with right of residence", None),
    ],
)
def test_a_code_reads_as_people_say_it(shape, exact, english, deutsch, german):
    shown = stated(shape, shape.code(exact))
    assert render(shown, ENGLISH, "en") == english
    if deutsch:
        assert render(shown, german, "de") == deutsch


@pytest.mark.parametrize("field", [*OFFER_FIELDS, *SEEKER_FIELDS], ids=lambda field: field.name)
def test_every_code_of_every_fact_has_words_in_both_languages(field, german):
    said = [stated(field.shape, code) for code in codes(field.shape)]
    assert len({render(text, ENGLISH, "en") for text in said}) == len(said)
    assert len({render(text, german, "de") for text in said}) == len(said)


@pytest.mark.parametrize(
    "value", [value for wish in (*SEARCH_WISHES, *OFFER_WISHES) for value in wish.values], ids=lambda value: value.name
)
def test_every_code_of_every_wish_has_words_in_both_languages(value, german):
    for code in codes(value.shape):
        assert is_code(value, code)
        assert render(wished(value, code), ENGLISH, "en")
        assert "%(" not in render(wished(value, code), german, "de")


def test_a_wish_says_at_least_or_at_most():
    values = {value.name: value for wish in (*SEARCH_WISHES, *OFFER_WISHES) for value in wish.values}

    def said(name, code):
        return render(wished(values[name], code), ENGLISH, "en")

    assert said("area_min", measures.AREA.code(40)) == "at least 40 hectares"
    assert said("area_max", measures.AREA.code(59)) == "at most 60 hectares"
    assert said("dwelling_min", measures.ROOMS.code(1)) == "at least 1 room"
    assert said("wish_km", 17) == "at most 17 km"
    assert said("price_max", measures.PRICE.code(9_000_000)) == "no upper limit"
    assert said("start_latest", HalfYear().code(date(2028, 1, 1))) == "not after the first half of 2028"
    assert said("training_min", 2) == "at least completed vocational training"
    assert said("training_min", 3) == "master craftsperson or degree"
    assert said("keep_staff_min", 1) == "at least in part"
    assert said("transition_min", measures.MONTHS.code(13)) == "more than 1 year"
    assert said("land_uses", 3) == "arable land and grassland"
    assert said("takeover_models", 3) == "lease or sale"


def test_a_year_has_no_thousands_separator():
    assert render(half_year(4055), ENGLISH, "en") == "second half of 2027"


def test_an_empty_list_is_said_in_words():
    assert listed([]) == Text("none of these")


def test_the_owner_reads_the_exact_figure():
    assert render(exactly(measures.AREA, Decimal("47.25")), ENGLISH, "en") == "47.25 hectares"
    assert render(exactly(terms.LAND_USES, ["arable"]), ENGLISH, "en") == "arable land"
    assert render(exactly(YesNo(), value=False), ENGLISH, "en") == "no"
    assert render(exactly(HalfYear(), date(2027, 3, 1)), ENGLISH, "en") == "March 1, 2027"
    assert render(exactly(measures.PRICE, None), ENGLISH, "en") == "not stated"
