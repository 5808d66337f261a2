"""Same place, same area (LP-3), and how the trade is weighed against the place."""

from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, text

from succession.accounts.actor import Actor, Role
from succession.accounts.queries import actor_of
from succession.errors import Refused
from succession.facts.kinds import Kind
from succession.land import service as land_service
from succession.land.facts import NewSite
from succession.land.owner import Owner
from succession.listings import publication, service_placing
from succession.listings.lifecycle import Step
from succession.listings.models import ListingPublication
from succession.listings.service import take_step
from succession.listings.service_placing import Choice
from succession.places.models import PlaceArea
from tests.factories.accounts import an_account
from tests.factories.listings import NOW, a_listing, a_published_listing, publish_as
from tests.factories.places import a_small_region

X, Y = 663_000.0, 5_877_000.0


@pytest.fixture
def owner(session):
    a_small_region(session)
    return an_account(session, Role.TRANSFEROR)


def at_the_same_spot(session, account, **values):
    """An offer with premises at the one spot, published by its owner."""
    site = land_service.create_site(
        session, Actor.system(), Owner(account_id=account.id), NewSite("Hofstelle", X, Y), now=NOW
    )
    return publish_as(session, account, a_listing(session, account, place=None, site_id=site.id, **values))


def area_of(session, listing):
    session.expire_all()
    return session.scalar(
        select(PlaceArea.code)
        .join(ListingPublication, ListingPublication.place_area_id == PlaceArea.id)
        .where(ListingPublication.listing_id == listing.id)
    )


def test_a_place_listed_again_by_another_account_has_the_same_area(session, owner):
    first = at_the_same_spot(session, owner)
    area = area_of(session, first)
    take_step(session, actor_of(session, owner.id), first.public_id, Step.WITHDRAW, now=NOW)
    assert area_of(session, first) is None
    assert area_of(session, at_the_same_spot(session, owner)) == area
    assert area_of(session, at_the_same_spot(session, an_account(session, Role.TRANSFEROR))) == area


def test_another_owners_offer_never_shows_that_somebody_was_there_before(session, owner):
    """Else one could place offers until one is shown wider, and would have found the confidential one."""
    at_the_same_spot(session, owner, is_confidential=True)
    assert at_the_same_spot(session, an_account(session, Role.TRANSFEROR)).published_level == 4


def test_premises_that_were_shown_wide_stay_so_in_every_later_offer(session, owner):
    hidden = at_the_same_spot(session, owner, is_confidential=True)
    actor = actor_of(session, owner.id)
    take_step(session, actor, hidden.public_id, Step.WITHDRAW, now=NOW)
    again = a_listing(session, owner, place=None, site_id=hidden.site_id)
    assert publish_as(session, owner, again).published_level == 6
    assert area_of(session, again).startswith("L6-")


STEPS = st.lists(st.tuples(st.sampled_from([None, 1, 4, 5, 6, 7]), st.booleans()), min_size=1, max_size=5)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(STEPS)
def test_over_any_sequence_of_levels_the_area_only_ever_widens(session, owner, steps):
    """Chosen, withdrawn, revised, published again: each area holds the one before."""
    actor, listing = actor_of(session, owner.id), at_the_same_spot(session, owner)
    areas = [area_of(session, listing)]
    for level, is_withdrawn in steps:
        choice = Choice(level, puts_trade_first=True, seen_level=listing.wanted_level)
        try:
            service_placing.choose_level(session, actor, listing.public_id, choice, is_warned=False, now=NOW)
        except Refused:
            assert level is not None
            assert level < listing.published_level
        if is_withdrawn:
            for step in (Step.WITHDRAW, Step.REVISE):
                take_step(session, actor, listing.public_id, step, now=NOW)
            publish_as(session, owner, listing)
        areas.append(area_of(session, listing))
    for finer, coarser in pairwise(areas):
        assert holds(session, coarser, finer)


def holds(session, outer, inner):
    statement = text("""
        SELECT o.id = i.id OR ST_Covers(ST_Buffer(o.geom, 1), i.geom)
        FROM place_area o, place_area i WHERE o.code = :outer AND i.code = :inner""")
    return session.scalar(statement, {"outer": outer, "inner": inner})


def test_a_rare_trade_is_named_in_a_wide_area_or_not_at_all_as_its_owner_prefers(session, owner):
    given = {"kind": Kind.CRAFT, "trades": ["food", "wood"], "area_ha": None, "takeover_models": ["sale"]}
    named = a_published_listing(session, owner, place="Lenzen", **given)
    near = a_published_listing(session, owner, place="Lenzen", puts_trade_first=False, **given)
    pages = [session.get(ListingPublication, listing.id) for listing in (named, near)]
    assert named.published_level > near.published_level
    assert "trades" in pages[0].facts
    assert "trades" not in pages[1].facts
    assert pages[0].facts["trades"].bit_count() == 1


def test_what_was_shown_near_without_the_trade_never_tells_it_later(session, owner):
    given = {"kind": Kind.CRAFT, "trades": ["wood"], "area_ha": None, "takeover_models": ["sale"]}
    listing = a_published_listing(session, owner, place="Lenzen", puts_trade_first=False, **given)
    near = listing.published_level
    listing.puts_trade_first, listing.wanted_level = True, 6
    publication.refresh(session, listing)
    session.commit()
    session.expire_all()
    assert listing.published_level == 6 > near
    assert "trades" not in session.get(ListingPublication, listing.id).facts
