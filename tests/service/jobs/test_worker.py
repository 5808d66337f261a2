"""The real worker on a real database."""

import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from succession.accounts.actor import Role
from succession.errors import Conflict, Refused
from succession.i18n import Text, from_json
from succession.jobs import policy, progress, queries, queue, service
from succession.jobs.models import WorkState
from succession.outbox import service as outbox
from succession.outbox.models import MailState
from succession.outbox.queries import latest
from succession.outbox.values import Mail
from succession.worker import WORK, Work, declare, work
from tests.factories.accounts import an_account, an_actor

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
CALLS = []


def note(session, *, word, now, settings):
    CALLS.append((word, session.scalar(text("SELECT current_user")), settings.is_production))


def report(session, *, now, progress):
    progress.advance(1, 3, Text("First part"))
    progress.advance(3, message=Text("All parts"))
    progress.finish(target_path="/done")


def refuse(session, *, now, progress):
    progress.advance(1)
    raise Refused(Text("The file is empty."))


def pass_on(session, *, word, now):
    queue.enqueue(session, "test.note", word=word)


def stumble(session, *, now):
    raise ValueError("stumbled")


@pytest.fixture(scope="module", autouse=True)
def _known_work():
    trial = (
        Work("test.note", note),
        Work("test.report", report),
        Work("test.refuse", refuse),
        Work("test.stumble", stumble),
        Work("test.pass_on", pass_on),
    )
    if "test.note" not in queue.app.tasks:
        declare(queue.app, (*WORK, *trial))


@pytest.fixture
def real(database):
    with Session(database.engine, expire_on_commit=False) as session:
        yield session


def run(database):
    CALLS.clear()
    work(database.settings, wait=False)


def state_of(session, number):
    return session.scalar(text("SELECT status::text FROM procrastinate_jobs WHERE id = :id"), {"id": number})


def test_a_job_may_enqueue_another(database, real):
    """A mail written by a job is sent by the next one."""
    queue.enqueue(real, "test.pass_on", word="further")
    real.commit()
    run(database)
    assert [word for word, _, _ in CALLS] == ["further"]


def test_a_job_is_done_after_the_commit_and_never_without_it(database, real):
    queue.enqueue(real, "test.note", word="lost")
    real.rollback()
    queue.enqueue(real, "test.note", word="kept")
    real.commit()
    run(database)
    assert CALLS == [("kept", "succession_app", False)]


def test_the_page_of_long_work_sees_each_step_and_the_end(database, real):
    row = progress.start(real, "test", account_id=None, now=NOW)
    queue.enqueue(real, "test.report", progress_id=row.public_id)
    real.commit()
    run(database)
    real.refresh(row)
    assert (row.state, row.done, row.total, row.target_path) == (WorkState.DONE, 3, 3, "/done")
    assert from_json(row.message) == Text("All parts")


def test_a_refusal_ends_the_work_with_its_sentence_and_is_not_tried_again(database, real):
    row = progress.start(real, "test", account_id=None, now=NOW)
    number = queue.enqueue(real, "test.refuse", progress_id=row.public_id)
    real.commit()
    run(database)
    real.refresh(row)
    assert (row.state, from_json(row.message)) == (WorkState.FAILED, Text("The file is empty."))
    assert state_of(real, number) == "failed"


def test_a_fault_is_tried_again_later(database, real):
    number = queue.enqueue(real, "test.stumble")
    real.commit()
    run(database)
    attempts, state, waits = real.execute(
        text("SELECT attempts, status::text, scheduled_at > now() FROM procrastinate_jobs WHERE id = :id"),
        {"id": number},
    ).one()
    assert (attempts, state, waits) == (1, "todo", True)


def test_a_failed_job_can_be_tried_again_and_no_other(database, real):
    row = progress.start(real, "test", account_id=None, now=NOW)
    number = queue.enqueue(real, "test.refuse", progress_id=row.public_id)
    real.commit()
    with pytest.raises(Conflict):
        service.retry(real, number, now=NOW)
    run(database)
    assert service.retry_failed(real, now=NOW) == 1
    real.commit()
    assert state_of(real, number) == "todo"
    assert queries.status(real).counts["todo"] == 1
    assert [job.id for job in queries.latest(real, "todo")] == [number]


def test_a_mail_goes_through_the_worker_and_is_kept_where_there_is_no_server(database, real):
    person = an_account(real, Role.TRANSFEROR)
    outbox.enqueue(real, Mail("operations/trial", {"written_at": NOW}), account_id=person.id, now=NOW)
    real.commit()
    run(database)
    real.expire_all()
    ((mail, address),) = latest(real, most=10)
    assert (mail.state, address) == (MailState.KEPT, person.email)


def test_only_whoever_started_work_sees_how_far_it_is(session, now):
    mine, other = an_actor(session, Role.LANDOWNER), an_actor(session, Role.COORDINATOR)
    row = progress.start(session, "test", account_id=mine.account_id, now=now)
    assert policy.may_view_progress(mine, row)
    assert not policy.may_view_progress(other, row)


def test_every_job_that_is_enqueued_by_name_is_known_to_the_worker():
    names = {item.name for item in WORK} | {outbox.DELIVER}
    assert len(names) == len(WORK)
    assert all("." in name for name in names)


@pytest.mark.long
def test_a_job_whose_worker_was_killed_is_done_by_the_next_one(database, real, tmp_path):  # R4
    """With real processes: kill -9 in the middle of a job, wait until it counts as stalled, start another worker."""
    flag = tmp_path / "began"
    program = tmp_path / "slow_worker.py"
    program.write_text(
        f"""
import pathlib, sys, time
from succession.config import Environment, Settings
from succession.jobs import queue
from succession.worker import WORK, Work, declare, work

def slow(session, *, now):
    flag = pathlib.Path({str(flag)!r})
    if not flag.exists():
        flag.touch()
        time.sleep(600)

declare(queue.app, (*WORK, Work("test.slow", slow)))
work(Settings(instance=pathlib.Path({str(tmp_path)!r}), environment=Environment.TEST, secret_key="x" * 40,
              database_url={database.url!r}), wait=len(sys.argv) < 2)
"""
    )
    number = queue.enqueue(real, "test.slow")
    real.commit()
    root = Path(__file__).resolve().parents[3]
    environ = {**os.environ, "PYTHONPATH": str(root)}
    first = subprocess.Popen([sys.executable, str(program)], env=environ)
    while not flag.exists():
        time.sleep(0.05)
    first.send_signal(signal.SIGKILL)
    first.wait()
    assert state_of(real, number) == "doing"
    real.commit()
    time.sleep(31)
    subprocess.run([sys.executable, str(program), "until-empty"], env=environ, check=True, timeout=60)
    assert state_of(real, number) == "succeeded"
