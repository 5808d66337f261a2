"""KML, read as a stream: folders are layers, placemarks are rows. Pure but for the file."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from pyproj import CRS
from shapely.errors import ShapelyError
from shapely.geometry import GeometryCollection, LineString, MultiPolygon, Polygon
from shapely.geometry import Point as PointGeometry
from shapely.geometry.base import BaseGeometry

from succession.geo import crs as systems
from succession.geo.curves import Point
from succession.geo.findings import FileRefused
from succession.geo.formats.columns import storable
from succession.geo.formats.gdal import too_many_columns, too_many_rows
from succession.geo.formats.layers import Layer, Shape, choose
from succession.geo.formats.limits import Limits
from succession.geo.formats.sniffing import Kind
from succession.geo.formats.source import BATCH_SIZE, FieldValue, Record
from succession.geo.formats.wkb import RING_CLOSED, TOO_FEW_POINTS, UNREADABLE, TooFewPoints
from succession.geo.formats.xmltext import Element, child, children, events, local, prune, text_of
from succession.i18n import Text

_GEOMETRIES = ("Polygon", "MultiGeometry", "LineString", "LinearRing", "Point", "Track", "MultiTrack", "Model")
_CONTAINERS = ("Document", "Folder")
_DEEPEST = 8


@dataclass(slots=True)
class _Seen:
    """What the first pass saw of one folder."""

    rows: int = 0
    kinds: set[str] = field(default_factory=set)
    columns: dict[str, None] = field(default_factory=dict)


class KmlSource:
    """The placemarks of one folder of a KML document; always longitude and latitude."""

    format = Kind.KML.value
    crs_is_implied = False

    def __init__(self, path: Path, *, limits: Limits, layer: str | None, crs: CRS | None) -> None:
        self._path, self._limits = path, limits
        seen = self._survey()
        if not seen:
            raise FileRefused(
                "no-rows", Text("The KML file holds no placemarks. Links to other files are not followed.")
            )
        found = [Layer(name, _shape(one.kinds), one.rows, ", ".join(sorted(one.kinds))) for name, one in seen.items()]
        chosen, self.notes = choose(found, layer)
        self.layer: str | None = chosen.name
        self.layers = tuple(seen)
        self.declared: int | None = chosen.rows
        self.columns = tuple(seen[chosen.name].columns)
        self.crs: CRS | None = crs if crs is not None else systems.LONLAT

    def batches(self, size: int = BATCH_SIZE) -> Iterator[list[Record]]:
        """Every placemark of the chosen folder in file order."""
        batch: list[Record] = []
        row = 0
        for folder, placemark in _placemarks(self._path):
            if folder != self.layer:
                continue
            row += 1
            batch.append(_record(row, placemark))
            if len(batch) >= size:
                yield batch
                batch = []
        if batch:
            yield batch

    def _survey(self) -> dict[str, _Seen]:
        seen: dict[str, _Seen] = {}
        for rows, (folder, placemark) in enumerate(_placemarks(self._path), start=1):
            if rows > self._limits.rows:
                raise too_many_rows(self._limits)
            one = seen.setdefault(folder, _Seen())
            one.rows += 1
            geometry = child(placemark, *_GEOMETRIES)
            one.kinds.add(local(geometry) if geometry is not None else "–")
            one.columns.update(dict.fromkeys(_values(placemark)))
            if len(one.columns) > self._limits.columns:
                raise too_many_columns(self._limits)
        return seen


def _shape(kinds: set[str]) -> Shape:
    if "Polygon" in kinds:
        return Shape.AREAS
    return Shape.UNKNOWN if "MultiGeometry" in kinds else Shape.OTHER


def _placemarks(path: Path) -> Iterator[tuple[str, Element]]:
    """(name of the folder it lies in, placemark) for every placemark, each forgotten afterwards."""
    names: list[str] = []
    for event, element in events(path):
        name = local(element)
        if event == "start":
            if name in _CONTAINERS:
                names.append("")
            continue
        parent = element.getparent()
        if name == "name" and names and parent is not None and local(parent) in _CONTAINERS:
            names[-1] = storable(text_of(element) or "")
        elif name == "Placemark":
            yield next((known for known in reversed(names) if known), "KML"), element
            prune(element)
        elif name in _CONTAINERS and names:
            names.pop()
            prune(element)
        elif name in ("Style", "StyleMap", "GroundOverlay", "NetworkLink"):
            prune(element)


def _record(row: int, placemark: Element) -> Record:
    values = _values(placemark)
    element = child(placemark, *_GEOMETRIES)
    if element is None:
        return Record(row, None, values)
    closed: list[bool] = []
    try:
        with np.errstate(all="ignore"):
            geometry = _geometry(element, closed, 0)
    except TooFewPoints:
        return Record(row, None, values, (TOO_FEW_POINTS,))
    except (ValueError, IndexError, ShapelyError):
        return Record(row, None, values, (UNREADABLE,))
    return Record(row, geometry, values, (), (RING_CLOSED,) if closed else ())


def _values(placemark: Element) -> dict[str, FieldValue]:
    """Name, description and the extended data of a placemark."""
    values: dict[str, FieldValue] = {}
    for name in ("name", "description"):
        if text := text_of(child(placemark, name)):
            values[name] = storable(text)
    for extended in children(placemark, "ExtendedData"):
        for data in children(extended, "Data"):
            values[storable(data.get("name") or "value")] = _shown(child(data, "value"))
        for schema in children(extended, "SchemaData"):
            for simple in children(schema, "SimpleData"):
                values[storable(simple.get("name") or "value")] = _shown(simple)
    return values


def _shown(element: Element | None) -> str | None:
    text = text_of(element)
    return storable(text) if text else None


def _geometry(element: Element, closed: list[bool], depth: int) -> BaseGeometry:
    match local(element):
        case "Polygon":
            return _polygon(element, closed)
        case "MultiGeometry":
            if depth >= _DEEPEST:
                raise ValueError
            parts = [_geometry(part, closed, depth + 1) for part in children(element, *_GEOMETRIES)]
            polygons = [part for part in parts if isinstance(part, Polygon)]
            return MultiPolygon(polygons) if len(polygons) == len(parts) else GeometryCollection(parts)
        case "Point":
            return PointGeometry(_points(element)[0])
        case "LineString" | "LinearRing":
            return LineString(_points(element))
        case _:
            return GeometryCollection([PointGeometry(0, 0)])


def _polygon(element: Element, closed: list[bool]) -> Polygon:
    shells = [_ring(ring, closed) for edge in children(element, "outerBoundaryIs") for ring in edge]
    holes = [_ring(ring, closed) for edge in children(element, "innerBoundaryIs") for ring in edge]
    if not shells:
        return Polygon()
    if len(shells) > 1:
        raise ValueError
    return Polygon(shells[0], holes)


def _ring(element: Element, closed: list[bool]) -> list[Point]:
    points = _points(element)
    if points and points[0] != points[-1]:
        points.append(points[0])
        closed.append(True)
    if 0 < len(points) < 4:
        raise TooFewPoints
    return points


def _points(element: Element) -> list[Point]:
    text = text_of(child(element, "coordinates")) or ""
    words = re.sub(r"\s*,\s*", ",", text).split()
    return [(float(numbers[0]), float(numbers[1])) for numbers in (word.split(",") for word in words)]
