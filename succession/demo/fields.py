"""Field-like shapes for the demo region: seeded, beside real villages, clear of them and of the river. Pure."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from random import Random

from shapely import MultiPoint, Point, Polygon, affinity, unary_union, voronoi_polygons
from shapely.geometry import LineString
from shapely.geometry.base import BaseGeometry
from shapely.ops import split

SMALLEST_M2 = 5_000
LARGEST_M2 = 245_000
VILLAGE_M = 420
TRACK_M = 2.5
_TRIES = 12


@dataclass(frozen=True, slots=True)
class Village:
    """Where fields shall lie: the village, how many, and how large a patch of land they are cut from."""

    name: str
    x: float
    y: float
    fields: int


@dataclass(frozen=True, slots=True)
class FieldShape:
    """One field; `wetness` from 0 (dry) to 1 (beside the river) tells what grows on it."""

    village: str
    outline: Polygon
    wetness: float


def draw(villages: Sequence[Village], river: LineString, random: Random) -> list[FieldShape]:
    """Fields for every village, none over another, over a village or over the river and its banks."""
    kept_free = unary_union([Point(v.x, v.y).buffer(VILLAGE_M, quad_segs=4) for v in villages])
    taken: BaseGeometry = kept_free.union(river.buffer(330, quad_segs=2))
    shapes: list[FieldShape] = []
    for village in villages:
        fields = _around(village, taken, river, random)
        shapes += fields
        taken = taken.union(unary_union([field.outline for field in fields]).buffer(60, quad_segs=1))
    return shapes


def cut_down(field: Polygon, smallest_m2: float, largest_m2: float) -> Polygon:
    """A part of the field with no more than the largest area; a field that is small already stays as it is.

    The cut runs straight across, where it leaves the largest area or the middle between both, whichever is more.
    """
    while field.area > largest_m2:
        share = max(0.5, (smallest_m2 + largest_m2) / 2 / field.area) if field.area < 2 * largest_m2 else 0.5
        frame = field.minimum_rotated_rectangle
        assert isinstance(frame, Polygon)
        corners = list(frame.exterior.coords)
        sides = [(math.dist(corners[0], corners[n]), corners[n]) for n in (1, 3)]
        (_, along), (_, across) = sorted(sides, reverse=True)
        start = corners[0]
        end = (start[0] + (along[0] - start[0]) * share, start[1] + (along[1] - start[1]) * share)
        shift = (across[0] - start[0], across[1] - start[1])
        part = Polygon([start, end, (end[0] + shift[0], end[1] + shift[1]), (start[0] + shift[0], start[1] + shift[1])])
        pieces = _polygons(field.intersection(part.buffer(0.01)).simplify(0.05))
        field = max(pieces, key=lambda piece: piece.area)
    return field


def _around(village: Village, taken: BaseGeometry, river: LineString, random: Random) -> list[FieldShape]:
    """The village's fields, nearest to each other first, so that they lie together as in a real landscape."""
    for attempt in range(_TRIES):
        patch = _patch(village, random, larger=1 + attempt * 0.15).difference(taken)
        pieces = [piece for cell in _blocks(patch, random) for piece in _strips(cell, random)]
        fields = [field for piece in pieces for field in _trimmed(piece) if _is_this_side(field, village, river)]
        if len(fields) >= village.fields:
            break
    centre = random.choice(fields).centroid
    fields.sort(key=lambda field: field.centroid.distance(centre))
    return [
        FieldShape(village.name, field, max(0.0, 1 - river.distance(field) / 2_500))
        for field in fields[: village.fields]
    ]


def _patch(village: Village, random: Random, *, larger: float) -> Polygon:
    """An uneven piece of land on one side of the village."""
    radius = 250 * math.sqrt(village.fields) * larger + 350
    direction = random.uniform(0, 2 * math.pi)
    middle_x = village.x + math.cos(direction) * radius * 0.9
    middle_y = village.y + math.sin(direction) * radius * 0.9
    corners = 14
    return Polygon(
        [
            (
                middle_x + math.cos(2 * math.pi * n / corners) * radius * random.uniform(0.8, 1.1),
                middle_y + math.sin(2 * math.pi * n / corners) * radius * random.uniform(0.8, 1.1),
            )
            for n in range(corners)
        ]
    )


def _blocks(patch: BaseGeometry, random: Random) -> list[Polygon]:
    """The land between tracks and ditches: uneven blocks of 15 to 30 hectares."""
    west, south, east, north = patch.bounds
    count = max(4, int(patch.area / 200_000))
    seeds = MultiPoint([(random.uniform(west, east), random.uniform(south, north)) for _ in range(count)])
    cells = voronoi_polygons(seeds, extend_to=patch, ordered=True)
    return [polygon for cell in cells.geoms for polygon in _polygons(cell.intersection(patch))]


def _strips(block: Polygon, random: Random) -> list[Polygon]:
    """A block divided along its longer side into one to four fields, now and then once more across."""
    frame = block.minimum_rotated_rectangle
    if not isinstance(frame, Polygon):
        return []
    corners = list(frame.exterior.coords)
    sides = sorted(
        ((math.dist(a, b), math.degrees(math.atan2(b[1] - a[1], b[0] - a[0]))) for a, b in pairwise(corners[:3])),
        reverse=True,
    )
    length, angle = sides[0]
    wanted = random.choices((1, 2, 3, 4), weights=(2, 4, 4, 2))[0]
    pieces = [block]
    for number in range(1, wanted):
        along = (number / wanted - 0.5 + random.uniform(-0.06, 0.06)) * length
        middle = block.centroid
        x = middle.x + along * math.cos(math.radians(angle))
        y = middle.y + along * math.sin(math.radians(angle))
        cut = affinity.rotate(
            LineString([(x, y - 9_000), (x, y + 9_000)]), angle + random.uniform(-7, 7), origin=(x, y)
        )
        pieces = [part for piece in pieces for part in _polygons(split(piece, cut))]
    return pieces


def _trimmed(piece: Polygon) -> list[Polygon]:
    """The field within its margins: a track's width free on each side, corners as a plough leaves them."""
    inner = piece.buffer(-TRACK_M - 9, join_style="mitre").buffer(9, quad_segs=3).simplify(0.8)
    parts = [polygon for polygon in _polygons(inner) if SMALLEST_M2 <= polygon.area <= LARGEST_M2]
    return [part for part in parts if _is_compact(part)]


def _is_this_side(field: Polygon, village: Village, river: LineString) -> bool:
    """Nobody drives over the river to their field: there are few bridges."""
    return not LineString([(village.x, village.y), field.centroid.coords[0]]).intersects(river)


def _is_compact(field: Polygon) -> bool:
    """Not a splinter: wide enough to turn a tractor on."""
    return not field.buffer(-22).is_empty and field.area / field.length**2 > 0.025


def _polygons(shape: BaseGeometry) -> list[Polygon]:
    """The polygons among the parts of a shape."""
    if isinstance(shape, Polygon):
        return [] if shape.is_empty else [shape]
    parts = getattr(shape, "geoms", ())
    return [part for part in parts if isinstance(part, Polygon) and not part.is_empty]
