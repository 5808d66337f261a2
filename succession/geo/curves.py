"""Circular arcs as short straight lines. Pure."""

import math
from collections.abc import Sequence

LEAST_CHORDS = 16
LARGEST_STEP = math.radians(4)

Point = tuple[float, float]


def arc(start: Point, middle: Point, end: Point) -> list[Point]:
    """The arc through three points, both ends included: 16 chords, more where it turns by more than 64 degrees.

    Start and end at the same place mean a full circle with `middle` opposite.
    """
    if not all(math.isfinite(value) for point in (start, middle, end) for value in point):
        return [start, middle, end]
    centre = _centre(start, middle, end)
    if centre is None:
        return [start, middle, end]
    (cx, cy), radius = centre, math.dist(centre, start)
    first, way, last = (math.atan2(y - cy, x - cx) for x, y in (start, middle, end))
    sweep = (last - first) % math.tau
    if start == end:
        sweep = math.tau
    elif (way - first) % math.tau > sweep:
        sweep -= math.tau
    chords = max(LEAST_CHORDS, math.ceil(abs(sweep) / LARGEST_STEP))
    inner = [
        (cx + radius * math.cos(first + sweep * step / chords), cy + radius * math.sin(first + sweep * step / chords))
        for step in range(1, chords)
    ]
    return [start, *inner, end]


def arc_string(points: Sequence[Point]) -> list[Point]:
    """Arcs joined end to end: every second point is the middle of one."""
    line = list(points[:1])
    for index in range(0, len(points) - 2, 2):
        line.extend(arc(points[index], points[index + 1], points[index + 2])[1:])
    return line


def circle(first: Point, second: Point, third: Point) -> list[Point]:
    """The full circle through three points, closed."""
    centre = _centre(first, second, third)
    if centre is None:
        return [first, second, third, first]
    opposite = (2 * centre[0] - second[0], 2 * centre[1] - second[1])
    return [*arc(first, second, third), *arc(third, opposite, first)[1:]]


def _centre(start: Point, middle: Point, end: Point) -> Point | None:
    """The centre of the circle through three points, None if they are (nearly) in line."""
    if start == end:
        return ((start[0] + middle[0]) / 2, (start[1] + middle[1]) / 2) if start != middle else None
    ax, ay = middle[0] - start[0], middle[1] - start[1]
    bx, by = end[0] - start[0], end[1] - start[1]
    cross = ax * by - ay * bx
    if abs(cross) <= 1e-9 * (math.hypot(ax, ay) * math.hypot(bx, by)):
        return None
    a2, b2 = ax * ax + ay * ay, bx * bx + by * by
    return (start[0] + (by * a2 - ay * b2) / (2 * cross), start[1] + (ax * b2 - bx * a2) / (2 * cross))
