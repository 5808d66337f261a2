"""A set reads as plain sentences, with everything that decides."""

import pytest

from succession.i18n import Text, Texts, load_translations, render
from succession.principles import shipped
from succession.principles.document import read
from succession.principles.gazette import gazette
from tests.unit.principles.documents import said, small


def read_aloud(key: str, language: str = "en") -> str:
    written: list[str] = []
    for section in gazette(shipped.document(key), language):
        said = [section.heading, *section.sentences, *section.items]
        for line in section.lines:
            said += [line.name, *line.sentences, line.most or "", line.reason, *line.evidence]
        said += [part for remark in section.points for part in remark]
        translations = load_translations(language)
        written += [render(one, translations, language) if isinstance(one, Text | Texts) else one for one in said]
    return "\n".join(written)


@pytest.mark.parametrize("key", shipped.names())
@pytest.mark.parametrize("language", ["de", "en"])
def test_every_set_can_be_read_in_both_languages(key, language):
    assert len(read_aloud(key, language)) > 300


def test_caps_tie_breaks_promises_and_deadlines_are_said():
    said = read_aloud("recommended")
    for sentence in (
        "All points are added up. The most is 100.",
        "Together at most 18 points: Organic farming, No synthetic pesticides.",
        "Counts like “the whole farm is organic”: Confirmed biodiversity concept.",
        "Then whoever has more points here: Nature measures on the land.",
        "The lease runs for 12 years.",
        "For 14 days anybody may object before a contract is signed.",
    ):
        assert sentence in said


def test_an_order_has_no_sum():
    said = read_aloud("wartenberg")
    assert "There is no sum." in said
    assert "at most" not in said


def test_gaps_and_criteria_without_points_are_said():
    assert "Eleven further criteria" in read_aloud("bvvg-2023")
    assert "Area of the lot in hectares: at least 1." in read_aloud("greifswald-2019-motion")


def spoken(document, language="en"):
    translations = load_translations(language)
    sections = gazette(document, language)
    sentences = [one for section in sections for one in section.sentences]
    return " ".join(render(one, translations, language) if isinstance(one, Text | Texts) else one for one in sentences)


def test_what_decides_beside_points_is_said():
    document = small("catalogue.virtual_bid", {"field": "offer", "per_point": "1/10"})
    document["catalogue"]["stages"] = [
        {"id": "first", "criteria": ["organic"], "threshold": 1, "carried": False, "label": said("first")}
    ]
    heard = spoken(read(document))
    for sentence in (
        "Offers are compared as if they were higher. What is paid is the offer itself.",
        "Each point raises the offer by 10 percent.",
        "At least 1 points are needed here before anything else counts: organic.",
        "These points only select and are not added up: organic.",
    ):
        assert sentence in heard


def test_who_may_match_the_best_offer_is_said():
    rule = {"field": "offer", "who": [{"field": "organic", "equals": True}]}
    heard = spoken(read(small("catalogue.right_to_match", rule)))
    assert "may take the lot at the price of the best offer: organic: yes." in heard
