"""Fifty people send at the deadline, some of them twice and from two tabs: none lost, none doubled."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier
from time import sleep
from uuid import uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from succession.accounts.queries import actor_of
from succession.applications import queries, queries_admitted, service, service_sending
from succession.applications.models import Application, ApplicationLot, ApplicationSubmission
from succession.applications.refusals import TooLate
from succession.applications.states import ApplicationState
from succession.outbox.models import OutboxMail
from tests.factories.applicants import a_call_closing, an_applicant

PEOPLE = 50
TABS = 2


def drafts(engine, scene_call, lots, people):
    """A draft for each, as if it had been filled in long ago."""
    found = []
    with Session(engine, expire_on_commit=False) as session:
        for number in range(people):
            actor = an_applicant(session)
            row = Application(
                call_id=scene_call, applicant_account_id=actor.account_id, code=f"P{number:07}", name="A", address="B"
            )
            session.add(row)
            session.flush()
            session.add(ApplicationLot(application_id=row.id, lot_id=lots[0], answers={}))
            found.append((actor, row.public_id))
        session.commit()
    return found


def sending(engine, barrier, actor, public_id, key):
    """One request: what became of it."""
    barrier.wait()
    with Session(engine, expire_on_commit=False) as session:
        try:
            row = service_sending.submit(session, actor, public_id, key=key, now=datetime.now(UTC))
            session.commit()
        except TooLate:
            session.rollback()
            return public_id, None
        return public_id, row.hash


@pytest.mark.long
def test_fifty_parallel_submissions_at_the_deadline_are_each_taken_once_or_refused(database):  # R5, S16
    with Session(database.engine, expire_on_commit=False) as session:
        scene = a_call_closing(session, datetime.now(UTC) + timedelta(seconds=12))
        clerk = actor_of(session, scene.clerk.account_id)
        call_id, lots = scene.call.id, [lot.id for lot in scene.lots]
        closes_at = scene.call.closes_at
    people = drafts(database.engine, call_id, lots, PEOPLE)
    barrier = Barrier(PEOPLE * TABS + 1)
    keys = {public_id: uuid4() for _, public_id in people}
    with ThreadPoolExecutor(PEOPLE * TABS) as pool:
        futures = [
            pool.submit(sending, database.engine, barrier, actor, public_id, keys[public_id] if tab else uuid4())
            for actor, public_id in people
            for tab in range(TABS)
        ]
        wait = (closes_at - datetime.now(UTC)).total_seconds() - 0.15
        assert wait > 0, "the machine was too slow to prepare"
        sleep(wait)
        barrier.wait()
        answers = [future.result() for future in futures]
    acknowledged = {public_id for public_id, receipt in answers if receipt is not None}
    with Session(database.engine) as session:
        rows = session.execute(
            select(Application.public_id, ApplicationSubmission.arrived_at, ApplicationSubmission.number).join(
                ApplicationSubmission, ApplicationSubmission.application_id == Application.id
            )
        ).all()
        counted = {
            row.public_id for row in session.scalars(select(Application)) if row.state is ApplicationState.SUBMITTED
        }
        mails = session.scalars(select(OutboxMail).where(OutboxMail.template == "applications/received")).all()
    assert {row.public_id for row in rows} == acknowledged == counted, "whoever has a receipt counts, and nobody else"
    assert len(rows) == len(acknowledged) == len(mails), "none twice"
    assert all(row.arrived_at < closes_at and row.number == 1 for row in rows)
    assert acknowledged, "the deadline must not have been over for all"
    sleep(max(0.0, (closes_at + timedelta(seconds=61) - datetime.now(UTC)).total_seconds()))
    with Session(database.engine) as session:
        found = queries_admitted.admitted(session, clerk, session.get_one(type(scene.call), call_id))
        assert {one.public_id for one in found} == acknowledged
        assert queries.own(session, people[0][0])


@pytest.mark.long
def test_beginning_in_twenty_tabs_at_once_is_one_draft(database):  # R5
    with Session(database.engine, expire_on_commit=False) as session:
        scene = a_call_closing(session, datetime.now(UTC) + timedelta(days=3))
        actor, call_id = an_applicant(session), scene.call.public_id
    barrier = Barrier(20)

    def begin():
        barrier.wait()
        with Session(database.engine, expire_on_commit=False) as session:
            row = service.begin(session, actor, call_id, now=datetime.now(UTC))
            session.commit()
            return row.id

    with ThreadPoolExecutor(20) as pool:
        assert len({future.result() for future in [pool.submit(begin) for _ in range(20)]}) == 1
