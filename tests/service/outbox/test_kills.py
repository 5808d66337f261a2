"""The worker is killed again and again while mails are written: none is lost, none becomes two."""

import os
import random
import signal
import socketserver
import subprocess
import sys
import threading
import time
from contextlib import suppress
from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from succession.migrations.tables import all_tables
from succession.outbox import service
from succession.outbox.models import MailState, OutboxMail
from succession.outbox.values import Mail

all_tables()
MAILS, KILLS = 120, 12
NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)


class SlowServer(socketserver.StreamRequestHandler):
    """Takes each mail after a moment, so that kills hit the middle of a delivery."""

    def handle(self):
        self.say("220 ready")
        while line := self.rfile.readline():
            if line.upper().startswith(b"DATA"):
                self.say("354 go on")
                body = b""
                while (part := self.rfile.readline()) != b".\r\n":
                    if not part:
                        return
                    body += part
                self.server.taken.append(message_from_bytes(body, policy=default)["Message-ID"])
                time.sleep(0.03)
            self.say("250 fine")

    def say(self, words):
        with suppress(OSError):  # the worker was killed
            self.wfile.write(words.encode() + b"\r\n")


@pytest.fixture
def server():
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), SlowServer) as server:
        server.taken = []
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def start_worker(database, server):
    root = Path(__file__).resolve().parents[3]
    environ = {
        **os.environ,
        "PYTHONPATH": str(root),
        "DATABASE_URL": database.admin_url,
        "SUCCESSION_INSTANCE": str(database.settings.instance),
        "SMTP_HOST": "127.0.0.1",
        "SMTP_PORT": str(server.server_address[1]),
        "SMTP_STARTTLS": "no",
    }
    command = [sys.executable, "-c", "from succession.cli import main; main()", "jobs", "work"]
    return subprocess.Popen(command, env=environ, stderr=subprocess.DEVNULL)


@pytest.mark.long
def test_killing_the_worker_at_any_moment_loses_no_mail_and_makes_none_twice(database, server):  # R4
    rng = random.Random(20261122)
    worker = start_worker(database, server)
    try:
        for number in range(MAILS):
            with Session(database.engine) as session, session.begin():
                mail = Mail("operations/trial", {"written_at": NOW})
                service.enqueue(session, mail, address=f"{number}@example.org", now=NOW)
            if number % (MAILS // KILLS) == 0:
                time.sleep(rng.uniform(0.2, 2.5))
                worker.send_signal(signal.SIGKILL)
                worker.wait()
                worker = start_worker(database, server)
        wait_until_sent(database)
    finally:
        worker.terminate()
        worker.wait(20)
    with Session(database.engine) as session:
        assert set(session.scalars(select(OutboxMail.state))) == {MailState.SENT}
        assert set(server.taken) == set(session.scalars(select(OutboxMail.message_id)))
    assert len(server.taken) <= MAILS + KILLS  # at most the one in hand is sent again, under its own Message-ID


def wait_until_sent(database):
    deadline = time.monotonic() + 150
    waiting = select(func.count()).where(OutboxMail.state != MailState.SENT)
    while time.monotonic() < deadline:
        with Session(database.engine) as session:
            if session.scalar(waiting) == 0:
                return
        time.sleep(0.5)
