import numpy as np
import pytest
import shapely
from pyproj import CRS

from succession.geo import crs
from succession.geo.region import DEFAULT_REGION, Guess, guess, missing_crs, outside, outside_findings
from succession.i18n import Text
from tests.factories.geo import field, moved


def sentence(text):
    """The English sentence, whole."""
    values = {name: sentence(value) if isinstance(value, Text) else value for name, value in text.values.items()}
    return text.msgid % values if values else text.msgid


def outside_finding(bounds, source_crs, region, **options):
    return outside_findings(np.array([bounds]), source_crs, region, **options)[0]


def bounds_in(epsg):
    return moved(field(), epsg).bounds


def swapped(bounds):
    left, bottom, right, top = bounds
    return bottom, left, top, right


def test_the_default_region_is_the_middle_elbe():
    assert (DEFAULT_REGION.west, DEFAULT_REGION.south) == (10.2, 52.2)
    assert (DEFAULT_REGION.east, DEFAULT_REGION.north) == (12.9, 53.8)


def test_what_lies_partly_outside_is_outside():
    def stored(west, south, east, north):
        return crs.to_storage(shapely.box(west, south, east, north), crs.LONLAT)

    array = np.array([field(), stored(10.1, 53, 10.3, 53.1), stored(8, 53, 8.1, 53.1), None], dtype=object)
    assert outside(array, DEFAULT_REGION).tolist() == [False, True, True, False]


@pytest.mark.parametrize("epsg", [4326, 25832, 25833, 31467, 31468, 3857, 3035, 4647])
def test_the_numbers_tell_their_system(epsg):
    assert guess(bounds_in(epsg), DEFAULT_REGION)[0] == Guess(f"EPSG:{epsg}")


@pytest.mark.parametrize("epsg", [4326, 25832, 25833, 3035])
def test_swapped_axes_are_recognised(epsg):
    assert guess(swapped(bounds_in(epsg)), DEFAULT_REGION)[0] == Guess(f"EPSG:{epsg}", axes_swapped=True)


def test_old_systems_that_nearly_agree_are_all_named():
    guesses = guess(bounds_in(31468), DEFAULT_REGION)
    assert [one.code for one in guesses] == ["EPSG:31468", "EPSG:2398"]
    assert "EPSG:2398 fits too" in sentence(outside_finding(bounds_in(31468), crs.STORAGE, DEFAULT_REGION).text)


@pytest.mark.parametrize(
    "bounds", [(0, 0, 1, 1), (float("nan"),) * 4, (float("inf"),) * 4, (1e300, 1e300, 2e300, 2e300)]
)
def test_numbers_that_fit_nowhere_give_no_guess(bounds):
    assert guess(bounds, DEFAULT_REGION) == ()


def test_a_wrong_system_is_refused_with_what_to_pass():
    finding = outside_finding(bounds_in(25833), crs.STORAGE, DEFAULT_REGION)
    assert finding.code == "outside-region"
    assert "looks like EPSG:25833: pass --crs EPSG:25833" in sentence(finding.text)


def test_metres_where_degrees_are_due_are_named_so():
    finding = outside_finding(bounds_in(25833), crs.LONLAT, DEFAULT_REGION, implied_lonlat=True)
    assert finding.code == "metres-not-degrees"
    assert "EPSG:25833" in sentence(finding.text)


def test_latitude_before_longitude_is_named_so():
    finding = outside_finding(swapped(bounds_in(4326)), crs.LONLAT, DEFAULT_REGION)
    assert finding.code == "axes-swapped"
    assert "axes swapped" in sentence(finding.text)


def test_degrees_beyond_the_globe_are_out_of_range():
    assert outside_finding((190, 95, 191, 96), crs.LONLAT, DEFAULT_REGION).code == "coordinates-out-of-range"


def test_a_place_far_away_is_named_without_a_guess():
    finding = outside_finding((-122.9, 38.3, -122.8, 38.4), CRS.from_epsg(4269), DEFAULT_REGION)
    assert finding.code == "outside-region"
    assert "No usual coordinate system" in sentence(finding.text)


def test_a_missing_system_is_refused_with_the_guess():
    refused = missing_crs(bounds_in(25833), DEFAULT_REGION)
    assert refused.code == "crs-missing"
    assert "looks like EPSG:25833: pass --crs EPSG:25833" in sentence(refused.text)
