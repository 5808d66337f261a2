"""Well-known binary and text to geometries, row by row where a row is not as it should be. Pure."""

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import shapely
from shapely.errors import ShapelyError
from shapely.geometry import GeometryCollection, MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from succession.geo.crs import Geometries
from succession.geo.curves import Point, arc_string
from succession.geo.findings import Finding
from succession.i18n import Text

_DEEPEST = 8
_COLLECTION = 7
_CURVED = range(8, 13)

RING_CLOSED = Finding("ring-closed", Text("The outline was not closed: its last point was not its first. It was closed."))
CURVE_LINEARISED = Finding("curve-linearised", Text("Curved edges were turned into short straight ones."))
UNREADABLE = Finding("geometry-unreadable", Text("The geometry of this row cannot be read."))


@dataclass(frozen=True, slots=True)
class Read:
    """One geometry as read, and what there is to say about it."""

    geometry: BaseGeometry | None
    refusals: tuple[Finding, ...] = ()
    findings: tuple[Finding, ...] = ()


class _Broken(Exception):
    """The bytes are not what they say."""


def read_all(values: Sequence[bytes | None]) -> list[Read]:
    """Every value read; whatever is not plain is looked at on its own, so that one bad row spoils no other."""
    plain = np.array([value is not None and _flat(value) for value in values], dtype=bool)
    geometries: Geometries = np.full(len(values), None, dtype=object)
    array: Geometries = np.empty(len(values), dtype=object)
    array[:] = values
    with np.errstate(all="ignore"):
        geometries[plain] = shapely.from_wkb(array[plain], on_invalid="ignore")
    return [
        Read(geometry) if geometry is not None else read_one(value) if value is not None else Read(None)
        for geometry, value in zip(geometries, values, strict=True)
    ]


def read_one(value: bytes) -> Read:
    """One value of any kind: curves are linearised, open rings closed, nonsense refused."""
    try:
        if not _flat(value):
            geometry, _ = _linear(value, 0, 0)
            return Read(geometry, (), (CURVE_LINEARISED,) if _curved(value) else ())
        with np.errstate(all="ignore"):
            exact = _parsed_wkb(value, "ignore")
            if exact is not None:
                return Read(exact)
            closed = _parsed_wkb(value, "fix")
    except (ShapelyError, NotImplementedError, _Broken, struct.error, ValueError, TypeError):
        return Read(None, (UNREADABLE,))
    if closed is None or closed.is_empty:
        return Read(None, (UNREADABLE,))
    return Read(closed, (), (RING_CLOSED,))


def read_wkt(value: str) -> Read:
    """One well-known text; the caller has cut off any SRID."""
    if value.upper().count("COLLECTION") > _DEEPEST:
        return Read(None, (UNREADABLE,))
    try:
        with np.errstate(all="ignore"):
            exact = _parsed_wkt(value, "ignore")
            if exact is not None:
                return Read(exact)
            closed = _parsed_wkt(value, "fix")
    except (ShapelyError, NotImplementedError, ValueError, TypeError):
        return Read(None, (UNREADABLE,))
    if closed is None or closed.is_empty:
        return Read(None, (UNREADABLE,))
    return Read(closed, (), (RING_CLOSED,))


def _parsed_wkb(value: bytes, on_invalid: Literal["ignore", "fix"]) -> BaseGeometry | None:
    geometry: BaseGeometry | None = shapely.from_wkb(np.array([value], dtype=object), on_invalid=on_invalid)[0]
    return geometry


def _parsed_wkt(value: str, on_invalid: Literal["ignore", "fix"]) -> BaseGeometry | None:
    geometry: BaseGeometry | None = shapely.from_wkt(np.array([value], dtype=object), on_invalid=on_invalid)[0]
    return geometry


def _header(value: bytes, offset: int) -> tuple[str, int, int, int]:
    """Byte order, kind (ISO, without dimensions), numbers a point and the offset behind the header."""
    if len(value) < offset + 5 or value[offset] > 1:
        raise _Broken
    order = "<" if value[offset] else ">"
    (code,) = struct.unpack_from(order + "I", value, offset + 1)
    dimensions = 2 + bool(code & 0x80000000) + bool(code & 0x40000000)
    srid = bool(code & 0x20000000)
    code &= 0x1FFFFFFF
    dimensions += {0: 0, 1: 1, 2: 1, 3: 2}.get(code // 1000, 0)
    return order, code % 1000, dimensions, offset + 5 + 4 * srid


def _curved(value: bytes) -> bool:
    """Whether curved kinds may occur: outermost, or by the look of the bytes within."""
    return _header(value, 0)[1] in _CURVED or any(bytes((1, code, 0, 0)) in value for code in (8, 9, 10))


def _flat(value: bytes) -> bool:
    """Whether GEOS may read it: nothing nested but polygons in a multipolygon.

    Deeply nested parts exhaust the stack of the process, so all other nesting is read by `_linear`, which counts.
    """
    try:
        order, kind, _, offset = _header(value, 0)
        if kind != 6:
            return kind in (1, 2, 3)
        count, offset = _count(value, order, offset)
        for _ in range(count):
            order, kind, dimensions, offset = _header(value, offset)
            if kind != 3:
                return False
            rings, offset = _count(value, order, offset)
            for _ in range(rings):
                points, offset = _count(value, order, offset)
                offset += 8 * dimensions * points
    except (_Broken, struct.error):
        return False
    return True


def _linear(value: bytes, offset: int, depth: int) -> tuple[BaseGeometry, int]:
    """The geometry at `offset` with arcs as lines, and where it ends."""
    order, kind, dimensions, offset = _header(value, offset)
    if depth > _DEEPEST:
        raise _Broken
    if kind == 1:
        x, y = struct.unpack_from(order + "2d", value, offset)
        return shapely.Point(x, y), offset + 8 * dimensions
    if kind in (2, 8, 9):
        points, offset = _line(value, order, kind, dimensions, offset, depth)
        return shapely.LineString(points), offset
    count, offset = _count(value, order, offset)
    if kind == 3:
        rings = []
        for _ in range(count):
            points, offset = _points(value, order, dimensions, offset)
            rings.append(points)
        return _polygon(rings), offset
    if kind == 10:
        rings = []
        for _ in range(count):
            inner_order, inner_kind, inner_dimensions, offset = _header(value, offset)
            points, offset = _line(value, inner_order, inner_kind, inner_dimensions, offset, depth + 1)
            rings.append(points)
        return _polygon(rings), offset
    if kind not in (4, 5, 6, 7, 11, 12):
        raise _Broken
    parts: list[BaseGeometry] = []
    for _ in range(count):
        part, offset = _linear(value, offset, depth + 1)
        parts.append(part)
    polygons = [part for part in parts if isinstance(part, Polygon)]
    if kind != _COLLECTION and len(polygons) == len(parts):
        return MultiPolygon(polygons), offset
    return GeometryCollection(parts), offset


def _line(value: bytes, order: str, kind: int, dimensions: int, offset: int, depth: int) -> tuple[list[Point], int]:
    """The points of a line, circular string or compound curve whose header is read."""
    if kind == 9:
        if depth > _DEEPEST:
            raise _Broken
        count, offset = _count(value, order, offset)
        line: list[Point] = []
        for _ in range(count):
            inner = _header(value, offset)
            points, offset = _line(value, inner[0], inner[1], inner[2], inner[3], depth + 1)
            line.extend(points[1:] if line else points)
        return line, offset
    if kind not in (2, 8):
        raise _Broken
    points, offset = _points(value, order, dimensions, offset)
    return (arc_string(points) if kind == 8 else points), offset


def _count(value: bytes, order: str, offset: int) -> tuple[int, int]:
    (count,) = struct.unpack_from(order + "I", value, offset)
    if count > len(value):
        raise _Broken
    return count, offset + 4


def _points(value: bytes, order: str, dimensions: int, offset: int) -> tuple[list[Point], int]:
    count, offset = _count(value, order, offset)
    end = offset + 8 * dimensions * count
    if end > len(value):
        raise _Broken
    numbers = np.frombuffer(value, dtype=order + "f8", count=dimensions * count, offset=offset).reshape(count, dimensions)
    return [(float(x), float(y)) for x, y in numbers[:, :2]], end


def _polygon(rings: list[list[Point]]) -> Polygon:
    rings = [ring if ring[:1] == ring[-1:] else [*ring, *ring[:1]] for ring in rings]
    return Polygon(rings[0], rings[1:]) if rings else Polygon()
