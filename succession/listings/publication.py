"""Writes what is published of an offer, and finds the area it is shown in. Called by doors that have asked."""

from dataclasses import asdict
from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from succession.accounts.models import Organisation
from succession.geo.crs import STORAGE_EPSG
from succession.land import queries as land_queries
from succession.listings import queries
from succession.listings.holders import published_as
from succession.listings.lifecycle import SHOWN
from succession.listings.models import Listing, ListingParcel, ListingPublication
from succession.listings.models_published import listing_public_outline, published_offer
from succession.listings.placing import placing_of, placings
from succession.listings.publishing import OfferStatements, publish_offer
from succession.listings.states import ListingState, OwnerKind
from succession.listings.stub import shown_to_readers, shown_to_strangers
from succession.places.areas import area_label
from succession.places.levels import EXACT
from succession.places.models import PlaceArea
from succession.places.service_reference import area_row


def refresh(session: Session, listing: Listing) -> None:
    """What others read is what the offer now says, in an area that is no finer than before; or it is gone."""
    if listing.state not in SHOWN:
        remove(session, listing)
        return
    session.flush()
    for one, placing in placings(session, listing):
        one.published_level = max(placing.level, one.published_level or EXACT)
        one.finest_level = placing.level if one.finest_level is None else min(placing.level, one.finest_level)
        organisation = queries.organisation_of(session, one)
        statements = placing.told(queries.statements_of(session, one))
        write(session, one, statements, area_row(session, placing.area), published_as_owner(organisation))
        _write_outline(session, one, is_exact=placing.is_exact)


def published_as_owner(organisation: Organisation | None) -> OwnerKind:
    """All that others learn of the owner."""
    return published_as(organisation.kind if organisation else None)


def write(
    session: Session, listing: Listing, statements: OfferStatements, area: PlaceArea, owner_kind: OwnerKind
) -> None:
    """The rows that others read of one offer, made of codes only."""
    values = {
        "public_id": listing.public_id,
        "reference": listing.reference,
        **asdict(shown_to_strangers(listing, statements)),
        "kind": listing.kind,
        "state": listing.state,
        "service_level": listing.service_level,
        "owner_kind": owner_kind,
        "place_area_id": area.id,
        "published_at": listing.published_at,
        "confirmed_at": listing.confirmed_at,
    }
    page = insert(ListingPublication).values(listing_id=listing.id, **values)
    session.execute(page.on_conflict_do_update(index_elements=["listing_id"], set_=values))
    if listing.state is not ListingState.PUBLISHED:  # reserved: still readable, no longer matched
        session.execute(delete(published_offer).where(published_offer.c.id == listing.id))
        return
    codes = {**publish_offer(statements), "place": area.id, "published": listing.published_at}
    narrow = insert(published_offer).values(id=listing.id, **codes)
    session.execute(narrow.on_conflict_do_update(index_elements=["id"], set_=codes))


def preview(session: Session, listing: Listing, *, as_reader: bool = False, now: datetime) -> queries.PublicOffer:
    """What others would read if the offer were published now, made by the same functions; nothing is written.

    Of a confidential offer strangers read a stub; `as_reader` gives what those read to whom its owner has opened it.
    """
    placing = placing_of(session, listing)
    statements = queries.statements_of(session, listing)
    told = statements if placing is None else placing.told(statements)
    area = None if placing is None else placing.area
    page = shown_to_readers(listing, told) if as_reader else shown_to_strangers(listing, told)
    return queries.PublicOffer(
        public_id=listing.public_id,
        reference=listing.reference,
        title=page.title,
        description=page.description,
        is_confidential=page.is_confidential,
        is_stub=page.is_confidential and not as_reader,
        kind=listing.kind,
        state=listing.state,
        service_level=listing.service_level,
        owner_kind=published_as_owner(queries.organisation_of(session, listing)),
        facts=page.facts,
        wishes=page.wishes,
        published_at=listing.published_at or now,
        confirmed_at=listing.confirmed_at or now,
        area=None if area is None else area_label(area.level, area.place_name),
        area_public_id=None if area is None else area.public_id,
        area_level=None if area is None else area.level,
        is_exact=placing is not None and placing.is_exact,
    )


def remove(session: Session, listing: Listing) -> None:
    """Nobody else reads or matches the offer any more."""
    session.execute(delete(published_offer).where(published_offer.c.id == listing.id))
    session.execute(delete(ListingPublication).where(ListingPublication.listing_id == listing.id))
    session.execute(delete(listing_public_outline).where(listing_public_outline.c.listing_id == listing.id))


def _write_outline(session: Session, listing: Listing, *, is_exact: bool) -> None:
    """Everybody may read the outline of an offer whose owner shows the place itself, and of no other."""
    session.execute(delete(listing_public_outline).where(listing_public_outline.c.listing_id == listing.id))
    if not is_exact:
        return
    parcels = session.scalars(select(ListingParcel.parcel_id).where(ListingParcel.listing_id == listing.id)).all()
    outline = land_queries.outline_for_publication(session, site_id=listing.site_id, parcel_ids=parcels)
    if outline is not None:
        geom = func.ST_GeomFromWKB(outline, STORAGE_EPSG)
        session.execute(insert(listing_public_outline).values(listing_id=listing.id, geom=geom))
