"""GML geometries (2 and 3) as flat areas, points or lines; arcs are turned into short chords. Pure."""

import re
from collections.abc import Iterator
from functools import lru_cache

import numpy as np
import shapely
from pyproj import CRS
from pyproj.exceptions import CRSError
from shapely.errors import ShapelyError
from shapely.geometry import GeometryCollection, LineString, MultiPolygon, Polygon
from shapely.geometry import Point as PointGeometry
from shapely.geometry.base import BaseGeometry

from succession.geo import crs as systems
from succession.geo.curves import Point, arc_string, circle
from succession.geo.findings import FileRefused
from succession.geo.formats.wkb import CURVE_LINEARISED, RING_CLOSED, TOO_FEW_POINTS, UNREADABLE, Read, TooFewPoints
from succession.geo.formats.xmltext import Element, child, children, local

AREA_NAMES = frozenset({"Polygon", "Surface", "MultiPolygon", "MultiSurface", "CompositeSurface", "OrientableSurface"})
LINE_NAMES = frozenset({"LineString", "Curve", "CompositeCurve", "OrientableCurve", "MultiLineString", "MultiCurve"})
GEOMETRY_NAMES = AREA_NAMES | LINE_NAMES | {"Point", "MultiPoint", "MultiGeometry", "Solid", "Envelope", "Box"}

_DEEPEST = 8
_ADV = {
    "ETRS89_UTM31": 25831, "ETRS89_UTM32": 25832, "ETRS89_UTM33": 25833,
    "ETRS89_Lat-Lon": 4258, "ETRS89_Lat-Lon-h": 4258,
    "DE_DHDN_3GK2": 31466, "DE_DHDN_3GK3": 31467, "DE_DHDN_3GK4": 31468, "DE_DHDN_3GK5": 31469,
    "DE_42-83_3GK4": 2398, "DE_42-83_3GK5": 2399, "DE_PD-83_3GK4": 3396, "DE_PD-83_3GK5": 3397,
    "DE_RD-83_3GK4": 3398, "DE_RD-83_3GK5": 3399,
}  # fmt: skip
"""Names that the German survey offices (AdV) give to coordinate systems; always east before north."""


class _Unreadable(Exception):
    """A part that we cannot read."""


@lru_cache(maxsize=256)
def system(name: str) -> tuple[CRS | None, bool]:
    """The system behind an srsName, and whether it writes north (or latitude) first.

    Names as URN or as http URI of OGC follow the order of the authority; all others put east first, as files do.
    """
    adv = re.fullmatch(r"urn:adv:crs:([\w-]+?)(?:\*.*)?", name)
    if adv:
        epsg = _ADV.get(adv[1])
        return (CRS.from_epsg(epsg), False) if epsg else (None, False)
    if "CRS84" in name:
        return systems.LONLAT, False
    number = re.search(r"(?:EPSG|epsg)[:/#](?:[\d.]*[:/])?(\d{4,6})\s*$|epsg\.xml#(\d{4,6})\s*$", name)
    if number is None:
        return None, False
    try:
        crs = CRS.from_epsg(int(number[1] or number[2]))
        by_authority = name.startswith(("urn:", "http://www.opengis.net/def/", "https://www.opengis.net/def/"))
        first = crs.axis_info[0].direction if crs.axis_info else "east"
        return systems.usable(crs), by_authority and first in ("north", "south")
    except (CRSError, FileRefused):
        return None, False


def srs_name(element: Element) -> str | None:
    """The name of the coordinate system on a geometry or on anything inside it."""
    for part in element.iter():
        if name := part.get("srsName"):
            return str(name)
    return None


def read(element: Element, *, north_first: bool) -> Read:
    """The geometry of a GML element, x before y."""
    reader = _Reader()
    try:
        with np.errstate(all="ignore"):
            geometry = reader.geometry(element, 0)
            if north_first:
                geometry = shapely.transform(geometry, lambda points: points[:, ::-1])
    except TooFewPoints:
        return Read(None, (TOO_FEW_POINTS,))
    except (_Unreadable, ShapelyError, ValueError, IndexError, TypeError):
        return Read(None, (UNREADABLE,))
    findings = (RING_CLOSED,) * reader.closed + (CURVE_LINEARISED,) * reader.curved
    return Read(geometry, (), findings)


class _Reader:
    """One geometry with what was done to it."""

    def __init__(self) -> None:
        self.closed = False
        self.curved = False

    def geometry(self, element: Element, depth: int) -> BaseGeometry:
        name = local(element)
        if depth > _DEEPEST:
            raise _Unreadable
        if name == "Point":
            points = list(_points(element))
            return PointGeometry(points[0])
        if name in LINE_NAMES and not name.startswith("Multi"):
            return LineString(self._line(element, depth))
        if name in ("MultiPoint", "MultiLineString", "MultiCurve", "MultiGeometry"):
            return GeometryCollection([self.geometry(part, depth + 1) for part in _members(element)])
        areas = self._areas(element, depth)
        return areas[0] if len(areas) == 1 else MultiPolygon(areas)

    def _areas(self, element: Element, depth: int) -> list[Polygon]:
        """The polygons of an area of any kind; pieces of one surface are joined where they touch."""
        if depth > _DEEPEST:
            raise _Unreadable
        match local(element):
            case "Polygon" | "PolygonPatch" | "Triangle" | "Rectangle":
                return [self._polygon(element)]
            case "Surface" | "CompositeSurface":
                return _joined([area for part in _members(element) for area in self._areas(part, depth + 1)])
            case "MultiPolygon" | "MultiSurface" | "OrientableSurface":
                return [area for part in _members(element) for area in self._areas(part, depth + 1)]
        raise _Unreadable

    def _polygon(self, element: Element) -> Polygon:
        shells = [self._ring(ring) for edge in children(element, "exterior", "outerBoundaryIs") for ring in edge]
        holes = [self._ring(ring) for edge in children(element, "interior", "innerBoundaryIs") for ring in edge]
        if len(shells) != 1:
            if len(element) == 0:
                return Polygon()
            raise _Unreadable
        return Polygon(shells[0], holes)

    def _ring(self, element: Element) -> list[Point]:
        if local(element) == "LinearRing":
            points = list(_points(element))
        elif local(element) == "Ring":
            points = self._chain(list(_members(element)), 0)
        else:
            raise _Unreadable
        if points and points[0] != points[-1]:
            points.append(points[0])
            self.closed = True
        if 0 < len(points) < 4:
            raise TooFewPoints
        return points

    def _chain(self, lines: list[Element], depth: int) -> list[Point]:
        """Lines joined end to end; one that runs the other way is turned round."""
        chain: list[Point] = []
        for line in lines:
            points = self._line(line, depth + 1)
            if chain and points and points[0] != chain[-1] and points[-1] == chain[-1]:
                points.reverse()
            chain.extend(points[1:] if chain and points[:1] == chain[-1:] else points)
        return chain

    def _line(self, element: Element, depth: int) -> list[Point]:
        if depth > _DEEPEST:
            raise _Unreadable
        match local(element):
            case "LineString" | "LineStringSegment" | "GeodesicString" | "Geodesic":
                return list(_points(element))
            case "Arc" | "ArcString" | "Circle":
                return self._arc(element)
            case "Curve" | "CompositeCurve":
                return self._chain(list(_members(element)), depth)
            case "OrientableCurve":
                points = self._chain(list(_members(element)), depth)
                return points[::-1] if element.get("orientation") == "-" else points
        raise _Unreadable

    def _arc(self, element: Element) -> list[Point]:
        points = list(_points(element))
        if len(points) < 3 or len(points) % 2 == 0:
            raise _Unreadable
        self.curved = True
        if local(element) == "Circle":
            return circle(points[0], points[1], points[2])
        return arc_string(points)


_PARTS = frozenset({
    "member", "pointMember", "pointMembers", "lineStringMember", "curveMember", "curveMembers", "polygonMember",
    "surfaceMember", "surfaceMembers", "geometryMember", "geometryMembers", "patches", "segments", "trianglePatches",
    "polygonPatches", "baseSurface", "baseCurve",
})  # fmt: skip


def _members(element: Element) -> Iterator[Element]:
    """The geometries inside the properties of a composed geometry; a reference instead of a geometry cannot be read."""
    for edge in element:
        if local(edge) in _PARTS:
            if len(edge) == 0:
                raise _Unreadable
            yield from edge


def _joined(areas: list[Polygon]) -> list[Polygon]:
    """Pieces of one surface as one area where they share edges."""
    if len(areas) < 2 or not all(area.is_valid for area in areas):
        return areas
    union = shapely.union_all(areas)
    return [part for part in shapely.get_parts(union) if isinstance(part, Polygon)]


def _points(element: Element) -> Iterator[Point]:
    """All positions right inside an element, in whatever way they are written."""
    for part in element:
        match local(part):
            case "posList":
                yield from _position_list(part, element)
            case "pos":
                numbers = [float(word) for word in (part.text or "").split()]
                yield numbers[0], numbers[1]
            case "coordinates":
                yield from _coordinates(part)
            case "coord":
                yield float(_child_text(part, "X")), float(_child_text(part, "Y"))
            case "pointProperty" | "pointRep":
                inner = child(part, "Point")
                if inner is None:
                    raise _Unreadable
                yield from _points(inner)


def _child_text(element: Element, name: str) -> str:
    """The text of a child that must be there."""
    found = child(element, name)
    if found is None or not found.text:
        raise _Unreadable
    return found.text


def _position_list(part: Element, element: Element) -> Iterator[Point]:
    numbers = [float(word) for word in (part.text or "").split()]
    stated = part.get("srsDimension") or part.get("dimension") or _dimension_above(element)
    dimension = int(stated) if stated else 3 if len(numbers) % 2 else 2
    if dimension not in (2, 3) or len(numbers) % dimension:
        raise _Unreadable
    for start in range(0, len(numbers), dimension):
        yield numbers[start], numbers[start + 1]


def _dimension_above(element: Element) -> str | None:
    above: Element | None = element
    for _ in range(_DEEPEST * 2):
        if above is None:
            return None
        if stated := above.get("srsDimension"):
            return str(stated)
        above = above.getparent()
    return None


def _coordinates(part: Element) -> Iterator[Point]:
    """GML 2: tuples apart by `ts`, numbers by `cs`, with `decimal` as decimal sign."""
    decimal, separator, between = part.get("decimal", "."), part.get("cs", ","), part.get("ts", " ")
    text = part.text or ""
    if between.isspace():
        text = re.sub(rf"\s*{re.escape(separator)}\s*", separator, text) if not separator.isspace() else text
        words = text.split()
    else:
        words = [word for word in text.split(between) if word.strip()]
    for word in words:
        numbers = word.split(separator) if not separator.isspace() else word.split()
        yield float(numbers[0].replace(decimal, ".")), float(numbers[1].replace(decimal, "."))
