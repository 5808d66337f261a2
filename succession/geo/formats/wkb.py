"""Well-known binary and text to geometries, row by row where a row is not as it should be. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import shapely
from shapely.errors import ShapelyError
from shapely.geometry.base import BaseGeometry

from succession.geo.crs import Geometries
from succession.geo.findings import Finding
from succession.geo.formats.wkb_walk import BrokenBytes, Walk
from succession.i18n import Text

_DEEPEST = 8

RING_CLOSED = Finding(
    "ring-closed", Text("The outline was not closed: its last point was not its first. It was closed.")
)
CURVE_LINEARISED = Finding("curve-linearised", Text("Curved edges were turned into short straight ones."))
TOO_FEW_POINTS = Finding("too-few-points", Text("The outline has too few points: an area needs at least three."))
UNREADABLE = Finding("geometry-unreadable", Text("The geometry of this row cannot be read."))


class TooFewPoints(ValueError):
    """A ring that encloses nothing."""


@dataclass(frozen=True, slots=True)
class Read:
    """One geometry as read, and what there is to say about it."""

    geometry: BaseGeometry | None
    refusals: tuple[Finding, ...] = ()
    findings: tuple[Finding, ...] = ()


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
            walk = Walk(value)
            geometry = walk.geometry()
            return Read(geometry, (), (CURVE_LINEARISED,) if walk.curved else ())
        with np.errstate(all="ignore"):
            exact = _parsed_wkb(value, "ignore")
            if exact is not None:
                return Read(exact)
            closed = _parsed_wkb(value, "fix")
    except (ShapelyError, NotImplementedError, BrokenBytes, ValueError, TypeError):
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


def _flat(value: bytes) -> bool:
    """Whether GEOS may read it: nothing nested but polygons in a multipolygon.

    Deeply nested parts exhaust the stack of the process, so all other nesting is read by `Walk`, which counts.
    """
    walk = Walk(value)
    try:
        kind = walk.header().kind
        if kind != 6:
            return kind in (1, 2, 3)
        for _ in range(walk.count()):
            part = walk.header()
            if part.kind != 3:
                return False
            for _ in range(walk.count()):
                walk.skip(8 * part.dimensions * walk.count())
    except BrokenBytes:
        return False
    return True
