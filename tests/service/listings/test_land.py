"""Offers with parcels and premises: what is proposed, what is shown, and that nothing exact decides."""

from decimal import Decimal
from threading import Barrier, Thread

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from succession.accounts.actor import Actor, Role
from succession.accounts.queries import actor_of
from succession.errors import Refused
from succession.facts.kinds import Kind
from succession.land import service as land_service
from succession.land.exact import SiteLocation
from succession.land.facts import NewParcel, NewSite
from succession.land.models import LandUse
from succession.land.owner import Owner
from succession.listings import publication, queries
from succession.listings.lifecycle import Step
from succession.listings.models import ListingParcel, ListingPublication
from succession.listings.models_published import published_offer
from succession.listings.service import publish, take_step
from succession.listings.service_editing import Whereabouts, save_page, seen_mark
from succession.listings.topics import Topic
from succession.places.models import PlaceArea
from tests.factories.accounts import an_account
from tests.factories.land import a_field, parcels
from tests.factories.listings import NOW, a_listing, a_published_listing
from tests.factories.places import a_small_region

COLUMNS = [column.name for column in ListingPublication.__table__.columns]


@pytest.fixture
def owner(session):
    a_small_region(session)
    return an_account(session, Role.TRANSFEROR, Role.LANDOWNER)


def at(session, actor, listing, parcels=(), site=None):
    page = Whereabouts(frozenset(parcel.public_id for parcel in parcels), site and site.public_id, None)
    seen = seen_mark(queries.details(session, listing), Topic.PLACE)
    return save_page(session, actor, listing.public_id, page, seen=seen, now=NOW)


def a_site(session, owner, x=680_000.0, y=5_870_000.0):
    of = Owner(account_id=owner.id)
    site = land_service.create_site(session, Actor.system(), of, NewSite("Hofstelle", x, y), now=NOW)
    session.commit()
    return site


def area_of(session, listing):
    return session.get(PlaceArea, session.get(ListingPublication, listing.id).place_area_id)


def test_parcels_of_the_same_owner_can_be_chosen(session, owner):
    actor = actor_of(session, owner.id)
    own = parcels(session, Owner(account_id=owner.id))
    listing = a_listing(session, owner, kind=Kind.LAND, place=None)
    at(session, actor, listing, own[:2])
    assert len(queries.details(session, listing).parcels) == 2
    at(session, actor, listing, own[2:])
    chosen = session.scalars(select(ListingParcel.parcel_id).where(ListingParcel.listing_id == listing.id)).all()
    assert chosen == [own[2].id]


def test_foreign_parcels_are_refused(session, owner):
    stranger = an_account(session, Role.TRANSFEROR)
    foreign = parcels(session, Owner(account_id=stranger.id))
    listing = a_listing(session, owner, kind=Kind.LAND, place=None)
    with pytest.raises(Refused):
        at(session, actor_of(session, owner.id), listing, foreign)


def test_a_site_decides_before_the_parcels(session, owner):
    actor = actor_of(session, owner.id)
    lenzen, gartow = a_site(session, owner), a_site(session, owner, 665_100.0, 5_877_800.0)
    own = parcels(session, Owner(account_id=owner.id))
    listing = a_listing(session, owner, place=None)
    at(session, actor, listing, own, lenzen)
    publish(session, actor, listing.public_id, is_confirmed=True, now=NOW)
    first = area_of(session, listing)
    at(session, actor, listing, own, gartow)
    assert area_of(session, listing).id != first.id


def test_an_exact_place_may_move_within_its_area_unseen(session, owner):
    """LP-1: what is published is a function of the area, so a twin that differs in the exact point looks the same."""
    actor = actor_of(session, owner.id)
    site = a_site(session, owner)
    listing = a_listing(session, owner, place=None)
    at(session, actor, listing, site=site)
    publish(session, actor, listing.public_id, is_confirmed=True, now=NOW)

    def published():
        session.expire_all()
        page = session.get(ListingPublication, listing.id)
        row = session.execute(select(published_offer).where(published_offer.c.id == listing.id)).one()
        return {name: getattr(page, name) for name in COLUMNS}, tuple(row)

    before = published()
    for dx, dy in ((0.5, 0), (137, -80), (-900, 450)):
        moved = f"SRID=25832;POINT({680_000 + dx} {5_870_000 + dy})"
        session.execute(update(SiteLocation).where(SiteLocation.site_id == site.id).values(geom=moved))
        publication.refresh(session, listing)
        assert published() == before


def test_offers_with_the_same_parcel_are_shown_equally_coarse(session, owner):
    """Two areas of different size for one parcel would say more than either."""
    actor = actor_of(session, owner.id)
    own = parcels(session, Owner(account_id=owner.id))
    open_one = a_listing(session, owner, kind=Kind.LAND, place=None)
    hidden = a_listing(session, owner, kind=Kind.LAND, place=None, is_confidential=True)
    for listing in (open_one, hidden):
        at(session, actor, listing, own)
    publish(session, actor, open_one.public_id, is_confirmed=True, now=NOW)
    assert area_of(session, open_one).level == 4
    publish(session, actor, hidden.public_id, is_confirmed=True, now=NOW)
    assert [area_of(session, listing).level for listing in (open_one, hidden)] == [6, 6]
    take_step(session, actor, hidden.public_id, Step.WITHDRAW, now=NOW)
    at(session, actor, open_one, own[:1])
    assert area_of(session, open_one).level == 6


def test_the_largest_parcel_decides_where_there_are_no_premises(session, owner):
    actor = actor_of(session, owner.id)
    of = Owner(account_id=owner.id)
    near_gartow = a_field(dx=-14_900, dy=7_800, size=60)
    drafts = [NewParcel(outline=a_field(size=300)), NewParcel(outline=near_gartow, land_use=LandUse.GRASSLAND)]
    large, small = land_service.add_parcels(session, Actor.system(), of, drafts, now=NOW)
    session.commit()
    listing = a_listing(session, owner, kind=Kind.LAND, place=None, area_ha=Decimal(9))
    at(session, actor, listing, [large, small])
    publish(session, actor, listing.public_id, is_confirmed=True, now=NOW)
    of_both = area_of(session, listing).id
    at(session, actor, listing, [large])
    assert area_of(session, listing).id == of_both
    at(session, actor, listing, [small])
    assert area_of(session, listing).id != of_both


def test_a_published_offer_keeps_a_place(session, owner):
    listing = a_published_listing(session, owner)
    with pytest.raises(Refused):
        at(session, actor_of(session, owner.id), listing)


def test_two_offers_of_one_parcel_published_at_once_are_shown_equally_coarse(database):
    """Whoever comes first: neither may stay finer than the other."""
    with Session(database.engine, expire_on_commit=False) as session:
        a_small_region(session)
        owner = an_account(session, Role.TRANSFEROR, Role.LANDOWNER)
        actor = actor_of(session, owner.id)
        own = parcels(session, Owner(account_id=owner.id))
        listings = [a_listing(session, owner, place=None, is_confidential=hidden) for hidden in (False, True)]
        for listing in listings:
            at(session, actor, listing, own)
        session.commit()
    start, failures = Barrier(2), []

    def send(public_id):
        try:
            with Session(database.engine) as session, session.begin():
                start.wait()
                publish(session, actor, public_id, is_confirmed=True, now=NOW)
        except DBAPIError as failure:
            failures.append(failure)

    threads = [Thread(target=send, args=(listing.public_id,)) for listing in listings]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    with Session(database.engine) as session:
        assert [area_of(session, listing).level for listing in listings] == [6, 6]
