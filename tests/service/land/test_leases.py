from datetime import date

import pytest
from sqlalchemy import func, select

from succession.accounts.models import OrganisationKind
from succession.errors import Conflict, Forbidden, NotFound, Refused
from succession.land import queries_leases, service_leases
from succession.land.models_leases import Lease
from succession.land.owner import Owner
from succession.land.queries_leases import LeaseFilter, Order
from succession.land.service_leases import LeaseValues
from tests.factories.accounts import an_actor, an_organisation
from tests.factories.calls import a_clerk, some_parcels
from tests.factories.organisations import MembershipRole, a_member, acting

VALUES = LeaseValues("Hof Müller", 120_000, date(2015, 10, 1), date(2028, 9, 30), 24)


@pytest.fixture
def municipality(session):
    return an_organisation(session, OrganisationKind.MUNICIPALITY)


@pytest.fixture
def clerk(session, municipality):
    return a_clerk(session, municipality)


def test_two_leases_of_one_parcel_never_overlap(session, municipality, clerk, now):
    parcel = some_parcels(session, municipality, 1)[0]
    service_leases.enter(session, clerk, parcel.public_id, VALUES, now=now)
    later = LeaseValues("Hof Meier", None, date(2028, 9, 30), None)
    with pytest.raises(Conflict):
        service_leases.enter(session, clerk, parcel.public_id, later, now=now)
    after = LeaseValues("Hof Meier", None, date(2028, 10, 1), None)
    service_leases.enter(session, clerk, parcel.public_id, after, now=now)
    found = queries_leases.leases_of_parcel(session, clerk, parcel.public_id)
    assert [one.starts_on for one in found] == [date(2028, 10, 1), date(2015, 10, 1)]
    with pytest.raises(Conflict):
        service_leases.end(session, clerk, found[1].public_id, date(2029, 1, 1), now=now)
    with pytest.raises(Conflict):
        service_leases.change(session, clerk, found[0].public_id, VALUES, now=now)


def test_a_lease_is_changed_ended_and_deleted_by_those_who_keep_it(session, municipality, clerk, now):
    parcel = some_parcels(session, municipality, 1)[0]
    lease = service_leases.enter(session, clerk, parcel.public_id, VALUES, now=now)
    service_leases.end(session, clerk, lease.public_id, date(2027, 9, 30), now=now)
    assert lease.ends_on == date(2027, 9, 30)
    with pytest.raises(Refused):
        service_leases.end(session, clerk, lease.public_id, date(2014, 9, 30), now=now)
    reader = acting(session, a_member(session, municipality, MembershipRole.READER), now)
    with pytest.raises(Forbidden):
        service_leases.delete(session, reader, lease.public_id, now=now)
    with pytest.raises(NotFound):
        service_leases.delete(session, an_actor(session), lease.public_id, now=now)
    service_leases.delete(session, clerk, lease.public_id, now=now)
    assert queries_leases.count_leases(session, clerk, LeaseFilter()) == 0


def test_a_table_is_taken_in_whole_or_not_at_all(session, municipality, clerk, now):
    parcels = some_parcels(session, municipality, 2)
    owner = Owner(organisation_id=municipality.id, name=municipality.name, public_id=municipality.public_id)
    head = "Flurstück;Pächter;Pacht;Beginn;Ende\n"
    good = f"{parcels[0].name};Hof A;100;01.10.2015;30.09.2028\n{parcels[1].name};Hof B;200;01.10.2016;\n"
    bad = "Nirgendwo;Hof C;300;01.10.2016;\n"
    report = service_leases.take_in(session, clerk, owner, (head + good + bad).encode(), now=now)
    assert (report.taken, [one.line for one in report.problems]) == (0, [4])
    assert session.scalar(select(func.count(Lease.id))) == 0
    assert service_leases.take_in(session, clerk, owner, (head + good).encode(), now=now).taken == 2
    assert service_leases.take_in(session, clerk, owner, (head + good).encode(), now=now).taken == 2
    lines = queries_leases.own_leases(session, clerk, LeaseFilter(order=Order.RENT))
    assert [line.lessee_name for line in lines] == ["Hof B", "Hof A"]


def test_the_public_learns_only_ends_of_public_owners_leases(session, municipality, clerk, now):
    parcel = some_parcels(session, municipality, 1)[0]
    service_leases.enter(session, clerk, parcel.public_id, VALUES, now=now)
    private = an_organisation(session, OrganisationKind.PRIVATE)
    own = some_parcels(session, private, 1)[0]
    service_leases.enter(session, a_clerk(session, private), own.public_id, VALUES, now=now)
    found = queries_leases.public_leases_ending(session, first=date(2028, 1, 1), last=date(2028, 12, 31))
    assert [(one.owner_name, one.ends_on) for one in found] == [(municipality.name, date(2028, 9, 30))]
    assert "Müller" not in str(found)
