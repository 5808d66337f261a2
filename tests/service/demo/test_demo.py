"""The demo region in the database: whole, the same every time, within seconds, and each login finds something."""

import json
from collections import Counter
from time import perf_counter

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from succession.accounts import passwords
from succession.accounts.actor import Actor, Role
from succession.accounts.demo_logins import DEMO_LOGINS, DEMO_PASSWORD
from succession.accounts.models import Account
from succession.accounts.queries import actor_of
from succession.audit.models import AuditEntry
from succession.awards.models_contract import Contract
from succession.awards.queries_outward import own_results
from succession.awards.queries_records import published, shown
from succession.awards.record_check import check
from succession.awards.record_lines import written
from succession.demo import service
from succession.demo.identity import demo_id
from succession.errors import Conflict, Forbidden
from succession.land.models import LandImport, Parcel
from succession.listings.models import Listing, ListingPublication
from succession.listings.states import ListingState
from succession.marks import Person
from succession.monitoring.queries import agenda, own
from succession.monitoring.schedule import Standing
from succession.outbox.models import OutboxMail
from succession.places import service as places
from succession.privacy.exporting import held
from succession.privacy.register import REGISTER
from tests.factories.accounts import an_account

SYSTEM = Actor.system()
OVERLAPS = text(
    "SELECT count(*) FROM parcel_location a JOIN parcel_location b ON a.parcel_id < b.parcel_id"
    " AND a.geom && b.geom AND ST_Area(ST_Intersection(a.geom, b.geom)) > 1"
)


def told(session):
    """Everything that must be the same on every machine."""
    listings = session.execute(select(Listing.public_id, Listing.reference, Listing.title).order_by(Listing.public_id))
    parcels = session.execute(select(Parcel.public_id, Parcel.parcel_key, Parcel.name).order_by(Parcel.public_id))
    accounts = session.execute(select(Account.public_id, Account.email, Account.name).order_by(Account.public_id))
    codes = session.execute(select(ListingPublication.public_id, ListingPublication.facts).order_by("public_id"))
    return listings.all(), parcels.all(), accounts.all(), codes.all()


def logins_find_something(session):
    by_email = {account.email: account for account in session.scalars(select(Account))}
    for name in ("seeker", "transferor", "landowner", "advisor", "mentor", "coordinator", "office", "council"):
        account = by_email[f"{name}@example.org"]
        assert passwords.is_password(DEMO_PASSWORD, account.password_hash)
        assert account.confirmed_at is not None
    transferor = by_email["transferor@example.org"]
    states = set(session.scalars(select(Listing.state).where(Listing.owner_account_id == transferor.id)))
    assert states == {ListingState.PUBLISHED, ListingState.DRAFT}
    assert session.scalar(select(func.count()).select_from(LandImport)) == 1
    assert session.scalar(select(func.count()).select_from(OutboxMail)) >= 2


def the_richest_can_take_everything_with_them(session):
    """P1: complete against the register, and nobody else's address, in well under a minute."""
    accounts = session.scalars(select(Account).where(Account.email.in_(DEMO_LOGINS))).all()
    addresses = set(session.scalars(select(Account.email)))
    people = [Person(one.id, one.public_id, one.email, one.name) for one in accounts]
    copies = {person: list(held(session, person)) for person in people}
    richest = max(people, key=lambda person: sum(len(table.rows) for table in copies[person]))
    tables = {table.name: table for table in copies[richest]}
    assert sum(len(table.rows) for table in copies[richest]) > 40
    for marked in REGISTER:
        for concern in marked.concerns:
            rows = session.execute(select(marked.table.c[0]).where(concern.where(richest))).all()
            if rows and concern.is_exported and marked.personal:
                assert len(tables[marked.table.name].rows) >= len(rows), marked.table.name
    words = json.dumps([table.rows for table in copies[richest]])
    assert [address for address in addresses - {richest.email} if address and address in words] == []


def the_past_call_has_gone_to_its_end(session, now):
    """Decided, told, signed and watched through the services, with one promise looked at and others waiting."""
    seeker = session.scalars(select(Account).where(Account.email == "seeker@example.org")).one()
    records = published(session, Actor.visitor(), limit=10)
    assert len(records) == 2
    for line in records:
        record = shown(session, Actor.visitor(), line.public_id).record
        assert record.published_at < now
        assert check(written(record.public_record)).holds
    contracts = session.scalars(select(Contract)).all()
    assert len(contracts) == 2
    standing = Counter(
        one.standing for one in agenda(session, actor_of(session, landowner(session)), today=now.date(), limit=50)
    )
    assert standing[Standing.OVERDUE] >= 1
    held = own(session, actor_of(session, seeker.id), today=now.date())
    assert sum(len(line.findings) for one in held for promise in one.promises for line in promise.checks) == 1
    applied = demo_id("application", "vegetable-founder")
    assert [one.number for one in own_results(session, actor_of(session, seeker.id), applied)] == [1, 2]
    assert max(session.scalars(select(AuditEntry.recorded_at))) <= now


def landowner(session):
    return session.scalars(select(Account.id).where(Account.email == "landowner@example.org")).one()


@pytest.mark.long
def test_the_demo_region_is_built_in_less_than_twenty_seconds(database, now):
    with Session(database.engine) as session:
        places.load_gazetteer(session, SYSTEM, region=database.settings.region)
        begin = perf_counter()
        service.build(session, SYSTEM, now=now)
        assert perf_counter() - begin < 20


def test_the_demo_region_is_whole_and_built_once_and_each_login_finds_something(database, now):
    with Session(database.engine) as session:
        places.load_gazetteer(session, SYSTEM, region=database.settings.region)
        region = service.build(session, SYSTEM, now=now)
        assert region.is_new
        assert region.businesses >= 60
        assert region.parcels >= 400
        assert region.seekers >= 150
        assert session.scalar(OVERLAPS) == 0
        assert set(session.scalars(select(Listing.state))) == set(ListingState)
        assert session.scalar(select(func.bool_and(Account.is_demo)))
        logins_find_something(session)
        the_past_call_has_gone_to_its_end(session, now)
        the_richest_can_take_everything_with_them(session)
        again = service.build(session, SYSTEM, now=now)
        assert (again.is_new, again.parcels, again.seekers) == (False, region.parcels, region.seekers)


def test_it_is_the_same_every_time(database, now):
    seen = []
    with Session(database.engine) as session:
        places.load_gazetteer(session, SYSTEM, region=database.settings.region)
        for _ in range(2):
            attempt = session.begin_nested()
            service.build(session, SYSTEM, now=now)
            seen.append(told(session))
            attempt.rollback()
    assert seen[0] == seen[1]


def test_it_is_refused_beside_real_people_and_for_people(session, now):
    an_account(session, Role.SEEKER)
    with pytest.raises(Conflict):
        service.build(session, SYSTEM, now=now)
    with pytest.raises(Forbidden):
        service.build(session, Actor.visitor(), now=now)
