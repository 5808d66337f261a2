"""Coordinates as people copy them from a map or a device. Pure."""

import re

import numpy as np
import shapely
from shapely import Point

from succession.config import Region
from succession.errors import Refused
from succession.geo import crs, region
from succession.i18n import Text

_PAIR = re.compile(
    r"\s*([NS]?)\s*(-?\d{1,3}[.,]\d+)\s*°?\s*([NS]?)\s*(?:[;,/]\s*|\s+)([EO]?)\s*(-?\d{1,3}[.,]\d+)\s*°?\s*([EO]?)\s*"
)


def point(typed: str, within: Region) -> tuple[float, float]:
    """The point in the storage projection; latitude stands first, as maps and devices write it."""
    found = _PAIR.fullmatch(typed.upper())
    if found is None:
        raise Refused(Text("Please write the coordinates like this: 54.0931, 13.3879."))
    latitude, longitude = (float(found[number].replace(",", ".")) for number in (2, 5))
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise Refused(Text("Please write the coordinates like this: 54.0931, 13.3879."))
    stored = crs.to_storage(Point(longitude, latitude), crs.LONLAT)
    if bool(region.outside(np.array([stored], dtype=object), within)[0]):
        raise Refused(Text("This point lies outside the region. The latitude stands first: 54.0931, 13.3879."))
    return float(shapely.get_x(stored)), float(shapely.get_y(stored))


def of_place(longitude: float, latitude: float) -> tuple[float, float]:
    """A place of the gazetteer in the storage projection."""
    stored = crs.to_storage(Point(longitude, latitude), crs.LONLAT)
    return float(shapely.get_x(stored)), float(shapely.get_y(stored))
