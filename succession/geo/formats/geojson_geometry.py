"""A GeoJSON geometry checked member by member against RFC 7946, where a lenient reader would guess. Pure."""

from dataclasses import dataclass, field
from math import inf, isfinite

import shapely
from shapely.geometry import GeometryCollection, LineString, MultiLineString, MultiPoint, MultiPolygon, Polygon
from shapely.geometry import Point as PointGeometry
from shapely.geometry.base import BaseGeometry

from succession.geo.findings import Finding
from succession.geo.formats.jsontext import Json
from succession.geo.formats.wkb import RING_CLOSED
from succession.i18n import Text

_DEEPEST = 8
_TYPES = ("Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon", "GeometryCollection")

Position = tuple[float, float]


class Wrong(Exception):
    """The geometry breaks the standard in a way that cannot be put right."""

    def __init__(self, code: str, text: Text) -> None:
        super().__init__(code)
        self.finding = Finding(code, text)


@dataclass(slots=True)
class Reading:
    """What was noticed on the way."""

    findings: dict[str, Finding] = field(default_factory=dict)
    wound_wrongly: bool = False

    def note(self, finding: Finding) -> None:
        self.findings.setdefault(finding.code, finding)


def geometry_of(value: Json, reading: Reading, depth: int = 0) -> BaseGeometry:
    """The geometry that a GeoJSON object stands for; raises `Wrong`."""
    if not isinstance(value, dict):
        raise Wrong("geometry-invalid", Text("The geometry is not a GeoJSON object."))
    kind = value.get("type")
    if not isinstance(kind, str) or kind not in _TYPES:
        raise Wrong(
            "geometry-type-unknown",
            Text("“%(kind)s” is no type of geometry in GeoJSON (capitals matter).", {"kind": str(kind)[:60]}),
        )
    if kind == "GeometryCollection":
        geometry = _collection(value, reading, depth)
    else:
        if "coordinates" not in value:
            raise Wrong("coordinates-missing", Text("The geometry has no coordinates."))
        geometry = _simple(kind, value["coordinates"], reading)
    check_bbox(value.get("bbox"), "bbox" in value, geometry, reading)
    return geometry


def _collection(value: dict[str, Json], reading: Reading, depth: int) -> BaseGeometry:
    members = value.get("geometries")
    if not isinstance(members, list):
        raise Wrong("geometry-invalid", Text("The geometry collection has no list of geometries."))
    if depth >= _DEEPEST:
        raise Wrong("geometry-invalid", Text("Geometry collections are nested too deeply."))
    return GeometryCollection([geometry_of(member, reading, depth + 1) for member in members])


def _simple(kind: str, coordinates: Json, reading: Reading) -> BaseGeometry:
    match kind:
        case "Point":
            return PointGeometry(_position(coordinates, reading)) if coordinates != [] else PointGeometry()
        case "MultiPoint":
            return MultiPoint(_positions(coordinates, reading))
        case "LineString":
            return _line(coordinates, reading)
        case "MultiLineString":
            return MultiLineString([_line(line, reading) for line in _list(coordinates)])
        case "Polygon":
            return _polygon(coordinates, reading)
        case _:
            return MultiPolygon([_polygon(part, reading) for part in _list(coordinates)])


def _list(value: Json) -> list[Json]:
    if not isinstance(value, list):
        raise _nesting()
    return value


def _nesting() -> Wrong:
    return Wrong("coordinates-invalid", Text("The coordinates are not nested the way this type of geometry needs."))


def _position(value: Json, reading: Reading) -> Position:
    """One position: two or three numbers; further ones are left out and reported."""
    numbers = _list(value)
    for number in numbers:
        if isinstance(number, list):
            raise _nesting()
        if isinstance(number, bool) or not isinstance(number, (int, float)):
            raise Wrong("coordinates-not-numbers", Text("The coordinates are not numbers."))
    if len(numbers) < 2:
        raise Wrong("coordinates-invalid", Text("A position has fewer than two numbers."))
    if len(numbers) > 3:
        reading.note(
            Finding("extra-coordinates-dropped", Text("Positions have more than three numbers; the rest was left out."))
        )
    try:
        x, y = (float(number) for number in numbers[:2] if isinstance(number, (int, float)))
    except OverflowError:
        x = y = inf
    if not (isfinite(x) and isfinite(y)):
        raise Wrong("not-finite", Text("The outline has points without a usable position (not a number or infinite)."))
    return x, y


def _positions(value: Json, reading: Reading) -> list[Position]:
    return [_position(item, reading) for item in _list(value)]


def _line(value: Json, reading: Reading) -> LineString:
    positions = _positions(value, reading)
    if len(positions) == 1:
        raise Wrong("too-few-points", Text("A line has fewer than two points."))
    return LineString(positions)


def _polygon(value: Json, reading: Reading) -> Polygon:
    rings = [_ring(ring, reading) for ring in _list(value)]
    if not rings:
        return Polygon()
    polygon = Polygon(rings[0], rings[1:])
    if not polygon.is_empty:
        inner_right = all(not ring.is_ccw for ring in polygon.interiors)
        reading.wound_wrongly |= not (polygon.exterior.is_ccw and inner_right)
    return polygon


def _ring(value: Json, reading: Reading) -> list[Position]:
    """A closed ring of at least four positions, three of them different."""
    ring = _positions(value, reading)
    if ring and ring[0] != ring[-1]:
        ring.append(ring[0])
        reading.note(RING_CLOSED)
    if ring and (len(ring) < 4 or len(set(ring)) < 3):
        raise Wrong("too-few-points", Text("The outline has too few points: an area needs at least three."))
    return ring


def check_bbox(value: Json, stated: bool, geometry: BaseGeometry | None, reading: Reading) -> None:
    """Note a bounding box that is wrong; it is not used for anything."""
    if not stated:
        return
    numbers = (
        [item for item in value if isinstance(item, (int, float)) and not isinstance(item, bool)]
        if isinstance(value, list)
        else []
    )
    if not isinstance(value, list) or len(numbers) != len(value) or len(numbers) not in (4, 6):
        reading.note(
            Finding("bbox-invalid", Text("The bounding box (bbox) must be a list of 4 or 6 numbers. It was ignored."))
        )
        return
    if geometry is None or geometry.is_empty:
        return
    half = len(numbers) // 2
    west, south, east, north = numbers[0], numbers[1], numbers[half], numbers[half + 1]
    bounds = shapely.bounds(geometry)
    tolerance = 1e-6 * max(1.0, float(abs(bounds).max()))
    inside = (
        west - tolerance <= bounds[0]
        and south - tolerance <= bounds[1]
        and bounds[2] <= east + tolerance
        and bounds[3] <= north + tolerance
    )
    if not inside:
        reading.note(Finding("bbox-wrong", Text("The bounding box (bbox) does not fit the geometry. It was ignored.")))
