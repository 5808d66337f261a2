"""What `script/server` ends in, as an operator meets it: real processes, real signals."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import ProxyHandler, build_opener

import pytest
from sqlalchemy import text

from succession.config import CHECKOUT

PROGRAM = Path(sys.executable).with_name("succession")
PATIENCE = 60


@pytest.fixture
def port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def environment(database, tmp_path):
    return {
        **os.environ,
        "DATABASE_URL": database.admin_url,
        "SUCCESSION_INSTANCE": str(tmp_path),
        "SUCCESSION_ENV": "development",
    }


@pytest.fixture
def start(environment, port):
    """Starts the server with further arguments and environment; ends it whatever the test did."""
    started = []

    def start(*arguments, **changes):
        command = [str(PROGRAM), "serve", "--no-demo", "--port", str(port), "--processes", "1", *arguments]
        process = subprocess.Popen(
            command, env={**environment, **changes}, stderr=subprocess.PIPE, text=True, cwd=CHECKOUT
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


def children_of(process):
    return [int(pid) for pid in Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()]


def is_alive(pid):
    status = Path(f"/proc/{pid}/status")
    return status.exists() and "State:\tZ" not in status.read_text()


def wait_until(condition):
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def answers(port):
    try:
        build_opener(ProxyHandler({})).open(f"http://127.0.0.1:{port}/healthz", timeout=5).close()
    except HTTPError as answer:
        answer.close()
        return True
    except (URLError, OSError):
        return False
    return True


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_stops_everything_it_started(start, port, number):
    process = start()
    assert any(f"http://127.0.0.1:{port}" in line for line in process.stderr)
    assert answers(port)
    children = children_of(process)
    assert len(children) == 2
    process.send_signal(number)
    _, said = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0, said
    assert "Traceback" not in said
    assert not any(is_alive(pid) for pid in children)


def test_whoever_kills_it_kills_its_children_too(start, port):
    process = start()
    wait_until(lambda: answers(port))
    children = children_of(process)
    assert children
    process.kill()
    wait_until(lambda: not any(is_alive(pid) for pid in children))


def test_a_port_in_use_is_said_at_once(start, port):
    with socket.socket() as other:
        other.bind(("127.0.0.1", port))
        other.listen()
        _, said = start().communicate(timeout=PATIENCE)
    assert f"Port {port}" in said
    assert "--port" in said


def test_production_without_a_secret_does_not_start(start):
    process = start(SUCCESSION_ENV="production", SECRET_KEY="")
    _, said = process.communicate(timeout=PATIENCE)
    assert process.returncode == 2
    assert "SECRET_KEY" in said


@pytest.fixture
def with_demo_account(database):
    with database.engine.begin() as connection:
        connection.execute(
            text("""INSERT INTO account (email, name, password_hash, is_demo)
                    VALUES ('seeker@example.org', 'Probe', 'x', true)""")
        )


@pytest.mark.usefixtures("with_demo_account")
def test_demo_accounts_are_never_shown_to_the_world(start, environment, port):
    process = start("--host", "0.0.0.0")
    _, said = process.communicate(timeout=PATIENCE)
    assert process.returncode == 1
    assert "127.0.0.1" in said
    direct = [str(PROGRAM.with_name("gunicorn")), "--bind", f"0.0.0.0:{port}", "succession.app:create_app()"]
    refused = subprocess.run(direct, env=environment, capture_output=True, text=True, cwd=CHECKOUT, timeout=PATIENCE)
    assert refused.returncode != 0
    assert "known password" in refused.stderr
