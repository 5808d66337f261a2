"""Writing doors of the gazetteer: the product's places, the region divided once, an operator's own places."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import uuid5

from shapely import wkb
from shapely.geometry import Polygon
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from succession.accounts.actor import Actor, authorize
from succession.config import Region
from succession.geo.crs import STORAGE_EPSG
from succession.places import policy, queries
from succession.places.areas import INHABITANTS, Area, AreaLevel, divide, shown_area_name
from succession.places.folding import foldings, plain_name, search_keys
from succession.places.gazetteer import SOURCE as GEONAMES
from succession.places.gazetteer import STATES, GazetteerPlace, german_places
from succession.places.models import Place
from succession.places.naming import NamedPoint, shown_names
from succession.places.place_file import OperatorPlace
from succession.places.queries_levels import AREA_IDS
from succession.places.service_reference import ensure_estimates

OPERATOR_SOURCE = "operator"
MARGIN_M = 60_000

_REGION = """ST_Transform(ST_Segmentize(ST_MakeEnvelope(:west, :south, :east, :north, 4326), 0.1), :srid)"""

_INSERT_PLACES = text(f"""
    WITH given AS (
        SELECT *, ST_Transform(ST_SetSRID(ST_MakePoint(longitude, latitude), 4326), :srid) AS location
        FROM unnest(CAST(:public_ids AS uuid[]), CAST(:sources AS text[]), CAST(:source_ids AS text[]),
            CAST(:names AS text[]), CAST(:populations AS int[]), CAST(:states AS text[]),
            CAST(:longitudes AS float8[]), CAST(:latitudes AS float8[])) WITH ORDINALITY
            AS g(public_id, source, source_id, name, population, state, longitude, latitude, position)
    ), region AS MATERIALIZED (SELECT {_REGION} AS geom)
    INSERT INTO place (public_id, source, source_id, name, shown_name, population, state, longitude, latitude,
        location, region_km)
    SELECT public_id, source, source_id, name, name, population, state, longitude, latitude, given.location,
        ceil(ST_Distance(given.location, region.geom) / 1000)
    FROM given, region
    ORDER BY given.position
    ON CONFLICT (source, source_id) DO NOTHING
    RETURNING id, source, source_id
""")  # nosec B608  # noqa: S608 - only the constant above is put in

_UPDATE_PLACE = text(f"""
    WITH given AS (
        SELECT ST_Transform(ST_SetSRID(ST_MakePoint(:longitude, :latitude), 4326), :srid) AS location,
            {_REGION} AS region
    )
    UPDATE place SET longitude = :longitude, latitude = :latitude, population = :population,
        location = given.location, region_km = ceil(ST_Distance(given.location, given.region) / 1000)
    FROM given
    WHERE id = :id AND (place.longitude, place.latitude, place.population)
        IS DISTINCT FROM (CAST(:longitude AS float8), CAST(:latitude AS float8), CAST(:population AS int))
    RETURNING id
""")  # nosec B608  # noqa: S608 - only the constant above is put in

_INSERT_NAMES = text("""
    INSERT INTO place_name (place_id, folded, is_alternative)
    SELECT * FROM unnest(CAST(:ids AS int[]), CAST(:names AS text[]), CAST(:alternatives AS boolean[]))
    ON CONFLICT DO NOTHING
""")

_RENAME = text("""
    UPDATE place SET shown_name = given.name
    FROM unnest(CAST(:ids AS int[]), CAST(:names AS text[])) AS given(id, name)
    WHERE place.id = given.id AND place.shown_name <> given.name
""")

_INSERT_AREAS = text("""
    INSERT INTO place_area (public_id, level, code, name, shown_name, geom, reference, place_id, parent_id)
    SELECT given.public_id, :level, given.code, given.name, given.shown_name, ST_SetSRID(given.geom::geometry, :srid),
        ST_SetSRID(ST_MakePoint(given.x, given.y), :srid), given.place_id, above.id
    FROM unnest(CAST(:public_ids AS uuid[]), CAST(:codes AS text[]), CAST(:names AS text[]),
        CAST(:shown_names AS text[]), CAST(:geoms AS bytea[]), CAST(:xs AS int[]), CAST(:ys AS int[]),
        CAST(:place_ids AS int[]), CAST(:parent_codes AS text[])) WITH ORDINALITY
        AS given(public_id, code, name, shown_name, geom, x, y, place_id, parent_code, position)
    LEFT JOIN place_area above ON above.code = given.parent_code
    ORDER BY given.position
""")


@dataclass(frozen=True, slots=True)
class GazetteerLoad:
    """What loading changed; both 0 when everything was there already."""

    new_places: int
    new_areas: int


@dataclass(frozen=True, slots=True)
class PlacesAdded:
    """The outcome of an operator's list."""

    new: int
    changed: int
    unchanged: int


def load_gazetteer(
    session: Session, actor: Actor, *, region: Region, given: Sequence[GazetteerPlace] | None = None
) -> GazetteerLoad:
    """Every German place of the product data (or those given) is there, and the region is divided; the rest stays.

    Areas are made once, from the places of the product data alone: they never move again, because a listing that
    changed its area would tell more about where it lies than either area does.
    """
    authorize(policy.may_change_gazetteer, actor, region)
    _lock(session)
    known = set(session.scalars(select(Place.source_id).where(Place.source == GEONAMES)))
    new = [found for found in (german_places() if given is None else given) if found.source_id not in known]
    if new:
        _insert_places(session, new, region)
        _rename(session, None)
    areas = 0 if queries.is_loaded(session) else _divide_region(session, region)
    ensure_estimates(session, Actor.system())
    return GazetteerLoad(len(new), areas)


def add_places(session: Session, actor: Actor, given: Sequence[OperatorPlace], *, region: Region) -> PlacesAdded:
    """The operator's places can be found; one that was added before under this name within 5 km is corrected.

    No public area changes.
    """
    authorize(policy.may_change_gazetteer, actor, region)
    _lock(session)
    new: list[GazetteerPlace] = []
    changed = 0
    for each in given:
        known_id = _added_before(session, each)
        if known_id is None:
            new.append(_operator_place(each))
        else:
            changed += _correct(session, known_id, each, region)
    inserted = _insert_places(session, new, region)
    _rename(session, {plain_name(each.name) for each in given})
    return PlacesAdded(inserted, changed, len(given) - inserted - changed)


def _lock(session: Session) -> None:
    """Two loadings at once wait for each other."""
    session.execute(select(func.pg_advisory_xact_lock(func.hashtext("succession.places"))))


def _box(region: Region) -> dict[str, float]:
    """The region as parameters of a statement."""
    return {
        "west": region.west,
        "south": region.south,
        "east": region.east,
        "north": region.north,
        "srid": STORAGE_EPSG,
    }


def _insert_places(session: Session, places: Sequence[GazetteerPlace], region: Region) -> int:
    """New rows with their folded names; how many."""
    if not places:
        return 0
    rows = session.execute(
        _INSERT_PLACES,
        {
            "public_ids": [str(place.public_id) for place in places],
            "sources": [place.source for place in places],
            "source_ids": [place.source_id for place in places],
            "names": [place.name for place in places],
            "populations": [place.population for place in places],
            "states": [STATES.get(place.state, place.state) for place in places],
            "longitudes": [place.longitude for place in places],
            "latitudes": [place.latitude for place in places],
            **_box(region),
        },
    ).all()
    ids = {(row.source, row.source_id): row.id for row in rows}
    names = [
        (ids[place.source, place.source_id], folded, is_alternative)
        for place in places
        if (place.source, place.source_id) in ids
        for folded, is_alternative in _folded_names(place)
    ]
    _insert_names(session, names)
    return len(rows)


def _folded_names(place: GazetteerPlace) -> Iterable[tuple[str, bool]]:
    """Every folded form once; a form of the name itself is not also an alternative one."""
    own = dict.fromkeys(search_keys(place.name), False)
    others = {key: True for name in place.alternative_names for key in foldings(name) if key not in own}
    return (own | others).items()


def _insert_names(session: Session, names: Sequence[tuple[int, str, bool]]) -> None:
    if names:
        ids, folded, alternatives = (list(column) for column in zip(*names, strict=True))
        session.execute(_INSERT_NAMES, {"ids": ids, "names": folded, "alternatives": alternatives})


def _rename(session: Session, plain_names: set[str] | None) -> None:
    """Shown names tell apart what shares a plain name; with `plain_names` only those groups are looked at again."""
    rows = session.execute(
        select(
            Place.id,
            Place.name,
            func.ST_X(Place.location).label("x"),
            func.ST_Y(Place.location).label("y"),
            Place.population,
            Place.state,
        ).order_by(Place.id)
    ).all()
    points = [NamedPoint(row.id, row.name, row.x, row.y, row.population) for row in rows]
    shown = shown_names(points, {row.id: row.state for row in rows})
    if plain_names is not None:
        shown = {point.id: shown[point.id] for point in points if plain_name(point.name) in plain_names}
    session.execute(_RENAME, {"ids": list(shown), "names": list(shown.values())})
    _insert_names(session, [(place_id, key, False) for place_id, name in shown.items() for key in foldings(name)])


def _divide_region(session: Session, region: Region) -> int:
    """The public areas of the region are stored; how many."""
    outline = wkb.loads(bytes(session.scalar(text(f"SELECT ST_AsBinary({_REGION})"), _box(region))))
    assert isinstance(outline, Polygon)
    within = func.ST_Expand(func.ST_GeomFromWKB(outline.wkb, STORAGE_EPSG), MARGIN_M)
    rows = session.execute(
        select(
            Place.id,
            Place.shown_name,
            Place.source_id,
            func.ST_X(Place.location).label("x"),
            func.ST_Y(Place.location).label("y"),
            Place.population,
        )
        .where(
            Place.source == GEONAMES,
            Place.population >= INHABITANTS[AreaLevel.PLACE],
            Place.location.op("&&")(within),
        )
        .order_by(Place.source_id)
    ).all()
    areas = divide([NamedPoint(row.id, row.shown_name, row.x, row.y, row.population) for row in rows], outline)
    names = {row.id: row.shown_name for row in rows}
    codes = {row.id: row.source_id for row in rows}
    by_level: defaultdict[AreaLevel, list[Area]] = defaultdict(list)
    for area in areas:
        by_level[area.level].append(area)
    for level in sorted(by_level, reverse=True):  # the coarsest first, so that every parent is there
        _insert_areas(session, level, by_level[level], names, codes)
    return len(areas)


def _insert_areas(
    session: Session, level: AreaLevel, areas: Sequence[Area], names: dict[int, str], codes: dict[int, str]
) -> None:
    """All areas of one level; their parents are there already."""
    own_codes = [_code(level, area.place_id, codes) for area in areas]
    own_names = [names[area.place_id] if area.place_id is not None else "" for area in areas]
    session.execute(
        _INSERT_AREAS,
        {
            "level": int(level),
            "srid": STORAGE_EPSG,
            "public_ids": [str(uuid5(AREA_IDS, code)) for code in own_codes],
            "codes": own_codes,
            "names": own_names,
            "shown_names": [shown_area_name(level, name) for name in own_names],
            "geoms": [area.outline.wkb for area in areas],
            "xs": [area.reference[0] for area in areas],
            "ys": [area.reference[1] for area in areas],
            "place_ids": [area.place_id for area in areas],
            "parent_codes": [
                _code(AreaLevel(level + 1), area.parent_place_id, codes) if level < AreaLevel.REGION else None
                for area in areas
            ],
        },
    )


def _code(level: AreaLevel, place_id: int | None, codes: dict[int, str]) -> str:
    """What the area is called in exports: its level and the gazetteer's number of its place."""
    return f"L{level.value}" if place_id is None else f"L{level.value}-{codes[place_id]}"


def _operator_place(given: OperatorPlace) -> GazetteerPlace:
    """A new place; its id comes from where and what it was first stated to be, and stays when that is corrected."""
    source_id = f"{foldings(given.name)[0]}@{given.latitude:.3f},{given.longitude:.3f}"
    return GazetteerPlace(OPERATOR_SOURCE, source_id, given.name, given.latitude, given.longitude, given.population)


def _added_before(session: Session, given: OperatorPlace) -> int | None:
    """The id of a place that an operator added under this name within 5 km."""
    here = func.ST_Transform(func.ST_SetSRID(func.ST_MakePoint(given.longitude, given.latitude), 4326), STORAGE_EPSG)
    same = select(Place.id).where(
        Place.source == OPERATOR_SOURCE, Place.name == given.name, func.ST_DWithin(Place.location, here, 5_000)
    )
    return session.scalar(same.order_by(func.ST_Distance(Place.location, here), Place.id).limit(1))


def _correct(session: Session, place_id: int, given: OperatorPlace, region: Region) -> int:
    """1 if the place's numbers had to be changed, else 0."""
    values = {
        "id": place_id,
        "longitude": given.longitude,
        "latitude": given.latitude,
        "population": given.population,
        **_box(region),
    }
    return len(session.execute(_UPDATE_PLACE, values).all())
