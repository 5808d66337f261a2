"""R11: large files are read and imported by the worker; a job that runs again changes nothing."""

import io
import os
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import func, select, text

from succession.accounts.actor import Role
from succession.errors import Conflict
from succession.land import jobs, queries, steps, uploads
from succession.land.models import ImportState, LandImport, Parcel
from succession.land.requests import Provenance
from tests.factories.accounts import an_actor
from tests.factories.land import NOON, Row, a_field, a_file


@pytest.fixture
def settings(worker_database, tmp_path):
    return replace(worker_database.settings, instance=tmp_path / "instance")


@pytest.fixture
def transaction(session):
    @contextmanager
    def transaction():
        try:
            yield session
            session.commit()
        except BaseException:
            session.rollback()
            raise

    return transaction


@pytest.fixture
def actor(session):
    return an_actor(session, Role.LANDOWNER)


def begun(session, settings, actor, path):
    stored = uploads.store(settings.uploads, io.BytesIO(path.read_bytes()), path.name)
    (owner,) = queries.possible_owners(session, actor, now=NOON)
    record = steps.begin(
        session, actor, owner, stored, provenance=Provenance(), choices=steps.Choices(), key=uuid4(), now=NOON
    )
    session.commit()
    return record


def later(session, actor, record, job, **arguments):
    steps.later(session, actor, record.public_id, job, target_path="/land", now=NOON, **arguments)
    session.commit()


def state(session):
    return session.scalars(select(LandImport.state)).one()


def test_the_worker_reads_and_imports(session, settings, transaction, actor, tmp_path):
    record = begun(session, settings, actor, a_file(tmp_path, [Row(a_field(i)) for i in range(3)]))
    later(session, actor, record, steps.CHECK)
    assert state(session) is ImportState.CHECKING
    jobs.check_upload(transaction, import_id=str(record.public_id), now=NOON, settings=settings)
    assert state(session) is ImportState.CHECKED
    later(session, actor, record, steps.IMPORT, skip_refused=False)
    for _ in range(2):
        jobs.import_upload(
            transaction, import_id=str(record.public_id), skip_refused=False, now=NOON, settings=settings
        )
    assert state(session) is ImportState.DONE
    assert session.scalar(select(func.count(Parcel.id))) == 3
    assert list(settings.uploads.glob("*")) == []


def test_a_file_that_has_changed_ends_the_import(session, settings, transaction, actor, tmp_path):
    record = begun(session, settings, actor, a_file(tmp_path, [Row(a_field(0))]))
    (settings.uploads / record.stored_name).write_bytes(b"something else")
    later(session, actor, record, steps.CHECK)
    with pytest.raises(Conflict):
        jobs.check_upload(transaction, import_id=str(record.public_id), now=NOON, settings=settings)
    assert state(session) is ImportState.FAILED


def test_files_that_nobody_waits_for_are_swept(session, settings, actor, tmp_path):
    waiting = begun(session, settings, actor, a_file(tmp_path, [Row(a_field(0))]))
    orphan = uploads.store(settings.uploads, io.BytesIO(b"x"), "a.gpkg")
    fresh = uploads.store(settings.uploads, io.BytesIO(b"y"), "b.gpkg")
    long_ago = (NOON - timedelta(hours=2)).timestamp()
    for name in (waiting.stored_name, orphan.name):
        os.utime(settings.uploads / name, (long_ago, long_ago))
    os.utime(settings.uploads / fresh.name, (NOON.timestamp(), NOON.timestamp()))
    jobs.sweep_uploads(session, now=NOON, settings=settings)
    assert {path.name for path in settings.uploads.glob("land-*")} == {waiting.stored_name, fresh.name}
    jobs.sweep_uploads(session, now=NOON + timedelta(days=8), settings=settings)
    assert list(settings.uploads.glob("land-*")) == []


def test_a_file_keeps_only_the_last_part_of_its_name(tmp_path):
    stored = uploads.store(tmp_path, io.BytesIO(b"x"), "C:\\Daten\\..\\Höhbeck\x00.gpkg")
    assert stored.file_name == "Höhbeck.gpkg"
    assert (tmp_path / stored.name).read_bytes() == b"x"


def test_a_second_word_that_waited_for_the_first_changes_nothing(session, settings, actor, tmp_path):
    record = begun(session, settings, actor, a_file(tmp_path, [Row(a_field(0))]))
    room = jobs.room_of(settings)
    steps.check(session, actor, record.public_id, room, now=NOON)
    session.commit()
    assert record.state is ImportState.CHECKED  # as the page has read it before it had to wait
    session.execute(text("UPDATE land_import SET state = 'done', stored_name = NULL"))
    steps.confirm(session, actor, record.public_id, room, skip_refused=False, now=NOON)
    assert record.state is ImportState.DONE
    assert session.scalar(select(func.count(Parcel.id))) == 0


def test_an_import_that_has_lost_its_worker_can_be_thrown_away(session, settings, transaction, actor, tmp_path):
    record = begun(session, settings, actor, a_file(tmp_path, [Row(a_field(0))]))
    jobs.check_upload(transaction, import_id=str(record.public_id), now=NOON, settings=settings)
    later(session, actor, record, steps.IMPORT, skip_refused=False)
    assert state(session) is ImportState.IMPORTING
    assert steps.discard(session, actor, record.public_id) == record.stored_name
    session.commit()
    assert session.scalars(select(LandImport)).all() == []
