import csv
from collections import Counter

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely.affinity import translate
from shapely.geometry import GeometryCollection, LineString, MultiPolygon, Point, Polygon, box

from succession.geo.cleaning import REPAIR_CODES, clean, clean_all, expected_area
from succession.geo.formats.wkb import read_wkt
from tests.factories.geo import EAST, NORTH, SHARED, field


def codes(findings):
    return [finding.code for finding in findings]


def at_home(polygon):
    return translate(polygon, EAST, NORTH)


def test_a_plain_field_is_stored_as_a_multipolygon_and_nothing_is_said():
    cleaned = clean(field())
    assert cleaned.geometry.equals(MultiPolygon([field()]))
    assert (cleaned.refusals, cleaned.findings) == ((), ())
    assert cleaned.area_m2 == pytest.approx(10_000, rel=1e-3)


def test_shells_run_against_the_clock_and_holes_with_it():
    hole = list(reversed([(20, 20), (20, 40), (40, 40), (40, 20)]))
    wrong = at_home(Polygon([(0, 0), (0, 100), (100, 100), (100, 0)], [hole]))
    part = clean(wrong).geometry.geoms[0]
    assert part.exterior.is_ccw
    assert not part.interiors[0].is_ccw


def test_heights_and_measures_are_dropped():
    assert not clean(Polygon([(EAST, NORTH, 1), (EAST + 9, NORTH, 2), (EAST, NORTH + 9, 3)])).geometry.has_z


def test_a_loop_too_small_to_matter_is_repaired_and_reported():
    loop = at_home(Polygon([(0, 0), (1000, 0), (1000, 1000), (500.1, 1000), (500, 1000.2), (500.2, 1000.2), (0, 1000)]))
    assert not loop.is_valid
    cleaned = clean(loop)
    assert codes(cleaned.findings) == ["self-intersection-repaired"]
    assert cleaned.geometry.is_valid
    assert set(codes(cleaned.findings)) <= REPAIR_CODES


def test_a_bow_tie_is_refused_because_repair_would_change_the_area():
    cleaned = clean(at_home(Polygon([(0, 0), (100, 100), (100, 0), (0, 100)])))
    assert cleaned.geometry is None
    assert codes(cleaned.refusals) == ["self-intersection"]


def test_an_outline_that_folds_back_is_refused_because_repair_would_leave_a_line():
    spike = at_home(Polygon([(0, 0), (100, 0), (100, 100), (100, 150), (100, 100), (0, 100)]))
    assert codes(clean(spike).refusals) == ["self-intersection"]


def test_a_hole_that_crosses_the_shell_is_refused():
    crossing = Polygon([(0, 0), (100, 0), (100, 100), (0, 100)], [[(50, 50), (150, 50), (150, 60), (50, 60)]])
    assert codes(clean(at_home(crossing)).refusals) == ["self-intersection"]


def test_parts_that_overlap_are_refused():
    assert codes(clean(MultiPolygon([field(), translate(field(), 50, 0)])).refusals) == ["self-intersection"]


def test_an_outline_that_touches_itself_becomes_a_hole_of_the_same_area():
    ring = [(0, 0), (100, 0), (100, 100), (50, 100), (70, 50), (30, 50), (50, 100), (0, 100)]
    cleaned = clean(at_home(Polygon(ring)))
    assert codes(cleaned.findings) == ["self-intersection-repaired"]
    assert len(cleaned.geometry.geoms[0].interiors) == 1


@pytest.mark.parametrize(
    ("geometry", "code"),
    [
        (None, "null-geometry"),
        (Polygon(), "empty-geometry"),
        (Point(EAST, NORTH), "not-an-area"),
        (LineString([(0, 0), (1, 1)]), "not-an-area"),
        (GeometryCollection([field(), Point(EAST, NORTH)]), "mixed-collection"),
        (GeometryCollection([LineString([(0, 0), (1, 1)])]), "mixed-collection"),
        (shapely.from_wkt("POLYGON ((0 0, 1 0, 0 0))"), "too-few-points"),
        (shapely.from_wkt("POLYGON ((0 0, 0 0, 0 0, 0 0))"), "too-few-points"),
        (at_home(Polygon([(0, 0), (10, 0), (20, 0)])), "no-area"),
        (Polygon([(0, 0), (float("inf"), 0), (0, 1)]), "not-finite"),
        (box(1e12, 1e12, 2e12, 2e12), "coordinates-out-of-range"),
        (Point(EAST, NORTH).buffer(100, quad_segs=3_000), "too-many-vertices"),
    ],
)
def test_what_is_no_area_is_refused_with_its_own_reason(geometry, code):
    cleaned = clean(geometry)
    assert cleaned.geometry is None
    assert codes(cleaned.refusals) == [code]


def test_a_coordinate_that_is_no_number_is_refused():
    broken = read_wkt("POLYGON ((0 0, 10 NaN, 20 0, 0 10, 0 0))").geometry
    assert codes(clean(broken).refusals) == ["not-finite"]


def test_the_number_of_points_is_a_setting():
    assert codes(clean(field(), most_vertices=4).refusals) == ["too-many-vertices"]


def test_areas_in_collections_are_taken_out_however_nested():
    nested = GeometryCollection([GeometryCollection([field(0)]), MultiPolygon([field(1)])])
    cleaned = clean(nested)
    assert codes(cleaned.findings) == ["collection-unwrapped"]
    assert len(cleaned.geometry.geoms) == 2


def test_slivers_come_in_with_a_warning():
    assert codes(clean(field(side=4.9)).findings) == ["sliver"]
    assert codes(clean(field(side=5.1)).findings) == []


def test_points_that_stand_twice_are_removed_and_reported():
    doubled = at_home(Polygon([(0, 0), (0, 0), (100, 0), (100, 100), (100, 100), (0, 100)]))
    cleaned = clean(doubled)
    assert codes(cleaned.findings) == ["repeated-points-removed"]
    assert shapely.get_num_coordinates(cleaned.geometry) == 5


def test_empty_parts_vanish():
    cleaned = clean(MultiPolygon([Polygon(), field()]))
    assert len(cleaned.geometry.geoms) == 1


def test_one_bad_row_spoils_no_other():
    many = clean_all(np.array([field(0), None, Point(0, 0), field(1)], dtype=object))
    assert [one.geometry is not None for one in many] == [True, False, False, True]


points = st.tuples(st.integers(0, 40), st.integers(0, 40))


@given(st.lists(points, min_size=3, max_size=9), st.lists(points, min_size=0, max_size=5))
def test_whatever_comes_out_is_valid_oriented_of_the_area_meant_and_stays_as_it_is(shell, hole):
    geometry = at_home(Polygon(shell, [hole] if len(hole) > 2 else []))
    cleaned = clean(geometry)
    assert (cleaned.geometry is None) == bool(cleaned.refusals)
    if cleaned.geometry is None:
        return
    stored = cleaned.geometry
    assert stored.is_valid
    assert isinstance(stored, MultiPolygon)
    assert all(part.exterior.is_ccw and not any(r.is_ccw for r in part.interiors) for part in stored.geoms)
    assert abs(stored.area - expected_area(geometry)) <= 0.001 * expected_area(geometry)
    again = clean(stored)
    assert again.geometry.equals_exact(stored, 0)
    assert not set(codes(again.findings)) & REPAIR_CODES


@given(st.lists(st.tuples(points, st.integers(1, 12)), min_size=1, max_size=5))
def test_separate_squares_come_through_whole_or_not_at_all(squares):
    parts = [at_home(box(x, y, x + size, y + size)) for (x, y), size in squares]
    cleaned = clean(MultiPolygon(parts))
    if cleaned.geometry is not None:
        assert cleaned.geometry.area == pytest.approx(sum(part.area for part in parts), rel=0.001)


@pytest.mark.skipif(not SHARED.exists(), reason="the shared sample data are not here")
def test_every_wkt_of_the_geos_suite_has_a_clear_outcome():
    with (SHARED / "geos-wkt" / "geos_invalid_wkt.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    outcomes = Counter()
    for row in rows:
        read = read_wkt(row["wkt"])
        cleaned = clean(read.geometry)
        if read.refusals or cleaned.refusals:
            outcomes["refused"] += 1
            continue
        assert cleaned.geometry.is_valid, row["id"]
        outcomes["repaired" if set(codes(cleaned.findings)) & REPAIR_CODES else "accepted"] += 1
    assert outcomes == {"repaired": 30, "refused": 93}
