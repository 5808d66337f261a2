"""Geometry fit for storage: flat, closed, oriented polygons, repaired where that is safe, else refused. Pure."""

import re
from dataclasses import dataclass, replace

import numpy as np
import shapely
from shapely.geometry import MultiPolygon
from shapely.geometry.base import BaseGeometry

from succession.geo import crs
from succession.geo.crs import Flags, Geometries, Numbers
from succession.geo.findings import Finding
from succession.i18n import Text

MOST_VERTICES = 10_000
SLIVER_M2 = 25.0
LARGEST_CHANGE = 0.001

REPAIR_CODES = frozenset(
    {"self-intersection-repaired", "repeated-points-removed", "collection-unwrapped", "ring-closed", "ring-turned"}
)
"""A row with one of these findings counts as repaired; other findings are warnings or remarks."""

_POLYGON, _MULTI_POLYGON, _COLLECTION = 3, 6, 7
_LOCATION = re.compile(r"\[(\S+) (\S+)\]")

_KINDS = {
    0: Text("a point"),
    1: Text("a line"),
    2: Text("a line"),
    4: Text("points"),
    5: Text("lines"),
    7: Text("a collection of different geometries"),
}


@dataclass(frozen=True, slots=True)
class Cleaned:
    """What became of one geometry: either a `geometry` to store or at least one refusal."""

    geometry: MultiPolygon | None
    refusals: tuple[Finding, ...] = ()
    findings: tuple[Finding, ...] = ()
    area_m2: float = 0.0


def clean(geometry: BaseGeometry | None, *, most_vertices: int = MOST_VERTICES) -> Cleaned:
    """One geometry in storage coordinates, made fit for storage; cleaning it again changes nothing."""
    return clean_all(np.array([geometry], dtype=object), most_vertices=most_vertices)[0]


def clean_all(geometries: Geometries, *, most_vertices: int = MOST_VERTICES) -> list[Cleaned]:
    """`clean` for many at once: whatever is plainly good goes through without being looked at one by one."""
    flat: Geometries = shapely.force_2d(geometries)
    plain = _plainly_good(flat, most_vertices)
    results = [
        Cleaned(None) if good else _one(geometry, most_vertices) for geometry, good in zip(flat, plain, strict=True)
    ]
    flat = flat.copy()
    flat[:] = [
        geometry if good else result.geometry for geometry, good, result in zip(flat, plain, results, strict=True)
    ]
    tidy = _as_multi(shapely.orient_polygons(shapely.remove_repeated_points(flat), exterior_cw=False))
    shorter = (shapely.get_num_coordinates(tidy) < shapely.get_num_coordinates(flat)) & ~shapely.is_missing(flat)
    areas = crs.areas_m2(tidy)
    return [
        _finished(result, geometry, bool(fewer), float(area))
        for result, geometry, fewer, area in zip(results, tidy, shorter, areas, strict=True)
    ]


def _plainly_good(geometries: Geometries, most_vertices: int) -> Flags:
    """Which are valid, finite, non-empty (multi)polygons of an allowed size."""
    kinds = shapely.get_type_id(geometries)
    good: Flags = (kinds == _POLYGON) | (kinds == _MULTI_POLYGON)
    good &= ~shapely.is_empty(geometries) & (shapely.get_num_coordinates(geometries) <= most_vertices)
    good[good] = shapely.is_valid(geometries[good])
    return good


def _as_multi(geometries: Geometries) -> Geometries:
    """Every single polygon as a multipolygon of one part, every multipolygon without empty parts."""
    multi = geometries.copy()
    parts, owners = shapely.get_parts(geometries, return_index=True)
    for owner in np.unique(owners[shapely.is_empty(parts)]):
        multi[owner] = shapely.multipolygons(
            [part for part in shapely.get_parts(geometries[owner]) if not part.is_empty]
        )
    single = shapely.get_type_id(geometries) == _POLYGON
    if single.any():
        multi[single] = shapely.multipolygons(geometries[single][:, np.newaxis])
    return multi


def _finished(result: Cleaned, geometry: MultiPolygon | None, fewer_points: bool, area: float) -> Cleaned:
    """The result with its tidy geometry, its area and what these show."""
    if geometry is None:
        return result
    if not np.isfinite(area):
        return Cleaned(None, (out_of_range(),))
    if area <= 0:
        return Cleaned(None, (_no_area(),))
    findings = list(result.findings)
    if fewer_points:
        findings.append(Finding("repeated-points-removed", Text("Points that stood twice in a row were removed.")))
    if area < SLIVER_M2:
        findings.append(
            Finding(
                "sliver",
                Text(
                    "This area is only %(area)s m² (less than %(limit)s m²): "
                    "please check that it is a parcel of its own.",
                    {"area": round(area, 1), "limit": int(SLIVER_M2)},
                ),
            )
        )
    return replace(result, geometry=geometry, findings=tuple(findings), area_m2=area)


def _one(geometry: BaseGeometry | None, most_vertices: int) -> Cleaned:
    """The careful way for a geometry that is not plainly good."""
    refusal = _unfit(geometry, most_vertices)
    if refusal is not None or geometry is None:
        return Cleaned(None, (refusal,) if refusal else ())
    findings: tuple[Finding, ...] = ()
    kind = shapely.get_type_id(geometry)
    if kind == _COLLECTION:
        parts = _polygons_within(geometry)
        if parts is None:
            return Cleaned(None, (_not_an_area(geometry),))
        geometry = MultiPolygon(list(parts))
        findings = (Finding("collection-unwrapped", Text("The areas were taken out of a geometry collection.")),)
    elif kind not in (_POLYGON, _MULTI_POLYGON):
        return Cleaned(None, (_not_an_area(geometry),))
    if shapely.is_valid(geometry):
        return Cleaned(_multi(geometry), (), findings)
    return _repaired(geometry, findings)


def _multi(geometry: BaseGeometry) -> MultiPolygon:
    multi = geometry if isinstance(geometry, MultiPolygon) else shapely.multipolygons([geometry])
    assert isinstance(multi, MultiPolygon)
    return multi


def _unfit(geometry: BaseGeometry | None, most_vertices: int) -> Finding | None:
    """Why a geometry cannot even be looked at, if so."""
    if geometry is None:
        return Finding("null-geometry", Text("This row has no geometry."))
    vertices = shapely.get_num_coordinates(geometry)
    if vertices > most_vertices:
        return Finding(
            "too-many-vertices",
            Text(
                "This area has %(vertices)s points; at most %(limit)s are allowed. Simplify its outline or split it.",
                {"vertices": int(vertices), "limit": most_vertices},
            ),
        )
    if geometry.is_empty:
        return Finding("empty-geometry", Text("The geometry of this row is empty."))
    if not np.isfinite(shapely.get_coordinates(geometry)).all():
        return Finding(
            "not-finite", Text("The outline has points without a usable position (not a number or infinite).")
        )
    return None


def _not_an_area(geometry: BaseGeometry) -> Finding:
    """The refusal of points, lines and mixtures."""
    if shapely.get_type_id(geometry) == _COLLECTION:
        return Finding(
            "mixed-collection", Text("This row is a collection that holds more than areas. Only areas can be imported.")
        )
    kind = _KINDS.get(int(shapely.get_type_id(geometry)), Text("a line"))
    return Finding(
        "not-an-area", Text("This row is %(kind)s, not an area. Only areas can be imported.", {"kind": kind})
    )


def out_of_range() -> Finding:
    """The refusal of coordinates that are nowhere on earth in their system."""
    return Finding(
        "coordinates-out-of-range", Text("The coordinates of this row lie nowhere on earth in this coordinate system.")
    )


def _no_area() -> Finding:
    return Finding("no-area", Text("The outline of this row encloses no area."))


def _polygons_within(collection: BaseGeometry) -> Geometries | None:
    """All polygons of a collection, however deeply nested; None if it holds anything else."""
    parts = np.array([collection], dtype=object)
    while (shapely.get_type_id(parts) > _POLYGON).any():
        parts = shapely.get_parts(parts)
    parts = parts[~shapely.is_empty(parts)]
    only_polygons = len(parts) > 0 and (shapely.get_type_id(parts) == _POLYGON).all()
    return parts if only_polygons else None


def _repaired(geometry: BaseGeometry, findings: tuple[Finding, ...]) -> Cleaned:
    """The invalid geometry repaired, if that leaves only areas and their size within the rule."""
    reason = shapely.is_valid_reason(geometry)
    repaired = shapely.make_valid(geometry)
    if reason.startswith("Too few points") or shapely.area(repaired) == 0:
        return Cleaned(None, (_no_area(),) if not reason.startswith("Too few") else (_too_few_points(),))
    place = _place(reason)
    if shapely.get_type_id(repaired) not in (_POLYGON, _MULTI_POLYGON):
        text = Text(
            "The outline folds back on itself%(place)s; repairing it would leave loose lines. Correct it in your file.",
            {"place": place},
        )
        return Cleaned(None, (Finding("self-intersection", text),))
    expected = expected_area(geometry)
    change = abs(shapely.area(repaired) - expected)
    if not change < LARGEST_CHANGE * expected:
        percent = min(round(100 * change / expected, 1), 1000.0) if expected > 0 else 100.0
        text = Text(
            "The outline crosses itself%(place)s; repairing it would change the area by %(percent)s %%. "
            "Correct it in your file.",
            {"place": place, "percent": percent},
        )
        return Cleaned(None, (Finding("self-intersection", text),))
    text = Text(
        "The outline crossed or touched itself%(place)s and was repaired; the area stays the same.", {"place": place}
    )
    return Cleaned(_multi(repaired), (), (*findings, Finding("self-intersection-repaired", text)))


def _too_few_points() -> Finding:
    return Finding("too-few-points", Text("The outline has too few points: an area needs at least three."))


def _place(reason: str) -> Text | str:
    """Where the outline is wrong, as longitude and latitude."""
    match = _LOCATION.search(reason)
    if match is None:
        return ""
    point = np.array([shapely.Point(float(match[1]), float(match[2]))], dtype=object)
    longitude, latitude = shapely.get_coordinates(crs.to_lonlat_all(point))[0]
    if not (np.isfinite(longitude) and np.isfinite(latitude)):
        return ""
    return Text(
        " near longitude %(longitude)s, latitude %(latitude)s",
        {"longitude": round(float(longitude), 3), "latitude": round(float(latitude), 3)},
    )


def expected_area(geometry: BaseGeometry) -> float:
    """|shoelace of the shells − shoelace of the holes|: the area that an outline means, valid or not."""
    total = 0.0
    for polygon in shapely.get_parts(geometry):
        total += _shoelace(shapely.get_exterior_ring(polygon))
        total -= sum(_shoelace(ring) for ring in polygon.interiors)
    return abs(total)


def _shoelace(ring: BaseGeometry) -> float:
    """The area that a closed ring encloses by the shoelace formula, taken near the origin to keep digits."""
    points: Numbers = shapely.get_coordinates(ring)
    if len(points) == 0:
        return 0.0
    x, y = (points - points[0]).T
    return abs(float(np.sum(x[:-1] * y[1:] - x[1:] * y[:-1]))) / 2
