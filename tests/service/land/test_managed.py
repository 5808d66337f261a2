"""An office brings in the land of several owners with one file: each row's owner must have given it a mandate."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from click.testing import CliRunner
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from succession.accounts.actor import Actor, Role
from succession.accounts.duties import MandateScope, MembershipRole
from succession.accounts.models import Account, OrganisationKind
from succession.cli.land import land
from succession.errors import Forbidden
from succession.geo.intake import Rules
from succession.land import policy, queries, service_managed
from succession.land.models import LandImport, Parcel
from succession.land.owner import Owner
from succession.land.report import document, packed, unpacked
from succession.land.requests import ImportRequest, Provenance
from tests.factories.accounts import an_actor, an_organisation
from tests.factories.land import NOON, Row, a_field, a_file
from tests.factories.organisations import a_mandate, a_member, acting, an_office

SYSTEM = Actor.system()


@pytest.fixture
def office(session):
    return an_office(session, name="Amt Lenzen")


@pytest.fixture
def owners(session, office):
    """Two owners with a mandate, one whose mandate is over, one with a mandate for other things."""
    made = {
        "lanz": an_organisation(session, name="Gemeinde Lanz"),
        "parish": an_organisation(session, OrganisationKind.PARISH, name="Kirche Lanz"),
        "former": an_organisation(session, name="Gemeinde Gestern"),
        "letters": an_organisation(session, name="Gemeinde Brief"),
        "stranger": an_organisation(session, name="Gemeinde Fremd"),
    }
    a_mandate(session, made["lanz"], office)
    a_mandate(session, made["parish"], office)
    a_mandate(session, made["former"], office, ends_on=NOON.date() - timedelta(days=1))
    a_mandate(session, made["letters"], office, MandateScope.LETTERS)
    return made


def brought_in(session, office, path, actor=SYSTEM, **options):
    whose = Owner(organisation_id=office.id, name=office.name, public_id=office.public_id, is_office=True)
    request = ImportRequest(path=path, owner=whose, rules=Rules(), **options)
    report = service_managed.import_managed(session, actor, request, now=NOON)
    session.commit()
    return report


def file_of(tmp_path, *names, column="Eigentuemer", name="amt.gpkg", **values):
    rows = [Row(a_field(i), {column: owner, "FLIK": f"DE{i}", **values}) for i, owner in enumerate(names)]
    return a_file(tmp_path, rows, name=name)


def owned(session):
    statement = select(Parcel.owner_organisation_id, func.count()).group_by(Parcel.owner_organisation_id)
    return dict(session.execute(statement).all())


def counted(report):
    counts = report.counts
    return counts.imported, counts.updated, counts.unchanged, counts.refused, counts.held_back


def test_each_row_goes_to_the_owner_it_names(session, office, owners, tmp_path):
    path = file_of(tmp_path, "Gemeinde Lanz", " gemeinde  LANZ ", "Kirche Lanz")
    report = brought_in(session, office, path, provenance=Provenance(licence="dl-de/by-2-0"))
    assert counted(report) == (3, 0, 0, 0, 0)
    assert owned(session) == {owners["lanz"].id: 2, owners["parish"].id: 1}
    assert {(share.owner, share.counts.imported) for share in report.shares} == {
        ("Gemeinde Lanz", 2),
        ("Kirche Lanz", 1),
    }
    imports = session.scalars(select(LandImport).order_by(LandImport.owner_organisation_id)).all()
    assert [(one.owner_organisation_id, one.rows_read, one.licence) for one in imports] == [
        (owners["lanz"].id, 2, "dl-de/by-2-0"),
        (owners["parish"].id, 1, "dl-de/by-2-0"),
    ]
    again = brought_in(session, office, path)
    assert counted(again) == (0, 0, 3, 0, 0)
    assert owned(session) == {owners["lanz"].id: 2, owners["parish"].id: 1}


WITHOUT_MANDATE = {
    "Gemeinde Gestern": "owner-without-mandate",
    "Gemeinde Brief": "owner-without-mandate",
    "Gemeinde Fremd": "owner-without-mandate",
    "Erika Mustermann": "owner-without-mandate",
    "": "owner-missing",
    None: "owner-missing",
}


@pytest.mark.parametrize("name", WITHOUT_MANDATE)
def test_a_row_of_anybody_else_is_refused_and_holds_all_others_back(session, office, owners, tmp_path, name):
    path = file_of(tmp_path, "Gemeinde Lanz", name, "Kirche Lanz")
    report = brought_in(session, office, path)
    assert counted(report) == (0, 0, 0, 1, 2)
    assert [reason.code for row in report.rows if row.row == 2 for reason in row.reasons] == [WITHOUT_MANDATE[name]]
    assert [(share.owner, share.counts.held_back, share.counts.refused) for share in report.shares] == [
        ("Gemeinde Lanz", 1, 0),
        ("Kirche Lanz", 1, 0),
        (None, 0, 1),
    ]
    assert owned(session) == {}
    assert session.scalars(select(LandImport)).all() == []
    if name:
        assert name not in str(packed(report))  # it may be a person's name


def test_refused_rows_are_left_out_when_asked(session, office, owners, tmp_path):
    report = brought_in(
        session, office, file_of(tmp_path, "Gemeinde Lanz", "Gemeinde Fremd", "Kirche Lanz"), skip_refused=True
    )
    assert counted(report) == (2, 0, 0, 1, 0)
    assert owned(session) == {owners["lanz"].id: 1, owners["parish"].id: 1}


def test_a_contradiction_within_one_owners_rows_holds_the_other_owner_back_too(session, office, owners, tmp_path):
    rows = [
        Row(a_field(0), {"owner": "Gemeinde Lanz", "flstkennz": "12034500100045______", "name": "A"}),
        Row(a_field(0), {"owner": "Gemeinde Lanz", "flstkennz": "12034500100045______", "name": "B"}),
        Row(a_field(5), {"owner": "Kirche Lanz", "flstkennz": "12034500100046______", "name": "C"}),
    ]
    report = brought_in(session, office, a_file(tmp_path, rows))
    assert (report.counts.refused, report.counts.taken, owned(session)) == (1, 0, {})


def test_only_checking_changes_nothing(session, office, owners, tmp_path):
    report = brought_in(session, office, file_of(tmp_path, "Gemeinde Lanz", "Kirche Lanz"), dry_run=True)
    assert counted(report) == (2, 0, 0, 0, 0)
    assert owned(session) == {}
    assert unpacked(packed(report)) == report
    assert [share["owner"] for share in document(report, str)["owners"]] == ["Gemeinde Lanz", "Kirche Lanz"]


def test_the_column_can_be_named_and_must_be_there(session, office, owners, tmp_path):
    path = file_of(tmp_path, "Gemeinde Lanz", column="Wem")
    assert [reason.code for reason in brought_in(session, office, path).reasons] == ["owner-column-missing"]
    wrong = brought_in(session, office, path, owner_column="Wessen")
    assert [reason.code for reason in wrong.reasons] == ["column-unknown"]
    assert counted(brought_in(session, office, path, owner_column="wem")) == (1, 0, 0, 0, 0)


def test_two_owners_of_one_name_are_not_guessed(session, office, owners, tmp_path):
    twin = an_organisation(session, OrganisationKind.PARISH, name="Gemeinde Lanz")
    a_mandate(session, twin, office)
    report = brought_in(session, office, file_of(tmp_path, "Gemeinde Lanz"))
    assert [reason.code for reason in report.rows[0].reasons] == ["owner-ambiguous"]


@pytest.mark.parametrize("role", MembershipRole)
def test_clerks_and_administrators_of_the_office_bring_land_in(session, office, owners, tmp_path, role):
    actor = acting(session, a_member(session, office, role), NOON)
    path = file_of(tmp_path, "Gemeinde Lanz")
    if role in {MembershipRole.CLERK, MembershipRole.ADMINISTRATOR}:
        assert counted(brought_in(session, office, path, actor)) == (1, 0, 0, 0, 0)
        named = [(owner.name, owner.is_office) for owner in queries.possible_owners(session, actor, now=NOON)]
        assert ("Amt Lenzen", True) in named
        assert ("Gemeinde Lanz", False) in named
        assert ("Gemeinde Brief", False) not in named
    else:
        with pytest.raises(Forbidden):
            brought_in(session, office, path, actor)
        assert [one.name for one in queries.possible_owners(session, actor, now=NOON)] == [actor.name]
    assert not policy.may_import(an_actor(session, Role.LANDOWNER), Owner(organisation_id=office.id))


def test_an_import_a_day_after_the_mandate_is_refused(session, office, tmp_path):
    owner = an_organisation(session, name="Gemeinde Lanz")
    a_mandate(session, owner, office, ends_on=NOON.date())
    path = file_of(tmp_path, "Gemeinde Lanz")
    whose = Owner(organisation_id=office.id, name=office.name, is_office=True)
    request = ImportRequest(path=path, owner=whose, rules=Rules(), dry_run=True)
    for days, refused in ((0, 0), (1, 1)):
        report = service_managed.import_managed(session, SYSTEM, request, now=NOON + timedelta(days=days))
        assert report.counts.refused == refused


def test_two_offices_files_at_once_do_not_block_each_other(database, tmp_path):
    with Session(database.engine, expire_on_commit=False) as session:
        offices = [an_office(session), an_office(session)]
        owners = [an_organisation(session, name=f"Gemeinde {number}") for number in range(4)]
        for one in offices:
            for owner in owners:
                a_mandate(session, owner, one)
    names = [owner.name for owner in owners]
    paths = [file_of(tmp_path, *names, name="a.gpkg"), file_of(tmp_path, *reversed(names), name="b.gpkg")]

    def bring(number):
        with Session(database.engine) as session:
            return counted(brought_in(session, offices[number], paths[number]))

    with ThreadPoolExecutor(2) as pool:
        results = list(pool.map(bring, range(2)))
    assert all(counts[3:] == (0, 0) for counts in results)


def test_nothing_is_lost_when_the_clerk_goes(session, office, owners, tmp_path):
    clerk = a_member(session, office, MembershipRole.CLERK)
    brought_in(session, office, file_of(tmp_path, "Gemeinde Lanz"), acting(session, clerk, NOON))
    session.execute(delete(Account).where(Account.id == clerk.id))
    session.commit()
    assert owned(session) == {owners["lanz"].id: 1}
    colleague = acting(session, a_member(session, office, MembershipRole.READER), NOON)
    assert len(queries.own_parcels(session, colleague)) == 1
    assert [one.started_by_account_id for one in queries.own_imports(session, colleague)] == [None]


@pytest.fixture
def command(monkeypatch, session):
    """`succession land` on the test's own session."""
    from contextlib import contextmanager

    @contextmanager
    def own_session(_settings=None):
        with session.begin_nested():
            yield session

    monkeypatch.setattr("succession.cli.land.database_session", own_session)
    return lambda *words: CliRunner().invoke(land, ["import", *map(str, words)])


def test_the_command_brings_land_in_for_an_office(session, office, owners, tmp_path, command):
    path = file_of(tmp_path, "Gemeinde Lanz", "Kirche Lanz")
    done = command(path, "--managed-by", "amt lenzen", "--json")
    assert done.exit_code == 0, done.output
    found = json.loads(done.stdout)
    assert {share["owner"]: share["imported"] for share in found["owners"]} == {"Gemeinde Lanz": 1, "Kirche Lanz": 1}
    refused = command(file_of(tmp_path, "Gemeinde Fremd", name="b.gpkg"), "--managed-by", "Amt Lenzen")
    assert refused.exit_code == 1
    assert "no owner with a mandate" in refused.output


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["--owner", "Gemeinde Lanz", "--managed-by", "Amt Lenzen"],
        ["--owner", "Gemeinde Lanz", "--owner-column", "Wem"],
        ["--managed-by", "Amt Lenzen", "--create-owner", "parish"],
    ],
)
def test_the_command_wants_one_owner_or_one_office(command, tmp_path, words):
    assert command(file_of(tmp_path, "Gemeinde Lanz"), *words).exit_code == 2


def test_an_office_is_no_owner_for_the_command(session, office, command, tmp_path):
    assert command(file_of(tmp_path, "x"), "--owner", "Amt Lenzen").exit_code == 1
    assert command(file_of(tmp_path, "x"), "--managed-by", "Gemeinde Lanz").exit_code == 1
