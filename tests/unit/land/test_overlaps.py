"""The sweep from west to east finds what comparing everything with everything finds."""

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from succession.land import overlaps
from succession.land.overlaps import DEPTH_M, Strip

CORNER = st.tuples(st.integers(0, 60), st.integers(0, 60), st.integers(1, 25), st.integers(1, 25))
ITEMS = st.lists(st.tuples(CORNER, st.booleans()), min_size=1, max_size=30)


def strips(items, size):
    """Boxes near Lenzen in batches from west to east; some are parcels of the register."""
    made = []
    for number, ((x, y, width, height), is_known) in enumerate(items, start=1):
        box = shapely.box(680_000 + x, 5_870_000 + y, 680_000 + x + width, 5_870_000 + y + height)
        made.append((0 if is_known else number, number if is_known else 0, box))
    made.sort(key=lambda item: shapely.bounds(item[2])[0])
    for start in range(0, len(made), size):
        rows, parcels, boxes = zip(*made[start : start + size], strict=True)
        yield Strip(np.array(rows), np.array(parcels), np.array(boxes, dtype=object))


def expected(items):
    """Each pair once, told of the later row of the file, or of the row that covers a parcel of the register."""
    whole = [
        item
        for strip in strips(items, len(items))
        for item in zip(strip.rows, strip.parcels, strip.outlines, strict=True)
    ]
    pairs = set()
    for i, (row, parcel, outline) in enumerate(whole):
        for other_row, other_parcel, other in whole[:i]:
            if (row or other_row) and shapely.intersects(shapely.buffer(outline, -DEPTH_M, join_style="mitre"), other):
                first, second = sorted((int(row), int(other_row)))
                pairs.add((second, first or None, int(max(parcel, other_parcel)) or None))
    return pairs


@given(ITEMS, st.integers(1, 10))
def test_the_sweep_finds_what_the_full_comparison_finds(items, size):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(overlaps, "MOST_PER_ROW", 1000)
        patch.setattr(overlaps, "ROUND", 3)
        patch.setattr(overlaps, "CHUNK", 4)
        found = list(overlaps._among(strips(items, size)))
    assert {(row, other, parcel) for row, other, parcel, _ in found} == expected(items)
    assert len(found) == len(expected(items))
    assert all(area > 0 for *_, area in found)


@given(ITEMS, st.integers(1, 10))
def test_no_row_tells_of_more_than_three(items, size):
    found = list(overlaps._among(strips(items, size)))
    told = [row for row, *_ in found]
    assert max((told.count(row) for row in told), default=0) <= overlaps.MOST_PER_ROW
    assert set(told) <= {row for row, *_ in expected(items)}


def test_a_heap_of_outlines_ends_soon():
    rng = np.random.default_rng(7)
    corners = rng.uniform(0, 0.5, (3000, 2)) + np.array([680_000, 5_870_000])
    boxes = shapely.box(*corners.T, *(corners + 50).T)
    order = np.argsort(shapely.bounds(boxes)[:, 0])
    whole = Strip(np.arange(1, 3001)[order], np.zeros(3000, dtype=int), boxes[order])
    assert len(list(overlaps._among([whole]))) <= 3 * 3000
