"""Reading doors of land: parcels to list and choose, sums over them, and the one point a public area is found by."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from geoalchemy2 import functions as geo
from sqlalchemy import ColumnElement, Select, exists, func, select
from sqlalchemy.orm import Session

from succession.accounts import queries_organisations as organisations
from succession.accounts.actor import Actor, authorize
from succession.accounts.duties import Duty, MandateScope
from succession.accounts.models import Organisation, OrganisationKind
from succession.errors import NotFound
from succession.land import policy
from succession.land.exact import ParcelLocation, SiteLocation
from succession.land.models import ImportState, LandImport, LandUse, Parcel, Site
from succession.land.owner import Owner
from succession.land.requests import Provenance

OWNER_KINDS = (
    OrganisationKind.MUNICIPALITY,
    OrganisationKind.PARISH,
    OrganisationKind.FOUNDATION,
    OrganisationKind.PRIVATE,
)
SQUARE_METRES_PER_HECTARE = 10_000
BLOCK_GAP_M = 10
A_FEW_BLOCKS = 4
CIRCLE_M = 40
"""So far around its point premises are drawn where their owner shows them."""


@dataclass(frozen=True, slots=True)
class OwnerLine:
    """An organisation that may own land, and how much it has."""

    name: str
    kind: str
    parcels: int
    area_m2: float

    def as_dict(self) -> dict[str, Any]:
        """For a JSON document."""
        area_ha = round(self.area_m2 / SQUARE_METRES_PER_HECTARE, 4)
        return {"name": self.name, "kind": self.kind, "parcels": self.parcels, "area_ha": area_ha}


@dataclass(frozen=True, slots=True)
class ParcelLine:
    """One parcel in a list: everything about it but where it lies."""

    id: int
    public_id: UUID
    label: str
    parcel_key: str | None
    reference: str | None
    land_use: LandUse | None
    crop_name: str | None
    area_m2: float
    official_area_m2: Decimal | None
    soil_points: Decimal | None


@dataclass(frozen=True, slots=True)
class ParcelSummary:
    """What several parcels are together. `area_ha` takes the official area where it is known."""

    count: int
    area_m2: float
    area_ha: Decimal
    land_uses: tuple[LandUse, ...]
    soil_points: Decimal | None
    blocks: int

    @property
    def contiguity(self) -> str | None:
        """How the land lies, in the words of the facts."""
        if self.blocks == 0:
            return None
        if self.blocks == 1:
            return "one_block"
        return "blocks" if self.blocks <= A_FEW_BLOCKS else "scattered"


def owners(session: Session, actor: Actor) -> list[OwnerLine]:
    """Every organisation that may own land, by name."""
    authorize(policy.may_list_owners, actor, None)
    statement = (
        select(
            Organisation.name,
            Organisation.kind,
            func.count(Parcel.id),
            func.coalesce(func.sum(ParcelLocation.area_m2), 0.0),
        )
        .outerjoin(Parcel, Parcel.owner_organisation_id == Organisation.id)
        .outerjoin(ParcelLocation, ParcelLocation.parcel_id == Parcel.id)
        .where(Organisation.kind.in_(OWNER_KINDS))
        .group_by(Organisation.id)
        .order_by(Organisation.name, Organisation.id)
    )
    return [OwnerLine(name, kind.value, count, area) for name, kind, count, area in session.execute(statement)]


def own_parcels(session: Session, actor: Actor, *, offset: int = 0, most: int | None = None) -> list[ParcelLine]:
    """The parcels of the actor and of their organisations, by name."""
    return _lines(session, _lines_statement(policy.visible_parcels(actor)).offset(offset).limit(most))


def parcels_of(
    session: Session, actor: Actor, *, owner_organisation_id: int | None = None, owner_account_id: int | None = None
) -> list[ParcelLine]:
    """The parcels of one owner, as far as the actor may see them, by name."""
    owned = (
        Parcel.owner_account_id == owner_account_id
        if owner_organisation_id is None
        else Parcel.owner_organisation_id == owner_organisation_id
    )
    return _lines(session, _lines_statement(policy.visible_parcels(actor), owned))


def parcels_of_import(
    session: Session, actor: Actor, import_id: int, *, offset: int = 0, most: int | None = None
) -> list[ParcelLine]:
    """The parcels that an import made or last changed, by name."""
    statement = _lines_statement(policy.visible_parcels(actor), Parcel.land_import_id == import_id)
    return _lines(session, statement.offset(offset).limit(most))


def own_parcel(session: Session, actor: Actor, public_id: UUID) -> ParcelLine:
    """One parcel of the actor; nobody else learns that it exists."""
    found = _lines(session, _lines_statement(policy.visible_parcels(actor), Parcel.public_id == public_id))
    if not found:
        raise NotFound
    return found[0]


def parcels_by_public_ids(session: Session, actor: Actor, public_ids: Sequence[UUID]) -> list[Parcel]:
    """Those of the named parcels that the actor may see; the others are left out without a word."""
    statement = select(Parcel).where(Parcel.public_id.in_(public_ids), policy.visible_parcels(actor))
    return list(session.scalars(statement.order_by(Parcel.id)))


def own_summary(session: Session, actor: Actor) -> ParcelSummary:
    """What all parcels that the actor may see are together; how they lie is left out, it takes long for many."""
    return _summary(session, policy.visible_parcels(actor), count_blocks=False)


def parcel_summary(session: Session, parcel_ids: Sequence[int]) -> ParcelSummary:
    """What these parcels are together; the caller has checked that they may be looked at."""
    return _summary(session, Parcel.id.in_(parcel_ids))


def sites_of(session: Session, actor: Actor) -> list[Site]:
    """The farmsteads and workshops of the actor and of their organisations, by name."""
    return list(session.scalars(select(Site).where(policy.visible_sites(actor)).order_by(Site.name, Site.id)))


def possible_owners(session: Session, actor: Actor, *, now: datetime) -> list[Owner]:
    """For whom the actor may bring land in: organisations with that duty, offices that do it for several owners, and
    themselves (or whom they act for).
    """
    statement = (
        select(Organisation)
        .where(
            Organisation.id.in_(actor.organisations_with(Duty.IMPORT)), Organisation.kind != OrganisationKind.ADVISORY
        )
        .order_by(Organisation.kind == OrganisationKind.MANAGING_OFFICE, Organisation.name, Organisation.id)
    )
    found = [_as_owner(row) for row in session.scalars(statement)]
    found = [one for one in found if not one.is_office or owners_managed(session, actor, one, now=now)]
    name = actor.name if actor.acting_for is None else actor.acting_for.name
    found.append(Owner(account_id=actor.own_account_id, name=name))
    return [owner for owner in found if policy.may_import(actor, owner)]


def owners_managed(session: Session, actor: Actor, office: Owner, *, now: datetime) -> list[Owner]:
    """For whom an office may bring in land today, and the actor with it, by name."""
    assert office.organisation_id is not None
    found = organisations.owners_of_office(session, actor, office.organisation_id, MandateScope.IMPORT, now=now)
    return [Owner(organisation_id=row.id, name=row.name, public_id=row.public_id) for row in found]


def owner_of_import(session: Session, record: LandImport) -> Owner:
    """Whose land an import is about, or the office that brings in land for several."""
    if record.owner_organisation_id is None:
        return Owner(account_id=record.owner_account_id)
    return _as_owner(session.get_one(Organisation, record.owner_organisation_id))


def _as_owner(organisation: Organisation) -> Owner:
    return Owner(
        organisation_id=organisation.id,
        name=organisation.name,
        public_id=organisation.public_id,
        is_office=organisation.kind is OrganisationKind.MANAGING_OFFICE,
    )


def land_import(session: Session, actor: Actor, public_id: UUID) -> LandImport:
    """One import, for its owner; nobody else learns that it exists."""
    record = session.scalar(select(LandImport).where(LandImport.public_id == public_id))
    if record is None:
        raise NotFound
    authorize(policy.may_view, actor, record, hidden=True)
    return record


def own_imports(session: Session, actor: Actor, *, most: int = 20) -> list[LandImport]:
    """The latest imports of the actor and of their organisations, without those that came to nothing."""
    statement = select(LandImport).where(policy.visible_imports(actor), LandImport.state != ImportState.FAILED)
    return list(session.scalars(statement.order_by(LandImport.created_at.desc(), LandImport.id.desc()).limit(most)))


def provenances(session: Session, actor: Actor, *, import_id: int | None = None) -> list[Provenance]:
    """Where the shown parcels come from: what has to be named under their map."""
    statement = (
        select(LandImport.source, LandImport.source_on, LandImport.licence, LandImport.attribution)
        .where(policy.visible_imports(actor), LandImport.state == ImportState.DONE)
        .where(exists().where(Parcel.land_import_id == LandImport.id))
        .distinct()
        .order_by(LandImport.source, LandImport.source_on)
    )
    if import_id is not None:
        statement = statement.where(LandImport.id == import_id)
    return [Provenance(*row) for row in session.execute(statement)]


def location_for_publication(
    session: Session, *, site_id: int | None, parcel_ids: Sequence[int]
) -> tuple[float, float] | None:
    """The point, in storage coordinates, by which a public area is chosen: the premises, else a point on the largest
    parcel. It must never leave the server; the caller has checked that the offer is being published by its owner.
    """
    if site_id is not None:
        point = select(geo.ST_X(SiteLocation.geom), geo.ST_Y(SiteLocation.geom)).where(SiteLocation.site_id == site_id)
    else:
        largest = (
            select(geo.ST_PointOnSurface(ParcelLocation.geom).label("geom"))
            .where(ParcelLocation.parcel_id.in_(parcel_ids))
            .order_by(ParcelLocation.area_m2.desc(), ParcelLocation.parcel_id)
            .limit(1)
            .subquery()
        )
        point = select(geo.ST_X(largest.c.geom), geo.ST_Y(largest.c.geom))
    row = session.execute(point).one_or_none()
    if row is None:
        return location_for_publication(session, site_id=None, parcel_ids=parcel_ids) if site_id is not None else None
    return float(row[0]), float(row[1])


def outline_for_publication(session: Session, *, site_id: int | None, parcel_ids: Sequence[int]) -> bytes | None:
    """The outline that an owner shows of their own will: the parcels, else a small circle around the premises.

    The caller has checked that the owner has chosen to show the place itself.
    """
    parcels = select(geo.ST_AsBinary(geo.ST_Multi(geo.ST_Union(ParcelLocation.geom)))).where(
        ParcelLocation.parcel_id.in_(parcel_ids)
    )
    outline = session.scalar(parcels)
    if outline is None and site_id is not None:
        circle = geo.ST_Multi(geo.ST_Buffer(SiteLocation.geom, CIRCLE_M))
        outline = session.scalar(select(geo.ST_AsBinary(circle)).where(SiteLocation.site_id == site_id))
    return None if outline is None else bytes(outline)


def _lines_statement(*conditions: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    label = func.coalesce(Parcel.name, Parcel.parcel_key, Parcel.reference, Parcel.crop_name)
    return (
        select(
            Parcel.id,
            Parcel.public_id,
            label.label("label"),
            Parcel.parcel_key,
            Parcel.reference,
            Parcel.land_use,
            Parcel.crop_name,
            ParcelLocation.area_m2,
            Parcel.official_area_m2,
            Parcel.soil_points,
        )
        .join(ParcelLocation, ParcelLocation.parcel_id == Parcel.id)
        .where(*conditions)
        .order_by(label.nulls_last(), Parcel.id)
    )


def _lines(session: Session, statement: Select[*tuple[Any, ...]]) -> list[ParcelLine]:
    return [
        ParcelLine(**{**row._asdict(), "label": row.label or f"{row.area_m2 / SQUARE_METRES_PER_HECTARE:.2f} ha"})
        for row in session.execute(statement)
    ]


def _summary(session: Session, condition: ColumnElement[bool], *, count_blocks: bool = True) -> ParcelSummary:
    """Sums over the parcels that fulfil the condition."""
    official_m2 = func.coalesce(Parcel.official_area_m2, ParcelLocation.area_m2)
    rated_m2 = func.sum(ParcelLocation.area_m2).filter(Parcel.soil_points.is_not(None))
    parcels = select(
        func.count(Parcel.id).label("number"),
        func.coalesce(func.sum(ParcelLocation.area_m2), 0.0).label("area_m2"),
        func.coalesce(func.sum(official_m2), 0).label("official_m2"),
        func.array_agg(Parcel.land_use.distinct()).label("land_uses"),
        (func.sum(Parcel.soil_points * ParcelLocation.area_m2) / func.nullif(rated_m2, 0)).label("soil_points"),
    )
    row = session.execute(parcels.join(ParcelLocation, ParcelLocation.parcel_id == Parcel.id).where(condition)).one()
    known = {use for use in row.land_uses or () if use is not None}
    return ParcelSummary(
        count=row.number,
        area_m2=row.area_m2,
        area_ha=(Decimal(str(row.official_m2)) / SQUARE_METRES_PER_HECTARE).quantize(Decimal("0.0001")),
        land_uses=tuple(use for use in LandUse if use.value in known),
        soil_points=None if row.soil_points is None else Decimal(str(row.soil_points)).quantize(Decimal("0.1")),
        blocks=_blocks(session, condition) if count_blocks else 0,
    )


def _blocks(session: Session, condition: ColumnElement[bool]) -> int:
    """How many pieces the land falls into; parcels at most ten metres apart make one."""
    block = geo.ST_ClusterDBSCAN(ParcelLocation.geom, BLOCK_GAP_M, 1).over().label("block")
    clustered = select(block).join(Parcel, Parcel.id == ParcelLocation.parcel_id).where(condition).subquery()
    return session.scalar(select(func.count(clustered.c.block.distinct()))) or 0
