"""Seekers, their searches, and what owners read of them."""

from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from succession.accounts.actor import Actor, Role
from succession.accounts.queries import actor_of
from succession.db import public_reading
from succession.errors import Conflict, Forbidden, NotFound, Refused
from succession.facts.coding import StatedWish
from succession.facts.importance import Importance
from succession.facts.kinds import Kind
from succession.facts.refusals import GivesAway, Overtaken
from succession.profiles import policy, queries, service, service_editing
from succession.profiles.models import Search, SearchPublication, SeekerProfile
from succession.profiles.models_published import published_search
from succession.profiles.refusals import NothingToFind
from succession.profiles.service import Facts, Introduction
from succession.profiles.service_editing import Basics, SearchPage
from succession.profiles.states import SearchState
from succession.profiles.topics import ProfileTopic, SearchTopic
from tests.factories.accounts import an_account
from tests.factories.listings import a_place_called
from tests.factories.places import a_small_region
from tests.factories.profiles import a_profile, a_published_search, a_search

MONEY = Facts(ProfileTopic.MONEY, {"equity": Decimal(60_000), "financing": "talks"})


@pytest.fixture
def seeker(session):
    a_small_region(session)
    return an_account(session, Role.SEEKER)


@pytest.fixture
def actor(session, seeker):
    return actor_of(session, seeker.id)


@pytest.fixture
def save(session, actor, now):
    def save(page, seen=None, **options):
        topic = getattr(page, "topic", ProfileTopic.INTRODUCTION)
        mark = service.seen_mark(queries.own_profile(session, actor), topic) if seen is None else seen
        return service.save_profile_page(session, actor, page, seen=mark, now=now, **options)

    return save


@pytest.fixture
def save_search(session, actor, now):
    def save(search, page, seen=None):
        mark = service_editing.seen_mark(queries.details(session, search), page.topic) if seen is None else seen
        return service_editing.save_search_page(session, actor, search.public_id, page, seen=mark, now=now)

    return save


def narrow(session, search):
    return session.execute(select(published_search).where(published_search.c.id == search.id)).one_or_none()


def test_the_first_page_makes_the_profile(session, actor, save):
    assert queries.own_profile(session, actor) is None
    profile = save(MONEY)
    assert (profile.equity, profile.financing, profile.version) == (60_000, "talks", 2)
    save(Facts(ProfileTopic.PLAN, {"start_from": date(2027, 9, 1)}))
    assert session.scalar(select(func.count()).select_from(SeekerProfile)) == 1
    assert profile.equity == 60_000


def test_only_seekers_have_profiles(session, now):
    owner = actor_of(session, an_account(session, Role.TRANSFEROR).id)
    with pytest.raises(Forbidden):
        service.save_profile_page(session, owner, MONEY, seen="", now=now)
    with pytest.raises(Forbidden):
        service.create_search(session, owner, uuid4(), now=now)


def test_the_second_saver_is_told(session, actor, save):
    seen = service.seen_mark(None, ProfileTopic.MONEY)
    save(MONEY, seen)
    with pytest.raises(Overtaken) as conflict:
        save(Facts(ProfileTopic.MONEY, {"equity": Decimal(10)}), seen)
    assert len(conflict.value.differences) == 2
    save(Facts(ProfileTopic.MONEY, {"equity": Decimal(10)}), conflict.value.seen)


@pytest.mark.parametrize("page", [Introduction("x" * 10_000), Facts(ProfileTopic.MONEY, {"equity": Decimal(-5)})])
def test_what_cannot_be_right_is_refused(save, page, actor):
    with pytest.raises(Refused):
        save(page, "")


def test_the_same_form_makes_one_search(session, actor, now):
    key = uuid4()
    first = service.create_search(session, actor, key, now=now)
    assert service.create_search(session, actor, key, now=now).id == first.id


def test_there_is_a_limit_to_searches(session, actor, now):
    for _ in range(service.MOST_SEARCHES):
        service.create_search(session, actor, uuid4(), now=now)
    with pytest.raises(Refused):
        service.create_search(session, actor, uuid4(), now=now)


def test_a_search_needs_a_kind_and_a_place(session, actor, seeker, now):
    search = a_search(session, a_profile(session, seeker), kinds=[], place=None)
    with pytest.raises(NothingToFind):
        service.publish_search(session, actor, search.public_id, is_confirmed=True, now=now)


def test_what_is_published_of_a_search_are_codes_without_a_name(session, actor, seeker, now):
    profile = a_profile(session, seeker, equity=60_000, start_from=date(2027, 9, 1), introduction="Wir sind zu zweit.")
    search = a_search(session, profile, title="Mein Traum", wishes={"area": ("must", {"area_min": 5})})
    service.publish_search(session, actor, search.public_id, is_confirmed=False, now=now)
    row = narrow(session, search)
    assert (row.radius_km, row.kinds, row.equity, row.start_from) == (25, 1 << Kind.FARM.code, 3, 4055)
    assert (row.wish_area_min, row.weight_area, row.weight_sum) == (5, 5, 5)
    with public_reading(session) as reader:
        shown = queries.public_search(reader, search.public_id)
    assert shown.facts == {"equity": 3, "start_from": 4055}
    assert "Traum" not in str(shown)
    assert seeker.name not in str(shown)


def test_a_change_of_the_profile_reaches_every_published_search(session, actor, seeker, save):
    profile = a_profile(session, seeker)
    searches = [a_published_search(session, profile) for _ in range(2)]
    draft = a_search(session, profile)
    save(MONEY)
    assert [narrow(session, search).equity for search in searches] == [3, 3]
    assert narrow(session, draft) is None


def test_a_withdrawn_search_is_gone_for_others_and_can_come_back(session, actor, seeker, now):
    search = a_published_search(session, a_profile(session, seeker))
    service.withdraw_search(session, actor, search.public_id, now=now)
    assert (narrow(session, search), session.get(SearchPublication, search.id)) == (None, None)
    with pytest.raises(Conflict):
        service.withdraw_search(session, actor, search.public_id, now=now)
    service.publish_search(session, actor, search.public_id, is_confirmed=True, now=now)
    assert search.state is SearchState.PUBLISHED


def test_an_introduction_with_a_name_is_published_only_when_confirmed(session, actor, seeker, save, now):
    profile = a_profile(session, seeker, introduction="Ruft an: 0171 2345678")
    search = a_search(session, profile)
    with pytest.raises(GivesAway):
        service.publish_search(session, actor, search.public_id, is_confirmed=False, now=now)
    session.rollback()
    service.publish_search(session, actor, search.public_id, is_confirmed=True, now=now)
    with pytest.raises(GivesAway):
        save(Introduction("Schreibt an wir@example.org"))


def test_pages_of_a_search_are_saved_one_by_one(session, seeker, save_search):
    search = a_search(session, a_profile(session, seeker), wishes={"price": ("nice", {"price_max": 3})})
    lenzen = a_place_called(session, "Lenzen").public_id
    basics = Basics("Hof gesucht", frozenset({Kind.FARM, Kind.LAND}), lenzen, 40)
    save_search(
        search, SearchPage(SearchTopic.PLACE, (StatedWish("distance", Importance.NICE, {"wish_km": 20}),), basics)
    )
    save_search(search, SearchPage(SearchTopic.LAND, (StatedWish("water", Importance.MUST, {"water_min": 2}),)))
    details = queries.details(session, search)
    assert (search.kinds, search.radius_km, details.place.name) == (["land", "farm"], 40, "Lenzen")
    assert set(details.counted) == {"distance", "price", "water"}


def test_a_page_cannot_change_the_wishes_of_another(session, seeker, save_search):
    search = a_search(session, a_profile(session, seeker), wishes={"price": ("nice", {"price_max": 3})})
    save_search(search, SearchPage(SearchTopic.LAND, (StatedWish("price", Importance.MUST, {"price_max": 0}),)))
    assert queries.details(session, search).counted["price"].importance is Importance.NICE


def test_a_published_search_keeps_a_place(session, seeker, save_search):
    search = a_published_search(session, a_profile(session, seeker))
    with pytest.raises(NothingToFind):
        save_search(search, SearchPage(SearchTopic.PLACE, (), Basics("", frozenset({Kind.FARM}), None, 25)))


@pytest.mark.parametrize("radius_km", [0, 101, -5])
def test_a_radius_has_limits(session, seeker, save_search, radius_km):
    search = a_search(session, a_profile(session, seeker))
    with pytest.raises(Refused):
        save_search(search, SearchPage(SearchTopic.PLACE, (), Basics("", frozenset(), None, radius_km)))


def test_a_deleted_search_is_gone_for_everybody(session, actor, seeker, now):
    search = a_published_search(session, a_profile(session, seeker))
    service.delete_search(session, actor, search.public_id, now=now)
    session.commit()
    assert narrow(session, search) is None


def test_a_foreign_search_does_not_exist(session, actor, now):
    search = a_published_search(session)
    for act in (
        lambda: service.withdraw_search(session, actor, search.public_id, now=now),
        lambda: service.delete_search(session, actor, search.public_id, now=now),
        lambda: queries.kept_search(session, actor, search.public_id),
    ):
        with pytest.raises(NotFound):
            act()


@pytest.mark.parametrize("who", ["visitor", "seeker", "transferor", "system", "former_seeker"])
def test_the_rule_on_profiles_and_its_filter_say_the_same(session, seeker, who):
    own, foreign = a_profile(session, seeker), a_profile(session)
    former = an_account(session, Role.TRANSFEROR)
    kept = a_profile(session, former)
    actor = {
        "visitor": Actor.visitor(),
        "seeker": actor_of(session, seeker.id),
        "transferor": actor_of(session, an_account(session, Role.TRANSFEROR).id),
        "system": Actor.system(),
        "former_seeker": actor_of(session, former.id),
    }[who]
    found = set(session.scalars(select(SeekerProfile.id).where(policy.kept_profiles(actor))))
    assert found == {one.id for one in (own, foreign, kept) if policy.may_keep_profile(actor, one)}
    searches = {a_search(session, one, place=None).id: one for one in (own, foreign, kept)}
    found = set(session.scalars(select(Search.id).where(policy.kept_searches(actor))))
    assert found == {number for number, one in searches.items() if policy.may_keep_profile(actor, one)}
