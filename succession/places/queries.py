"""What can be asked of places and public areas. Nothing here knows an exact location but the one handed in."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import exists, func, select, text
from sqlalchemy.orm import Session

from succession.geo.crs import STORAGE_EPSG
from succession.places.areas import AreaLevel
from succession.places.folding import foldings, search_keys
from succession.places.models import Place, PlaceArea

LONGEST_SEARCH = 80
BEGINS_SO = 2
ENOUGH = 3

# Tiers: 0 the name as typed, 1 an equal side form or alternative name, 2 begins as typed, 3 a side form does.
# '{' is the character after 'z': the upper end of all folded names with that beginning.
_SEARCH = text("""
    WITH key AS (SELECT value, position FROM unnest(CAST(:keys AS text[])) WITH ORDINALITY AS k(value, position)),
    best AS (
        SELECT n.place_id, min(
            CASE WHEN n.folded = key.value THEN 0 ELSE 2 END
            + CASE WHEN n.is_alternative OR key.position > :typed THEN 1 ELSE 0 END) AS tier
        FROM key JOIN place_name n
            ON n.folded >= key.value COLLATE "C" AND n.folded < (key.value || '{') COLLATE "C"
        GROUP BY n.place_id
    )
    SELECT best.tier, p.public_id, p.shown_name, p.longitude, p.latitude, p.population
    FROM best JOIN place p ON p.id = best.place_id
    ORDER BY best.tier, p.region_km, p.population DESC, p.shown_name, p.id
    LIMIT :limit
""")

# What is spelt much like it; a place 40 km farther from the region must be a tenth more alike.
_SPELT_ALIKE = text("""
    WITH best AS (
        SELECT place_id, max(similarity(folded, :typed)) AS likeness
        FROM place_name WHERE folded % :typed AND NOT is_alternative GROUP BY place_id
    )
    SELECT 4 AS tier, p.public_id, p.shown_name, p.longitude, p.latitude, p.population
    FROM best JOIN place p ON p.id = best.place_id
    WHERE best.likeness >= 0.4
    ORDER BY round((best.likeness - least(p.region_km, 200) / 400.0)::numeric, 1) DESC, p.population DESC, p.id
    LIMIT :limit
""")

_OUTLINES = text("""
    SELECT json_build_object('type', 'FeatureCollection', 'features', coalesce(json_agg(json_build_object(
        'type', 'Feature', 'id', public_id,
        'geometry', ST_AsGeoJSON(ST_Transform(geom, 4326), 5, 0)::json,
        'properties', json_build_object('name', shown_name, 'level', level, 'code', code)) ORDER BY code),
        '[]'::json))::text
    FROM place_area WHERE level = :level
""")

_LABELS = text("""
    SELECT json_build_object('type', 'FeatureCollection', 'features', coalesce(json_agg(json_build_object(
        'type', 'Feature', 'id', public_id,
        'geometry', json_build_object('type', 'Point', 'coordinates', json_build_array(longitude, latitude)),
        'properties', json_build_object('name', name, 'population', population)) ORDER BY population DESC, public_id),
        '[]'::json))::text
    FROM place WHERE region_km <= :region_km AND population >= :population
""")


@dataclass(frozen=True, slots=True)
class FoundPlace:
    """One line of the place search."""

    public_id: UUID
    shown_name: str
    longitude: float
    latitude: float
    population: int


def is_loaded(session: Session) -> bool:
    """Whether the gazetteer and the areas of the region are there."""
    return bool(session.scalar(select(exists().select_from(PlaceArea))))


def search(session: Session, typed: str, *, limit: int = 8) -> list[FoundPlace]:
    """Places for what somebody typed: equal names before those that begin so; if these are few, those spelt alike too.

    Among each the nearest to the region comes first, then the larger.
    """
    first = foldings(typed[:LONGEST_SEARCH])
    if not first:
        return []
    keys = list(dict.fromkeys((*first, *search_keys(typed[:LONGEST_SEARCH]))))
    rows = list(session.execute(_SEARCH, {"keys": keys, "typed": len(first), "limit": limit}))
    is_clear = bool(rows) and rows[0].tier < BEGINS_SO
    if not is_clear and len(rows) < ENOUGH:
        found = {row.public_id for row in rows}
        alike = session.execute(_SPELT_ALIKE, {"typed": first[0], "limit": limit})
        rows += [row for row in alike if row.public_id not in found]
    return [FoundPlace(*row[1:]) for row in rows[:limit]]


def place(session: Session, public_id: UUID) -> Place | None:
    """The place with this public id."""
    return session.scalar(select(Place).where(Place.public_id == public_id))


def area_at(session: Session, x: float, y: float, level: int) -> PlaceArea | None:
    """The area of `level` that holds the location; None outside all of them, so that nothing is shown (LP-13)."""
    point = func.ST_SetSRID(func.ST_MakePoint(x, y), STORAGE_EPSG)
    covering = select(PlaceArea).where(PlaceArea.level == level, func.ST_Covers(PlaceArea.geom, point))
    return session.scalar(covering.order_by(PlaceArea.id).limit(1))


def area_of_place(session: Session, place_public_id: UUID, level: int) -> PlaceArea | None:
    """The area of `level` in which the place lies."""
    covering = (
        select(PlaceArea)
        .join(Place, func.ST_Covers(PlaceArea.geom, Place.location))
        .where(PlaceArea.level == level, Place.public_id == place_public_id)
    )
    return session.scalar(covering.order_by(PlaceArea.id).limit(1))


def area(session: Session, public_id: UUID) -> PlaceArea | None:
    """The area with this public id."""
    return session.scalar(select(PlaceArea).where(PlaceArea.public_id == public_id))


def area_at_level(session: Session, area_id: int, level: int) -> PlaceArea | None:
    """The area itself if it is at least as coarse as `level`, else the one above it that is; None if there is none."""
    found = session.get(PlaceArea, area_id)
    while found is not None and found.level < level:
        found = session.get(PlaceArea, found.parent_id) if found.parent_id is not None else None
    return found


def outlines(session: Session, level: AreaLevel | int) -> str:
    """The areas of one level as a GeoJSON text, longitude and latitude with five decimals."""
    return str(session.scalar(_OUTLINES, {"level": int(level)}))


def labels(session: Session, *, population: int = 0, region_km: int = 20) -> str:
    """Place names in and around the region as a GeoJSON text, largest place first."""
    return str(session.scalar(_LABELS, {"population": population, "region_km": region_km}))
