from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import DatabaseError

from succession.accounts.actor import Actor
from succession.applications.models import Application
from succession.awards import service_approvals, service_contract, service_objections, service_turns
from succession.awards.approvals import ApprovalKind, StepOutcome
from succession.awards.models_contract import Contract
from succession.awards.models_notices import Standstill
from succession.awards.notice_kinds import AnswerOutcome
from succession.awards.service_approvals import StepResult
from succession.awards.service_contract import Signed
from succession.awards.service_objections import Answer
from succession.awards.standstill import day_of
from succession.calls import service_publishing
from succession.calls.states import CallState
from succession.errors import Conflict, Forbidden, Refused
from tests.factories.awards import a_call_to_decide, decided
from tests.factories.outward import after_standstill, at_of, told
from tests.service.awards.test_letters_and_objections import objects


def signed(now, **values):
    day = day_of(now)
    given = {"signed_on": day, "starts_on": day, "ends_on": day + timedelta(days=4382), "note": ""}
    return Signed(**{**given, **values})


def sign(session, scene, now, tmp_path, **values):
    with session.begin_nested():
        return service_contract.record(
            session, scene.clerk, at_of(scene), signed(now, **values), folder=tmp_path, now=now
        )


def test_after_the_wartefrist_the_contract_is_recorded_and_the_call_is_monitored(session, tmp_path):
    scene, _ = told(session)
    standstill = session.scalars(select(Standstill)).one()
    now = after_standstill(standstill)
    made = sign(session, scene, now, tmp_path)
    session.commit()
    assert made.application_id == scene.applications["Anna Ahorn"].id
    assert scene.call.state is CallState.MONITORED
    assert standstill.kept_until.year == made.ends_on.year + 10
    session.expire_all()
    kept = {one.name: one.reduce_at for one in session.scalars(select(Application))}
    assert kept["Bernd Buche"] == standstill.ends_at + timedelta(days=183)
    assert kept["Anna Ahorn"].year == made.ends_on.year + 10


def test_no_contract_before_the_last_day_has_ended(session, tmp_path):
    scene, _ = told(session)
    standstill = session.scalars(select(Standstill)).one()
    with pytest.raises(Conflict):
        sign(session, scene, standstill.ends_at - timedelta(seconds=1), tmp_path)
    with pytest.raises(Refused):
        sign(session, scene, after_standstill(standstill), tmp_path, signed_on=standstill.last_day)


def test_no_contract_before_anybody_was_told(session, tmp_path):
    scene = a_call_to_decide(session)
    decided(session, scene)
    with pytest.raises(Conflict):
        sign(session, scene, datetime.now(UTC) + timedelta(days=40), tmp_path)


def test_no_contract_while_an_objection_waits_and_one_after_its_answer(session, tmp_path):
    scene, _ = told(session)
    found = objects(session, scene)
    now = after_standstill(session.scalars(select(Standstill)).one())
    with pytest.raises(Conflict):
        sign(session, scene, now, tmp_path)
    service_objections.answer(
        session,
        scene.clerk,
        at_of(scene),
        found.public_id,
        Answer(AnswerOutcome.NOT_JUSTIFIED, "Nachgerechnet."),
        now=now,
    )
    assert sign(session, scene, now, tmp_path).id


def test_no_contract_before_the_supervision_has_agreed(session, tmp_path):
    scene, _ = told(session)
    now = after_standstill(session.scalars(select(Standstill)).one())
    step = service_approvals.add(
        session,
        scene.clerk,
        at_of(scene),
        kind=ApprovalKind.SUPERVISION,
        body="Landkreis",
        due_on=None,
        now=now,
    )
    with pytest.raises(Conflict):
        sign(session, scene, now, tmp_path)
    assert scene.call.state is not CallState.CONTRACT
    given = StepResult(None, None, StepOutcome.AGREED, day_of(now), "")
    with pytest.raises(Conflict):
        service_approvals.record(session, scene.clerk, at_of(scene), step.public_id, given, revision=9, now=now)
    service_approvals.record(session, scene.clerk, at_of(scene), step.public_id, given, revision=1, now=now)
    assert scene.call.state is CallState.CONTRACT
    assert sign(session, scene, now, tmp_path).id


def test_silence_is_a_yes_only_where_the_law_says_so_and_after_its_time(session):
    scene, _ = told(session)
    now = datetime.now(UTC)
    day = day_of(now)

    def add(kind):
        return service_approvals.add(session, scene.clerk, at_of(scene), kind=kind, body="Amt", due_on=None, now=now)

    def record(step, due_on):
        given = StepResult(day, due_on, StepOutcome.BY_SILENCE, day, "")
        return service_approvals.record(
            session, scene.clerk, at_of(scene), step.public_id, given, revision=step.revision, now=now
        )

    with pytest.raises(Refused):
        record(add(ApprovalKind.SUPERVISION), day - timedelta(days=1))
    notified = add(ApprovalKind.LEASE_NOTIFICATION)
    for due_on in (day, None):
        with pytest.raises(Refused):
            record(notified, due_on)
    assert record(notified, day - timedelta(days=1)).outcome is StepOutcome.BY_SILENCE


def test_a_notification_after_the_signing_keeps_the_call_open_but_not_the_contract(session, tmp_path):
    scene, _ = told(session)
    now = after_standstill(session.scalars(select(Standstill)).one())
    step = service_approvals.add(
        session,
        scene.clerk,
        at_of(scene),
        kind=ApprovalKind.LEASE_NOTIFICATION,
        body="Landkreis",
        due_on=None,
        now=now,
    )
    sign(session, scene, now, tmp_path)
    assert scene.call.state is CallState.CONTRACT
    later = now + timedelta(days=40)
    given = StepResult(day_of(now), day_of(now), StepOutcome.BY_SILENCE, day_of(later), "")
    service_approvals.record(session, scene.clerk, at_of(scene), step.public_id, given, revision=1, now=later)
    assert scene.call.state is CallState.MONITORED


def test_a_call_with_a_signed_contract_is_not_cancelled_any_more(session, tmp_path):
    scene, _ = told(session)
    now = after_standstill(session.scalars(select(Standstill)).one())
    due = {"kind": ApprovalKind.LEASE_NOTIFICATION, "body": "Landkreis", "due_on": None}
    service_approvals.add(session, scene.clerk, at_of(scene), **due, now=now)
    sign(session, scene, now, tmp_path)
    with pytest.raises(Conflict, match="contract has been signed"), session.begin_nested():
        service_publishing.cancel(session, scene.clerk, scene.call.public_id, "Anders überlegt.", now=now)
    session.refresh(scene.call)
    assert scene.call.state is CallState.CONTRACT


def test_there_is_one_contract(session, tmp_path):
    scene, _ = told(session)
    now = after_standstill(session.scalars(select(Standstill)).one())
    sign(session, scene, now, tmp_path)
    with pytest.raises(Conflict):
        sign(session, scene, now, tmp_path)


@pytest.mark.parametrize("wrong", ["early", "clock", "other", "waiting"])
def test_the_database_itself_lets_no_contract_in_too_early(session, wrong):
    scene, _ = told(session)
    standstill = session.scalars(select(Standstill)).one()
    now = after_standstill(standstill)
    values = {
        "standstill_id": standstill.id,
        "lot_id": scene.lot.id,
        "application_id": scene.applications["Anna Ahorn"].id,
        "signed_on": day_of(now),
        "starts_on": day_of(now),
        "recorded_at": now,
    }
    if wrong == "waiting":
        objects(session, scene)
    changed = {
        "early": {"signed_on": standstill.last_day},
        "clock": {"recorded_at": standstill.ends_at - timedelta(seconds=1)},
        "other": {"application_id": scene.applications["Bernd Buche"].id},
        "waiting": {},
    }[wrong]
    session.add(Contract(**{**values, **changed}))
    with pytest.raises(DatabaseError, match="contract"):
        session.flush()


def test_a_contract_that_ends_before_it_begins_or_lies_in_the_future_is_refused(session, tmp_path):
    scene, _ = told(session)
    now = after_standstill(session.scalars(select(Standstill)).one())
    for values in (
        {"ends_on": day_of(now)},
        {"ends_on": None},
        {"signed_on": day_of(now) + timedelta(days=1)},
    ):
        with pytest.raises(Refused):
            sign(session, scene, now, tmp_path, **values)


def test_the_clock_leads_a_call_out_of_the_wartefrist(session):
    scene, _ = told(session)
    standstill = session.scalars(select(Standstill)).one()
    assert service_turns.follow_clock(session, Actor.system(), now=standstill.ends_at - timedelta(seconds=1)) == 0
    assert service_turns.follow_clock(session, Actor.system(), now=standstill.ends_at) == 1
    assert scene.call.state is CallState.CONTRACT
    with pytest.raises(Forbidden):
        service_turns.follow_clock(session, scene.clerk, now=standstill.ends_at)
