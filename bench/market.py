"""A made-up market at one density: places, published offers and searches as codes, written by the database itself."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import shapely
from psycopg import Connection, Cursor
from psycopg.rows import TupleRow

from succession.facts.field import Field, Wish, WishField
from succession.facts.importance import Importance
from succession.facts.offer import OFFER_FIELDS
from succession.facts.seeker import SEEKER_FIELDS
from succession.facts.shapes import Banded, Choice, HalfYear, Several
from succession.facts.wishes import OFFER_WISHES, SEARCH_WISHES, wish_column

PER_KM2 = 12
KM2_OF_A_PLACE = 10.4
UNKNOWN = 0.2
WISHES_OF_A_SIDE = 14
RADII = (5, 10, 20, 30, 50)
WEST, SOUTH = 400_000, 5_500_000
MUSTS = 2
WEIGHTS = sorted({each.weight for each in Importance if each is not Importance.NONE})


@dataclass(frozen=True, slots=True)
class Market:
    """How many there are; the side of the square in metres follows from the density."""

    offers: int
    searches: int
    seed: int = 1

    @property
    def side_m(self) -> int:
        """The side of the square that holds the offers."""
        return int((self.offers / PER_KM2) ** 0.5 * 1000)


def make_places(cursor: Cursor[TupleRow], side_m: int, seed: int = 1) -> int:
    """Level-4 areas that cover a square, and the region around them; returns how many there are."""
    count = max(9, round((side_m / 1000) ** 2 / KM2_OF_A_PLACE))
    random = np.random.default_rng(seed)
    places = np.unique(random.integers(0, side_m, (count, 2)), axis=0) + np.array([WEST, SOUTH])
    frame = shapely.box(WEST, SOUTH, WEST + side_m, SOUTH + side_m)
    cells = shapely.get_parts(shapely.voronoi_polygons(shapely.multipoints(places), extend_to=frame))
    cells = shapely.intersection(cells, frame)
    points = shapely.points(places)
    point_at, cell_at = shapely.STRtree(cells).query(points, predicate="intersects")
    cell_of = dict(zip(point_at.tolist(), cell_at.tolist(), strict=True))
    cursor.execute(
        """INSERT INTO place_area (id, level, code, name, shown_name, geom, reference)
           VALUES (1, 7, 'bench', 'bench', 'bench', ST_Multi(ST_GeomFromWKB(%s, 25832)), ST_GeomFromWKB(%s, 25832))""",
        (shapely.to_wkb(frame), shapely.to_wkb(points[0])),
    )
    cursor.executemany(
        """INSERT INTO place_area (id, level, code, name, shown_name, geom, reference, parent_id)
           VALUES (%s, 4, %s, 'bench', 'bench', ST_Multi(ST_GeomFromWKB(%s, 25832)), ST_GeomFromWKB(%s, 25832), 1)""",
        [
            (number + 2, f"bench-{number}", shapely.to_wkb(cells[cell_of[number]]), shapely.to_wkb(points[number]))
            for number in range(len(points))
        ],
    )
    return len(points)


def make_offers(cursor: Cursor[TupleRow], market: Market) -> None:
    """`published_offer` in the order of place and kind, and the same with points, which only the yardstick needs."""
    drawn = _drawn(tuple(field for field in OFFER_FIELDS if field.is_matched), OFFER_WISHES, "one.third")
    first = ("id", "place", "kind", "published")
    cursor.execute("SELECT setseed(%s)", (market.seed / 100,))
    cursor.execute("TRUNCATE published_offer")
    cursor.execute(
        f"""INSERT INTO published_offer ({", ".join([*first, *drawn, "weight_sum"])})
        SELECT {", ".join([*first, *_kept(OFFER_WISHES, drawn), _sum(drawn)])} FROM (
          SELECT one.id, one.place, one.kind, now() - random() * interval '300 days',
            {", ".join(drawn.values())}
          FROM (
            SELECT number AS id, places[1 + floor(random() * cardinality(places))::int] AS place, third,
              CASE WHEN share < 0.55 THEN 0 WHEN share < 0.70 THEN 1 ELSE 2 + floor(random() * 7) END AS kind
            FROM (SELECT number, random() AS share, random() < 0.3333 AS third FROM generate_series(1, %s) number) n,
              (SELECT array_agg(id ORDER BY id) AS places FROM place_area WHERE level = 4) p
            ORDER BY 2, 4) one) made ({", ".join([*first, *drawn])})""",
        (market.offers,),
    )
    # The yardstick counts in the same table, in the same order, with a point in each row.
    cursor.execute("DROP TABLE IF EXISTS bench_offer")
    cursor.execute("""CREATE TABLE bench_offer AS
        SELECT o.*, a.reference AS geom FROM published_offer o JOIN place_area a ON a.id = o.place
        ORDER BY o.place, o.kind, o.id""")
    cursor.execute("CREATE INDEX bench_offer_geom ON bench_offer USING gist (geom)")


def make_searches(cursor: Cursor[TupleRow], market: Market) -> None:
    """`published_search`: five radii in equal shares; 55 % look for land, 15 % for farms, 30 % for others."""
    drawn = _drawn(tuple(field for field in SEEKER_FIELDS if field.is_matched), SEARCH_WISHES, "true")
    first = ("id", "place", "radius_km", "kinds", "published")
    radii = ", ".join(map(str, RADII))
    cursor.execute("TRUNCATE published_search")
    cursor.execute(
        f"""INSERT INTO published_search ({", ".join([*first, *drawn, "weight_sum"])})
        SELECT {", ".join([*first, *_kept(SEARCH_WISHES, drawn), _sum(drawn)])} FROM (
          SELECT one.id, one.place, one.radius, one.kinds, now() - random() * interval '300 days',
            {", ".join(drawn.values())}
          FROM (
            SELECT number AS id, places[1 + floor(random() * cardinality(places))::int] AS place,
              (ARRAY[{radii}])[1 + number %% {len(RADII)}]::smallint AS radius,
              CASE WHEN share < 0.55 THEN 1 WHEN share < 0.70 THEN 2
                ELSE (1 << (2 + floor(random() * 7)::int)) | (1 << (2 + floor(random() * 7)::int)) END AS kinds
            FROM (SELECT number, random() AS share FROM generate_series(1, %s) number) n,
              (SELECT array_agg(id ORDER BY id) AS places FROM place_area WHERE level = 4) p
            ORDER BY 2, 3) one) made ({", ".join([*first, *drawn])})""",
        (market.searches,),
    )


def loosen(connection: Connection[TupleRow]) -> None:
    """Rows of the narrow tables need neither listings nor searches here."""
    for table, constraint in (
        ("published_offer", "fk_published_offer_id"),
        ("published_search", "fk_published_search_id"),
        ("listing_publication", "fk_listing_publication_listing_id"),
    ):
        connection.execute(f"ALTER TABLE {table} DROP CONSTRAINT IF EXISTS {constraint}")


def _drawn(fields: tuple[Field, ...], wishes: tuple[Wish, ...], has_musts: str) -> dict[str, str]:
    """SQL that draws each column but the first ones, by name; every value of its own for each row."""
    drawn = {field.name: f"CASE WHEN random() < {UNKNOWN} THEN NULL ELSE {_code(field)} END" for field in fields}
    weights = ", ".join(map(str, (0, *WEIGHTS)))
    for place, wish in enumerate(wishes):
        drawn |= {wish_column(value.name): _code(value) for value in wish.values}
        weight = f"(ARRAY[{weights}])[1 + floor(random() * {len(WEIGHTS) + 1})::int]::smallint"
        drawn[f"weight_{wish.criterion}"] = weight if place < WISHES_OF_A_SIDE else "0::smallint"
    some = " | ".join(f"(1 << floor(random() * {WISHES_OF_A_SIDE})::int)" for _ in range(MUSTS))
    return drawn | {"must": f"CASE WHEN {has_musts} THEN {some} ELSE 0 END"}


def _kept(wishes: tuple[Wish, ...], names: Iterable[str]) -> list[str]:
    """The columns as publishing keeps them: a wish without weight has neither values nor a bit."""
    owner = {wish_column(value.name): wish.criterion for wish in wishes for value in wish.values}
    bits = " | ".join(
        f"CASE WHEN weight_{wish.criterion} > 0 THEN {1 << place} ELSE 0 END" for place, wish in enumerate(wishes)
    )
    kept = [f"CASE WHEN weight_{owner[name]} > 0 THEN {name} END" if name in owner else name for name in names]
    return [f"must & ({bits})" if name == "must" else name for name in kept]


def _sum(names: Iterable[str]) -> str:
    return " + ".join(name for name in names if name.startswith("weight_"))


def _code(value: Field | WishField) -> str:
    """A random code of this shape, as people spread: small ranges, and half of the ticks of a list."""
    if value.name == "wish_km":
        return "(5 + 5 * floor(random() * 8))::smallint"
    match value.shape:
        case Choice(terms=terms):
            return f"floor(random() * {len(terms)})::smallint"
        case Several(terms=terms):
            return f"floor(random() * {1 << len(terms)})::smallint"
        case Banded() as shape:
            return f"floor(random() * {len(shape.edges) + 1})::smallint"
        case HalfYear():
            return "(4054 + floor(random() * 8))::smallint"
        case _:
            return "floor(random() * 2)::smallint"
