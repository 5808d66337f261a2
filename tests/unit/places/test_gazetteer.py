"""The product's places come out of the package whole, and the same every time."""

import pytest

from succession.places.gazetteer import SOURCE, GazetteerPlace, german_places, place_public_id, without_doubles


@pytest.fixture(scope="module")
def places():
    return german_places()


def test_all_german_places_are_read(places):
    assert len(places) == 11_868
    assert len({place.source_id for place in places}) == len(places)


def test_a_place_keeps_its_public_id():
    assert str(place_public_id(SOURCE, "2875542")) == str(place_public_id("geonames", "2875542"))
    assert place_public_id(SOURCE, "1") != place_public_id(SOURCE, "2")


def test_names_in_other_scripts_and_codes_are_left_out(places):
    hitzacker = next(place for place in places if place.name == "Hitzacker")
    assert all(max(map(ord, name)) < 0x250 and len(name) > 3 for name in hitzacker.alternative_names)


def test_of_a_village_listed_twice_the_counted_one_stays():
    twice = [
        GazetteerPlace(SOURCE, "1", "Breese", 53.0, 11.8, 1703, "11"),
        GazetteerPlace(SOURCE, "2", "Breese", 53.004, 11.793, 0, "11"),
        GazetteerPlace(SOURCE, "3", "Breese", 53.2, 11.9, 0, "11"),
    ]
    assert [place.source_id for place in without_doubles(twice)] == ["1", "3"]
