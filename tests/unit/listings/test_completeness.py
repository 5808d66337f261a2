"""What an offer lacks, topic by topic."""

from datetime import date
from decimal import Decimal

import pytest

from succession.facts.coding import StatedWish
from succession.facts.importance import Importance
from succession.facts.kinds import Kind
from succession.facts.offer import OFFER_FIELDS
from succession.i18n import Text, Texts
from succession.listings.completeness import advisable, missing
from succession.listings.publishing import OfferStatements
from succession.listings.topics import Topic, fields_of, progress, topics_for, wishes_for

GOOD = {"title": "Milchviehhof sucht Nachfolge", "description": "Ein Hof. " * 10, "has_place": True}
ENOUGH = {"takeover_models": ["lease"], "area_ha": Decimal(12)}


def lacking(facts=ENOUGH, kind=Kind.FARM, **values):
    return [one.topic for one in missing(OfferStatements(kind, facts), **{**GOOD, **values})]


def test_a_complete_offer_lacks_nothing():
    assert lacking() == []


@pytest.mark.parametrize(
    ("values", "topic"),
    [
        ({"title": " Hof "}, Topic.ABOUT),
        ({"description": "Kurz."}, Topic.ABOUT),
        ({"has_place": False}, Topic.PLACE),
        ({"facts": {}}, Topic.TERMS),
        ({"facts": {"takeover_models": []}}, Topic.TERMS),
        ({"facts": {"takeover_models": ["lease"]}, "kind": Kind.LAND}, Topic.LAND),
    ],
)
def test_each_thing_that_lacks_is_named_with_its_page(values, topic):
    assert lacking(**values) == [topic]


def test_a_business_needs_no_land():
    assert lacking({"takeover_models": ["sale"]}, Kind.CRAFT) == []


def test_what_helps_is_advised_and_not_demanded():
    farm = OfferStatements(Kind.FARM, {})
    assert [one.topic for one in advisable(farm)] == [
        Topic.TERMS,
        Topic.TERMS,
        Topic.BUILDINGS,
        Topic.HANDOVER,
        Topic.WISHES,
    ]
    said = {
        "available_from": date(2027, 1, 1),
        "land_rent": Decimal(200),
        "dwelling_rooms": 0,
        "transition_months": 0,
    }
    wish = StatedWish("direct_sale", Importance.NICE)
    assert advisable(OfferStatements(Kind.FARM, said, (wish,))) == ()


@pytest.mark.parametrize("kind", Kind)
def test_every_fact_of_a_kind_is_asked_on_exactly_one_page(kind):
    asked = [field.name for topic in topics_for(kind) for field in fields_of(topic, kind)]
    assert sorted(asked) == sorted(field.name for field in OFFER_FIELDS if kind in field.kinds)


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_begins_with_itself_and_ends_with_wishes(kind):
    topics = topics_for(kind)
    assert (topics[0], topics[1], topics[-1]) == (Topic.ABOUT, Topic.PLACE, Topic.WISHES)
    assert wishes_for(kind)


def test_progress_counts_answers_and_never_percent():
    wish = StatedWish("training", Importance.MUST, {"training_min": 2})
    found = progress(
        OfferStatements(Kind.LAND, {"area_ha": Decimal(3), "mentoring": False}, (wish,)),
        title="Wiese",
        description="",
        has_place=True,
    )
    words = {one.topic: one.words for one in found}
    assert words[Topic.ABOUT] == Texts("%(num)s answer of %(asked)s", "%(num)s answers of %(asked)s", 1, {"asked": 2})
    assert words[Topic.PLACE] == words[Topic.WISHES] == Text("complete")
    assert words[Topic.TERMS] == Text("not begun")
    assert Topic.BUILDINGS not in words
