"""Outlines as drawings for pages: one small shape beside each parcel, one picture of many. For their owner only."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import cache
from typing import Any

import shapely
from geoalchemy2 import functions as geo
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from succession.geo import crs
from succession.places import elbe
from succession.places.models import Place

SMALL = 44
WIDE = 960
MOST_HIGH = 640
MOST_SHAPES = 600
MOST_LABELS = 14
DOT = 9
LETTER, LINE = 11, 26
AIR = 0.08
NEAREST_M = 1500.0
LEAST_HIGH, LEAST_WIDE = 0.45, 1.2

_SMALL_SHAPES = """
SELECT parcel_id, st_assvg(
    st_simplifypreservetopology(st_scale(st_translate(geom, -st_xmin(geom), -st_ymax(geom)), factor, factor), 0.3), 1, 1
) AS path
FROM (
    SELECT parcel_id, geom,
        :size / greatest(st_xmax(geom) - st_xmin(geom), st_ymax(geom) - st_ymin(geom), 1) AS factor
    FROM parcel_location WHERE parcel_id = ANY(:parcels)
) one
"""

_FRAME = """
SELECT st_xmin(box), st_ymin(box), st_xmax(box), st_ymax(box)
FROM (SELECT st_extent(geom) AS box FROM ({rows}) rows) extent
"""

# What would be smaller than a few dots on the screen is drawn as a round mark, so that nobody overlooks it.
_SHAPES = """
SELECT kind, st_assvg(
    CASE
        WHEN st_xmax(scaled) - st_xmin(scaled) < :dot AND st_ymax(scaled) - st_ymin(scaled) < :dot
        THEN st_buffer(st_centroid(scaled), :dot / 2.0, 'quad_segs=3')
        ELSE st_simplifypreservetopology(scaled, 0.5)
    END, 0, 1
) AS path
FROM (
    SELECT kind, st_scale(st_translate(geom, -:west, -:north), :factor, :factor) AS scaled
    FROM ({rows}) rows WHERE geom IS NOT NULL
    ORDER BY st_length(st_boundingdiagonal(geom)) DESC LIMIT :most
) shown
"""
PARCELS = """
SELECT l.geom, coalesce(p.land_use, 'unknown') AS kind
FROM parcel_location l JOIN parcel p ON p.id = l.parcel_id WHERE p.id = ANY(:parcels)
"""
STAGED = "SELECT s.geom, o.outcome AS kind FROM land_staging s JOIN land_outcome o ON o.row = s.row"


@dataclass(frozen=True, slots=True)
class Shape:
    """One outline as the data of an SVG path; `kind` says how it is painted."""

    path: str
    kind: str


@dataclass(frozen=True, slots=True)
class Label:
    """The name of a place, to the right of its dot."""

    x: float
    y: float
    name: str


@dataclass(frozen=True, slots=True)
class Picture:
    """Outlines to one scale, north at the top, with the Elbe and a few places for orientation."""

    width: float
    height: float
    shapes: tuple[Shape, ...]
    river: str
    labels: tuple[Label, ...]

    def as_json(self) -> dict[str, Any]:
        """For a JSON column; `picture_from_json` reads it back."""
        return asdict(self)


def picture_from_json(stored: dict[str, Any]) -> Picture:
    """The picture that `as_json` stored."""
    return Picture(
        width=stored["width"],
        height=stored["height"],
        shapes=tuple(Shape(**shape) for shape in stored["shapes"]),
        river=stored["river"],
        labels=tuple(Label(**label) for label in stored["labels"]),
    )


@dataclass(frozen=True, slots=True)
class _Frame:
    """The part of the country that a picture shows, in storage coordinates, and its scale."""

    west: float
    south: float
    east: float
    north: float

    @property
    def factor(self) -> float:
        return min(WIDE / (self.east - self.west), MOST_HIGH / (self.north - self.south))

    def place(self, x: float, y: float) -> tuple[float, float]:
        """Where a point stands in the picture."""
        return round((x - self.west) * self.factor, 1), round((self.north - y) * self.factor, 1)


def small_shapes(session: Session, parcel_ids: Sequence[int]) -> dict[int, str]:
    """For each parcel the path of its outline, each filling a square of `SMALL`; the caller has checked who asks."""
    rows = session.execute(text(_SMALL_SHAPES), {"parcels": list(parcel_ids), "size": SMALL})
    return {row.parcel_id: row.path for row in rows}


def picture(session: Session, rows: str, **values: Any) -> Picture | None:
    """One picture of all outlines that the statement `rows` yields, the largest of them; None if there are none."""
    extent = session.execute(text(_FRAME.format(rows=rows)), values).one()  # nosemgrep: raw-sql-with-values
    if extent[0] is None:
        return None
    frame = _framed(*extent)
    sizes = {"west": frame.west, "north": frame.north, "factor": frame.factor, "dot": DOT, "most": MOST_SHAPES}
    found = session.execute(text(_SHAPES.format(rows=rows)), {**values, **sizes})  # nosemgrep: raw-sql-with-values
    return Picture(
        width=round((frame.east - frame.west) * frame.factor, 1),
        height=round((frame.north - frame.south) * frame.factor, 1),
        shapes=tuple(Shape(row.path, row.kind) for row in found),
        river=_river(frame),
        labels=_labels(session, frame),
    )


def _framed(west: float, south: float, east: float, north: float) -> _Frame:
    """Some air around the outlines; never so near that a single field fills the picture without what is around it."""
    nearest = min(NEAREST_M, 3 * max(east - west, north - south))
    wide = max((east - west) * (1 + 2 * AIR), nearest)
    high = max((north - south) * (1 + 2 * AIR), wide * LEAST_HIGH)
    wide = max(wide, high * LEAST_WIDE)
    x, y = (west + east) / 2, (south + north) / 2
    return _Frame(x - wide / 2, y - high / 2, x + wide / 2, y + high / 2)


def _river(frame: _Frame) -> str:
    """The Elbe as the data of an SVG path."""
    points = [frame.place(x, y) for x, y in _elbe_stored()]
    return "M" + " L".join(f"{x} {y}" for x, y in points)


@cache
def _elbe_stored() -> tuple[tuple[float, float], ...]:
    """The Elbe in storage coordinates."""
    line = shapely.LineString(elbe.course())
    stored = crs.to_storage(line, crs.LONLAT)
    return tuple((float(x), float(y)) for x, y in shapely.get_coordinates(stored))


def _labels(session: Session, frame: _Frame) -> tuple[Label, ...]:
    """The largest places in the frame whose names do not run into each other."""
    box = geo.ST_MakeEnvelope(frame.west, frame.south, frame.east, frame.north, crs.STORAGE_EPSG)
    statement = (
        select(Place.name, geo.ST_X(Place.location), geo.ST_Y(Place.location))
        .where(geo.ST_Intersects(Place.location, box))
        .order_by(Place.population.desc(), Place.id)
        .limit(60)
    )
    chosen: list[Label] = []
    for name, x, y in session.execute(statement):
        label = Label(*frame.place(x, y), name)
        if len(chosen) < MOST_LABELS and not any(_collide(label, other) for other in chosen):
            chosen.append(label)
    return tuple(chosen)


def _collide(one: Label, other: Label) -> bool:
    """Whether the two names, as they will be written, touch."""
    width = LETTER * max(len(one.name), len(other.name)) + LETTER
    return abs(one.x - other.x) < width and abs(one.y - other.y) < LINE
