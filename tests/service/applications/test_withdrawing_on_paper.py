"""A letter withdraws what came in an envelope: only once that was confirmed, and then as if it were done online."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from succession.accounts.actor import Role
from succession.applications import service_withdrawing
from succession.applications.queries_admitted import admitted
from succession.applications.sealing import Sealed
from succession.applications.service_withdrawing import Letter
from succession.applications.states import ApplicationState
from succession.audit.models import AuditEntry
from succession.awards import queries, service_runs
from succession.awards.models import Cause
from succession.calls.states import CallState
from succession.errors import Conflict, Forbidden, NotFound, Refused
from succession.files.models import StoredFile
from tests.factories.accounts import an_account
from tests.factories.applicants import a_call_closing, an_application_sent
from tests.factories.calls import an_open_call
from tests.factories.files import a_document
from tests.factories.organisations import acting
from tests.service.applications.test_envelopes import a_colleague, confirm, entered, taken_in


@pytest.fixture
def now():
    return datetime.now(UTC)


@pytest.fixture
def confirmed(session, now, tmp_path):
    scene = a_call_closing(session, now - timedelta(days=1))
    envelope, application = entered(session, scene, scene.clerk, now, tmp_path)
    confirm(session, scene, a_colleague(session, scene, now), envelope, application, now)
    session.commit()
    return scene, envelope, application


def withdraw(session, scene, envelope, now, tmp_path, actor=None, **values):
    letter = Letter(**{"arrived_on": now.date(), **values})
    with session.begin_nested():
        return service_withdrawing.withdraw(
            session, actor or scene.clerk, scene.call.public_id, envelope.number, letter, folder=tmp_path, now=now
        )


def test_it_does_not_count_any_more_and_the_scan_lies_with_it(session, confirmed, now, tmp_path):
    scene, envelope, application = confirmed
    withdraw(session, scene, envelope, now, tmp_path, scan=("rueckzug.pdf", a_document()))
    session.commit()
    assert application.state is ApplicationState.WITHDRAWN
    assert envelope.withdrawn_on == now.date()
    assert session.get(StoredFile, envelope.withdrawal_file_id).name == "rueckzug.pdf"
    assert [one.is_withdrawn for one in admitted(session, scene.clerk, scene.call)] == [True]
    acts = session.scalars(select(AuditEntry.action)).all()
    assert acts.count("application.withdrawn_on_paper") == 1
    withdraw(session, scene, envelope, now, tmp_path)
    acts = session.scalars(select(AuditEntry.action)).all()
    assert acts.count("application.withdrawn_on_paper") == 1


def test_a_lot_that_was_scored_is_scored_again_without_it(session, confirmed, now, tmp_path):
    scene, envelope, application = confirmed
    an_application_sent(session, scene.call)
    lot = scene.lots[0]
    service_runs.run(session, scene.clerk, lot, Cause.FIRST, now=now)
    withdraw(session, scene, envelope, now, tmp_path)
    run = service_runs.run(session, scene.clerk, lot, Cause.WITHDRAWAL, now=now)
    assert application.code not in queries.result(run).ranking


def test_before_it_is_confirmed_and_before_the_deadline_there_is_nothing_to_withdraw(session, now, tmp_path):
    scene = a_call_closing(session, now - timedelta(days=1))
    envelope, application = entered(session, scene, scene.clerk, now, tmp_path)
    with pytest.raises(Conflict, match="confirmed"):
        withdraw(session, scene, envelope, now, tmp_path)
    assert application.state is ApplicationState.DRAFT
    shut = taken_in(session, scene, scene.clerk, scene.call.closes_at - timedelta(hours=1), now)
    with pytest.raises(NotFound):
        withdraw(session, scene, shut, now, tmp_path)
    early = an_open_call(session, now=now)
    sealed = taken_in(session, early, early.clerk, now - timedelta(minutes=5), now)
    with pytest.raises(Sealed):
        withdraw(session, early, sealed, now, tmp_path)


def test_days_that_cannot_be_and_a_call_that_is_too_far_are_refused(session, confirmed, now, tmp_path):
    scene, envelope, _ = confirmed
    for day in (now.date() + timedelta(days=2), envelope.arrived_at.date() - timedelta(days=2)):
        with pytest.raises(Refused):
            withdraw(session, scene, envelope, now, tmp_path, arrived_on=day)
    scene.call.state = CallState.CONTRACT
    session.flush()
    with pytest.raises(Conflict, match="contract"):
        withdraw(session, scene, envelope, now, tmp_path)


def test_only_who_scores_for_the_owner_records_it(session, confirmed, now, tmp_path):
    scene, envelope, _ = confirmed
    stranger = acting(session, an_account(session, Role.LANDOWNER), now)
    with pytest.raises((Forbidden, NotFound)):
        withdraw(session, scene, envelope, now, tmp_path, actor=stranger)
