"""Whoever was chosen does not sign: the decision goes, everybody is told, the next one comes first."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from succession.accounts.actor import Role
from succession.audit.models import AuditEntry
from succession.awards import queries, queries_proposed, service_contract, service_not_signed
from succession.awards.models import Cause, ScoringRun
from succession.awards.models_contract import Contract
from succession.awards.models_decision import Decision
from succession.awards.models_notices import NoticeSent, Standstill
from succession.awards.notice_kinds import NoticeKind, NotSigned
from succession.awards.service_not_signed import Given
from succession.awards.standstill import day_of
from succession.calls.states import CallState
from succession.errors import Conflict, Forbidden, NotFound, Refused
from succession.outbox.models import OutboxMail
from tests.factories.accounts import an_account
from tests.factories.awards import a_call_to_decide, decided
from tests.factories.organisations import acting
from tests.factories.outward import after_standstill, at_of, dispatched, told
from tests.service.awards.test_contract import sign, signed
from tests.service.awards.test_letters_and_objections import objects
from tests.service.awards.test_outward_races import at_once

REASON = "Wer ausgewählt war, übernimmt die Fläche nicht."


def gives_up(session, scene, now=None, **values):
    now = now or datetime.now(UTC)
    given = Given(**{"why": NotSigned.REFUSED, "on": day_of(now), "reason": REASON, **values})
    with session.begin_nested():
        return service_not_signed.record(session, scene.clerk, at_of(scene), given, now=now)


def test_the_next_one_comes_first_everybody_is_told_and_the_body_decides_again(session, tmp_path):
    scene, decision = told(session)
    later = after_standstill(session.scalars(select(Standstill)).one())
    found = gives_up(session, scene, later)
    session.commit()
    assert (found.not_signed, found.not_signed_on) == (NotSigned.REFUSED, day_of(later))
    assert decision.set_aside_reason == REASON
    assert scene.call.state is CallState.EVIDENCE
    run = queries.newest_run(session, scene.lot.id)
    assert run.cause is Cause.WITHDRAWAL
    bernd = scene.applications["Bernd Buche"]
    desk = queries.desk_of_lot(session, scene.lot.id)
    assert queries_proposed.proposed(session, desk, queries.result(run)) == (bernd.code,)
    anew = session.scalars(select(NoticeSent).where(NoticeSent.kind == NoticeKind.DECIDED_ANEW)).all()
    assert {one.application_id for one in anew} == {one.id for one in scene.applications.values()}
    assert len(session.scalars(select(OutboxMail).where(OutboxMail.template == "awards/decided_anew")).all()) == 3
    assert "award.not_signed" in set(session.scalars(select(AuditEntry.action)))
    again = decided(session, scene, now=later, decided_on=day_of(later))
    assert again.application_id == bernd.id
    assert not again.departs
    dispatched(session, scene, now=later)
    results = session.scalars(select(NoticeSent).where(NoticeSent.kind == NoticeKind.CHOSEN)).all()
    assert [one.application_id for one in results][-1] == bernd.id
    signing = later + timedelta(days=16)
    made = service_contract.record(session, scene.clerk, at_of(scene), signed(signing), folder=tmp_path, now=signing)
    assert made.application_id == bernd.id


def test_whoever_did_not_sign_cannot_be_chosen_again(session):
    scene, _ = told(session)
    gives_up(session, scene)
    session.commit()
    anna = scene.applications["Anna Ahorn"]
    with pytest.raises(Refused):
        decided(session, scene, code=anna.code, reason="Doch.")


def test_for_another_lot_nothing_changes(session):
    scene, _ = told(session)
    gives_up(session, scene)
    code = scene.applications["Anna Ahorn"].code
    desks = [queries.desk_of_lot(session, lot.id) for lot in scene.lots]
    assert queries.applicants(session, scene.clerk, desks[0])[code].is_withdrawn
    for desk in desks[1:]:
        people = queries.applicants(session, scene.clerk, desk)
        assert code not in people or not people[code].is_withdrawn


def test_a_second_click_is_told_that_the_decision_is_gone(session):
    scene, _ = told(session)
    gives_up(session, scene)
    with pytest.raises(Conflict):
        gives_up(session, scene)
    assert session.scalar(select(func.count()).select_from(ScoringRun).where(ScoringRun.lot_id == scene.lot.id)) == 2


def test_not_after_the_contract_not_before_the_letters_and_not_while_an_objection_waits(session, tmp_path):
    scene = a_call_to_decide(session)
    with pytest.raises(Conflict):
        gives_up(session, scene)
    decided(session, scene)
    with pytest.raises(Conflict):
        gives_up(session, scene)
    waiting, _ = told(session)
    objects(session, waiting)
    with pytest.raises(Conflict, match="objection"):
        gives_up(session, waiting)
    third, _ = told(session)
    ended = session.scalars(select(Standstill).order_by(Standstill.id.desc()).limit(1)).one()
    later = after_standstill(ended)
    sign(session, third, later, tmp_path)
    with pytest.raises(Conflict, match="contract"):
        gives_up(session, third, later)


def test_days_that_cannot_be_and_a_missing_reason_are_refused(session):
    scene, _ = told(session)
    standstill = session.scalars(select(Standstill)).one()
    later = after_standstill(standstill)
    wrong = (
        {"reason": " "},
        {"reason": "x" * 2001},
        {"on": day_of(later) + timedelta(days=1)},
        {"on": standstill.dispatched_on - timedelta(days=1)},
        {"why": NotSigned.DAY_PASSED, "on": standstill.last_day},
        {"why": NotSigned.DAY_PASSED, "on": day_of(later)},
    )
    for values in wrong:
        with pytest.raises(Refused):
            gives_up(session, scene, later, **values)
    passed = {"why": NotSigned.DAY_PASSED, "on": day_of(later)}
    assert gives_up(session, scene, later + timedelta(days=1), **passed).not_signed is NotSigned.DAY_PASSED


def test_strangers_cannot_record_it(session):
    scene, _ = told(session)
    now = datetime.now(UTC)
    stranger = acting(session, an_account(session, Role.LANDOWNER), now)
    given = Given(NotSigned.REFUSED, day_of(now), REASON)
    with pytest.raises((Forbidden, NotFound)):
        service_not_signed.record(session, stranger, at_of(scene), given, now=now)


def test_nobody_is_left_and_the_body_can_only_decide_that_nobody_gets_it(session):
    scene, _ = told(session, answers={"Anna Ahorn": {"organic": True, "founded_years": "3"}})
    gives_up(session, scene)
    run = queries.newest_run(session, scene.lot.id)
    assert queries.result(run).ranking == ()


def test_contract_and_refusal_at_once_end_with_one_of_them(database, tmp_path):
    with Session(database.engine, expire_on_commit=False) as session:
        scene, _ = told(session)
        later = after_standstill(session.scalars(select(Standstill)).one())

    def refuse(session):
        given = Given(NotSigned.REFUSED, day_of(later), REASON)
        service_not_signed.record(session, scene.clerk, at_of(scene), given, now=later)

    def contract(session):
        service_contract.record(session, scene.clerk, at_of(scene), signed(later), folder=tmp_path, now=later)

    outcomes = at_once(database, refuse, refuse, refuse, contract)
    assert outcomes.count("done") == 1
    with Session(database.engine) as session:
        signed_for = session.scalar(select(func.count()).select_from(Contract))
        gone = session.scalar(select(func.count()).select_from(Decision).where(Decision.set_aside_at.is_not(None)))
        assert signed_for + gone == 1
        told_anew = select(func.count()).select_from(NoticeSent).where(NoticeSent.kind == NoticeKind.DECIDED_ANEW)
        assert session.scalar(told_anew) == 3 * gone
