"""From raw records to geometry fit for storage: transformed, checked against the region, cleaned. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import shapely
from pyproj import CRS
from shapely.geometry import MultiPolygon

from succession.geo import crs
from succession.geo.cleaning import MOST_VERTICES, Cleaned, clean_all
from succession.geo.crs import Flags, Geometries
from succession.geo.findings import FileRefused, Finding
from succession.geo.formats.layers import no_usable_geometry
from succession.geo.formats.source import BATCH_SIZE, FieldValue, Record, Source
from succession.geo.region import DEFAULT_REGION, Region, missing_crs, outside_findings
from succession.geo.region import outside as lies_outside
from succession.i18n import Text


@dataclass(frozen=True, slots=True)
class Taken:
    """One row after all checks of its geometry: `geometry` in storage coordinates, or None and why."""

    row: int
    geometry: MultiPolygon | None
    area_m2: float
    values: Mapping[str, FieldValue]
    refusals: tuple[Finding, ...] = ()
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Rules:
    """What an installation and the person allow."""

    region: Region | None = DEFAULT_REGION
    allow_outside_region: bool = False
    most_vertices: int = MOST_VERTICES


def crs_of(source: Source, region: Region | None = DEFAULT_REGION) -> CRS:
    """The system of the source; raises `FileRefused` with a guess from the data if it is unknown."""
    if source.crs is not None:
        return source.crs
    for records in source.batches(BATCH_SIZE):
        bounds = shapely.total_bounds(_geometries(records))
        if np.isfinite(bounds).all():
            raise missing_crs(bounds, region or DEFAULT_REGION)
    raise missing_crs((np.nan,) * 4, region or DEFAULT_REGION)


def take(source: Source, rules: Rules = Rules(), *, size: int = BATCH_SIZE) -> Iterator[list[Taken]]:
    """Every row of the source with its geometry checked; raises `FileRefused` where the whole file cannot be taken."""
    source_crs = crs_of(source, rules.region)
    read = 0
    only_other = True
    kinds: set[str] = set()
    for records in source.batches(size):
        read += len(records)
        kinds.update(record.geometry.geom_type for record in records if record.geometry is not None)
        only_other = only_other and all(_is_other(record) for record in records)
        with np.errstate(all="ignore"):
            taken = take_batch(records, source_crs, rules, implied_lonlat=source.crs_is_implied)
        yield taken
    if read == 0:
        raise _nothing_read(source)
    if source.declared is not None and read < source.declared:
        raise _rows_missing(source.declared, read)
    if only_other:
        raise no_usable_geometry(", ".join(sorted(kinds)))


def _is_other(record: Record) -> bool:
    """Whether a row was read well but is a point, a line or nothing at all."""
    geometry = record.geometry
    if record.refusals:
        return False
    return geometry is None or geometry.is_empty or geometry.geom_type.endswith(("Point", "LineString"))


def _nothing_read(source: Source) -> FileRefused:
    if source.declared:
        text = Text("The file says it has %(declared)s rows, but none can be read.", {"declared": source.declared})
        return FileRefused("declared-but-empty", text)
    return FileRefused("no-rows", Text("The file holds no rows."))


def _rows_missing(declared: int, read: int) -> FileRefused:
    text = Text(
        "The file says it has %(declared)s rows, but only %(read)s can be read. Export or copy it again.",
        {"declared": declared, "read": read},
    )
    return FileRefused("rows-missing", text)


def take_batch(records: list[Record], source_crs: CRS, rules: Rules, *, implied_lonlat: bool = False) -> list[Taken]:
    """`take` for one batch of records."""
    raw = _geometries(records)
    finite = _finite(raw)
    stored = raw.copy()
    stored[finite] = crs.to_storage_all(raw[finite], source_crs)
    placed = finite & _finite(stored)
    if source_crs.is_geographic:
        placed &= _in_degrees(raw)
    stored[finite & ~placed] = None
    cleaned = clean_all(stored, most_vertices=rules.most_vertices)
    misplaced = finite & ~placed
    if rules.region is not None:
        misplaced[placed] = lies_outside(stored[placed], rules.region)
    places: list[Finding | None] = [None] * len(records)
    rows = np.flatnonzero(misplaced)
    said = outside_findings(
        shapely.bounds(raw[rows]),
        source_crs,
        rules.region or DEFAULT_REGION,
        implied_lonlat=implied_lonlat,
        storable=placed[rows],
        allowed=rules.allow_outside_region,
    )
    for row, finding in zip(rows, said, strict=True):
        places[row] = finding
    return [
        _taken(record, one, place, nowhere=place is not None and not fits, rules=rules)
        for record, one, place, fits in zip(records, cleaned, places, placed, strict=True)
    ]


def _taken(record: Record, one: Cleaned, place: Finding | None, *, nowhere: bool, rules: Rules) -> Taken:
    """One row's outcome: what the reader said, then where it lies, then its shape."""
    refusals = list(record.refusals)
    findings = [*record.findings, *one.findings]
    if place is not None:
        if nowhere or place.code == "metres-not-degrees" or not rules.allow_outside_region:
            refusals.append(place)
        else:
            findings.append(place)
    if not nowhere and not (record.refusals and record.geometry is None):
        refusals.extend(one.refusals)
    geometry = None if refusals else one.geometry
    return Taken(record.row, geometry, one.area_m2, record.values, tuple(refusals), tuple(findings))


def _geometries(records: list[Record]) -> Geometries:
    geometries: Geometries = np.empty(len(records), dtype=object)
    geometries[:] = [record.geometry for record in records]
    return geometries


def _in_degrees(geometries: Geometries) -> Flags:
    """Which geometries have only numbers that can be longitudes and latitudes, and do not go round the globe."""
    good: Flags = np.ones(len(geometries), dtype=bool)
    coordinates, owners = shapely.get_coordinates(geometries, return_index=True)
    good[owners[(np.abs(coordinates) > (180, 90)).any(axis=1)]] = False
    bounds = shapely.bounds(geometries)
    good &= ~(bounds[:, 2] - bounds[:, 0] > 180)
    return good


def _finite(geometries: Geometries) -> Flags:
    """Which geometries are there and have only finite coordinates."""
    finite: Flags = ~shapely.is_missing(geometries)
    coordinates, owners = shapely.get_coordinates(geometries, return_index=True)
    finite[owners[~np.isfinite(coordinates).all(axis=1)]] = False
    return finite
