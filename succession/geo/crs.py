"""The one place that knows in which coordinate systems we store, measure and publish. Pure."""

import re
from functools import lru_cache

import numpy as np
import shapely
from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError, ProjError
from shapely.geometry.base import BaseGeometry

from succession.geo.findings import FileRefused
from succession.i18n import Text

STORAGE_EPSG = 25832
AREA_EPSG = 3035
LONLAT_EPSG = 4326
TILE_EPSG = 3857

STORAGE = CRS.from_epsg(STORAGE_EPSG)
LONLAT = CRS.from_epsg(LONLAT_EPSG)
AREA = CRS.from_epsg(AREA_EPSG)

_CODE = re.compile(
    r"(?:urn:ogc:def:crs:)?(?:EPSG:(?:[\d.]*:)?(\d{4,6})|OGC:(?:[\d.]*:)?CRS84)|(\d{4,6})", re.IGNORECASE
)

Geometries = np.ndarray[tuple[int, ...], np.dtype[np.object_]]
Numbers = np.ndarray[tuple[int, ...], np.dtype[np.float64]]
Flags = np.ndarray[tuple[int, ...], np.dtype[np.bool_]]


def named(code: str) -> CRS:
    """The system that a person named, such as "EPSG:25833" or "25833"; raises `FileRefused`."""
    match = _CODE.fullmatch(code.strip())
    if match:
        number = match[1] or match[2]
        try:
            return usable(CRS.from_epsg(int(number)) if number else LONLAT)
        except CRSError:
            pass
    raise FileRefused(
        "crs-unknown",
        Text(
            "There is no coordinate system “%(code)s”. Give its EPSG number, such as EPSG:25833.", {"code": code[:60]}
        ),
    )


def usable(crs: CRS) -> CRS:
    """The horizontal part of `crs`; raises `FileRefused` where coordinates in it have no place on earth."""
    flat = crs.sub_crs_list[0] if crs.is_compound else crs
    if flat.is_bound and flat.source_crs is not None and flat.source_crs.to_epsg() is not None:
        flat = flat.source_crs
    if not (flat.is_geographic or flat.is_projected):
        raise _unusable(flat)
    return flat.to_2d()


def stated(crs: CRS) -> CRS | None:
    """The system a file states; None where it states one that says nothing, which is as good as none."""
    try:
        return None if crs.name.casefold().startswith(("undefined", "unknown")) else usable(crs)
    except FileRefused:
        return None


def _unusable(crs: CRS) -> FileRefused:
    text = Text(
        "The coordinate system “%(name)s” says nothing about where on earth the areas lie. "
        "Export the file in EPSG:25832 or EPSG:25833.",
        {"name": crs.name[:60]},
    )
    return FileRefused("crs-unusable", text)


def label(crs: CRS) -> str:
    """A short name for a system: its EPSG number where it has one, else its own name."""
    authority = crs.to_authority(min_confidence=70)
    return ":".join(authority) if authority else crs.name


def to_storage(geometry: BaseGeometry, crs: CRS) -> BaseGeometry:
    """`geometry` in storage coordinates, flat; what has no place there comes back with infinite coordinates."""
    moved: BaseGeometry = to_storage_all(np.array([geometry], dtype=object), crs)[0]
    return moved


def to_storage_all(geometries: Geometries, crs: CRS) -> Geometries:
    """`to_storage` for an array at once; missing stays missing."""
    return _moved(geometries, crs, STORAGE)


def to_equal_area(geometry: BaseGeometry) -> BaseGeometry:
    """A stored geometry in the equal-area projection of the European grid."""
    moved: BaseGeometry = _moved(np.array([geometry], dtype=object), STORAGE, AREA)[0]
    return moved


def to_lonlat(geometry: BaseGeometry) -> BaseGeometry:
    """A stored geometry as longitude and latitude."""
    moved: BaseGeometry = to_lonlat_all(np.array([geometry], dtype=object))[0]
    return moved


def to_lonlat_all(geometries: Geometries) -> Geometries:
    """Stored geometries as longitude and latitude."""
    return _moved(geometries, STORAGE, LONLAT)


def area_m2(geometry: BaseGeometry) -> float:
    """The true area of a stored geometry in square metres, as the database computes it."""
    return float(areas_m2(np.array([geometry], dtype=object))[0])


def areas_m2(geometries: Geometries) -> Numbers:
    """`area_m2` for an array at once; NaN for what is missing or has no place on earth."""
    with np.errstate(invalid="ignore"):
        areas: Numbers = shapely.area(_moved(geometries, STORAGE, AREA))
    return areas


def lonlat_bounds(bounds: Numbers, crs: CRS) -> Numbers:
    """Rows of (min x, min y, max x, max y) in `crs` as rows of (west, south, east, north), by their four corners."""
    left, bottom, right, top = bounds.T
    x = np.stack([left, left, right, right])
    y = np.stack([bottom, top, bottom, top])
    longitude, latitude = _transformer(crs, LONLAT).transform(x, y)
    return np.stack([longitude.min(0), latitude.min(0), longitude.max(0), latitude.max(0)], axis=1)


@lru_cache(maxsize=64)
def _transformer(source: CRS, target: CRS) -> Transformer:
    """Always x before y: east before north, longitude before latitude, whatever the authority says."""
    try:
        return Transformer.from_crs(source, target, always_xy=True)
    except ProjError as error:
        raise _unusable(source) from error


def _moved(geometries: Geometries, source: CRS, target: CRS) -> Geometries:
    """The geometries from one system in another, without heights."""
    if source == target:
        flat: Geometries = shapely.force_2d(geometries)
        return flat
    transformer = _transformer(source, target)

    def points(array: Numbers) -> Numbers:
        x, y = transformer.transform(array[:, 0], array[:, 1])
        return np.column_stack((x, y))

    moved: Geometries = shapely.transform(geometries, points, include_z=False)
    return moved
