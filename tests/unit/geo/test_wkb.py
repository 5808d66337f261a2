import math
import struct

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import GeometryCollection, MultiPolygon, Polygon

from succession.geo.curves import arc, arc_string, circle
from succession.geo.formats.wkb import read_all, read_one, read_wkt
from tests.factories.geo import curved_polygon_wkb, field, fields


def codes(findings):
    return [finding.code for finding in findings]


def compound(*parts):
    return struct.pack("<BII", 1, 9, len(parts)) + b"".join(parts)


def string(kind, *points):
    return struct.pack("<BII", 1, kind, len(points)) + b"".join(struct.pack("<2d", *point) for point in points)


@given(st.floats(0.1, 1e4), st.floats(0, math.tau), st.floats(0.05, 6.2))
def test_points_of_an_arc_lie_on_its_circle(radius, start, sweep):
    def at(angle):
        return radius * math.cos(angle), radius * math.sin(angle)

    points = arc(at(start), at(start + sweep / 2), at(start + sweep))
    assert len(points) >= 17
    assert all(math.hypot(*point) == pytest.approx(radius, rel=1e-6) for point in points)


def test_an_arc_of_three_points_in_line_is_a_line():
    assert arc((0, 0), (1, 0), (2, 0)) == [(0, 0), (1, 0), (2, 0)]


def test_arcs_may_follow_each_other():
    line = arc_string([(0, 0), (1, 1), (2, 0), (3, -1), (4, 0)])
    assert (line[0], line[-1]) == ((0, 0), (4, 0))
    assert (2, 0) in line


def test_three_points_make_a_full_circle():
    area = Polygon(circle((0, 0), (1, 1), (2, 0))).area
    assert area == pytest.approx(math.pi, rel=2e-3)


def test_a_curved_polygon_becomes_straight_and_says_so():
    read = read_one(curved_polygon_wkb((0, 0), 100))
    assert codes(read.findings) == ["curve-linearised"]
    assert read.geometry.area == pytest.approx(math.pi * 10_000, rel=2e-3)


def test_a_polygon_of_lines_and_arcs_is_joined():
    half = compound(string(8, (0, 0), (50, 50), (100, 0)), string(2, (100, 0), (0, 0)))
    read = read_one(struct.pack("<BII", 1, 10, 1) + half)
    assert read.geometry.area == pytest.approx(math.pi * 2500 / 2, rel=5e-3)


def test_a_surface_of_several_parts_is_a_multipolygon():
    surface = struct.pack("<BII", 1, 12, 2) + curved_polygon_wkb((0, 0), 1) + shapely.to_wkb(field())
    assert isinstance(read_one(surface).geometry, MultiPolygon)


@pytest.mark.parametrize("flavor", ["iso", "extended"])
@pytest.mark.parametrize("byte_order", [0, 1])
def test_every_dialect_of_wkb_is_read(flavor, byte_order):
    geometry = MultiPolygon([field(0), field(1)])
    high = shapely.force_3d(geometry, 7)
    nested = GeometryCollection([high])
    for one in (geometry, high, nested):
        value = shapely.to_wkb(one, byte_order=byte_order, flavor=flavor, output_dimension=3)
        assert shapely.equals(read_one(value).geometry, one)


def test_an_open_ring_is_closed_and_said():
    ring = [(0, 0), (1, 0), (1, 1), (0, 1)]
    value = struct.pack("<BIII", 1, 3, 1, 4) + b"".join(struct.pack("<2d", *point) for point in ring)
    read = read_one(value)
    assert codes(read.findings) == ["ring-closed"]
    assert read.geometry.area == 1


def test_bad_rows_do_not_spoil_good_ones():
    good = shapely.to_wkb(field())
    read = read_all([good, None, b"", b"\x01\x03", good[:40], b"\xff" * 30, good])
    assert [one.geometry is not None for one in read] == [True, False, False, False, False, False, True]
    assert [codes(one.refusals) for one in read[1:3]] == [[], ["geometry-unreadable"]]


def test_collections_within_collections_do_not_exhaust_the_stack():
    assert codes(read_one(struct.pack("<BII", 1, 7, 1) * 100_000).refusals) == ["geometry-unreadable"]
    multi = (struct.pack("<BII", 1, 6, 2) + shapely.to_wkb(field())) * 50_000
    assert codes(read_one(multi).refusals) == ["geometry-unreadable"]
    text = "GEOMETRYCOLLECTION(" * 100_000 + "POINT(0 0)" + ")" * 100_000
    assert codes(read_wkt(text).refusals) == ["geometry-unreadable"]


@pytest.mark.parametrize(
    "text", ["", "POLYGON((0 0", "POLYGON((0 0,1 0))x", "LÜCHOW", "POLYGON((a b, c d))", "POLYGON((0 0))"]
)
def test_text_that_is_no_geometry_is_refused(text):
    assert codes(read_wkt(text).refusals) == ["geometry-unreadable"]


def test_an_open_ring_in_text_is_closed_and_said():
    assert codes(read_wkt("POLYGON((0 0,1 0,1 1,0 1))").findings) == ["ring-closed"]


@given(st.binary(max_size=120))
def test_no_bytes_whatever_raise_anything(value):
    read = read_one(value)
    assert read.geometry is not None or read.refusals


@given(st.integers(0, 500), st.integers(0, 255), st.sampled_from([0, 1, 2, 3]))
def test_no_changed_byte_raises_anything(position, byte, which):
    value = bytearray(shapely.to_wkb(fields()[which]))
    value[position % len(value)] = byte
    read_all([bytes(value)])
