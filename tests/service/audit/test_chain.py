"""S19, S23: the chain over the record tells every change, removal and insertion, and bears erasure."""

import json
import threading

import pytest
from click.testing import CliRunner
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError, ProgrammingError
from sqlalchemy.orm import Session
from sqlalchemy.pool import NullPool

from succession.accounts.actor import Actor, Principal, Role
from succession.audit import service
from succession.audit.models import AuditDetail, AuditEntry, AuditSeal
from succession.audit.verification import Fault, verify
from succession.cli.audit import audit
from succession.cluster import SUPERUSER
from succession.db import make_engine
from tests.conftest import CLUSTER
from tests.factories.accounts import an_actor

ACTS = 7


def some_acts(session, now, count=ACTS, **more):
    for number in range(count):
        service.record(session, Actor.system(), f"listing.act_{'abcdefghij'[number]}", kind="listing", now=now, **more)
    session.flush()


def faults(result):
    return [(one.fault, one.number) for one in result.findings]


@pytest.fixture
def sealed(database, now):
    """A database with seven sealed acts, each with a detail; the ids of the acts."""
    with Session(database.engine) as session:
        some_acts(session, now, detail={"note": "Frieda Muster"})
        session.commit()
        assert service.seal(session) == ACTS
        session.commit()
        return list(session.scalars(select(AuditEntry.id).order_by(AuditEntry.id)))


def tamper(database, *statements):
    """As somebody who may do everything and has switched the triggers off."""
    engine = make_engine(CLUSTER.url(SUPERUSER, database.name), poolclass=NullPool)
    with engine.begin() as connection:
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        for statement in statements:
            connection.execute(text(statement))


def verified(database, **more):
    with Session(database.engine) as session:
        return verify(session, **more)


def test_what_is_sealed_verifies_and_sealing_again_adds_nothing(database, sealed):
    result = verified(database)
    assert (result.is_whole, result.sealed, result.unsealed) == (True, ACTS, 0)
    with Session(database.engine) as session:
        assert service.seal(session) == 0


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ("UPDATE audit_entry SET action = 'listing.other' WHERE id = {third}", [(Fault.ENTRY_CHANGED, 3)]),
        ("UPDATE audit_entry SET account_public_id = gen_random_uuid(), acted_as = 'person' WHERE id = {third}",
         [(Fault.ENTRY_CHANGED, 3)]),
        (("UPDATE audit_entry SET on_behalf_of = gen_random_uuid(), acted_as = 'person',"
         " account_public_id = gen_random_uuid() WHERE id = {third}"), [(Fault.ENTRY_CHANGED, 3)]),
        ("UPDATE audit_entry SET recorded_at = recorded_at - interval '1 microsecond' WHERE id = {third}",
         [(Fault.ENTRY_CHANGED, 3)]),
        ("UPDATE audit_entry SET detail_hash = NULL WHERE id = {third}",
         [(Fault.ENTRY_CHANGED, 3), (Fault.DETAIL_INSERTED, 3)]),
        ("DELETE FROM audit_entry WHERE id = {third}", [(Fault.ENTRY_REMOVED, 3)]),
        ("DELETE FROM audit_seal WHERE number = 3", [(Fault.LINK_MISSING, 3), (Fault.ENTRY_CHANGED, 4)]),
        ("UPDATE audit_seal SET sealed_at = sealed_at - interval '1 day' WHERE number = 3",
         [(Fault.ENTRY_CHANGED, 3)]),
        ("UPDATE audit_detail SET detail = '{{\"note\": \"Karl\"}}' WHERE entry_id = {third}",
         [(Fault.DETAIL_CHANGED, 3)]),
        ("UPDATE audit_detail SET salt = sha256('x') WHERE entry_id = {third}", [(Fault.DETAIL_CHANGED, 3)]),
    ],
)  # fmt: skip
def test_a_change_behind_the_scenes_is_found_at_its_place(database, sealed, change, expected):
    tamper(database, change.format(third=sealed[2]))
    assert faults(verified(database)) == expected


def test_two_acts_that_changed_places_are_found(database, sealed):
    second, third = sealed[1], sealed[2]
    tamper(
        database,
        f"UPDATE audit_seal SET entry_id = 0 WHERE entry_id = {second}",
        f"UPDATE audit_seal SET entry_id = {second} WHERE entry_id = {third}",
        f"UPDATE audit_seal SET entry_id = {third} WHERE entry_id = 0",
    )
    assert faults(verified(database)) == [(Fault.ENTRY_CHANGED, 2), (Fault.ENTRY_CHANGED, 3)]


def test_an_act_that_claims_to_be_old_is_found_before_and_after_it_is_sealed(database, sealed):
    forged = (
        "INSERT INTO audit_entry (recorded_at, written_at, acted_as, action, kind)"
        " VALUES (now() - interval '2 hours', now() - interval '2 hours', 'system', 'listing.forged', 'listing')"
    )
    tamper(database, forged)
    assert faults(verified(database)) == [(Fault.ENTRY_INSERTED, None)]
    with Session(database.engine) as session:
        service.seal(session)
        session.commit()
    assert faults(verified(database)) == [(Fault.ENTRY_INSERTED, ACTS + 1)]


def test_a_chain_that_was_cut_and_sealed_anew_is_found_by_a_note_of_its_end(database, sealed, now):
    noted = verified(database)
    tamper(database, "DELETE FROM audit_seal WHERE number > 4", f"DELETE FROM audit_entry WHERE id = {sealed[5]}",
           f"DELETE FROM audit_detail WHERE entry_id = {sealed[5]}")  # fmt: skip
    with Session(database.engine) as session:
        some_acts(session, now, count=1)
        service.seal(session)
        session.commit()
    assert verified(database).is_whole
    assert faults(verified(database, noted=(noted.head_number, noted.head))) == [(Fault.HEAD_DIFFERS, ACTS)]


def test_an_erased_detail_breaks_nothing_and_is_counted(database, sealed):
    with Session(database.engine) as session:
        session.execute(text("DELETE FROM audit_detail WHERE entry_id = :id"), {"id": sealed[2]})
        session.commit()
    result = verified(database)
    assert (result.is_whole, result.erased_details) == (True, 1)


def test_the_application_may_erase_a_detail_but_neither_change_it_nor_touch_a_seal(session, now):
    some_acts(session, now, count=1, detail={"note": "x"})
    session.commit()
    for statement in (
        "UPDATE audit_detail SET detail = '{}'",
        "TRUNCATE audit_detail",
        "UPDATE audit_seal SET number = number",
        "DELETE FROM audit_seal",
        "TRUNCATE audit_seal",
    ):
        with pytest.raises(ProgrammingError, match="permission denied"), session.begin_nested():
            session.execute(text(statement))
    session.execute(text("DELETE FROM audit_detail"))


@pytest.mark.parametrize("statement", ["UPDATE audit_detail SET detail = '{}'", "DELETE FROM audit_seal"])
def test_even_the_owner_of_the_tables_is_refused(database, sealed, statement):
    engine = make_engine(database.admin_url, poolclass=NullPool)
    with engine.connect() as connection, pytest.raises(DBAPIError, match="never changed"):
        connection.execute(text(statement))


def test_a_late_commit_with_a_lower_number_comes_into_the_next_round(database, now):
    with Session(database.engine) as slow, Session(database.engine) as quick:
        some_acts(slow, now, count=1)
        some_acts(quick, now, count=2)
        quick.commit()
        assert service.seal(quick) == 2
        quick.commit()
        slow.commit()
        assert service.seal(quick) == 1
        quick.commit()
        order = list(quick.scalars(select(AuditSeal.entry_id).order_by(AuditSeal.number)))
    assert order[2] < order[0] < order[1]
    assert verified(database).is_whole


def test_of_two_sealers_at_once_one_does_the_work(database, now):
    with Session(database.engine) as session:
        some_acts(session, now, count=10)
        session.commit()
    counts, together = [], threading.Barrier(4)

    def run():
        with Session(database.engine) as session:
            together.wait()
            counts.append(service.seal(session))
            session.commit()

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    result = verified(database)
    assert (sum(counts), result.sealed, result.is_whole) == (10, 10, True)


def test_the_record_names_for_whom_and_in_whose_name(session, now):
    helper, person = an_actor(session, Role.ADVISOR), an_actor(session, Role.TRANSFEROR)
    principal = Principal(person.account_id, person.account_public_id, person.name)
    acting = Actor(account_id=helper.account_id, account_public_id=helper.account_public_id, acting_for=principal)
    office = an_actor(session).account_public_id
    service.record(session, acting, "listing.edited", kind="listing", organisation=office, now=now)
    session.flush()
    entry = session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert entry.account_public_id == helper.account_public_id
    assert entry.on_behalf_of == person.account_public_id
    assert entry.organisation_public_id == office


def test_personal_detail_is_apart_and_its_hash_gives_nothing_away(session, now):
    some_acts(session, now, count=2, detail={"note": "Frieda Muster"})
    entries = session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc()).limit(2)).all()
    assert entries[0].detail_hash != entries[1].detail_hash
    details = session.scalars(select(AuditDetail).where(AuditDetail.entry_id.in_([one.id for one in entries])))
    assert [one.detail for one in details] == [{"note": "Frieda Muster"}] * 2


@pytest.fixture
def command(database, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", database.admin_url)
    monkeypatch.setenv("SUCCESSION_INSTANCE", str(database.settings.instance))
    monkeypatch.setattr("succession.cli.session.places.is_loaded", lambda session: True)
    return lambda *words: CliRunner().invoke(audit, words)


def test_the_command_ends_with_one_and_the_place_when_something_was_changed(database, sealed, command):
    whole = command("verify", "--json")
    assert (whole.exit_code, json.loads(whole.stdout)["whole"]) == (0, True)
    tamper(database, f"UPDATE audit_entry SET action = 'listing.other' WHERE id = {sealed[4]}")
    broken = command("verify", "--json")
    assert broken.exit_code == 1
    assert json.loads(broken.stdout)["findings"] == [{"fault": "entry or link changed", "link": 5, "entry": sealed[4]}]
    plain = command("verify")
    assert (plain.exit_code, f"link 5, entry {sealed[4]}" in plain.stderr) == (1, True)


def test_the_command_compares_with_a_noted_end_and_refuses_nonsense(sealed, command):
    head = json.loads(command("verify", "--json").stdout)["head"]
    assert command("verify", "--noted", f"{head['number']}:{head['hash']}").exit_code == 0
    assert command("verify", "--noted", f"{head['number']}:{'0' * 64}").exit_code == 1
    assert command("verify", "--noted", "nonsense").exit_code == 2


def test_the_command_tells_what_happened_to_a_thing(database, command, now):
    with Session(database.engine) as session:
        person = an_actor(session, Role.SEEKER)
        thing = person.account_public_id
        service.record(session, person, "profile.edited", kind="profile", public_id=thing, detail={"n": 1}, now=now)
        session.commit()
    shown = json.loads(command("show", "--about", "profile", str(thing), "--json").stdout)
    assert [(act["action"], act["account"], act["detail"]) for act in shown["acts"]] == [
        ("profile.edited", str(thing), {"n": 1})
    ]
    assert command("show", "--about", "profile", "7").exit_code == 2
