"""Public areas of a region: the cell of each place, and coarser areas made of whole finer ones. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import pairwise

from shapely import MultiPolygon, Point, Polygon, STRtree, coverage_union_all, voronoi_polygons
from shapely.geometry import MultiPoint
from shapely.geometry.base import BaseGeometry
from shapely.geometry.polygon import orient

from succession.i18n import Text
from succession.places.naming import NamedPoint


class AreaLevel(IntEnum):
    """How coarse a public area is, as in the specification of location privacy; 1 to 3 are cells of the grid."""

    SQUARE_1_KM = 1
    SQUARE_5_KM = 2
    SQUARE_10_KM = 3
    PLACE = 4
    SMALL_TOWN = 5
    TOWN = 6
    REGION = 7


SQUARES = frozenset({AreaLevel.SQUARE_1_KM, AreaLevel.SQUARE_5_KM, AreaLevel.SQUARE_10_KM})
"""Levels whose areas are made when somebody is first shown in one."""
DIVIDED = frozenset(AreaLevel) - SQUARES
"""Levels that divide the whole region, made when the gazetteer is loaded."""

# A level's areas are named for places with at least so many inhabitants.
INHABITANTS = {AreaLevel.PLACE: 500, AreaLevel.SMALL_TOWN: 2_500, AreaLevel.TOWN: 10_000}


@dataclass(frozen=True, slots=True)
class Area:
    """One public area; `place_id` is the place it is named for, None for the region."""

    level: AreaLevel
    place_id: int | None
    outline: MultiPolygon
    reference: tuple[int, int]
    parent_place_id: int | None


def area_label(level: AreaLevel | int, name: str) -> Text:
    """What a person reads of an area, in their language."""
    match AreaLevel(level):
        case AreaLevel.SQUARE_1_KM:
            return Text("a square of one kilometre near %(place)s", {"place": name})
        case AreaLevel.SQUARE_5_KM:
            return Text("a square of five kilometres near %(place)s", {"place": name})
        case AreaLevel.SQUARE_10_KM:
            return Text("a square of ten kilometres near %(place)s", {"place": name})
        case AreaLevel.PLACE:
            return Text("near %(place)s", {"place": name})
        case AreaLevel.SMALL_TOWN:
            return Text("%(place)s and its surroundings", {"place": name})
        case AreaLevel.TOWN:
            return Text("greater %(place)s area", {"place": name})
        case AreaLevel.REGION:
            return Text("the whole region")


def shown_area_name(level: AreaLevel | int, name: str) -> str:
    """The German name that is stored with an area, as maps and exports show it."""
    match AreaLevel(level):
        case AreaLevel.SQUARE_1_KM:
            return f"1-km-Quadrat bei {name}"
        case AreaLevel.SQUARE_5_KM:
            return f"5-km-Quadrat bei {name}"
        case AreaLevel.SQUARE_10_KM:
            return f"10-km-Quadrat bei {name}"
        case AreaLevel.PLACE:
            return f"Raum {name}"
        case AreaLevel.SMALL_TOWN:
            return f"Weiterer Raum {name}"
        case AreaLevel.TOWN:
            return f"Großraum {name}"
        case AreaLevel.REGION:
            return "Gesamte Region"


def divide(places: Sequence[NamedPoint], region: Polygon) -> list[Area]:
    """All areas of the region, finest first.

    Finest: the cells of the nearest place with at least 500 inhabitants, as far as they touch the region. A coarser
    area is the union of the areas one level below whose own place is nearest to one of its larger places. So areas
    nest: whoever sees the same location at two levels learns nothing that the finer one does not say already.
    """
    cells = _cells(places, region)
    if not cells:
        return []
    places_by_id = {place.id: place for place in places}
    outlines: dict[AreaLevel, dict[int, MultiPolygon]] = {AreaLevel.PLACE: cells}
    parents: dict[AreaLevel, dict[int, int]] = {}
    for finer, coarser in pairwise((AreaLevel.PLACE, AreaLevel.SMALL_TOWN, AreaLevel.TOWN)):
        centres = [place for place in places if place.population >= INHABITANTS[coarser]]
        parents[finer] = _nearest(centres, [places_by_id[place_id] for place_id in outlines[finer]])
        members: defaultdict[int, list[BaseGeometry]] = defaultdict(list)
        for place_id, parent_id in parents[finer].items():
            members[parent_id].append(outlines[finer][place_id])
        outlines[coarser] = {place_id: _joined(parts) for place_id, parts in members.items()}
    areas = [
        Area(
            level, place_id, outline, _reference(outline, places_by_id[place_id]), parents.get(level, {}).get(place_id)
        )
        for level, by_place in outlines.items()
        for place_id, outline in by_place.items()
    ]
    whole = _joined(outlines[AreaLevel.TOWN].values())
    return [*areas, Area(AreaLevel.REGION, None, whole, _reference(whole, None), None)]


def _cells(places: Sequence[NamedPoint], region: Polygon) -> dict[int, MultiPolygon]:
    """The whole Voronoi cell of each large enough place that touches the region; of two at one spot the larger."""
    seeds: dict[tuple[float, float], NamedPoint] = {}
    for place in sorted(places, key=lambda place: (-place.population, place.id)):
        if place.population >= INHABITANTS[AreaLevel.PLACE]:
            seeds.setdefault((place.x, place.y), place)
    if len(seeds) < 2:
        return {place.id: MultiPolygon([region]) for place in seeds.values()}
    frame = region.union(MultiPoint(list(seeds))).envelope
    diagram = voronoi_polygons(MultiPoint(list(seeds)), extend_to=frame, ordered=True)
    cells: dict[int, MultiPolygon] = {}
    for place, cell in zip(seeds.values(), diagram.geoms, strict=True):
        if cell.intersects(region):
            cells[place.id] = MultiPolygon([orient(cell)])
    return cells


def _nearest(centres: Sequence[NamedPoint], places: Sequence[NamedPoint]) -> dict[int, int]:
    """Place id → id of the nearest centre; at equal distance the centre with the lower id."""
    ordered = sorted(centres, key=lambda centre: centre.id)
    tree = STRtree([Point(centre.x, centre.y) for centre in ordered])
    origins, targets = tree.query_nearest([Point(place.x, place.y) for place in places], all_matches=True)
    nearest: dict[int, int] = {}
    for origin, target in sorted(zip(origins.tolist(), targets.tolist(), strict=True)):
        nearest.setdefault(places[origin].id, ordered[target].id)
    return nearest


def _joined(parts: Iterable[BaseGeometry]) -> MultiPolygon:
    """Neighbouring areas made one; their shared borders are identical, so nothing is lost or doubled."""
    polygons = [polygon for part in parts for polygon in (part.geoms if isinstance(part, MultiPolygon) else [part])]
    union = coverage_union_all(polygons)
    pieces = union.geoms if isinstance(union, MultiPolygon) else [union]
    return MultiPolygon([orient(piece) for piece in pieces if isinstance(piece, Polygon)])


def _reference(outline: MultiPolygon, place: NamedPoint | None) -> tuple[int, int]:
    """The one point in whole metres that stands for everything in the area: its place, else a point well inside."""
    if place is not None:
        rounded = Point(round(place.x), round(place.y))
        if outline.contains(rounded):
            return int(rounded.x), int(rounded.y)
    inside = outline.representative_point()
    return round(inside.x), round(inside.y)
