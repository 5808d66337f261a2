"""Public areas: nearest place, nested, without gap or overlap, each with one whole-metre reference point in it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import Point, box, coverage_is_valid

from succession.places.areas import DIVIDED, INHABITANTS, AreaLevel, divide
from succession.places.naming import NamedPoint

REGION = box(0, 0, 40_000, 30_000)
SPOTS = st.tuples(st.integers(-20_000, 60_000), st.integers(-20_000, 50_000))
SIZES = st.sampled_from([0, 499, 500, 900, 2_500, 4_000, 10_000, 25_000])


@st.composite
def countries(draw):
    spots = draw(st.lists(SPOTS, min_size=3, max_size=25, unique=True))
    places = [NamedPoint(n, f"Ort {n}", x, y, draw(SIZES)) for n, (x, y) in enumerate(spots, start=1)]
    town = NamedPoint(99, "Stadt", 20_000, 15_000, 12_000)
    return [*[p for p in places if (p.x, p.y) != (town.x, town.y)], town]


def by_level(areas):
    return {level: [area for area in areas if area.level == level] for level in DIVIDED}


@given(countries(), SPOTS)
def test_a_location_lies_in_the_cell_of_the_nearest_place(places, spot):
    here = Point(spot)
    seeds = [place for place in places if place.population >= 500]
    nearest = min(here.distance(Point(place.x, place.y)) for place in seeds)
    for area in by_level(divide(places, REGION))[AreaLevel.PLACE]:
        place = next(place for place in places if place.id == area.place_id)
        if area.outline.buffer(-1).contains(here):
            assert here.distance(Point(place.x, place.y)) <= nearest + 1e-6


@given(countries())
def test_every_level_covers_the_region_and_nests_in_the_next(places):
    levels = by_level(divide(places, REGION))
    for level, areas in levels.items():
        assert coverage_is_valid([area.outline for area in areas])
        assert sum(area.outline.intersection(REGION).area for area in areas) == pytest.approx(REGION.area)
        for area in areas:
            if level is AreaLevel.REGION:
                continue
            above = next(
                a for a in levels[AreaLevel(level + 1)] if a.place_id == area.parent_place_id or a.place_id is None
            )
            assert area.outline.difference(above.outline).area < 1


@given(countries())
def test_the_reference_is_a_whole_metre_inside(places):
    for area in divide(places, REGION):
        assert area.outline.covers(Point(area.reference))
        assert all(isinstance(number, int) for number in area.reference)


@given(countries())
def test_coarser_areas_are_named_for_larger_places(places):
    sizes = {place.id: place.population for place in places}
    for area in divide(places, REGION):
        if area.place_id is not None:
            assert sizes[area.place_id] >= INHABITANTS[area.level]


@given(countries(), st.randoms())
def test_the_order_of_places_changes_nothing(places, random):
    shuffled = list(places)
    random.shuffle(shuffled)

    def told(areas):
        return {(a.level, a.place_id, a.reference, a.parent_place_id, round(a.outline.area)) for a in areas}

    assert told(divide(places, REGION)) == told(divide(shuffled, REGION))


def test_no_place_no_area():
    assert divide([NamedPoint(1, "Klein", 0, 0, 100)], REGION) == []
