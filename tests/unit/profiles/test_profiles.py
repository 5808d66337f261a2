"""What seekers say, topic by topic, and what is published of it."""

from datetime import date
from decimal import Decimal

import pytest

from succession.facts.coding import StatedWish
from succession.facts.importance import Importance
from succession.facts.kinds import EVERY_KIND, Kind
from succession.facts.seeker import SEEKER_FIELDS
from succession.facts.wishes import SEARCH_WISHES
from succession.i18n import Text
from succession.profiles.models import SeekerProfile
from succession.profiles.models_published import published_search
from succession.profiles.publishing import SearchStatements, kind_bits, publish_search, published_wishes
from succession.profiles.summaries import groups, progress, wishes_by_topic
from succession.profiles.topics import ProfileTopic, SearchTopic, profile_fields, search_topics, search_wishes

FACTS = {"equity": Decimal(61_234), "start_from": date(2027, 9, 1), "trial_ready": True, "children": 2}
WISHES = (
    StatedWish("distance", Importance.VERY, {"wish_km": 17}),
    StatedWish("area", Importance.MUST, {"area_min": 5}),
    StatedWish("trade", Importance.NICE, {"trades": 3}),
)


def test_every_fact_is_asked_on_exactly_one_page():
    asked = [field.name for topic in ProfileTopic for field in profile_fields(topic)]
    assert sorted(asked) == sorted(field.name for field in SEEKER_FIELDS)
    assert {field.name for field in SEEKER_FIELDS} <= {column.name for column in SeekerProfile.__table__.columns}


def test_every_wish_is_asked_on_exactly_one_page():
    asked = [wish.criterion for topic in SearchTopic for wish in search_wishes(topic, EVERY_KIND)]
    assert sorted(asked) == sorted(wish.criterion for wish in SEARCH_WISHES)


@pytest.mark.parametrize("kind", Kind)
def test_a_search_asks_only_what_makes_sense_for_its_kinds(kind):
    for topic in search_topics(frozenset({kind})):
        assert all(kind in wish.kinds for wish in search_wishes(topic, frozenset({kind})))


def test_the_narrow_row_has_exactly_the_columns_of_its_table():
    row = publish_search(SearchStatements(frozenset({Kind.FARM}), 25, FACTS, WISHES))
    assert row.keys() == {column.name for column in published_search.columns} - {"id", "place", "published"}
    assert (row["equity"], row["start_from"], row["trial_ready"], row["wish_km"]) == (3, 4055, 1, 17)
    assert (row["weight_distance"], row["weight_area"], row["weight_trade"], row["weight_sum"]) == (5, 5, 0, 10)
    assert row["must"] == 1 << [wish.criterion for wish in SEARCH_WISHES].index("area")


def test_two_figures_of_one_band_are_published_alike():
    exact = SearchStatements(frozenset({Kind.FARM}), 25, FACTS, WISHES)
    blurred = SearchStatements(
        frozenset({Kind.FARM}), 25, {**FACTS, "equity": Decimal(50_000), "start_from": date(2027, 7, 1)}, WISHES
    )
    assert publish_search(exact) == publish_search(blurred)


def test_kinds_are_bits():
    assert kind_bits([Kind.LAND, Kind.INN, Kind.LAND]) == 1 | 1 << Kind.INN.code


def test_published_wishes_say_no_weight():
    shown = published_wishes(SearchStatements(frozenset({Kind.CRAFT}), 25, FACTS, WISHES))
    assert shown == {
        "distance": {"must": False, "values": {"wish_km": 17}},
        "trade": {"must": False, "values": {"trades": 3}},
    }


def test_the_overview_shows_importance_to_the_seeker():
    counted = {wish.criterion: wish for wish in WISHES}
    shown = wishes_by_topic(counted, frozenset({Kind.FARM}))
    assert [wish.importance for wish in shown[SearchTopic.PLACE]] == [Importance.VERY.label]
    assert [len(wishes) for topic, wishes in shown.items() if topic is SearchTopic.BUSINESS] == [0]


def test_progress_and_groups_of_a_profile():
    words = {one.topic: one.words for one in progress("Wir.", FACTS)}
    assert words[ProfileTopic.INTRODUCTION] == Text("complete")
    assert words[ProfileTopic.SKILLS] == Text("not begun")
    found = groups({"equity": 3, "children": 0})
    assert [group.topic for group in found] == [ProfileTopic.MONEY, ProfileTopic.HOUSEHOLD]
