"""The drawn river flows past its towns on the right side."""

import pytest
from shapely import LineString, Point

from succession.places.elbe import course

LEFT = {
    "Tangermünde": (11.976, 52.541),
    "Arneburg": (12.006, 52.676),
    "Werben": (11.982, 52.860),
    "Beuster": (11.786, 52.940),
    "Schnackenburg": (11.564, 53.037),
    "Gorleben": (11.357, 53.048),
    "Damnatz": (11.177, 53.136),
    "Hitzacker": (11.044, 53.153),
    "Neu Darchau": (10.885, 53.229),
    "Bleckede": (10.735, 53.287),
}
RIGHT = {
    "Schönhausen": (12.038, 52.583),
    "Sandau": (12.046, 52.790),
    "Havelberg": (12.076, 52.831),
    "Wittenberge": (11.749, 53.000),
    "Cumlosen": (11.658, 53.032),
    "Lenzen": (11.475, 53.092),
    "Dömitz": (11.250, 53.141),
    "Boizenburg": (10.738, 53.381),
    "Lauenburg": (10.559, 53.372),
}


@pytest.mark.parametrize("name", [*LEFT, *RIGHT])
def test_each_town_lies_on_its_own_bank(name):
    river = LineString(course())
    town = Point(LEFT.get(name) or RIGHT[name])
    along = river.project(town)
    before, after = river.interpolate(along - 0.001), river.interpolate(along + 0.001)
    side = (after.x - before.x) * (town.y - before.y) - (after.y - before.y) * (town.x - before.x)
    assert (side > 0) == (name in LEFT)
    assert 0.002 < river.distance(town) < 0.05


def test_the_river_does_not_cross_itself():
    assert LineString(course()).is_simple
