"""The drill: backup, erase, restore elsewhere, replay the ledger; nothing of the person is found (P2, P3)."""

import subprocess
from contextlib import contextmanager
from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from succession.accounts.actor import Actor
from succession.cluster import SUPERUSER
from succession.db import DatabaseRole, make_engine
from succession.files.models import StoredFile
from succession.files.store import write
from succession.outbox import service as outbox
from succession.outbox.rendering import Letterhead
from succession.privacy import jobs, service
from succession.privacy.models import DataExport, Erasure
from tests.conftest import CLUSTER, drop, superuser
from tests.factories.privacy import MARKERS, NOON, a_rich_person, actor_of

LATER = NOON + timedelta(days=2)


def program(name, *arguments, database, given=None):
    address = CLUSTER.url(SUPERUSER, database).replace("+psycopg", "")
    command = [CLUSTER.program(name), *arguments, "--dbname", address]
    return subprocess.run(command, check=True, capture_output=True, input=given).stdout


dump = partial(program, "pg_dump", "--format=plain")


@contextmanager
def transaction(engine):
    with Session(engine, expire_on_commit=False) as session, session.begin():
        yield session


@pytest.fixture
def second(database):
    """An empty database into which the backup is brought back."""
    name = f"{database.name}_restored"
    with superuser() as connection:
        connection.exec_driver_sql(f'CREATE DATABASE "{name}" TEMPLATE template0')
    yield name
    drop(name)


def deliver(session, settings):
    """All mails leave, as far as an installation without a mail server goes."""
    letterhead = Letterhead(settings.site_name, settings.base_url, settings.contact, settings.mail.sender)
    while outbox.send_next(session, None, letterhead, now=LATER):
        session.flush()


def on_the_disk(folder):
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def found(content):
    return [marker for marker in MARKERS if marker.encode() in content]


def test_what_was_erased_stays_erased_after_an_older_backup_was_brought_back(database, second):
    begin = partial(transaction, database.engine)
    with Session(database.engine, expire_on_commit=False) as session:
        account = a_rich_person(session)
        file = session.scalars(select(StoredFile)).one()
        write(database.settings.files, file.public_id, {"document": MARKERS[0].encode()})
        service.request_export(session, actor_of(session, account), now=NOON)
        copy = session.scalars(select(DataExport.public_id)).one()
        session.commit()
    jobs.export(begin, export_id=str(copy), now=NOON, settings=database.settings)
    backup = dump(database=database.name)
    assert found(backup) == list(MARKERS)
    assert b"PK" in on_the_disk(database.settings.instance)
    assert found(on_the_disk(database.settings.files)) == [MARKERS[0]]

    with begin() as session:
        service.request_erasure(session, actor_of(session, account), now=NOON)
        erasure = session.scalars(select(Erasure.public_id)).one()
    jobs.erase(begin, erasure_id=str(erasure), now=NOON, settings=database.settings)
    with begin() as session:
        deliver(session, database.settings)
    jobs.retention(begin, now=LATER, settings=database.settings)
    assert found(dump(database=database.name)) == []
    assert found(on_the_disk(database.settings.instance)) == []
    assert b"PK" not in on_the_disk(database.settings.instance)

    program("psql", "--quiet", "--set=ON_ERROR_STOP=1", database=second, given=backup)
    assert found(dump(database=second)) == list(MARKERS)
    engine = make_engine(CLUSTER.url(DatabaseRole.APP, second), DatabaseRole.APP)
    with transaction(engine) as session:
        done = service.replay_ledger(session, Actor.system(), database.settings, now=LATER)
    engine.dispose()
    assert [erased.erasure.account_public_id for erased in done] == [account.public_id]
    assert found(dump(database=second)) == []
