"""`succession db` as an operator types it, on a cluster of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from succession import schema
from succession.cluster import Cluster

PROGRAM = Path(sys.executable).with_name("succession")


@pytest.fixture
def succession(tmp_path):
    """Runs a command of this installation; returns its exit code and all it said."""
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}

    def succession(*arguments, **changes):
        done = subprocess.run(
            [str(PROGRAM), *arguments],
            env={**environment, "SUCCESSION_INSTANCE": str(tmp_path / "instance"), **changes},
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
        )
        return done.returncode, done.stdout + done.stderr

    yield succession
    Cluster(tmp_path / "instance" / "cluster").remove()


def test_the_private_database_is_made_used_emptied_and_stopped(succession):
    assert succession("db", "upgrade") == (0, f"Upgraded to revision {schema.newest_revision()}.\n")
    assert succession("db", "upgrade") == (0, f"Already at revision {schema.newest_revision()}.\n")
    assert succession("db", "psql", "--", "-tAc", "SELECT current_user") == (0, "succession_app\n")
    assert succession("db", "psql", "--as", "owner", "--", "-qc", "CREATE TABLE stray (id int)")[0] == 0
    assert succession("db", "reset", "--yes")[0] == 0
    assert succession("db", "psql", "--", "-tAc", "SELECT to_regclass('stray') IS NULL") == (0, "t\n")
    assert "running" in succession("db", "status")[1]
    told = json.loads(succession("db", "status", "--json")[1])
    assert (told["private_cluster"]["running"], told["newest_revision"]) == (True, schema.newest_revision())
    assert succession("db", "stop") == (0, "Stopped.\n")
    assert succession("db", "stop") == (0, "It was not running.\n")
    assert "stopped" in succession("db", "status")[1]
    assert succession("db", "start") == (0, "Started.\n")


def test_with_a_server_of_the_operator_there_is_nothing_to_start(succession):
    code, said = succession("db", "start", DATABASE_URL="postgresql://somebody@192.0.2.1/succession")
    assert (code, "DATABASE_URL" in said) == (2, True)


def test_a_server_that_does_not_answer_is_said_without_a_trace(succession):
    code, said = succession("db", "upgrade", DATABASE_URL="postgresql://somebody@127.0.0.1:1/succession")
    assert code == 1
    assert "127.0.0.1" in said
    assert "Traceback" not in said


def test_a_wrong_setting_is_said_without_a_trace(succession):
    code, said = succession("db", "status", SUCCESSION_ENV="live")
    assert code == 2
    assert said == "SUCCESSION_ENV is 'live': use one of development, test, production.\n"
