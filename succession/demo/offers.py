"""The offers of the demo region, written as rows and published by the same functions as everybody's."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from succession.accounts.actor import Actor
from succession.demo.identity import chances, demo_id
from succession.demo.manuscript import OfferText
from succession.facts.kinds import Kind
from succession.facts.limits import ExactValue
from succession.land import queries as land_queries
from succession.land import service as land_service
from succession.land.facts import NewSite
from succession.land.owner import Owner
from succession.listings import publication
from succession.listings.models import Listing, ListingParcel, ListingWish
from succession.listings.references import make_reference
from succession.listings.states import ListingState

LEFT_OPEN = 0.13
_ALWAYS_STATED = frozenset({"takeover_models", "area_ha", "livestock", "organic", "licence_bound", "trades"})
_LOGINS = frozenset({"transferor"})
_PREMISES_M = 700


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What offers are made of beside their text: places, owners, and parcels by the key of their offer."""

    places: Mapping[str, tuple[int, float, float]]
    owners: Mapping[str, Owner]
    parcels: Mapping[str, Sequence[int]]


def write_offers(
    session: Session, offers: Sequence[OfferText], around: Surroundings, *, now: datetime
) -> dict[str, Listing]:
    """All offers are there in the states of their texts; those that are shown can be read and matched. By key."""
    references: set[str] = set()
    listings: dict[str, Listing] = {}
    for offer in offers:
        listing = _listing(offer, around, _free_reference(offer.key, references), now=now)
        _take_from_parcels(session, listing, offer, around)
        _place(session, listing, offer, around, now=now)
        listings[offer.key] = listing
    session.add_all(listings.values())
    session.flush()
    for offer in offers:
        number = listings[offer.key].id
        session.add_all(
            ListingWish(listing_id=number, criterion=w.criterion, importance=w.importance, values=dict(w.values))
            for w in offer.wishes
        )
        session.add_all(ListingParcel(listing_id=number, parcel_id=each) for each in around.parcels.get(offer.key, ()))
    session.flush()
    for listing in listings.values():
        publication.refresh(session, listing)
    return listings


def _listing(offer: OfferText, around: Surroundings, reference: str, *, now: datetime) -> Listing:
    """The row, with some facts left open as people leave them."""
    owner = around.owners[offer.owner or offer.key]
    days = chances("offer-age", offer.key).randint(2, 150)
    began = now - timedelta(days=days, hours=days % 9)
    was_shown = offer.state is not ListingState.DRAFT
    is_over = offer.state in {ListingState.HANDED_OVER, ListingState.WITHDRAWN}
    return Listing(
        public_id=demo_id("offer", offer.key),
        idempotency_key=demo_id("offer-form", offer.key),
        owner_organisation_id=owner.organisation_id,
        owner_account_id=owner.account_id,
        created_by_account_id=owner.account_id,
        reference=reference,
        kind=offer.kind,
        state=offer.state,
        title=offer.title,
        description=offer.description,
        service_level=offer.service_level,
        is_confidential=offer.is_confidential,
        created_at=began - timedelta(days=3),
        updated_at=began,
        published_at=began if was_shown else None,
        confirmed_at=max(began, now - timedelta(days=days % 40)) if was_shown else None,
        ended_at=now - timedelta(days=1) if is_over else None,
        **_stated(offer),
    )


def _stated(offer: OfferText) -> dict[str, ExactValue]:
    """The facts without those that somebody might not have wanted or known how to say."""
    if offer.owner in _LOGINS:
        return dict(offer.facts)
    chance = chances("open", offer.key)
    return {name: value for name, value in offer.facts.items() if name in _ALWAYS_STATED or chance.random() > LEFT_OPEN}


def _take_from_parcels(session: Session, listing: Listing, offer: OfferText, around: Surroundings) -> None:
    """What the register knows of the parcels stands in the offer, as the form would fill it in."""
    parcels = around.parcels.get(offer.key, ())
    if not parcels:
        return
    summary = land_queries.parcel_summary(session, parcels)
    if offer.kind is Kind.LAND:
        listing.area_ha = summary.area_ha
        listing.land_uses = [use.value for use in summary.land_uses]
        listing.soil_points = summary.soil_points
        listing.contiguity = summary.contiguity


def _place(session: Session, listing: Listing, offer: OfferText, around: Surroundings, *, now: datetime) -> None:
    """The premises beside the village where there are some, else the place itself."""
    number, x, y = around.places[offer.place]
    if not offer.has_site:
        listing.place_id = number
        return
    chance = chances("site", offer.key)
    site = NewSite(
        name="Hofstelle",
        x=x + chance.uniform(-_PREMISES_M, _PREMISES_M),
        y=y + chance.uniform(-_PREMISES_M, _PREMISES_M),
        public_id=demo_id("site", offer.key),
    )
    owner = around.owners[offer.owner or offer.key]
    listing.site_id = land_service.create_site(session, Actor.system(), owner, site, now=now).id


def _free_reference(key: str, taken: set[str]) -> str:
    """The first reference of this offer that no other one has."""
    for attempt in range(100):
        reference = make_reference(demo_id("offer-form", key), attempt)
        if reference not in taken:
            taken.add(reference)
            return reference
    raise LookupError("no free reference number")
