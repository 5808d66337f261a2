import json
from time import process_time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from succession.geo.formats.limits import Limits
from succession.geo.intake import Rules
from tests.factories.geo import SHARED, feature, field, lonlat_fields, moved, write_geojson

EXAMPLES = SHARED / "geojson-invalid-geometry" / "examples"
SQUARE = [[[11.1, 53.0], [11.11, 53.0], [11.11, 53.01], [11.1, 53.01], [11.1, 53.0]]]


def polygon(coordinates=SQUARE, **members):
    return {"type": "Polygon", "coordinates": coordinates, **members}


def test_a_collection_is_read_with_its_properties(import_file, tmp_path):
    outcome = import_file(write_geojson(tmp_path / "a.geojson"))
    assert outcome.names == ["Am Deich", "Große Wiese", "Hinterm Hof", "Sandkuhle"]
    assert outcome.refusals == outcome.findings == [[], [], [], []]
    assert outcome.source.declared == 4
    assert outcome.source.crs_is_implied


def test_members_may_stand_in_any_order(import_file, tmp_path):
    path = tmp_path / "a.geojson"
    features = json.dumps([feature(moved(field(), 25833))])
    path.write_text(
        f'{{"features": {features}, "crs": {{"type": "name", "properties": {{"name": "EPSG:25833"}}}}, '
        f'"type": "FeatureCollection"}}',
        encoding="utf-8",
    )
    outcome = import_file(path)
    assert outcome.refusals == [[]]
    assert outcome.notes == ["crs-member-used"]


@pytest.mark.parametrize(
    ("member", "refused"),
    [
        ({"type": "name", "properties": {"name": "EPSG:99999"}}, "crs-unknown"),
        ({"type": "link", "properties": {"href": "http://example.org"}}, "crs-unknown"),
        ("EPSG:25833", "crs-unknown"),
        (None, "crs-missing"),
    ],
)
def test_a_system_that_cannot_be_read_is_never_taken_for_degrees(import_file, tmp_path, member, refused):
    assert import_file(write_geojson(tmp_path / "a.geojson", crs=member)).refused == refused


def test_a_single_feature_or_geometry_is_one_row(import_file, tmp_path):
    for document in (feature(polygon()), polygon()):
        path = tmp_path / "a.geojson"
        path.write_text(json.dumps(document), encoding="utf-8")
        assert import_file(path).refusals == [[]]


def test_windows_marks_and_line_ends_do_not_matter(import_file, tmp_path):
    path = write_geojson(tmp_path / "a.geojson")
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b", ", b",\r\n"))
    assert len(import_file(path).rows) == 4


@pytest.mark.parametrize(
    ("geometry", "code"),
    [
        ({"type": "polygon", "coordinates": SQUARE}, "geometry-type-unknown"),
        ({"coordinates": SQUARE}, "geometry-type-unknown"),
        ({"type": "Polygon"}, "coordinates-missing"),
        (polygon([[["11", "53"], ["12", "53"], ["12", "54"], ["11", "53"]]]), "coordinates-not-numbers"),
        (polygon([[[True, 53], [12, 53], [12, 54], [11, 53]]]), "coordinates-not-numbers"),
        (polygon(SQUARE[0]), "coordinates-invalid"),
        (polygon([SQUARE]), "coordinates-invalid"),
        (polygon([[[11], [12], [12], [11]]]), "coordinates-invalid"),
        (polygon({"x": 1}), "coordinates-invalid"),
        (polygon([[[11, 53], [12, 53], [11, 53]]]), "too-few-points"),
        ({"type": "Point", "coordinates": SQUARE}, "coordinates-invalid"),
        ("POLYGON ((0 0))", "geometry-invalid"),
        ({"type": "GeometryCollection", "geometries": [None]}, "geometry-invalid"),
        ({"type": "GeometryCollection", "geometries": None}, "geometry-invalid"),
        (None, "null-geometry"),
        (polygon([]), "empty-geometry"),
        (polygon([[[11.1, 53.0], [11.2, 1e999], [11.2, 53.1], [11.1, 53.0]]]), "not-finite"),
        (polygon([[[11.1, 53.0], [11.2, 10**400], [11.2, 53.1], [11.1, 53.0]]]), "not-finite"),
    ],
)
def test_a_wrong_geometry_is_refused_by_its_own_name(import_file, tmp_path, geometry, code):
    good = feature(lonlat_fields()[0])
    outcome = import_file(write_geojson(tmp_path / "a.geojson", [good, feature(geometry), good]))
    assert outcome.refusals == [[], [code], []]


@pytest.mark.parametrize(
    ("one", "code"),
    [
        (None, "feature-invalid"),
        ([], "feature-invalid"),
        (7, "feature-invalid"),
        ({"type": "feature", "geometry": polygon(), "properties": {}}, "feature-invalid"),
        ({"type": "Feature", "Geometry": polygon(), "properties": {}}, "geometry-missing"),
        ({"type": "Feature", "geometry": polygon(), "properties": [1]}, "properties-invalid"),
    ],
)
def test_a_wrong_feature_is_refused_and_never_vanishes(import_file, tmp_path, one, code):
    outcome = import_file(write_geojson(tmp_path / "a.geojson", [one, feature(polygon())]))
    assert outcome.refusals == [[code], []]


@pytest.mark.parametrize(
    ("one", "code"),
    [
        ({"type": "Feature", "geometry": polygon()}, "properties-missing"),
        ({**feature(polygon()), "id": {"a": 1}}, "id-invalid"),
        ({**feature(polygon()), "bbox": [1, 2]}, "bbox-invalid"),
        ({**feature(polygon()), "bbox": ["a", 1, 2, 3]}, "bbox-invalid"),
        ({**feature(polygon()), "bbox": [53.0, 11.1, 53.01, 11.11]}, "bbox-wrong"),
        (feature(polygon(bbox="all")), "bbox-invalid"),
        (feature(polygon([SQUARE[0][::-1]])), "ring-turned"),
        (feature(polygon([SQUARE[0][:-1]])), "ring-closed"),
        (feature(polygon([[[*p, 1, 2] for p in SQUARE[0]]])), "extra-coordinates-dropped"),
    ],
)
def test_what_can_be_put_right_comes_in_and_is_said(import_file, tmp_path, one, code):
    outcome = import_file(write_geojson(tmp_path / "a.geojson", [one]))
    assert outcome.refusals == [[]]
    assert outcome.findings == [[code]]


def test_an_area_round_the_globe_is_refused_even_where_anything_is_allowed(import_file, tmp_path):
    ring = [[177.9, -18.2], [-179.7, -18.2], [-179.7, -16.1], [177.9, -16.1], [177.9, -18.2]]
    path = write_geojson(tmp_path / "a.geojson", [feature(polygon([ring]))])
    assert import_file(path, Rules(allow_outside_region=True)).refusals == [["crosses-antimeridian"]]


def test_the_old_standard_knew_no_direction_of_rings(import_file, tmp_path):
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}}
    outcome = import_file(write_geojson(tmp_path / "a.geojson", [feature(polygon([SQUARE[0][::-1]]))], crs=crs))
    assert outcome.findings == [[]]


@pytest.mark.parametrize(
    ("content", "refused"),
    [
        (b"", "file-empty"),
        (b"   \n ", "file-empty"),
        (b"{}", "geojson-structure"),
        (b"[]", "json-broken"),
        (b"{", "json-broken"),
        (b'{"type": "FeatureCollection"}', "geojson-structure"),
        (b'{"type": "FeatureCollection", "features": {}}', "geojson-structure"),
        (b'{"type": "featurecollection", "features": []}', "geojson-structure"),
        (b'{"type": null, "features": []}', "geojson-structure"),
        (b'{"type": "FeatureCollection", "features": []}', "no-rows"),
        (b'{"type": "FeatureCollection", "features": [1,]}', "json-broken"),
        (b'{"type": "FeatureCollection" "features": []}', "json-broken"),
        (b'{"type": "FeatureCollection", "features": []} {}', "json-several-documents"),
        (b'{"type": "Topology", "objects": {}}', "unknown-format"),
        (b'{"geometryType": "esriGeometryPolygon", "features": []}', "unknown-format"),
        ('{"type": "Lüchow"}'.encode("cp1252"), "json-not-utf8"),
        (b'{"a": ' + b"[" * 200_000, "json-too-deep"),
        (b'{"a": ' + b"9" * 5_000 + b"}", "json-broken"),
    ],
)
def test_a_file_that_is_no_geojson_is_refused_whole(import_file, tmp_path, content, refused):
    path = tmp_path / "a.geojson"
    path.write_bytes(content)
    assert import_file(path).refused == refused


def test_a_file_cut_off_anywhere_is_refused(import_file, tmp_path):
    path = write_geojson(tmp_path / "a.geojson")
    whole = path.read_bytes()
    for end in range(1, len(whole), 211):
        path.write_bytes(whole[:end])
        assert import_file(path).refused == "json-broken"


def test_a_file_of_points_says_what_it_holds(import_file, tmp_path):
    points = [feature({"type": "Point", "coordinates": [11, 53]}) for _ in range(3)]
    outcome = import_file(write_geojson(tmp_path / "a.geojson", points))
    assert outcome.refused == "no-usable-geometry"
    assert outcome.error.text.values["found"] == "Point"


def test_a_layer_cannot_be_asked_of_geojson(import_file, tmp_path):
    assert import_file(write_geojson(tmp_path / "a.geojson"), layer="felder").refused == "unknown-layer"


def test_text_comes_in_as_a_database_takes_it(import_file, tmp_path):
    one = feature(polygon(), name="a\0b\ud800c", list=[1, {"a": "ü"}], yes=True)
    outcome = import_file(write_geojson(tmp_path / "a.geojson", [one]))
    assert outcome.rows[0].values == {"name": "ab?c", "list": '[1,{"a":"ü"}]', "yes": 1}


scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5)
nested = st.recursive(scalars, lambda inner: st.lists(inner, max_size=4), max_leaves=12)
kinds = st.sampled_from(["Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon", "point"])
simple = st.fixed_dictionaries(
    {"type": kinds}, optional={"coordinates": nested, "bbox": nested, "geometries": nested, "crs": nested}
)
geometries = st.recursive(
    simple | scalars,
    lambda inner: st.fixed_dictionaries(
        {"type": st.just("GeometryCollection"), "geometries": st.lists(inner, max_size=3)}
    ),
    max_leaves=4,
)


@given(geometries)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_geometry_whatever_raises_anything(import_file, tmp_path, geometry):
    good = feature(polygon())
    outcome = import_file(
        write_geojson(tmp_path / "a.geojson", [feature(geometry), geometry, good]), Rules(region=None)
    )
    assert outcome.refusals[2] == []
    assert len(outcome.rows) == 3


def test_limits_hold(import_file, tmp_path):
    path = write_geojson(tmp_path / "a.geojson")
    assert import_file(path, limits=Limits(rows=3)).refused == "too-many-rows"
    assert import_file(path, limits=Limits(columns=0)).refused == "too-many-columns"
    assert import_file(path, limits=Limits(file_bytes=100)).refused == "file-too-large"
    huge = write_geojson(tmp_path / "b.geojson", [feature(polygon(), name="x" * 3_000_000)])
    assert import_file(huge, limits=Limits(json_feature_bytes=1_000)).refused == "json-feature-too-large"


ACCEPTED = {
    "invalid_exterior_not_ccw": "ring-turned",
    "invalid_interior_not_cw": "ring-turned",
    "invalid_unclosed": "ring-closed",
    "invalid_feature_no_properties": "properties-missing",
    "problematic_3d_coordinates": None,
    "problematic_4d_coordinates": "extra-coordinates-dropped",
    "problematic_duplicate_nodes": "repeated-points-removed",
    "problematic_excessive_coordinate_precision": None,
    "problematic_excessive_vertices": None,
    "problematic_holes": None,
    "problematic_multitype_geometry_with_just_one_geometry": None,
    "problematic_self_intersection_small": "self-intersection-repaired",
    "problematic_wrong_bbox_coordinate_order": "bbox-wrong",
    "problematic_crs_defined": None,
    "problematic_geometry_not_wrapped": None,
}
"""The wrong or odd files that come in without a region to lie in, and what is said of their row."""


@pytest.mark.skipif(not EXAMPLES.exists(), reason="the shared sample data are not here")
@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*/*.geojson")), ids=lambda path: path.stem)
def test_every_wrong_file_has_a_clear_outcome(import_file, path):
    outcome = import_file(path, Rules(region=None))
    taken = outcome.refused is None and any(not refusals for refusals in outcome.refusals)
    if path.parent.name == "valid":
        assert outcome.refused in {None, "no-usable-geometry", "no-rows"}
        return
    assert taken == (path.stem in ACCEPTED)
    if taken and ACCEPTED[path.stem]:
        assert ACCEPTED[path.stem] in outcome.findings[0]
    if not taken:
        assert outcome.refused or outcome.refusals[0]


def test_blanks_cost_next_to_nothing(import_file, tmp_path):
    path = tmp_path / "a.geojson"
    path.write_text('{"type": "FeatureCollection", "features": [' + " \n" * 15_000_000 + "]}")
    begun = process_time()
    import_file(path)
    assert process_time() - begun < 3
