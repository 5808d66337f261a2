"""What goes wrong on the way in leaves nothing behind, and says what to do. With real commits."""

import errno
import json
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from succession.accounts.actor import Actor
from succession.errors import Conflict, Unavailable
from succession.land import failures, overlaps, service, steps
from succession.land.models import LandImport, Parcel
from succession.land.requests import ImportRequest
from tests.factories.land import NOON, Row, a_field, a_file, an_owner


def count(database):
    with Session(database.engine) as session:
        return session.scalar(select(func.count(Parcel.id))), session.scalar(select(func.count(LandImport.id)))


def import_once(database, owner, path):
    with Session(database.engine) as session, session.begin():
        request = ImportRequest(path=path, owner=owner)
        return service.import_parcels(session, Actor.system(), request, now=NOON).counts


@pytest.fixture
def owner(database):
    with Session(database.engine, expire_on_commit=False) as session:
        return an_owner(session)


def test_the_same_file_twice_at_once_is_imported_once(database, owner, tmp_path):  # S16
    path = a_file(tmp_path, [Row(a_field(i), {"FLIK": f"DE{i}"}) for i in range(50)])
    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(lambda _: import_once(database, owner, path), range(4)))
    assert sorted((counts.imported, counts.unchanged) for counts in done) == [(0, 50), (0, 50), (0, 50), (50, 0)]
    assert count(database) == (50, 4)


def test_a_connection_lost_in_the_middle_leaves_nothing(database, owner, tmp_path, monkeypatch):
    find = overlaps.find_overlaps

    def lose_the_connection(session):
        own = session.scalar(text("SELECT pg_backend_pid()"))
        with psycopg.connect(database.admin_url.replace("+psycopg", "")) as other:
            other.execute("SELECT pg_terminate_backend(%s)", (own,))
        find(session)

    monkeypatch.setattr(overlaps, "find_overlaps", lose_the_connection)
    path = a_file(tmp_path, [Row(a_field(i)) for i in range(5)])
    with pytest.raises(Unavailable, match="connection to the database was lost"):
        import_once(database, owner, path)
    assert count(database) == (0, 0)


@pytest.mark.parametrize(
    ("accident", "words"),
    [
        (psycopg.errors.DiskFull("could not extend file"), "disk of the database is full"),
        (OSError(errno.ENOSPC, "No space left on device"), "disk is full"),
        (PermissionError(errno.EACCES, "Permission denied", "land.gpkg"), "may not be read"),
        (MemoryError(), "memory"),
        (psycopg.errors.QueryCanceled("statement timeout"), "took too long"),
    ],
)
def test_every_accident_says_what_to_do(accident, words):
    with pytest.raises(Unavailable, match=words), failures.explained():
        raise accident


def land(database, tmp_path, *arguments, **options):
    environment = {
        **os.environ,
        "DATABASE_URL": database.admin_url.replace("+psycopg", ""),
        "SUCCESSION_INSTANCE": str(tmp_path / "instance"),
        "TMPDIR": str(tmp_path / "temporary"),
    }
    (tmp_path / "temporary").mkdir(exist_ok=True)
    command = [str(Path(sys.executable).with_name("succession")), "land", "import", *map(str, arguments)]
    return subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **options
    )


@pytest.mark.long
@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_a_command_that_is_ended_leaves_nothing(database, owner, tmp_path, end):  # R4
    path = a_file(tmp_path, [Row(a_field(i % 100, i // 100), {"FLIK": f"DE{i}"}) for i in range(5000)])
    process = land(database, tmp_path, path, "--owner", owner.name)
    staged = (
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
        " AND pid <> pg_backend_pid() AND query LIKE '%land_staging%'"
    )
    with psycopg.connect(database.admin_url.replace("+psycopg", ""), autocommit=True) as watch:
        while process.poll() is None and watch.execute(staged).fetchone() == (0,):
            time.sleep(0.01)
    process.send_signal(end)
    said = process.communicate(timeout=60)
    assert process.returncode not in (0, None)
    assert "Traceback" not in said[1]
    assert count(database) == (0, 0)
    if end is not signal.SIGKILL:
        assert list((tmp_path / "temporary").iterdir()) == []


def test_the_command_answers_in_one_document_also_when_it_refuses(database, owner, tmp_path):
    path = a_file(tmp_path, [Row(a_field(0)), Row(None)])
    process = land(database, tmp_path, path, "--owner", owner.name, "--json")
    out, _ = process.communicate()
    report = json.loads(out)
    assert process.returncode == 1
    assert (report["read"], report["refused"], report["imported"]) == (2, 1, 0)
    assert [(row["row"], row["outcome"], row["reasons"][0]["code"]) for row in report["rows"]] == [
        (2, "refused", "null-geometry")
    ]


def test_an_import_that_somebody_works_on_cannot_be_thrown_away(database, owner):
    with Session(database.engine) as one, Session(database.engine) as other:
        record = LandImport(owner_organisation_id=owner.organisation_id, state="importing", file_name="a.gpkg")
        one.add(record)
        one.commit()
        one.execute(select(LandImport.id).with_for_update())
        with pytest.raises(Conflict, match="being worked on"):
            steps.discard(other, Actor.system(), record.public_id)
