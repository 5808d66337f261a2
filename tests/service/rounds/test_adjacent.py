"""Side by side means an edge of a metre or more, as far as surveys agree."""

from datetime import UTC, datetime

import pytest
import shapely

from succession.accounts.actor import Actor
from succession.land import service
from succession.land.facts import NewParcel
from succession.land.models import LandUse
from succession.land.owner import Owner
from succession.land.queries_adjacent import adjacent_groups
from tests.factories.accounts import an_organisation
from tests.factories.land import X, Y


def parcels(session, *boxes):
    owner = an_organisation(session)
    drafts = [
        NewParcel(
            outline=shapely.box(X + left, Y + bottom, X + left + width, Y + bottom + height),
            name=f"Feld {place}",
            land_use=LandUse.ARABLE,
        )
        for place, (left, bottom, width, height) in enumerate(boxes)
    ]
    whose = Owner(organisation_id=owner.id, name=owner.name)
    added = service.add_parcels(session, Actor.system(), whose, drafts, now=datetime.now(UTC))
    session.commit()
    return [one.id for one in added]


@pytest.mark.parametrize(
    ("other", "is_adjacent"),
    [
        ((100, 0, 100, 100), True),
        ((100, 99, 100, 100), True),
        ((100, 99.5, 100, 100), False),
        ((100, 100, 100, 100), False),
        ((100.05, 0, 100, 100), True),
        ((100.5, 0, 100, 100), False),
    ],
)
def test_an_edge_of_a_metre_makes_neighbours_and_a_corner_does_not(session, other, is_adjacent):
    one, two = parcels(session, (0, 0, 100, 100), other)
    assert adjacent_groups(session, {1: [one], 2: [two]}) == ([(1, 2)] if is_adjacent else [])


def test_lots_of_several_parcels_lie_side_by_side_if_one_pair_does(session):
    a, b, c, d = parcels(session, (0, 0, 100, 100), (500, 0, 100, 100), (600, 0, 100, 100), (0, 500, 50, 50))
    assert adjacent_groups(session, {3: [a, b], 1: [c], 2: [d]}) == [(1, 3)]
