from decimal import Decimal
from uuid import uuid4

import pytest
import shapely
from sqlalchemy import select

from succession.accounts.actor import Actor, Role
from succession.db import public_reading
from succession.errors import Forbidden, NotFound, Refused
from succession.land import policy, queries, service
from succession.land.facts import NewParcel, NewSite
from succession.land.models import LandUse, Parcel
from succession.land.owner import Owner
from tests.factories.accounts import an_account, an_actor, an_organisation
from tests.factories.land import NOON, X, Y, a_field, an_owner, parcels


@pytest.fixture
def owner(session):
    return an_owner(session)


def test_several_parcels_are_summed_up(session, owner):
    added = parcels(session, owner, 3, land_use=LandUse.GRASSLAND)
    summary = queries.parcel_summary(session, [parcel.id for parcel in added])
    assert summary.count == 3
    assert summary.area_m2 == pytest.approx(30_000, rel=0.001)
    assert summary.land_uses == (LandUse.GRASSLAND,)
    assert summary.soil_points == Decimal("41.0")
    assert (summary.blocks, summary.contiguity) == (3, "blocks")


def test_fields_side_by_side_are_one_block(session, owner):
    boxes = [shapely.box(X + i * 100, Y, X + i * 100 + 95, Y + 100) for i in range(4)]
    added = service.add_parcels(session, Actor.system(), owner, [NewParcel(box) for box in boxes], now=NOON)
    assert queries.parcel_summary(session, [parcel.id for parcel in added]).contiguity == "one_block"


def test_no_parcels_are_nothing(session):
    summary = queries.parcel_summary(session, [])
    assert (summary.count, summary.area_ha, summary.soil_points, summary.contiguity) == (0, 0, None, None)


def test_the_official_area_counts_where_it_is_known(session, owner):
    drafts = [NewParcel(a_field(0), official_area_m2=Decimal(9000)), NewParcel(a_field(1))]
    added = service.add_parcels(session, Actor.system(), owner, drafts, now=NOON)
    assert float(queries.parcel_summary(session, [p.id for p in added]).area_ha) == pytest.approx(1.9, abs=0.001)


def test_the_point_for_publishing_is_the_farmstead_else_the_largest_parcel(session, owner):
    drafts = [NewParcel(a_field(0)), NewParcel(a_field(5, size=150))]
    added = service.add_parcels(session, Actor.system(), owner, drafts, now=NOON)
    site = service.create_site(session, Actor.system(), owner, NewSite("Hof", X + 7, Y + 9), now=NOON)
    ids = [parcel.id for parcel in added]
    assert queries.location_for_publication(session, site_id=site.id, parcel_ids=ids) == (X + 7, Y + 9)
    point = queries.location_for_publication(session, site_id=None, parcel_ids=ids)
    assert shapely.contains(a_field(5, size=150), shapely.Point(point))
    assert queries.location_for_publication(session, site_id=None, parcel_ids=[]) is None
    assert [found.name for found in queries.sites_of(session, Actor.system())] == ["Hof"]


def test_an_outline_that_cannot_be_stored_is_refused(session, owner):
    with pytest.raises(Refused):
        service.add_parcels(session, Actor.system(), owner, [NewParcel(shapely.Point(X, Y))], now=NOON)


@pytest.mark.parametrize("relation", ["owner", "member", "stranger", "system"])
def test_pages_and_lists_agree_on_who_sees_a_parcel(session, relation):
    person = an_account(session, Role.LANDOWNER)
    organisation = an_organisation(session, members=[person])
    owner = Owner(account_id=person.id) if relation == "owner" else Owner(organisation_id=organisation.id)
    (parcel,) = parcels(session, owner, 1)
    if relation == "stranger":
        person = an_account(session, Role.LANDOWNER)
    actor = Actor.system() if relation == "system" else queries_actor(session, person)
    listed = session.scalar(select(Parcel.id).where(policy.visible_parcels(actor))) is not None
    assert listed == policy.may_view(actor, parcel) == (relation != "stranger")
    assert len(queries.own_parcels(session, actor)) == listed
    assert len(queries.parcels_by_public_ids(session, actor, [parcel.public_id])) == listed
    if not listed:
        with pytest.raises(NotFound):
            queries.own_parcel(session, actor, parcel.public_id)


def queries_actor(session, person):
    from succession.accounts import queries as accounts

    return accounts.actor_of(session, person.id)


def test_only_the_operator_lists_owners(session, owner):
    parcels(session, owner, 2)
    with pytest.raises(Forbidden):
        queries.owners(session, an_actor(session, Role.LANDOWNER))
    (line,) = [line for line in queries.owners(session, Actor.system()) if line.name == owner.name]
    assert (line.kind, line.parcels) == ("municipality", 2)
    assert line.as_dict()["area_ha"] == pytest.approx(2, abs=0.01)


def test_an_unknown_import_is_not_found(session):
    with pytest.raises(NotFound):
        queries.land_import(session, Actor.system(), uuid4())


def test_the_public_role_reads_nothing_of_the_land_room(session, owner):  # LP-6
    from sqlalchemy.exc import ProgrammingError

    parcels(session, owner, 1)
    for table in ("parcel_location", "site_location", "land_import_preview", "land_import", "parcel", "site"):
        with pytest.raises(ProgrammingError), public_reading(session) as reader:
            reader.execute(select(1).select_from(__import__("sqlalchemy").table(table)))
