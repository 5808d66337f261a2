"""Offers for tests; everything is committed."""

from datetime import UTC, datetime
from itertools import count
from uuid import uuid4

from sqlalchemy import select

from succession.accounts.models import Account, Organisation
from succession.accounts.queries import actor_of
from succession.facts.importance import Importance
from succession.facts.kinds import Kind
from succession.listings import publication, service
from succession.listings.models import Listing, ListingWish
from succession.listings.references import make_reference
from succession.listings.states import ListingState
from succession.places.models import Place

NUMBERS = count(1)
NOW = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
DESCRIPTION = "Ein gut geführter Betrieb mit treuer Kundschaft sucht Menschen, die ihn in Ruhe weiterführen möchten."


def a_place_called(session, name: str) -> Place:
    """One of the places of the small region, the largest of that name."""
    return session.scalars(select(Place).where(Place.name == name).order_by(Place.population.desc())).first()


def a_listing(session, owner: Account | Organisation, *, wishes=None, place="Gartow", **values) -> Listing:
    """A draft that could be published; `wishes` are {criterion: (importance, values)}."""
    number = next(NUMBERS)
    named = None if place is None else a_place_called(session, place)
    mine = {"owner_organisation_id": owner.id} if isinstance(owner, Organisation) else {"owner_account_id": owner.id}
    given = {
        "kind": Kind.FARM,
        "title": f"Hof Nummer {number} sucht Nachfolge",
        "description": DESCRIPTION,
        "takeover_models": ["lease"],
        "area_ha": 47,
        "place_id": named and named.id,
        "created_at": NOW,
        "updated_at": NOW,
        **mine,
    }
    listing = Listing(reference=make_reference(uuid4()), **{**given, **values})
    session.add(listing)
    session.flush()
    for criterion, (importance, codes) in (wishes or {}).items():
        session.add(
            ListingWish(listing_id=listing.id, criterion=criterion, importance=Importance(importance), values=codes)
        )
    session.commit()
    return listing


def a_published_listing(session, owner, *, state=ListingState.PUBLISHED, now=NOW, **values) -> Listing:
    """An offer that others see, or one that they saw once; `a_small_region` must be there."""
    listing = a_listing(session, owner, **values)
    listing.state, listing.published_at, listing.confirmed_at = ListingState.PUBLISHED, now, now
    publication.refresh(session, listing)
    if state is not ListingState.PUBLISHED:
        listing.state = state
        publication.refresh(session, listing)
    session.commit()
    return listing


def publish_as(session, account, listing, *, now=NOW):
    """Published by its owner through the door."""
    published = service.publish(session, actor_of(session, account.id), listing.public_id, is_confirmed=True, now=now)
    session.commit()
    return published
