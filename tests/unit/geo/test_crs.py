import numpy as np
import pytest
import shapely
from pyproj import CRS
from shapely.geometry import Point, box

from succession.geo import crs
from succession.geo.findings import FileRefused
from tests.factories.geo import EAST, NORTH, field, moved


@pytest.mark.parametrize(
    "code", ["EPSG:25833", "epsg:25833", "25833", "urn:ogc:def:crs:EPSG::25833", "urn:ogc:def:crs:EPSG:9.9:25833"]
)
def test_a_system_may_be_named_in_the_usual_ways(code):
    assert crs.named(code) == CRS.from_epsg(25833)


def test_crs84_is_longitude_and_latitude():
    assert crs.named("urn:ogc:def:crs:OGC:1.3:CRS84") == crs.LONLAT


@pytest.mark.parametrize(
    "code", ["EPSG:99999", "", "Lüchow", "+proj=utm +zone=32", "EPSG:25833; DROP", "file:/etc/passwd"]
)
def test_a_system_that_does_not_exist_is_refused(code):
    with pytest.raises(FileRefused) as refused:
        crs.named(code)
    assert refused.value.code == "crs-unknown"


def test_a_system_of_heights_says_nothing_about_the_place():
    with pytest.raises(FileRefused) as refused:
        crs.usable(CRS.from_epsg(7837))
    assert refused.value.code == "crs-unusable"


def test_a_local_grid_says_nothing_about_the_place():
    local = CRS.from_wkt('LOCAL_CS["Werksnetz",UNIT["metre",1],AXIS["X",EAST],AXIS["Y",NORTH]]')
    with pytest.raises(FileRefused) as refused:
        crs.usable(local)
    assert refused.value.code == "crs-unusable"


def test_of_a_compound_system_the_horizontal_part_counts():
    assert crs.label(crs.named("EPSG:5555")) == "EPSG:25832"


def test_heights_are_dropped_and_storage_stays_itself():
    stored = crs.to_storage(Point(EAST, NORTH, 21), crs.STORAGE)
    assert not stored.has_z
    assert (stored.x, stored.y) == (EAST, NORTH)


@pytest.mark.parametrize("epsg", [4326, 25833, 31468, 3857, 3035, 4647])
def test_a_field_comes_back_from_every_usual_system_to_a_millimetre(epsg):
    stored = crs.to_storage(moved(field(), epsg), CRS.from_epsg(epsg))
    assert shapely.hausdorff_distance(stored, field()) < 0.001


def test_the_area_is_true_where_the_plane_of_storage_is_not():
    at_lenzen = box(742_000, 5_895_000, 743_000, 5_896_000)
    assert crs.area_m2(at_lenzen) < at_lenzen.area
    geodesic = abs(CRS.from_epsg(4326).get_geod().geometry_area_perimeter(crs.to_lonlat(at_lenzen))[0])
    assert crs.area_m2(at_lenzen) == pytest.approx(geodesic, rel=1e-6)


def test_missing_geometries_stay_missing():
    array = np.array([None, field()], dtype=object)
    assert crs.to_storage_all(array, CRS.from_epsg(4326))[0] is None
    assert np.isnan(crs.areas_m2(array)[0])


def test_what_is_nowhere_on_earth_is_infinite_not_an_error():
    nowhere = crs.to_storage(box(1e9, 1e9, 1e10, 1e10), CRS.from_epsg(25833))
    assert not np.isfinite(shapely.get_coordinates(nowhere)).any()


def test_bounds_as_longitude_and_latitude_hold_all_four_corners():
    west, south, east, north = crs.lonlat_bounds(np.array([field().bounds]), crs.STORAGE)[0]
    assert 11.13 < west < east < 11.16
    assert 52.95 < south < north < 52.98
