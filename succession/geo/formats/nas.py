"""ALKIS data (NAS): parcels with their soil rating, and nothing about people. Pure but for the file."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import numpy as np
import shapely
from pyproj import CRS
from shapely.geometry.base import BaseGeometry

from succession.geo.crs import Geometries, Numbers
from succession.geo.findings import FileRefused, Finding
from succession.geo.formats.gdal import too_many_rows
from succession.geo.formats.gml_geometry import AREA_NAMES, read, srs_name, system
from succession.geo.formats.layers import Layer, Shape, choose
from succession.geo.formats.limits import Limits
from succession.geo.formats.sniffing import Kind
from succession.geo.formats.source import BATCH_SIZE, FieldValue, Record
from succession.geo.formats.wkb import Read
from succession.geo.formats.xmltext import Element, child, children, features, local, text_of
from succession.i18n import Text

PARCEL, SOIL = "AX_Flurstueck", "AX_Bodenschaetzung"
PERSONAL = ("AX_Person", "AX_Anschrift", "AX_Namensnummer", "AX_Buchungsblatt")
LEAST_OVERLAP_M2 = 1.0
"""Smaller overlaps of parcel and soil area come from drawing and say nothing about the soil."""

_COLUMNS = (
    "flurstueckskennzeichen",
    "land",
    "gemarkungsnummer",
    "flurnummer",
    "zaehler",
    "nenner",
    "amtlicheFlaeche",
    "zeitpunktDerEntstehung",
    "soil_points",
)
_PLACEHOLDER = date(1600, 1, 1)
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")

_PERSONAL_NOTE = Finding(
    "personal-data-not-read",
    Text(
        "Owners and other people (AX_Person, AX_Anschrift, AX_Namensnummer, AX_Buchungsblatt) are never read, "
        "even where the file has them."
    ),
)


class NasSource:
    """The parcels (AX_Flurstueck) of an ALKIS delivery."""

    format = Kind.NAS.value
    layer: str | None = PARCEL
    layers: tuple[str, ...] = (PARCEL,)
    columns = _COLUMNS
    crs_is_implied = False

    def __init__(self, path: Path, *, limits: Limits, layer: str | None, crs: CRS | None) -> None:
        self._path, self._limits = path, limits
        choose([Layer(PARCEL, Shape.AREAS, None)], layer)
        self.notes: tuple[Finding, ...] = (_PERSONAL_NOTE,)
        self._stated, self._soil = self._survey()
        if not self.declared:
            text = Text("The ALKIS file holds no parcels (AX_Flurstueck).")
            raise FileRefused("no-rows", text)
        self.crs = crs if crs is not None else system(self._stated)[0] if self._stated else None

    def batches(self, size: int = BATCH_SIZE) -> Iterator[list[Record]]:
        """Every parcel, with the area-weighted number of points of the soil it lies on."""
        batch: list[Record] = []
        for row, element in enumerate(features(self._path, frozenset({PARCEL})), start=1):
            batch.append(self._record(row, element))
            if len(batch) >= size:
                yield self._soil.rate(batch)
                batch = []
        if batch:
            yield self._soil.rate(batch)

    def _survey(self) -> tuple[str | None, "SoilMap"]:
        """One pass for the number of parcels, their coordinate system and the rated soil."""
        self.declared: int | None = 0
        names: Counter[str] = Counter()
        soil = SoilMap(self._limits.soil_areas)
        for element in features(self._path, frozenset({PARCEL, SOIL})):
            if local(element) == PARCEL:
                self.declared += 1
                if self.declared > self._limits.rows:
                    raise too_many_rows(self._limits)
                names.update(filter(None, [_srs_of(element)]))
            elif local(element) == SOIL:
                soil.add(element)
        if soil.overflowed:
            text = Text(
                "The file has more than %(limit)s soil areas; soil points were left out.",
                {"limit": self._limits.soil_areas},
            )
            self.notes += (Finding("soil-left-out", text),)
        soil.close()
        return (names.most_common(1)[0][0] if names else None), soil

    def _record(self, row: int, element: Element) -> Record:
        geometry = _area(element)
        stated = _srs_of(element)
        if stated is not None and stated != self._stated:
            text = Text("This row is in another coordinate system (%(crs)s) than most.", {"crs": stated[:60]})
            geometry = Read(None, (Finding("crs-differs", text),))
        return Record(row, geometry.geometry, _values(element), geometry.refusals, geometry.findings)


class SoilMap:
    """The rated soil areas of a file; they stay in memory, unlike the parcels."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._areas: list[BaseGeometry] = []
        self._points: list[float] = []
        self._tree: shapely.STRtree | None = None
        self.overflowed = False

    def add(self, element: Element) -> None:
        """Keep a soil area if it has an Acker- or Grünlandzahl."""
        match = _NUMBER.fullmatch(text_of(child(element, "ackerzahlOderGruenlandzahl")) or "")
        if match is None or self.overflowed:
            return
        area = _area(element).geometry
        if area is None or area.is_empty:
            return
        self._areas.append(area if area.is_valid else shapely.make_valid(area))
        self._points.append(float(match[0].replace(",", ".")))
        if len(self._areas) > self._most:
            self.overflowed = True
            self._areas.clear()
            self._points.clear()

    def close(self) -> None:
        """No more soil: make it searchable."""
        self._tree = shapely.STRtree(self._areas)

    def rate(self, records: list[Record]) -> list[Record]:
        """The records with `soil_points` where they lie on rated soil."""
        parcels: Geometries = np.empty(len(records), dtype=object)
        parcels[:] = [_sound(record.geometry) for record in records]
        points = self._weighted(parcels)
        return [
            Record(
                record.row,
                record.geometry,
                {**record.values, "soil_points": None if np.isnan(value) else round(float(value), 1)},
                record.refusals,
                record.findings,
            )
            for record, value in zip(records, points, strict=True)
        ]

    def _weighted(self, parcels: Geometries) -> Numbers:
        """The mean of the points by the area that parcel and soil share; NaN where they share none."""
        if self._tree is None or not self._points:
            return np.full(len(parcels), np.nan)
        parcel, soil = self._tree.query(parcels, predicate="intersects")
        areas: Geometries = np.array(self._areas, dtype=object)
        shared = shapely.area(shapely.intersection(parcels[parcel], areas[soil]))
        shared = np.where(shared >= LEAST_OVERLAP_M2, shared, 0.0)
        weight = np.bincount(parcel, shared, len(parcels))
        total = np.bincount(parcel, shared * np.array(self._points)[soil], len(parcels))
        with np.errstate(invalid="ignore", divide="ignore"):
            mean: Numbers = total / weight
        return mean


def _sound(geometry: BaseGeometry | None) -> BaseGeometry | None:
    """A geometry that can be intersected, or none."""
    if geometry is None or geometry.is_empty or not np.isfinite(shapely.get_coordinates(geometry)).all():
        return None
    return geometry if geometry.is_valid else shapely.make_valid(geometry)


def _position(element: Element) -> Element | None:
    """The area among a feature's geometries."""
    for place in children(element, "position"):
        for geometry in children(place, *AREA_NAMES):
            return geometry
    return None


def _area(element: Element) -> Read:
    position = _position(element)
    return Read(None) if position is None else read(position, north_first=False)


def _srs_of(element: Element) -> str | None:
    position = _position(element)
    return None if position is None else srs_name(position)


def _values(element: Element) -> dict[str, FieldValue]:
    """What is told of a parcel: its key, its number in parts, its official area and since when it is."""
    district = _within(element, "gemarkung", "AX_Gemarkung_Schluessel")
    number = _within(element, "flurstuecksnummer", "AX_Flurstuecksnummer")
    area = text_of(child(element, "amtlicheFlaeche"))
    return {
        "flurstueckskennzeichen": text_of(child(element, "flurstueckskennzeichen")),
        "land": _text_in(district, "land"),
        "gemarkungsnummer": _text_in(district, "gemarkungsnummer"),
        "flurnummer": text_of(child(element, "flurnummer")),
        "zaehler": _text_in(number, "zaehler"),
        "nenner": _text_in(number, "nenner"),
        "amtlicheFlaeche": float(area.replace(",", ".")) if area and _NUMBER.fullmatch(area) else None,
        "zeitpunktDerEntstehung": _day(text_of(child(element, "zeitpunktDerEntstehung"))),
        "soil_points": None,
    }


def _within(element: Element, *path: str) -> Element | None:
    found: Element | None = element
    for name in path:
        found = None if found is None else child(found, name)
    return found


def _text_in(element: Element | None, name: str) -> str | None:
    return None if element is None else text_of(child(element, name))


def _day(text: str | None) -> date | None:
    """A day; 1600-01-01 stands for “unknown” in ALKIS."""
    try:
        day = date.fromisoformat((text or "")[:10])
    except ValueError:
        return None
    return None if day == _PLACEHOLDER else day
