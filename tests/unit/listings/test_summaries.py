"""What is said of an offer in short, and in groups."""

from uuid import UUID

import pytest

from succession.accounts.models import OrganisationKind
from succession.facts.kinds import Kind
from succession.facts.phrases import phrase
from succession.listings.holders import published_as
from succession.listings.references import LETTERS, make_reference
from succession.listings.states import OwnerKind
from succession.listings.summaries import FIELDS, groups, highlights, open_questions, wish_lines
from succession.listings.topics import Topic

FARM = {"area_ha": 18, "takeover_models": 1, "organic": 0, "livestock": 0, "dwelling_rooms": 2, "price": 4}


def test_a_card_says_most_with_few_phrases_and_nothing_that_is_not_there():
    shown = highlights(Kind.FARM, FARM)
    assert shown == tuple(
        phrase(FIELDS[name], FARM[name]) for name in ("area_ha", "takeover_models", "dwelling_rooms", "price")
    )


@pytest.mark.parametrize("kind", Kind)
def test_a_card_of_an_offer_that_says_nothing_is_empty(kind):
    assert highlights(kind, {}) == ()


def test_groups_hold_every_fact_once_by_topic():
    found = groups(Kind.FARM, FARM)
    assert [group.topic for group in found] == [Topic.TERMS, Topic.LAND, Topic.BUILDINGS, Topic.BUSINESS]
    assert sum(len(group.phrases) for group in found) == len(FARM)


def test_open_questions_are_those_of_the_kind():
    assert len(open_questions(Kind.LAND, {})) == 6
    assert len(open_questions(Kind.CRAFT, {})) == 6
    everything = {
        "takeover_models": 1,
        "available_from": 4054,
        "area_ha": 5,
        "dwelling_rooms": 1,
        "transition_months": 0,
    }
    assert open_questions(Kind.FARM, {**everything, "price": 1}) == ()


def test_must_haves_come_first_and_weights_are_not_said():
    lines = wish_lines(
        {
            "training": {"must": False, "values": {"training_min": 2}},
            "direct_sale": {"must": True, "values": {}},
        }
    )
    assert [line.is_must for line in lines] == [True, False]


def test_an_owner_is_published_by_kind_only():
    assert published_as(None) is published_as(OrganisationKind.PRIVATE) is OwnerKind.PRIVATE
    assert published_as(OrganisationKind.MUNICIPALITY) is OwnerKind.PUBLIC_BODY
    assert published_as(OrganisationKind.PARISH) is OwnerKind.CHURCH


def test_a_reference_is_short_and_easy_to_read_out():
    numbers = [UUID(int=number) for number in range(2000)]
    found = {make_reference(number) for number in numbers}
    assert len(found) == len(numbers)
    assert all(len(one) == 7 and one[3] == "-" and set(one.replace("-", "")) <= set(LETTERS) for one in found)
    assert make_reference(numbers[0]) != make_reference(numbers[0], 1)
