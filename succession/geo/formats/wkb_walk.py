"""Well-known binary read step by step, where curves must become lines or parts are nested. Pure."""

import struct
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry import GeometryCollection, LineString, MultiLineString, MultiPoint, MultiPolygon, Polygon
from shapely.geometry import Point as PointGeometry
from shapely.geometry.base import BaseGeometry

from succession.geo.curves import Point, arc_string

_DEEPEST = 8
_POINT, _LINE, _POLYGON, _COLLECTION = 1, 2, 3, 7
_ARCS, _COMPOUND, _CURVED_POLYGON = 8, 9, 10
_COMPOSED = (4, 5, 6, _COLLECTION, 11, 12)


class BrokenBytes(Exception):
    """The bytes are not what they say."""


@dataclass(frozen=True, slots=True)
class Header:
    """What stands before each part: its kind (ISO, without dimensions) and how many numbers a point has."""

    kind: int
    dimensions: int


class Walk:
    """A place in the bytes of one geometry."""

    def __init__(self, value: bytes) -> None:
        self._value, self._at, self._order = value, 0, "<"
        self.curved = False

    def header(self) -> Header:
        """The next header; ISO codes (1003) and the flags of PostGIS (0x80000003) are both understood."""
        if self._at >= len(self._value) or self._value[self._at] > 1:
            raise BrokenBytes
        self._order = "<" if self._value[self._at] else ">"
        self._at += 1
        code = self._number()
        dimensions = 2 + bool(code & 0x80000000) + bool(code & 0x40000000)
        if code & 0x20000000:
            self.skip(4)
        code &= 0x1FFFFFFF
        dimensions += {1: 1, 2: 1, 3: 2}.get(code // 1000, 0)
        return Header(code % 1000, dimensions)

    def count(self) -> int:
        """The next number of parts or points, which cannot be larger than the bytes."""
        count = self._number()
        if count > len(self._value):
            raise BrokenBytes
        return count

    def skip(self, length: int) -> None:
        """Step over so many bytes."""
        self._at += length
        if self._at > len(self._value):
            raise BrokenBytes

    def geometry(self, depth: int = 0) -> BaseGeometry:
        """The next geometry with its arcs as short lines; raises `BrokenBytes`, also where it is nested too deeply."""
        header = self.header()
        if depth > _DEEPEST:
            raise BrokenBytes
        match header.kind:
            case 1:
                return PointGeometry(self._points(1, header.dimensions)[0])
            case 2 | 8 | 9:
                return LineString(self._line(header, depth))
            case 3:
                return _polygon([self._points(self.count(), header.dimensions) for _ in range(self.count())])
            case 10:
                return _polygon([self._line(self.header(), depth + 1) for _ in range(self.count())])
            case kind if kind in _COMPOSED:
                return _composed(kind, [self.geometry(depth + 1) for _ in range(self.count())])
        raise BrokenBytes

    def _line(self, header: Header, depth: int) -> list[Point]:
        """The points of a line, circular string or compound curve."""
        if header.kind == _COMPOUND and depth <= _DEEPEST:
            line: list[Point] = []
            for _ in range(self.count()):
                points = self._line(self.header(), depth + 1)
                line.extend(points[1:] if line else points)
            return line
        if header.kind not in (_LINE, _ARCS):
            raise BrokenBytes
        points = self._points(self.count(), header.dimensions)
        if header.kind == _LINE:
            return points
        self.curved = True
        return arc_string(points)

    def _number(self) -> int:
        start = self._at
        self.skip(4)
        return int(struct.unpack_from(self._order + "I", self._value, start)[0])

    def _points(self, count: int, dimensions: int) -> list[Point]:
        start = self._at
        self.skip(8 * dimensions * count)
        numbers = np.frombuffer(self._value, self._order + "f8", dimensions * count, start).reshape(count, dimensions)
        return [(float(x), float(y)) for x, y in numbers[:, :2]]


def _polygon(rings: list[list[Point]]) -> Polygon:
    rings = [ring if ring[:1] == ring[-1:] else [*ring, *ring[:1]] for ring in rings]
    return Polygon(rings[0], rings[1:]) if rings else Polygon()


def _composed(kind: int, parts: list[BaseGeometry]) -> BaseGeometry:
    """Parts as what they are together; anything mixed is a collection."""
    if kind == _COLLECTION:
        return GeometryCollection(parts)
    kinds = set(shapely.get_type_id(np.array(parts, dtype=object)).tolist())
    if kinds == {3}:
        return MultiPolygon([part for part in parts if isinstance(part, Polygon)])
    if kinds == {1}:
        return MultiLineString([part for part in parts if isinstance(part, LineString)])
    if kinds == {0}:
        return MultiPoint([part for part in parts if isinstance(part, PointGeometry)])
    return GeometryCollection(parts)
