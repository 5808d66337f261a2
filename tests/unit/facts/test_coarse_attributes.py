"""How coarse each published fact is (LP-8): steps, ranges, and never a year of birth."""

from itertools import pairwise

import pytest

from succession.facts.offer import OFFER_FIELDS
from succession.facts.seeker import SEEKER_FIELDS
from succession.facts.shapes import Banded, HalfYear, Unit

EVERY = [(field.name, field.shape) for field in (*OFFER_FIELDS, *SEEKER_FIELDS)]
BANDED = [(name, shape) for name, shape in EVERY if isinstance(shape, Banded)]


def widths(shape):
    """The width of each closed band; the last one has no end. A band of its own for none is no width."""
    edges = list(shape.edges)
    return [high - low for low, high in pairwise(edges)]


@pytest.mark.parametrize(("name", "shape"), BANDED, ids=[name for name, _ in BANDED])
def test_a_number_is_published_in_steps_only(name, shape):
    least = {
        Unit.HECTARE: 0.5,
        Unit.SOIL_POINTS: 10,
        Unit.EURO: 15_000,
        Unit.EURO_PER_MONTH: 250,
        Unit.EURO_PER_HECTARE_YEAR: 50,
        Unit.PEOPLE: 2,
    }
    assert all(width >= least.get(shape.unit, 1) for width in widths(shape)), (name, widths(shape))


def test_the_area_is_published_in_halves_of_a_hectare_at_the_finest():
    area = dict(EVERY)["area_ha"]
    assert min(widths(area)) == pytest.approx(0.5)
    assert all((edge * 2) % 1 == 0 for edge in area.edges)


def test_a_date_is_published_as_a_half_year_and_nobodys_birth_at_all():
    assert isinstance(dict(EVERY)["available_from"], HalfYear)
    assert not [name for name, _ in EVERY if "birth" in name or name.startswith(("age", "year_of"))]
