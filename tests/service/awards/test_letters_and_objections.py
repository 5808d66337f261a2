from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import insert, select, text
from sqlalchemy.exc import DatabaseError

from succession.accounts.queries import actor_of
from succession.awards import queries, queries_outward, queries_sheets, service_notices, service_objections
from succession.awards.models import Cause, ScoringRun
from succession.awards.models_decision import Decision
from succession.awards.models_notices import NoticeSent, Objection, Standstill
from succession.awards.notice_kinds import AnswerOutcome, NoticeKind, ObjectionWay, Way
from succession.awards.service_objections import Answer
from succession.awards.standstill import day_of
from succession.calls.states import CallState
from succession.errors import Conflict, Forbidden, NotFound, Refused
from succession.outbox.models import OutboxMail
from tests.factories.accounts import an_account
from tests.factories.awards import a_call_to_decide, decided
from tests.factories.outward import after_standstill, at_of, told


def applicant(session, scene, name, now=None):
    """The person behind an application."""
    return actor_of(session, scene.applications[name].applicant_account_id, now=now or datetime.now(UTC))


def objects(session, scene, name="Bernd Buche", now=None, body="Zeile 2 stimmt nicht."):
    made = service_objections.raise_online(
        session,
        applicant(session, scene, name),
        scene.applications[name].public_id,
        1,
        body,
        now=now or datetime.now(UTC),
    )
    session.commit()
    return made


def test_everybody_is_told_once_and_the_wartefrist_runs(session):
    scene, decision = told(session)
    notices = session.scalars(select(NoticeSent)).all()
    assert {one.kind for one in notices} == {NoticeKind.CHOSEN, NoticeKind.NOT_CHOSEN}
    assert len(notices) == 3
    assert {one.way for one in notices} == {Way.MAIL}
    mails = session.scalars(select(OutboxMail).where(OutboxMail.template == "awards/result_there")).all()
    assert len(mails) == 3
    assert scene.call.state is CallState.STANDSTILL
    found = queries_outward.course_of(session, decision)
    assert found.span.last_day == day_of(datetime.now(UTC)) + timedelta(days=14)


def test_letters_leave_only_on_the_day_that_they_name(session):
    now = datetime.now(UTC)
    scene = a_call_to_decide(session)
    decided(session, scene)
    at = at_of(scene)
    with pytest.raises(Conflict, match="day"):
        service_notices.confirm(session, scene.clerk, at, now=now)
    service_notices.plan(session, scene.clerk, at, dispatched_on=day_of(now) + timedelta(days=1), now=now)
    with pytest.raises(Conflict, match="print"):
        service_notices.confirm(session, scene.clerk, at, now=now)
    service_notices.confirm(session, scene.clerk, at, now=now + timedelta(days=1))
    with pytest.raises(Conflict):
        service_notices.plan(
            session, scene.clerk, at, dispatched_on=day_of(now) + timedelta(days=3), now=now + timedelta(days=2)
        )


@pytest.mark.parametrize("days", [-1, 31])
def test_a_day_in_the_past_or_far_away_is_refused(session, days):
    now = datetime.now(UTC)
    scene = a_call_to_decide(session)
    decided(session, scene)
    with pytest.raises(Refused):
        service_notices.plan(session, scene.clerk, at_of(scene), dispatched_on=day_of(now) + timedelta(days), now=now)


def test_before_the_decision_nobody_is_written_to(session):
    now = datetime.now(UTC)
    scene = a_call_to_decide(session)
    with pytest.raises(Conflict):
        service_notices.plan(session, scene.clerk, at_of(scene), dispatched_on=day_of(now), now=now)


def test_a_stranger_and_an_applicant_write_no_letters(session):
    scene, _ = told(session)
    now = datetime.now(UTC)
    for actor in (applicant(session, scene, "Anna Ahorn"), actor_of(session, an_account(session).id, now=now)):
        with pytest.raises((NotFound, Forbidden)):
            service_notices.plan(session, actor, at_of(scene), dispatched_on=day_of(now), now=now)


def test_the_wartefrist_cannot_be_moved_in_the_database(session):
    told(session)
    with pytest.raises(DatabaseError, match="not moved"), session.begin_nested():
        session.execute(text("UPDATE standstill SET dispatched_on = dispatched_on - 3, last_day = last_day - 3"))
    with pytest.raises(DatabaseError, match="never changed"), session.begin_nested():
        session.execute(text("UPDATE notice_sent SET dispatched_on = dispatched_on - 3"))


def test_an_applicant_sees_own_points_that_add_up_and_no_other_name(session):
    scene, _ = told(
        session,
        answers={
            "Anna Ahorn": {"organic": True, "founded_years": "40"},
            "Bernd Buche": {"organic": False, "founded_years": "2"},
            "Carla Castanie": {"organic": False, "founded_years": "50"},
        },
    )
    own = queries_sheets.own_sheet(
        session,
        applicant(session, scene, "Bernd Buche"),
        scene.applications["Bernd Buche"].public_id,
        1,
        "de",
        now=datetime.now(UTC),
    )
    assert own.sheet.told.place == 2
    assert own.sheet.told.sum.values == {"figure": 5}
    assert [len(way) for way in own.sheet.ways] == [1]
    assert own.sheet.own.values
    shown = repr(own.sheet)
    assert "Ahorn" not in shown
    assert "Castanie" not in shown


def test_nobody_reads_the_result_of_somebody_else_and_nobody_reads_it_before_the_letters(session):
    scene, _ = told(session)
    with pytest.raises(NotFound):
        queries_sheets.own_sheet(
            session,
            applicant(session, scene, "Carla Castanie"),
            scene.applications["Bernd Buche"].public_id,
            1,
            "de",
            now=datetime.now(UTC),
        )
    early = a_call_to_decide(session, with_accounts=True)
    decided(session, early)
    with pytest.raises(NotFound):
        queries_sheets.own_sheet(
            session,
            applicant(session, early, "Bernd Buche"),
            early.applications["Bernd Buche"].public_id,
            1,
            "de",
            now=datetime.now(UTC),
        )


def test_an_objection_in_time_is_taken_and_a_second_click_makes_no_second(session):
    scene, _ = told(session)
    first = objects(session, scene)
    assert objects(session, scene).id == first.id
    assert first.way is ObjectionWay.ONLINE
    assert not first.is_late


def test_the_last_second_counts_and_the_next_one_is_refused_in_plain_words(session):
    scene, decision = told(session)
    ends = queries_outward.course_of(session, decision).span.ends_at
    objects(session, scene, now=ends - timedelta(seconds=1))
    with pytest.raises(Refused) as late:
        objects(session, scene, "Carla Castanie", now=ends)
    assert "ended on" in late.value.text.msgid


def test_a_late_objection_on_paper_is_kept_and_answered_as_late(session):
    scene, decision = told(session)
    standstill = session.scalars(select(Standstill)).one()
    now = after_standstill(standstill)
    found = service_objections.record_paper(
        session,
        scene.clerk,
        at_of(scene),
        code=scene.applications["Bernd Buche"].code,
        arrived_on=standstill.last_day + timedelta(days=1),
        body="Kommt zu spät.",
        now=now,
    )
    assert found.is_late
    for outcome in (AnswerOutcome.NOT_JUSTIFIED, AnswerOutcome.JUSTIFIED):
        with pytest.raises(Refused):
            service_objections.answer(
                session, scene.clerk, at_of(scene), found.public_id, Answer(outcome, "Nein.", "x"), now=now
            )
    answered = service_objections.answer(
        session,
        scene.clerk,
        at_of(scene),
        found.public_id,
        Answer(AnswerOutcome.TOO_LATE, "Er kam nach der Frist."),
        now=now,
    )
    assert answered.answered_on == day_of(now)
    assert decision.set_aside_at is None


def test_paper_that_arrived_in_time_counts_by_its_day_even_if_entered_later(session):
    scene, _ = told(session)
    standstill = session.scalars(select(Standstill)).one()
    found = service_objections.record_paper(
        session,
        scene.clerk,
        at_of(scene),
        code=scene.applications["Bernd Buche"].code,
        arrived_on=standstill.last_day,
        body="Lag am letzten Tag im Kasten.",
        now=after_standstill(standstill),
    )
    assert not found.is_late


@pytest.mark.parametrize("off", [-1, 60])
def test_a_day_of_arrival_before_the_letters_or_in_the_future_is_refused(session, off):
    scene, _ = told(session)
    standstill = session.scalars(select(Standstill)).one()
    with pytest.raises(Refused):
        service_objections.record_paper(
            session,
            scene.clerk,
            at_of(scene),
            code=scene.applications["Bernd Buche"].code,
            arrived_on=standstill.dispatched_on + timedelta(days=off),
            body="x",
            now=after_standstill(standstill),
        )


def test_the_database_lets_nobody_call_an_objection_late_or_in_time_by_choice(session):
    scene, _ = told(session)
    standstill = session.scalars(select(Standstill)).one()
    values = {
        "standstill_id": standstill.id,
        "application_id": scene.applications["Bernd Buche"].id,
        "body": "x",
        "recorded_at": datetime.now(UTC),
    }
    for arrived_on, is_late, way in (
        (standstill.last_day, True, ObjectionWay.PAPER),
        (standstill.last_day + timedelta(days=1), False, ObjectionWay.PAPER),
        (standstill.last_day + timedelta(days=1), True, ObjectionWay.ONLINE),
    ):
        statement = insert(Objection).values(arrived_on=arrived_on, is_late=is_late, way=way, **values)
        with pytest.raises(DatabaseError), session.begin_nested():
            session.execute(statement)


def test_a_justified_objection_begins_a_new_run_and_keeps_the_old_decision(session):
    scene, decision = told(session)
    found = objects(session, scene)
    now = datetime.now(UTC)
    answered = service_objections.answer(
        session,
        scene.clerk,
        at_of(scene),
        found.public_id,
        Answer(AnswerOutcome.JUSTIFIED, "Sie haben recht.", "Eine Zeile wurde falsch gelesen."),
        now=now,
    )
    session.commit()
    kept = session.get_one(Decision, decision.id)
    assert kept.set_aside_at is not None
    runs = session.scalars(select(ScoringRun).where(ScoringRun.lot_id == scene.lot.id)).all()
    assert runs[-1].cause is Cause.OBJECTION
    assert runs[-1].principle_identifier == runs[0].principle_identifier
    assert answered.new_run_id == runs[-1].id
    again = session.scalars(select(NoticeSent).where(NoticeSent.kind == NoticeKind.COMPUTED_AGAIN)).all()
    assert len(again) == 3
    assert queries.newest_run(session, scene.lot.id).id == runs[-1].id
    with pytest.raises(Conflict):
        objects(session, scene, "Carla Castanie")


def test_an_answer_without_words_and_a_correction_without_words_are_refused(session):
    scene, _ = told(session)
    found = objects(session, scene)
    for given in (Answer(AnswerOutcome.NOT_JUSTIFIED, "  "), Answer(AnswerOutcome.JUSTIFIED, "Ja.", "")):
        with pytest.raises(Refused), session.begin_nested():
            service_objections.answer(session, scene.clerk, at_of(scene), found.public_id, given, now=datetime.now(UTC))


def test_an_objection_is_answered_once(session):
    scene, _ = told(session)
    found = objects(session, scene)
    given, now = Answer(AnswerOutcome.NOT_JUSTIFIED, "Wir haben nachgerechnet."), datetime.now(UTC)
    service_objections.answer(session, scene.clerk, at_of(scene), found.public_id, given, now=now)
    with pytest.raises(Conflict):
        service_objections.answer(session, scene.clerk, at_of(scene), found.public_id, given, now=now)
    mails = session.scalars(select(OutboxMail).where(OutboxMail.template == "awards/objection_answered")).all()
    assert len(mails) == 1
