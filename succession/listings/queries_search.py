"""The list of published offers: every answer is a function of what is published, the shown area included (LP-1)."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Integer, Select, cast, false, func, literal, literal_column, or_, select
from sqlalchemy.orm import Session, aliased

from succession.facts.kinds import Kind
from succession.facts.shapes import Choice
from succession.facts.terms import ORGANIC, TAKEOVER_MODELS
from succession.geo.crs import LONLAT_EPSG, STORAGE_EPSG
from succession.i18n import Text
from succession.listings.filters import Box, SearchFilters, Sort
from succession.listings.models import Listing, ListingPublication
from succession.listings.states import ListingState, OwnerKind, ServiceLevel
from succession.listings.stub import heading
from succession.listings.summaries import highlights
from succession.listings.tallies import parts_told
from succession.places.areas import AreaLevel, area_label
from succession.places.models import Place, PlaceArea


@dataclass(frozen=True, slots=True)
class OfferCard:
    """One offer in a list; `km` is from the searched place to the reference point of its area."""

    public_id: UUID
    reference: str
    title: str
    kind: Kind
    state: ListingState
    service_level: ServiceLevel
    owner_kind: OwnerKind
    facts: dict[str, int]
    published_at: datetime
    confirmed_at: datetime
    area_public_id: UUID
    area: Text
    is_confidential: bool = False
    km: int | None = None
    is_partly: bool = False
    """Whether its area lies only in part within the radius or the frame, so that the offer may lie outside (LP-4)."""

    @property
    def heading(self) -> Text:
        """What stands over it; a confidential offer has no title for strangers."""
        return heading(self.title, self.reference)

    @property
    def highlights(self) -> tuple[Text, ...]:
        """The phrases that tell most."""
        return highlights(self.kind, self.facts)


@dataclass(frozen=True, slots=True)
class AreaCount:
    """How many of the found offers are shown in one area; the point is the area's reference point."""

    area_public_id: UUID
    area: Text
    level: int
    count: int
    longitude: float
    latitude: float
    told: int | None = None
    """The count as pages say it; None for fewer than five, or where fewer than three owners are behind it (LP-10)."""


def search_published(
    reader: Session, filters: SearchFilters, *, offset: int = 0, limit: int = 20, hidden: Sequence[int] = ()
) -> Sequence[OfferCard]:
    """The found offers in the order of the filters; ties by time of publication, then public id.

    `hidden` are the numbers of the offers that the reader must not learn of; no list and no count has them.
    """
    here = _here(reader, filters)
    km = _km(here) if here is not None else literal(None, Integer)
    partly = or_(false(), *_sticking_out(filters, here)).label("is_partly")
    statement = _found(
        select(ListingPublication, PlaceArea.public_id, PlaceArea.level, Place.name, km.label("km"), partly),
        filters,
        here,
        hidden,
    )
    newest = (ListingPublication.published_at.desc(), ListingPublication.public_id)
    order: tuple[Any, ...] = (km, *newest) if filters.sort is Sort.NEAREST and here is not None else newest
    rows = reader.execute(statement.order_by(*order).offset(offset).limit(limit))
    return [_card(row) for row in rows]


def count_published(reader: Session, filters: SearchFilters, hidden: Sequence[int] = ()) -> int:
    """How many offers are found."""
    statement = _found(select(func.count()), filters, _here(reader, filters), hidden)
    return int(reader.scalar(statement) or 0)


def counts_by_area(reader: Session, filters: SearchFilters, hidden: Sequence[int] = ()) -> Sequence[AreaCount]:
    """The found offers by the area they are shown in; area and frame are no filters here, so that one can choose."""
    filters = replace(filters, area=None, box=None)
    point = func.ST_Transform(PlaceArea.reference, LONLAT_EPSG)
    columns = (
        PlaceArea.public_id,
        PlaceArea.level,
        Place.name,
        func.count().label("number"),
        func.ST_X(point).label("longitude"),
        func.ST_Y(point).label("latitude"),
    )
    statement = _found(select(*columns), filters, _here(reader, filters), hidden)
    statement = statement.group_by(PlaceArea.id, Place.name).order_by(PlaceArea.level, PlaceArea.id)
    counted = [
        AreaCount(row.public_id, area_label(row.level, row.name or ""), row.level, row.number, *row[-2:])
        for row in reader.execute(statement)
    ]
    shown = parts_told({area.area_public_id: area.count for area in counted})
    return [replace(area, told=shown[area.area_public_id]) for area in counted]


def with_owners(
    session: Session, areas: Sequence[AreaCount], filters: SearchFilters, hidden: Sequence[int] = ()
) -> Sequence[AreaCount]:
    """The same, but no number where fewer than three owners are behind it; asked only where there are numbers.

    Who owns an offer is not published, so this reads with the rights of the application, and tells no more than that.
    """
    if not any(area.told for area in areas):
        return areas
    owner = func.coalesce(-Listing.owner_account_id, Listing.owner_organisation_id)
    filters = replace(filters, area=None, box=None)
    columns = select(PlaceArea.public_id, func.count(owner.distinct()).label("owners"))
    statement = _found(columns, filters, _here(session, filters), hidden)
    statement = statement.join(Listing, Listing.id == ListingPublication.listing_id).group_by(PlaceArea.public_id)
    owners = {row.public_id: row.owners for row in session.execute(statement)}
    shown = parts_told({area.area_public_id: area.count for area in areas}, owners)
    return [replace(area, told=shown[area.area_public_id]) for area in areas]


def squares_in_use(reader: Session, level: int, hidden: Sequence[int] = ()) -> str:
    """The squares of one level in which an offer is shown, as a GeoJSON text; others are nobody's business."""
    here = ListingPublication.place_area_id == PlaceArea.id, ListingPublication.listing_id.not_in(hidden)
    used = select(ListingPublication.place_area_id).where(*here).exists()
    statement = select(
        PlaceArea.public_id,
        PlaceArea.shown_name,
        PlaceArea.code,
        func.ST_AsGeoJSON(func.ST_Transform(PlaceArea.geom, LONLAT_EPSG), 5, 0),
    ).where(PlaceArea.level == level, used)
    features = [
        {
            "type": "Feature",
            "id": str(public_id),
            "geometry": json.loads(geometry),
            "properties": {"name": name, "level": level, "code": code},
        }
        for public_id, name, code, geometry in reader.execute(statement.order_by(PlaceArea.code))
    ]
    return json.dumps({"type": "FeatureCollection", "features": features})


def counts_by_kind(reader: Session, filters: SearchFilters, hidden: Sequence[int] = ()) -> dict[Kind, int]:
    """How many there would be of each kind with all the other filters."""
    others = SearchFilters(**{**_as_values(filters), "kinds": frozenset()})
    statement = _found(select(ListingPublication.kind, func.count()), others, _here(reader, others), hidden)
    counted = {row[0]: row[1] for row in reader.execute(statement.group_by(ListingPublication.kind))}
    return {kind: counted.get(kind, 0) for kind in Kind}


def _as_values(filters: SearchFilters) -> dict[str, Any]:
    return {name: getattr(filters, name) for name in SearchFilters.__dataclass_fields__}


def _found(columns: Any, filters: SearchFilters, here: Any, hidden: Sequence[int]) -> Select[Any]:
    """The statement over all offers that meet the filters and are not hidden."""
    statement: Select[Any] = (
        columns.select_from(ListingPublication)
        .join(PlaceArea, PlaceArea.id == ListingPublication.place_area_id)
        .outerjoin(Place, Place.id == PlaceArea.place_id)
    )
    if hidden:
        statement = statement.where(ListingPublication.listing_id.not_in(hidden))
    return statement.where(*_conditions(filters), *_place_conditions(filters, here))


def _conditions(filters: SearchFilters) -> list[ColumnElement[bool]]:
    """The conditions on what the offer itself says."""
    conditions: list[ColumnElement[bool]] = []
    if filters.kinds:
        conditions.append(ListingPublication.kind.in_(filters.kinds))
    if filters.takeover:
        wanted = TAKEOVER_MODELS.code(filters.takeover)
        conditions.append(_fact("takeover_models").bitwise_and(wanted) > 0)
    if filters.area_from is not None:
        conditions.append(_fact("area_ha") >= filters.area_from)
    if filters.area_to is not None:
        conditions.append(_fact("area_ha") <= filters.area_to)
    if filters.with_dwelling:
        conditions.append(_fact("dwelling_rooms") > 0)
    if filters.organic:
        conditions.append(_fact("organic") >= _place_in(ORGANIC, "converting"))
    words = func.lower(ListingPublication.title + literal_column("' '") + ListingPublication.description)
    conditions += [words.contains(word, autoescape=True) for word in filters.words]
    return conditions


def _place_conditions(filters: SearchFilters, here: Any) -> list[ColumnElement[bool]]:
    """The conditions on the shown area, never on anything finer."""
    conditions: list[ColumnElement[bool]] = []
    if here is not None and filters.radius_km is not None:
        conditions.append(func.ST_DWithin(PlaceArea.geom, here, filters.radius_km * 1000))
    if filters.area is not None:
        conditions.append(PlaceArea.id.in_(_areas_within(filters.area)))
    if filters.box is not None:
        conditions.append(func.ST_Covers(_frame(filters.box), PlaceArea.reference))
    return conditions


def _sticking_out(filters: SearchFilters, here: Any) -> list[ColumnElement[bool]]:
    """Whether some of the shown area lies outside what was asked for: the offer may lie there (LP-4)."""
    outside: list[ColumnElement[bool]] = []
    if here is not None and filters.radius_km is not None:
        outside.append(func.ST_MaxDistance(PlaceArea.geom, here) > filters.radius_km * 1000)
    if filters.box is not None:
        outside.append(~func.ST_Covers(_frame(filters.box), PlaceArea.geom))
    return outside


def _frame(box: Box) -> Any:
    """What the map shows, in storage coordinates."""
    return func.ST_Transform(func.ST_MakeEnvelope(*box, LONLAT_EPSG), STORAGE_EPSG)


def _areas_within(public_id: UUID) -> Select[Any]:
    """The area and all finer ones inside it."""
    inside = select(PlaceArea.id).where(PlaceArea.public_id == public_id).cte("inside", recursive=True)
    finer = aliased(PlaceArea)
    inside = inside.union_all(select(finer.id).join(inside, finer.parent_id == inside.c.id))
    return select(inside.c.id)


def _here(reader: Session, filters: SearchFilters) -> Any:
    """Where distances start: the reference point of the place's own area, outside the region the place itself."""
    if filters.place is None:
        return None
    known: dict[UUID, str | None] = reader.info.setdefault("points", {})  # asked once for a page, not for each part
    if filters.place not in known:
        known[filters.place] = reader.scalar(_point_of(filters.place))
    point = known[filters.place]
    return None if point is None else func.ST_GeomFromText(point, STORAGE_EPSG)


def _point_of(place: UUID) -> Select[Any]:
    area = aliased(PlaceArea)
    return (
        select(func.ST_AsText(func.coalesce(area.reference, Place.location)))
        .select_from(Place)
        .outerjoin(area, (area.level == AreaLevel.PLACE) & func.ST_Covers(area.geom, Place.location))
        .where(Place.public_id == place)
        .order_by(area.id)
        .limit(1)
    )


def _km(here: Any) -> ColumnElement[Any]:
    """Planar kilometres between reference points, rounded up."""
    return func.ceil(func.ST_Distance(PlaceArea.reference, here) / 1000).cast(Integer)


def _fact(name: str) -> ColumnElement[int]:
    """A published code; null where the owner said nothing."""
    return cast(ListingPublication.facts[name].astext, Integer)


def _place_in(choice: Choice, key: str) -> int:
    return choice.keys().index(key)


def _card(row: Any) -> OfferCard:
    """A row as the page needs it."""
    offer: ListingPublication = row[0]
    return OfferCard(
        public_id=offer.public_id,
        reference=offer.reference,
        title=offer.title,
        kind=offer.kind,
        state=offer.state,
        service_level=offer.service_level,
        owner_kind=offer.owner_kind,
        facts=offer.facts,
        published_at=offer.published_at,
        confirmed_at=offer.confirmed_at,
        area_public_id=row[1],
        area=area_label(row.level, row.name or ""),
        is_confidential=offer.is_confidential,
        km=row.km,
        is_partly=row.is_partly,
    )
