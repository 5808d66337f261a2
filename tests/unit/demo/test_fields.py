"""Fields look like fields: sizes of real ones, no overlaps, clear of villages and river, not squares."""

from itertools import combinations

import pytest
from shapely import LineString, Point

from succession.demo.fields import VILLAGE_M, Village, draw
from succession.demo.identity import chances

RIVER = LineString([(-9_000, 3_000), (0, 2_600), (6_000, 3_400), (30_000, 3_000)])
VILLAGES = [Village("Nord", 0, 5_500, 20), Village("Süd", 4_000, 800, 15), Village("Weit", 15_000, -1_000, 25)]


@pytest.fixture(scope="module")
def fields():
    return draw(VILLAGES, RIVER, chances("test"))


def test_every_village_has_its_fields(fields):
    for village in VILLAGES:
        assert sum(field.village == village.name for field in fields) == village.fields


def test_sizes_are_those_of_real_fields(fields):
    assert all(field.outline.is_valid for field in fields)
    assert all(5_000 <= field.outline.area <= 250_000 for field in fields)
    assert len({round(field.outline.area) for field in fields}) > 50


def test_no_field_lies_over_another(fields):
    assert not any(a.outline.intersects(b.outline) for a, b in combinations(fields, 2))


def test_villages_and_river_stay_free(fields):
    for field in fields:
        assert field.outline.distance(RIVER) > 300
        assert all(field.outline.distance(Point(v.x, v.y)) > VILLAGE_M * 0.9 for v in VILLAGES)


def test_fields_are_not_squares(fields):
    filled = [field.outline.area / field.outline.minimum_rotated_rectangle.area for field in fields]
    assert sum(share < 0.97 for share in filled) > len(fields) * 0.8


def test_the_same_seed_draws_the_same(fields):
    assert draw(VILLAGES, RIVER, chances("test")) == fields
    assert draw(VILLAGES, RIVER, chances("other")) != fields
