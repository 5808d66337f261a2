"""Reading doors of leases: the owner's list, what ends when, and what everybody may know of public owners' leases."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID

from geoalchemy2 import functions as geo
from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from succession.accounts.actor import Actor
from succession.accounts.models import Organisation, OrganisationKind
from succession.errors import NotFound
from succession.i18n import Text
from succession.land import policy
from succession.land.exact import ParcelLocation
from succession.land.lead_time import LOOK_AHEAD_MONTHS, LeadTime, Span, lead_time, months_later
from succession.land.models import Parcel
from succession.land.models_leases import Lease
from succession.places.areas import AreaLevel
from succession.places.models import Place, PlaceArea

PUBLIC_OWNERS = (OrganisationKind.MUNICIPALITY, OrganisationKind.PARISH)
"""Whose leases the public may know by parcel, area and end; never by lessee."""


class Order(StrEnum):
    """By what the list is sorted."""

    END = "end"
    PARCEL = "parcel"
    LESSEE = "lessee"
    RENT = "rent"
    OWNER = "owner"

    @property
    def label(self) -> Text:
        """What a person reads."""
        return _ORDERS[self]


_ORDERS = {
    Order.END: Text("what ends first"),
    Order.PARCEL: Text("parcel"),
    Order.LESSEE: Text("lessee"),
    Order.RENT: Text("rent, highest first"),
    Order.OWNER: Text("owner"),
}
_LABEL = func.coalesce(Parcel.name, Parcel.parcel_key, Parcel.reference, Parcel.crop_name, "")


@dataclass(frozen=True, slots=True)
class LeaseLine:
    """One lease with its parcel, for those who keep it."""

    public_id: UUID
    parcel_public_id: UUID
    parcel: str
    parcel_key: str | None
    area_m2: Decimal
    owner_name: str | None
    lessee_name: str
    rent_cents_year: int | None
    starts_on: date
    ends_on: date | None
    notice_months: int | None
    note: str

    def state(self, today: date) -> LeadTime:
        """How it stands on that day."""
        return lead_time(Span(self.starts_on, self.ends_on), today)


@dataclass(frozen=True, slots=True)
class PublicLease:
    """What everybody may know: whose land, near which place, how much of it, and when the lease ends."""

    owner_name: str
    place_name: str | None
    area_ha: Decimal
    ends_on: date


@dataclass(frozen=True, slots=True)
class LeaseFilter:
    """What the list is narrowed to."""

    owner: UUID | None = None
    ends_from: date | None = None
    ends_until: date | None = None
    order: Order = Order.END


def own_leases(
    session: Session, actor: Actor, wanted: LeaseFilter, *, offset: int = 0, most: int | None = None
) -> list[LeaseLine]:
    """The leases on the actor's land and on that of the organisations they work for."""
    statement = _lines(actor, wanted).order_by(*_sorted(wanted.order), Lease.id)
    return [LeaseLine(**row._mapping) for row in session.execute(statement.offset(offset).limit(most))]


def count_leases(session: Session, actor: Actor, wanted: LeaseFilter) -> int:
    """How many there are."""
    return session.scalar(select(func.count()).select_from(_lines(actor, wanted).subquery())) or 0


def ending_between(session: Session, actor: Actor, first: date, last: date) -> list[LeaseLine]:
    """The leases that end in these days, the first to end first."""
    return own_leases(session, actor, LeaseFilter(ends_from=first, ends_until=last))


def lease_line(session: Session, actor: Actor, public_id: UUID) -> LeaseLine:
    """One lease; a foreign one does not exist."""
    row = session.execute(_lines(actor, LeaseFilter()).where(Lease.public_id == public_id)).one_or_none()
    if row is None:
        raise NotFound
    return LeaseLine(**row._mapping)


def leases_of_parcel(session: Session, actor: Actor, parcel_id: UUID) -> list[LeaseLine]:
    """The leases of one parcel, the latest first."""
    statement = _lines(actor, LeaseFilter()).where(Parcel.public_id == parcel_id).order_by(Lease.starts_on.desc())
    return [LeaseLine(**row._mapping) for row in session.execute(statement)]


def owners_with_parcels(session: Session, actor: Actor) -> Sequence[Organisation]:
    """The organisations whose parcels the actor may see, by name."""
    owning = select(Parcel.owner_organisation_id).where(policy.visible_parcels(actor)).distinct()
    statement = select(Organisation).where(Organisation.id.in_(owning))
    return session.scalars(statement.order_by(Organisation.name, Organisation.id)).all()


def public_leases_ending(session: Session, *, first: date, last: date, most: int | None = None) -> list[PublicLease]:
    """Leases of public owners that end in these days; nothing is told of lessee, rent or outline."""
    point = geo.ST_PointOnSurface(ParcelLocation.geom)
    area_m2 = func.coalesce(Parcel.official_area_m2, ParcelLocation.area_m2)
    statement = (
        select(Organisation.name, Place.name, area_m2, Lease.ends_on)
        .join(Parcel, Parcel.id == Lease.parcel_id)
        .join(ParcelLocation, ParcelLocation.parcel_id == Parcel.id)
        .join(Organisation, Organisation.id == Parcel.owner_organisation_id)
        .outerjoin(PlaceArea, (PlaceArea.level == AreaLevel.PLACE) & func.ST_Covers(PlaceArea.geom, point))
        .outerjoin(Place, Place.id == PlaceArea.place_id)
        .where(
            Organisation.kind.in_(PUBLIC_OWNERS),
            Organisation.verified_at.is_not(None),
            Lease.ends_on.between(first, last),
        )
        .order_by(Lease.ends_on, Organisation.name, Lease.id)
        .limit(most)
    )
    return [
        PublicLease(owner, place, (Decimal(str(area)) / 10_000).quantize(Decimal("0.01")), ends)
        for owner, place, area, ends in session.execute(statement)
        if ends is not None
    ]


def next_public_leases(session: Session, *, today: date, most: int | None = None) -> list[PublicLease]:
    """Those that end within the next 36 months."""
    return public_leases_ending(session, first=today, last=months_later(today, LOOK_AHEAD_MONTHS), most=most)


def _lines(actor: Actor, wanted: LeaseFilter) -> Select[*tuple[Any, ...]]:
    area_m2 = func.coalesce(Parcel.official_area_m2, func.round(ParcelLocation.area_m2))
    conditions: list[ColumnElement[bool]] = [policy.visible_parcels(actor)]
    if wanted.owner is not None:
        conditions.append(Organisation.public_id == wanted.owner)
    if wanted.ends_from is not None:
        conditions.append(Lease.ends_on >= wanted.ends_from)
    if wanted.ends_until is not None:
        conditions.append(Lease.ends_on <= wanted.ends_until)
    return (
        select(
            Lease.public_id,
            Parcel.public_id.label("parcel_public_id"),
            _LABEL.label("parcel"),
            Parcel.parcel_key,
            area_m2.label("area_m2"),
            Organisation.name.label("owner_name"),
            Lease.lessee_name,
            Lease.rent_cents_year,
            Lease.starts_on,
            Lease.ends_on,
            Lease.notice_months,
            Lease.note,
        )
        .join(Parcel, Parcel.id == Lease.parcel_id)
        .join(ParcelLocation, ParcelLocation.parcel_id == Parcel.id)
        .outerjoin(Organisation, Organisation.id == Parcel.owner_organisation_id)
        .where(*conditions)
    )


def _sorted(order: Order) -> tuple[Any, ...]:
    match order:
        case Order.PARCEL:
            return (_LABEL, Lease.starts_on)
        case Order.LESSEE:
            return (func.lower(Lease.lessee_name), Lease.ends_on.nulls_last())
        case Order.RENT:
            return (Lease.rent_cents_year.desc().nulls_last(), Lease.ends_on.nulls_last())
        case Order.OWNER:
            return (Organisation.name.nulls_last(), Lease.ends_on.nulls_last())
        case _:
            return (Lease.ends_on.nulls_last(), _LABEL)
