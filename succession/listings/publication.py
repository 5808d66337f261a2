"""Writes what is published of an offer, and finds the area it is shown in. Called by doors that have asked."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, delete, func, or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from succession.errors import Refused
from succession.i18n import Text
from succession.land import queries as land_queries
from succession.listings import queries
from succession.listings.holders import published_as
from succession.listings.lifecycle import SHOWN
from succession.listings.models import Listing, ListingParcel, ListingPublication
from succession.listings.models_published import published_offer
from succession.listings.publishing import OfferStatements, publish_offer, published_facts, published_wishes
from succession.listings.states import ListingState, OwnerKind
from succession.places import queries as place_queries
from succession.places.areas import AreaLevel, area_label
from succession.places.models import Place, PlaceArea


def refresh(session: Session, listing: Listing) -> None:
    """What others read is what the offer now says, in an area that is no finer than before; or it is gone."""
    if listing.state not in SHOWN:
        remove(session, listing)
        return
    session.flush()
    neighbours = _sharing(session, listing)
    level = max(wanted_level(listing), *(wanted_level(other) for other in neighbours), AreaLevel.PLACE)
    for one in (listing, *(other for other in neighbours if _shown_finer(other, level))):
        one.published_level = level
        organisation = queries.organisation_of(session, one)
        write(
            session,
            one,
            queries.statements_of(session, one),
            area_for(session, one, level),
            published_as(organisation.kind if organisation else None),
        )


def wanted_level(listing: Listing) -> AreaLevel:
    """A confidential offer is shown in a wide area; what was shown coarser once is never shown finer again."""
    wanted = AreaLevel.TOWN if listing.is_confidential else AreaLevel.PLACE
    return max(wanted, AreaLevel(listing.published_level or wanted))


def area_for(session: Session, listing: Listing, level: int) -> PlaceArea:
    """The area of `level` in which the offer is shown; refused if there is none, so that nothing finer is (LP-13)."""
    point = _location(session, listing)
    area = None if point is None else place_queries.area_at(session, *point, level)
    if area is None:
        raise Refused(
            Text(
                "We cannot tell in which area this offer is to be shown, so it was not published. "
                "Please choose a place in the region."
            )
        )
    return area


def write(
    session: Session, listing: Listing, statements: OfferStatements, area: PlaceArea, owner_kind: OwnerKind
) -> None:
    """The rows that others read of one offer, made of codes only."""
    values = {
        "public_id": listing.public_id,
        "reference": listing.reference,
        "title": listing.title,
        "description": listing.description,
        "kind": listing.kind,
        "state": listing.state,
        "service_level": listing.service_level,
        "owner_kind": owner_kind,
        "place_area_id": area.id,
        "facts": published_facts(statements),
        "wishes": published_wishes(statements),
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


def preview(session: Session, listing: Listing, *, now: datetime) -> queries.PublicOffer:
    """What others would read if the offer were published now, made by the same functions; nothing is written."""
    statements = queries.statements_of(session, listing)
    organisation = queries.organisation_of(session, listing)
    try:
        area = area_for(session, listing, wanted_level(listing))
    except Refused:
        area = None
    place = session.get(Place, area.place_id) if area is not None and area.place_id is not None else None
    return queries.PublicOffer(
        public_id=listing.public_id,
        reference=listing.reference,
        title=listing.title,
        description=listing.description,
        kind=listing.kind,
        state=listing.state,
        service_level=listing.service_level,
        owner_kind=published_as(organisation.kind if organisation else None),
        facts=published_facts(statements),
        wishes=published_wishes(statements),
        published_at=listing.published_at or now,
        confirmed_at=listing.confirmed_at or now,
        area=None if area is None else area_label(area.level, place.name if place else ""),
        area_public_id=None if area is None else area.public_id,
        area_level=None if area is None else area.level,
    )


def remove(session: Session, listing: Listing) -> None:
    """Nobody else reads or matches the offer any more."""
    session.execute(delete(published_offer).where(published_offer.c.id == listing.id))
    session.execute(delete(ListingPublication).where(ListingPublication.listing_id == listing.id))


def _location(session: Session, listing: Listing) -> tuple[float, float] | None:
    """Where the offer is, exactly or by the place its owner named."""
    parcel_ids = session.scalars(select(ListingParcel.parcel_id).where(ListingParcel.listing_id == listing.id)).all()
    if listing.site_id is not None or parcel_ids:
        point = land_queries.location_for_publication(session, site_id=listing.site_id, parcel_ids=parcel_ids)
        if point is not None:
            return point
    if listing.place_id is None:
        return None
    located = select(func.ST_X(Place.location), func.ST_Y(Place.location)).where(Place.id == listing.place_id)
    x, y = session.execute(located).one()
    return float(x), float(y)


def _sharing(session: Session, listing: Listing) -> Sequence[Listing]:
    """Other offers that were ever published with one of the same parcels or the same premises.

    All of them are shown at the coarsest of their levels: two areas of different size would say more than either.
    """
    own = select(ListingParcel.parcel_id).where(ListingParcel.listing_id == listing.id)
    with_parcel = select(ListingParcel.listing_id).where(ListingParcel.parcel_id.in_(own))
    same: list[ColumnElement[bool]] = [Listing.id.in_(with_parcel)]
    if listing.site_id is not None:
        same.append(Listing.site_id == listing.site_id)
    statement = select(Listing).where(Listing.id != listing.id, Listing.published_level.is_not(None), or_(*same))
    return session.scalars(statement.order_by(Listing.id)).all()


def _shown_finer(listing: Listing, level: int) -> bool:
    return listing.state in SHOWN and (listing.published_level or level) < level
