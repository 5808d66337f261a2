"""Whether data lie in the region, and which coordinate system would put them there if they do not. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import shapely
from pyproj import CRS, Transformer

from succession.config import Region
from succession.geo import crs
from succession.geo.crs import Flags, Geometries, Numbers
from succession.geo.findings import FileRefused, Finding
from succession.i18n import AnyText, Text

__all__ = ["DEFAULT_REGION", "Guess", "Region", "advice", "guess", "missing_crs", "outside", "outside_findings"]

USUAL_EPSG = (4326, 25832, 25833, 31468, 2398, 31467, 2399, 31469, 4647, 5650, 3857, 3035, 3034)
"""Systems that offices in the north-east of Germany use or once used.

2398 and 2399 (Krassowski, GDR) differ from 31468 and 31469 (Bessel) by about a hundred metres only, so both are named.
4647 and 5650 are UTM with the zone before the easting. 5678 and its kin are the same numbers as 31468 and its kin with
the axes named the other way round."""


DEFAULT_REGION = Region()


@dataclass(frozen=True, slots=True)
class Guess:
    """A reading of the numbers that puts the data inside the region."""

    code: str
    axes_swapped: bool = False


def _inside(bounds: Numbers, region: Region) -> Flags:
    """Which rows of (west, south, east, north) lie wholly in the region."""
    west, south, east, north = bounds.T
    inside: Flags = (west >= region.west) & (south >= region.south) & (east <= region.east) & (north <= region.north)
    return inside


def outside(stored: Geometries, region: Region) -> Flags:
    """Which stored geometries lie wholly or partly outside the region; missing and empty ones do not."""
    bounds: Numbers = shapely.bounds(stored)
    known = ~np.isnan(bounds).any(axis=1)
    result: Flags = np.zeros(len(stored), dtype=bool)
    if known.any():
        result[known] = ~_inside(crs.lonlat_bounds(bounds[known], crs.STORAGE), region)
    return result


def guess(bounds: Iterable[float], region: Region) -> tuple[Guess, ...]:
    """Every usual reading of the bounds (as the file has them) that lies inside the region, the likeliest first."""
    return guess_all(np.array([tuple(bounds)], dtype=float), region)[0]


def guess_all(bounds: Numbers, region: Region) -> list[tuple[Guess, ...]]:
    """`guess` for many rows of (left, bottom, right, top) at once."""
    found: list[list[Guess]] = [[] for _ in bounds]
    readings = ((False, bounds), (True, bounds[:, [1, 0, 3, 2]]))
    for axes_swapped, reading in readings:
        for epsg in USUAL_EPSG:
            likely = np.flatnonzero(_near(reading, _extent(region, epsg)))
            if len(likely) == 0:
                continue
            inside = _inside(crs.lonlat_bounds(reading[likely], CRS.from_epsg(epsg)), region)
            for row in likely[inside]:
                found[row].append(Guess(f"EPSG:{epsg}", axes_swapped))
    return [tuple(guesses) for guesses in found]


@lru_cache(maxsize=256)
def _extent(region: Region, epsg: int) -> tuple[float, float, float, float]:
    """The region as a box in another system, so that most rows need not be transformed to be ruled out."""
    transformer = Transformer.from_crs(crs.LONLAT, CRS.from_epsg(epsg), always_xy=True)
    left, bottom, right, top = transformer.transform_bounds(region.west, region.south, region.east, region.north)
    margin = 0.01 * max(right - left, top - bottom)
    return left - margin, bottom - margin, right + margin, top + margin


def _near(bounds: Numbers, extent: tuple[float, float, float, float]) -> Flags:
    left, bottom, right, top = bounds.T
    near: Flags = (left >= extent[0]) & (bottom >= extent[1]) & (right <= extent[2]) & (top <= extent[3])
    return near


def advice(guesses: tuple[Guess, ...]) -> Text | None:
    """What to do, by the guesses; None if no usual system helps."""
    if not guesses:
        return None
    first = guesses[0]
    if first.axes_swapped:
        return Text(
            "It looks like %(guess)s with the axes swapped: "
            "export the file again with longitude (east) before latitude (north).",
            {"guess": first.code},
        )
    others = [other.code for other in guesses[1:] if not other.axes_swapped]
    if others:
        return Text(
            "It looks like %(guess)s: pass --crs %(guess)s, or choose it in the form "
            "(%(other)s fits too, ask who made the file).",
            {"guess": first.code, "other": ", ".join(others)},
        )
    return Text("It looks like %(guess)s: pass --crs %(guess)s, or choose it in the form.", {"guess": first.code})


@dataclass(frozen=True, slots=True)
class Row:
    """A row outside the region: its bounds as the file has them and as degrees, and the readings that would fit."""

    bounds: Numbers
    degrees: Numbers
    guesses: tuple[Guess, ...]
    storable: bool


def outside_findings(
    bounds: Numbers,
    source_crs: CRS,
    region: Region,
    *,
    implied_lonlat: bool = False,
    storable: Flags | None = None,
    allowed: bool = False,
) -> list[Finding]:
    """What to say about rows outside the region; `bounds` as the file has them.

    `storable`: which of them have coordinates in storage at all.
    `implied_lonlat`: the file names no system and its format then means degrees (GeoJSON, GeoParquet).
    `allowed`: the person has said that rows may lie outside.
    """
    if len(bounds) == 0:
        return []
    degrees = crs.lonlat_bounds(bounds, source_crs)
    guesses = guess_all(bounds, region)
    fit = np.ones(len(bounds), dtype=bool) if storable is None else storable
    rows = [Row(*values) for values in zip(bounds, degrees, guesses, fit, strict=True)]
    return [_outside(row, source_crs, implied_lonlat=implied_lonlat, allowed=allowed) for row in rows]


def _outside(row: Row, source_crs: CRS, *, implied_lonlat: bool, allowed: bool) -> Finding:
    hint = advice(row.guesses)
    if implied_lonlat and abs(row.bounds).max() > 1000:
        return Finding("metres-not-degrees", _joined(_METRES, hint))
    swapped = bool(row.guesses) and row.guesses[0].axes_swapped
    if swapped and (source_crs.is_geographic or row.guesses[0].code == crs.label(source_crs)):
        return Finding("axes-swapped", _joined(Text("This row lies outside the region."), hint))
    beyond = source_crs.is_geographic and (abs(row.bounds) > (180, 90, 180, 90)).any()
    if beyond or not np.isfinite(row.degrees).all():
        text = Text("The coordinates of this row lie nowhere on earth in %(crs)s.", {"crs": crs.label(source_crs)})
        return Finding("coordinates-out-of-range", _joined(text, hint))
    if source_crs.is_geographic and row.bounds[2] - row.bounds[0] > 180:
        text = Text("This row spans more than half of the globe. Does it cross the 180th meridian?")
        return Finding("crosses-antimeridian", text)
    if not row.storable:
        text = Text("This row lies too far away from Germany to be stored.")
        return Finding("coordinates-out-of-range", _joined(text, hint))
    west, south, east, north = row.degrees
    text = Text(
        "This row lies outside the region, near longitude %(longitude)s, latitude %(latitude)s.",
        {"longitude": round((west + east) / 2, 2), "latitude": round((south + north) / 2, 2)},
    )
    return Finding("outside-region", _joined(text, hint or (None if allowed else _NO_GUESS)))


_METRES = Text("The file names no coordinate system, so its numbers should be degrees, but they are metres.")
_NO_GUESS = Text("No usual coordinate system would put it inside. If it is right, allow what lies outside the region.")


def _joined(first: Text, second: Text | None) -> AnyText:
    """Two sentences as one text."""
    return Text("%(first)s %(second)s", {"first": first, "second": second}) if second else first


def missing_crs(bounds: Iterable[float], region: Region) -> FileRefused:
    """The refusal of a file that does not say its coordinate system, with the guess."""
    hint = advice(guess(bounds, region)) or Text(
        "Ask who made the file and pass it as --crs EPSG:N, or choose it in the form."
    )
    first = Text(
        "The file does not say which coordinate system it uses "
        "(for a Shapefile: the .prj is missing or cannot be read)."
    )
    return FileRefused("crs-missing", _joined(first, hint))
