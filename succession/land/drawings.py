"""Outlines as drawings for pages: one small shape beside each parcel, one picture of many. For their owner only."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

SMALL = 44
WIDE = 960
MOST_HIGH = 640
MOST_SHAPES = 1000

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

_PICTURE = """
WITH shown AS (
    SELECT geom, kind FROM ({rows}) rows WHERE geom IS NOT NULL
    ORDER BY st_length(st_boundingdiagonal(geom)) DESC LIMIT :most
), frame AS (
    SELECT st_xmin(box) AS west, st_ymax(box) AS north, st_xmax(box) - st_xmin(box) AS width,
        st_ymax(box) - st_ymin(box) AS height
    FROM (SELECT st_extent(geom) AS box FROM shown) extent
), scaled AS (
    SELECT *, least(:wide / greatest(width, 1), :high / greatest(height, 1)) AS factor FROM frame
)
SELECT kind, st_assvg(
        st_simplifypreservetopology(st_scale(st_translate(geom, -west, -north), factor, factor), 0.5), 0, 1
    ) AS path, width * factor AS width, height * factor AS height
FROM shown CROSS JOIN scaled
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
class Picture:
    """Outlines to one scale, north at the top."""

    width: float
    height: float
    shapes: tuple[Shape, ...]

    def as_json(self) -> dict[str, Any]:
        """For a JSON column; `picture_from_json` reads it back."""
        shapes = [[shape.path, shape.kind] for shape in self.shapes]
        return {"width": self.width, "height": self.height, "shapes": shapes}


def picture_from_json(stored: dict[str, Any]) -> Picture:
    """The picture that `as_json` stored."""
    shapes = tuple(Shape(path, kind) for path, kind in stored["shapes"])
    return Picture(stored["width"], stored["height"], shapes)


def small_shapes(session: Session, parcel_ids: Sequence[int]) -> dict[int, str]:
    """For each parcel the path of its outline, each filling a square of `SMALL`; the caller has checked who asks."""
    rows = session.execute(text(_SMALL_SHAPES), {"parcels": list(parcel_ids), "size": SMALL})
    return {row.parcel_id: row.path for row in rows}


def picture(session: Session, rows: str, **values: Any) -> Picture | None:
    """One picture of all outlines that the statement `rows` yields, the largest thousand; None if there are none."""
    sizes = {"wide": WIDE, "high": MOST_HIGH, "most": MOST_SHAPES}
    found = session.execute(text(_PICTURE.format(rows=rows)), {**values, **sizes}).all()
    if not found:
        return None
    shapes = tuple(Shape(row.path, row.kind) for row in found)
    return Picture(round(found[0].width, 1), round(found[0].height, 1), shapes)
