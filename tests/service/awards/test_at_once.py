"""Many at once, and a machine that stops: exactly one decision, nothing half decided (S16, R4)."""

import os
import signal
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from succession.awards import service_decision, service_preparation, service_runs
from succession.awards.models import Cause, ScoringRun
from succession.awards.models_decision import Decision, Preparation
from succession.calls.models import Call, CallLot
from succession.calls.states import CallState
from succession.db import DatabaseRole, make_engine
from succession.errors import Conflict
from tests.factories.awards import a_ballot, a_call_to_decide, declared, evidenced, prepared, scored

MANY = 50
FOLDER = Path("/nowhere")


def all_at_once(engine, act, number):
    """What each of them got: what `act` returns, or `Conflict`."""
    start = threading.Barrier(number)

    def one(which):
        with engine.connect() as connection, Session(connection, expire_on_commit=False) as session:
            session.execute(text("SELECT 1"))
            start.wait()
            try:
                found = act(session, which)
                session.commit()
            except Conflict as refused:
                session.rollback()
                return refused
            return found

    with ThreadPoolExecutor(number) as pool:
        return list(pool.map(one, range(number)))


@pytest.fixture
def wide(database):
    engine = make_engine(database.url, DatabaseRole.APP, pool_size=MANY, max_overflow=5)
    yield engine
    engine.dispose()


@pytest.mark.long
def test_of_fifty_decisions_at_once_exactly_one_is_taken(wide):
    with Session(wide, expire_on_commit=False) as session:
        scene = a_call_to_decide(session)
        made = prepared(session, scene)
        codes = [one.code for one in scene.applications.values()]
    clerk, lot_id = scene.clerk, scene.lot.id

    def act(session, which):
        ballot = a_ballot(codes[which % 3], reason="Der Rat hat abgewogen.", item=f"TOP {which}")
        lot = session.get_one(CallLot, lot_id)
        values = {"preparation_id": made.public_id, "scan": None, "folder": FOLDER, "now": now_of(session)}
        return service_decision.decide(session, clerk, lot, ballot, **values)

    found = all_at_once(wide, act, MANY)
    assert sum(isinstance(one, Decision) for one in found) == 1
    assert sum(isinstance(one, Conflict) for one in found) == MANY - 1
    with Session(wide) as session:
        assert session.scalar(select(func.count(Decision.id))) == 1
        assert session.scalar(select(Call.state)) is CallState.DECIDED


def test_of_two_decisions_at_once_exactly_one_is_taken(wide):
    with Session(wide, expire_on_commit=False) as session:
        scene = a_call_to_decide(session)
        made = prepared(session, scene)
        code = scene.applications["Anna Ahorn"].code

    def act(session, _):
        lot = session.get_one(CallLot, scene.lot.id)
        values = {"preparation_id": made.public_id, "scan": None, "folder": FOLDER, "now": now_of(session)}
        return service_decision.decide(session, scene.clerk, lot, a_ballot(code), **values)

    found = all_at_once(wide, act, 2)
    assert sorted(type(one).__name__ for one in found) == ["Conflict", "Decision"]


def test_of_two_who_prepare_at_once_one_wins_and_the_other_is_told(wide):
    with Session(wide, expire_on_commit=False) as session:
        scene = a_call_to_decide(session)
        scored(session, scene)
        evidenced(session, scene)
        declared(session, scene)
    people = [scene.clerk, scene.second]

    def act(session, which):
        lot = session.get_one(CallLot, scene.lot.id)
        return service_preparation.prepare(session, people[which], lot, run_number=1, note="", now=now_of(session))

    found = all_at_once(wide, act, 2)
    assert sorted(type(one).__name__ for one in found) == ["Conflict", "Preparation"]
    with Session(wide) as session:
        assert session.scalar(select(func.count(Preparation.id))) == 1


def test_of_two_first_runs_at_once_one_is_made(wide):
    with Session(wide, expire_on_commit=False) as session:
        scene = a_call_to_decide(session)

    def act(session, _):
        lot = session.get_one(CallLot, scene.lot.id)
        return service_runs.run(session, scene.clerk, lot, Cause.FIRST, now=now_of(session))

    found = all_at_once(wide, act, 2)
    assert sorted(type(one).__name__ for one in found) == ["Conflict", "ScoringRun"]
    with Session(wide) as session:
        assert session.scalar(select(func.count(ScoringRun.id))) == 1


KILLED = """
import os, sys
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID
from sqlalchemy.orm import Session
from succession.accounts.queries import actor_of
from succession.awards import service_decision
from succession.calls.models import CallLot
from succession.db import DatabaseRole, make_engine
from tests.factories.awards import a_ballot

url, account, lot, preparation, code, moment = sys.argv[1:]
session = Session(make_engine(url, DatabaseRole.APP))
now = datetime.now(UTC)
number = 0

def stop(*_):
    global number
    number += 1
    if number == int(moment):
        os.kill(os.getpid(), 9)

from sqlalchemy import event
event.listen(session.get_bind(), "after_cursor_execute", stop)
actor = actor_of(session, int(account))
number = 0
service_decision.decide(session, actor, session.get_one(CallLot, int(lot)), a_ballot(code),
    preparation_id=UUID(preparation), scan=None, folder=Path("/nowhere"), now=now)
session.commit()
"""


@pytest.mark.long
def test_whoever_is_killed_while_deciding_leaves_nothing_half(wide, database):
    """After every statement in turn; the last run comes through."""
    with Session(wide, expire_on_commit=False) as session:
        scene = a_call_to_decide(session)
        made = prepared(session, scene)
    code = scene.applications["Anna Ahorn"].code
    state, moment = -signal.SIGKILL, 0
    while state == -signal.SIGKILL:
        moment += 3
        arguments = [database.url, scene.clerk.account_id, scene.lot.id, made.public_id, code, moment]
        state = subprocess.run(
            [sys.executable, "-c", KILLED, *map(str, arguments)], env={**os.environ, "PYTHONPATH": "."}, check=False
        ).returncode
        with Session(wide) as session:
            decisions = session.scalar(select(func.count(Decision.id)))
            decided = session.scalar(select(Call.state)) is CallState.DECIDED
            records = session.scalar(text("SELECT count(*) FROM award_record"))
            noted = session.scalar(text("SELECT count(*) FROM audit_entry WHERE action = 'award.decided'"))
        assert (decisions, decided, records, noted) in ((0, False, 0, 0), (1, True, 1, 1))
    assert state == 0
    assert decisions == 1


def now_of(session):
    return session.scalar(select(func.clock_timestamp()))
