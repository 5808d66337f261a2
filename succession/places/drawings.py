"""Small sketches of public areas, one inside the other, for the page on which an owner chooses how much to show."""

from collections.abc import Sequence
from dataclasses import dataclass

from geoalchemy2 import functions as geo
from shapely import MultiPolygon, wkb
from shapely.geometry.base import BaseGeometry
from sqlalchemy import select
from sqlalchemy.orm import Session

from succession.places.areas import AreaLevel
from succession.places.levels import EXACT
from succession.places.models import PlaceArea
from succession.places.queries_levels import Around

WIDTH, HEIGHT = 132, 100
AIR = 6
SPOT = 3.0


@dataclass(frozen=True, slots=True)
class Sketch:
    """The outlines around and the one that is shown, as the data of SVG paths in a picture of one size."""

    around: tuple[str, ...]
    shown: str
    width: int = WIDTH
    height: int = HEIGHT


def sketches(session: Session, chain: Sequence[Around]) -> dict[int, Sketch]:
    """A sketch for each area of the chain, by level, and one for the place itself (a mere spot, not where it is)."""
    outlines = {one.level: _outline(session, one) for one in chain}
    town = outlines.get(AreaLevel.TOWN)
    if town is None:
        return {}
    found = {}
    for level, outline in outlines.items():
        frame = outline if level > AreaLevel.TOWN else town
        wider = [other for one, other in outlines.items() if level < one <= AreaLevel.TOWN or one == AreaLevel.TOWN]
        found[level] = Sketch(tuple(_path(other, frame) for other in wider), _path(outline, frame))
    middle = outlines[AreaLevel.PLACE].representative_point()
    x, y = _placed(middle.x, middle.y, town)
    spot = f"M{x - SPOT:.1f} {y - SPOT:.1f}h{2 * SPOT}v{2 * SPOT}h{-2 * SPOT}Z"
    around = tuple(_path(outlines[level], town) for level in (AreaLevel.TOWN, AreaLevel.PLACE))
    return {EXACT: Sketch(around, spot), **found}


def _outline(session: Session, one: Around) -> BaseGeometry:
    """The area, coarse enough for a small picture."""
    if one.cell is not None:
        return one.cell.outline
    stored = session.scalars(select(geo.ST_AsBinary(PlaceArea.geom)).where(PlaceArea.id == one.id)).one()
    outline: BaseGeometry = wkb.loads(bytes(stored))
    return outline.simplify(max(outline.bounds[2] - outline.bounds[0], 1) / WIDTH)


def _path(outline: BaseGeometry, frame: BaseGeometry) -> str:
    """The outer rings as the data of a path."""
    parts = outline.geoms if isinstance(outline, MultiPolygon) else [outline]
    rings = []
    for part in parts:
        corners = [_placed(x, y, frame) for x, y in part.exterior.coords]  # type: ignore[attr-defined]
        rings.append("M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in corners[:-1]) + "Z")
    return "".join(rings)


def _placed(x: float, y: float, frame: BaseGeometry) -> tuple[float, float]:
    """Where a point stands in the picture: the frame in its middle, north at the top."""
    west, south, east, north = frame.bounds
    factor = min((WIDTH - 2 * AIR) / (east - west), (HEIGHT - 2 * AIR) / (north - south))
    left, top = (WIDTH - (east - west) * factor) / 2, (HEIGHT - (north - south) * factor) / 2
    return left + (x - west) * factor, top + (north - y) * factor
