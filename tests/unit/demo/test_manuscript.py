"""The texts of the demo region: enough of them, all different, and nothing in them that gives anybody away."""

import re

import pytest

from succession.demo.identity import chances, demo_id
from succession.demo.manuscript import read_manuscript
from succession.demo.seekers import plan_seekers
from succession.demo.statements import exact_facts, stated_wishes
from succession.facts import discretion
from succession.facts.kinds import BUSINESSES
from succession.facts.offer import OFFER_FIELDS
from succession.facts.seeker import SEEKER_FIELDS
from succession.facts.wishes import OFFER_WISHES, SEARCH_WISHES
from succession.listings.models import LONGEST_TITLE

STOCK_PHRASES = re.compile(
    r"lorem|ipsum|rund um|hand in hand|nicht nur .* sondern auch|in der heutigen|herzlich willkommen",
    re.IGNORECASE,
)


@pytest.fixture(scope="module")
def manuscript():
    return read_manuscript()


@pytest.fixture(scope="module")
def seekers(manuscript):
    return plan_seekers(manuscript)


def test_there_is_enough_of_everything(manuscript, seekers):
    assert len(manuscript.businesses) >= 60
    assert {offer.kind for offer in manuscript.businesses} == BUSINESSES
    assert len(seekers) >= 150
    assert len(manuscript.helpers) + 2 >= 8


def test_no_text_appears_twice(manuscript, seekers):
    for texts in (
        [offer.title for offer in manuscript.offers],
        [offer.description for offer in manuscript.offers],
        [seeker.introduction for seeker in seekers],
        [offer.key for offer in manuscript.offers],
    ):
        assert len(set(texts)) == len(texts)


def test_no_public_text_gives_anybody_away(manuscript, seekers):
    names = [*manuscript.names.values(), *(helper.name for helper in manuscript.helpers)]
    for text in [f"{o.title}\n{o.description}" for o in manuscript.offers] + [s.introduction for s in seekers]:
        assert discretion.findings(text, names) == ()


def test_no_public_text_counts_exactly(manuscript, seekers):
    """What the page shows as a range must not stand in the text as a figure: hectares, heads, staff, prices, years."""
    texts = [f"{o.title}\n{o.description}" for o in manuscript.offers] + [s.introduction for s in seekers]
    assert [text for text in texts if re.search(r"\d", text)] == []


def test_texts_are_plain_and_well_set(manuscript, seekers):
    for text in [f"{o.title}\n{o.description}" for o in manuscript.offers] + [s.introduction for s in seekers]:
        assert "!" not in text
        assert "  " not in text
        assert not STOCK_PHRASES.search(text)
        assert text.rstrip().endswith((".", "?"))
    assert all(len(offer.title) <= LONGEST_TITLE for offer in manuscript.offers)


def test_facts_and_wishes_belong_to_the_kind_of_offer(manuscript):
    fields = {field.name: field for field in OFFER_FIELDS}
    wishes = {wish.criterion: wish for wish in OFFER_WISHES}
    for offer in manuscript.offers:
        assert all(offer.kind in fields[name].kinds for name in offer.facts), offer.key
        assert all(offer.kind in wishes[wish.criterion].kinds for wish in offer.wishes), offer.key
        assert all(wish.values or not wishes[wish.criterion].values for wish in offer.wishes), offer.key


def test_every_choice_of_a_group_is_known(manuscript):
    wishes = {wish.criterion: wish for wish in SEARCH_WISHES}
    for group in manuscript.groups:
        for name, choices in group.facts.items():
            assert all(exact_facts(SEEKER_FIELDS, {name: choice}) for choice in choices)
        for criterion, phrases in group.wishes.items():
            assert wishes[criterion].kinds & set(group.kinds), (group.key, criterion)
            for phrase in phrases:
                assert stated_wishes(SEARCH_WISHES, {criterion: phrase})[0].values or not wishes[criterion].values


def test_at_most_names_the_last_band_that_is_fine():
    (price,) = stated_wishes(SEARCH_WISHES, {"price": "must 250000"})
    shape = SEARCH_WISHES[3].values[0].shape
    assert shape.interval(price.values["price_max"])[1] == 250_000


def test_ids_and_chances_are_the_same_every_time():
    assert str(demo_id("offer", "muehle")) == str(demo_id("offer", "muehle"))
    assert chances("a", "b").random() == chances("a", "b").random()
    assert chances("a").random() != chances("b").random()


def test_the_same_seekers_come_every_time(manuscript, seekers):
    assert plan_seekers(manuscript) == seekers
