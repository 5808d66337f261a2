from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import func, insert, select, text, update
from sqlalchemy.exc import DatabaseError

from succession.accounts.duties import MembershipRole
from succession.applications import content, queries, service, service_sending
from succession.applications.models import Application, ApplicationSubmission
from succession.applications.pages import AnswersPage, LotsPage, PersonPage, mark
from succession.applications.refusals import Incomplete, NotOpen, TooLate
from succession.applications.states import ApplicationState
from succession.errors import Conflict, NotFound, Refused
from succession.facts.refusals import Overtaken
from succession.outbox.models import OutboxMail
from tests.factories.applicants import a_call_closing, an_applicant
from tests.factories.calls import a_published_call, an_open_call
from tests.factories.organisations import a_member, acting


@pytest.fixture
def now():
    """The clock of the database decides here, so the tests take the real one."""
    return datetime.now(UTC)


def stored_mark(session, actor, application, key):
    details = queries.details(session, actor, application)
    step = next(step for step in details.steps if step.key == key)
    return mark(service.stored.page_of(details, step))


def save(session, actor, application, key, page, now, seen=None):
    seen = stored_mark(session, actor, application, key) if seen is None else seen
    return service.save_page(session, actor, application.public_id, key, page, seen=seen, now=now)


def submit(session, actor, application, now, key=None, **values):
    return service_sending.submit(session, actor, application.public_id, key=key or uuid4(), now=now, **values)


def filled(session, actor, scene, now):
    """A draft with everything that must be there."""
    application = service.begin(session, actor, scene.call.public_id, now=now)
    save(session, actor, application, "lots", LotsPage({1: None}), now)
    session.commit()
    return application


def test_beginning_twice_is_one_draft_that_knows_the_person(session, now):
    scene, actor = an_open_call(session, now=now, lots=2), an_applicant(session)
    first = service.begin(session, actor, scene.call.public_id, now=now)
    assert service.begin(session, actor, scene.call.public_id, now=now).id == first.id
    assert first.name == actor.name
    assert first.address.startswith("Dorfstraße")
    assert len(first.code) == service.CODE_LENGTH


def test_what_is_sent_counts_with_receipt_and_mail(session, now):
    scene, actor = an_open_call(session, now=now), an_applicant(session)
    application = filled(session, actor, scene, now)
    row = submit(session, actor, application, now)
    assert application.state is ApplicationState.SUBMITTED
    assert application.receipt_hash == row.hash == content.hash_of(row.content)
    assert row.content["lots"] == [
        {"number": 1, "rank": None, "bid_cents_year": None, "answers": {}, "distance_m": None}
    ]
    mail = session.scalars(select(OutboxMail).where(OutboxMail.template == "applications/received")).one()
    assert mail.recipient_account_id == actor.account_id
    assert mail.values["hash"] == row.hash


def test_sending_twice_or_with_the_same_key_is_one_submission(session, now):
    scene, actor = an_open_call(session, now=now), an_applicant(session)
    application, key = filled(session, actor, scene, now), uuid4()
    first = submit(session, actor, application, now, key)
    assert submit(session, actor, application, now, key).id == first.id
    assert submit(session, actor, application, now).id == first.id, "nothing was changed meanwhile"
    save(session, actor, application, "answers-1", AnswersPage(("organic", "founded_years"), {"organic": True}), now)
    assert submit(session, actor, application, now, key).id == first.id, "an old tab sends nothing new"
    second = submit(session, actor, application, now)
    assert (second.number, second.content["answers"]) == (2, {"organic": True})


def test_an_old_tab_does_not_say_that_a_withdrawn_application_counts(session, now):
    scene, actor = an_open_call(session, now=now), an_applicant(session)
    application, key = filled(session, actor, scene, now), uuid4()
    submit(session, actor, application, now, key)
    service_sending.withdraw(session, actor, application.public_id, now=now)
    with pytest.raises(Conflict):
        submit(session, actor, application, now, key)
    assert application.state is ApplicationState.WITHDRAWN
    submit(session, actor, application, now)
    assert application.state is ApplicationState.SUBMITTED


def test_an_application_a_second_late_is_refused_in_plain_words_and_nothing_is_lost(session, now):
    scene = a_call_closing(session, now + timedelta(days=1))
    actor = an_applicant(session)
    application = filled(session, actor, scene, now)
    late = a_call_closing(session, datetime.now(UTC) - timedelta(seconds=1))
    moved = Application(
        call_id=late.call.id, applicant_account_id=actor.account_id, code="LATE2345", name="A", address="B"
    )
    session.add(moved)
    session.commit()
    with pytest.raises(TooLate) as refusal:
        submit(session, actor, moved, now)
    assert "%(deadline)s" in refusal.value.text.msgid
    assert refusal.value.text.values["arrived"] > refusal.value.text.values["deadline"]
    assert moved.state is ApplicationState.DRAFT
    assert queries.details(session, actor, moved).draft.applicant.name == "A"
    with pytest.raises(TooLate):
        save(session, actor, moved, "person", PersonPage("C", "D"), now)
    assert application.state is ApplicationState.DRAFT


def test_the_time_of_arrival_counts_not_how_long_it_waited(session, now):
    late = a_call_closing(session, datetime.now(UTC) - timedelta(seconds=10))
    actor = an_applicant(session)
    application = Application(
        call_id=late.call.id, applicant_account_id=actor.account_id, code="WAIT2345", name="A", address="B"
    )
    session.add(application)
    session.flush()
    session.add(service.ApplicationLot(application_id=application.id, lot_id=late.lots[0].id, answers={}))
    session.commit()
    with pytest.raises(TooLate):
        submit(session, actor, application, now, waited=timedelta(seconds=5))
    row = submit(session, actor, application, now, waited=timedelta(seconds=15))
    assert row.arrived_at < late.call.closes_at


def test_nobody_can_claim_to_have_waited_longer_than_the_seal_holds(session, now):
    late = a_call_closing(session, datetime.now(UTC) - timedelta(seconds=70))
    actor = an_applicant(session)
    application = Application(
        call_id=late.call.id, applicant_account_id=actor.account_id, code="FAKE2345", name="A", address="B"
    )
    session.add(application)
    session.commit()
    with pytest.raises(TooLate):
        submit(session, actor, application, now, waited=timedelta(hours=3))


def test_before_the_opening_nobody_can_begin(session, now):
    scene = a_published_call(session, now=now)
    with pytest.raises(NotOpen):
        service.begin(session, an_applicant(session), scene.call.public_id, now=now)


def test_what_must_be_there_is_named_and_the_draft_stays(session, now):
    scene, actor = an_open_call(session, now=now, lots=2), an_applicant(session, postal_address=None)
    application = service.begin(session, actor, scene.call.public_id, now=now)
    with pytest.raises(Incomplete) as refusal:
        submit(session, actor, application, now)
    assert [gap.topic.value for gap in refusal.value.gaps] == ["person", "lots"]
    assert application.state is ApplicationState.DRAFT


@pytest.mark.parametrize(
    "answer", [{"founded_years": "-3"}, {"founded_years": "9999"}, {"organic": "perhaps"}, {"x": 1}]
)
def test_what_cannot_be_meant_is_kept_by_no_door(session, now, answer):
    scene, actor = an_open_call(session, now=now), an_applicant(session)
    application = filled(session, actor, scene, now)
    with pytest.raises(Refused):
        save(session, actor, application, "answers-1", AnswersPage(("organic", "founded_years"), answer), now)
    assert application.answers == {}


def test_a_second_tab_sees_what_the_first_one_saved(session, now):
    scene, actor = an_open_call(session, now=now), an_applicant(session)
    application = filled(session, actor, scene, now)
    seen = stored_mark(session, actor, application, "answers-1")
    page = AnswersPage(("organic", "founded_years"), {"organic": True})
    save(session, actor, application, "answers-1", page, now, seen)
    other = AnswersPage(("organic", "founded_years"), {"organic": False})
    with pytest.raises(Overtaken) as conflict:
        save(session, actor, application, "answers-1", other, now, seen)
    assert len(conflict.value.differences) == 1
    assert application.answers == {"organic": True}


def test_withdrawn_and_sent_anew_keeps_the_code(session, now):
    scene, actor = an_open_call(session, now=now), an_applicant(session)
    application = filled(session, actor, scene, now)
    submit(session, actor, application, now)
    code = application.code
    service_sending.withdraw(session, actor, application.public_id, now=now)
    assert application.state is ApplicationState.WITHDRAWN
    row = submit(session, actor, application, now)
    assert application.state is ApplicationState.SUBMITTED
    assert (application.code, row.number, application.withdrawn_at) == (code, 2, None)


def test_whoever_works_for_the_owner_is_marked(session, now):
    scene = an_open_call(session, now=now)
    member = a_member(session, scene.owner, MembershipRole.READER, postal_address="Hof 1")
    actor = acting(session, member, now)
    application = filled(session, actor, scene, now)
    assert submit(session, actor, application, now).content["applicant"]["is_of_owner"] is True
    stranger = an_applicant(session)
    other = filled(session, stranger, scene, now)
    assert submit(session, stranger, other, now).content["applicant"]["is_of_owner"] is False


def test_an_application_of_somebody_else_does_not_exist(session, now):
    scene, actor = an_open_call(session, now=now), an_applicant(session)
    application = filled(session, actor, scene, now)
    for other in (an_applicant(session), scene.clerk):
        with pytest.raises(NotFound):
            queries.kept(session, other, application.public_id)
        with pytest.raises(NotFound):
            submit(session, other, application, now)


def test_what_was_sent_is_never_changed_not_even_by_a_statement(session, now):
    scene, actor = an_open_call(session, now=now), an_applicant(session)
    application = filled(session, actor, scene, now)
    submit(session, actor, application, now)
    session.commit()
    for statement in (
        update(ApplicationSubmission).values(content={"answers": {}}),
        update(ApplicationSubmission).values(hash="0" * 64),
        update(ApplicationSubmission).values(arrived_at=now - timedelta(days=2)),
        text("DELETE FROM application_submission"),
        update(Application).values(code="OTHER234"),
    ):
        with pytest.raises(DatabaseError), session.begin_nested():
            session.execute(statement)
    assert session.scalar(select(func.count()).select_from(ApplicationSubmission)) == 1


def test_the_database_takes_nothing_that_arrived_after_the_deadline(session, now):
    closed = a_call_closing(session, now - timedelta(days=1))
    row = Application(call_id=closed.call.id, code="FORGED23", name="A", address="B")
    session.add(row)
    session.flush()
    values = {"application_id": row.id, "number": 1, "arrived_at": closed.call.closes_at, "content": {}}
    statement = insert(ApplicationSubmission).values(**values, hash="0" * 64, idempotency_key=uuid4())
    with pytest.raises(DatabaseError, match="after the deadline"), session.begin_nested():
        session.execute(statement)
