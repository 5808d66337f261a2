from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from succession.accounts.models import Account
from succession.applications import jobs, queries_admitted, service, service_keeping
from succession.applications.models import Application, ApplicationLot, ApplicationSpecial, ApplicationSubmission
from succession.applications.personal_data import REGISTER
from succession.applications.states import REDUCED_AFTER
from succession.errors import Forbidden, NotFound
from succession.marks import Person
from succession.outbox.models import OutboxMail
from succession.privacy.erasing import erase, shares
from succession.privacy.exporting import held
from tests.factories.accounts import an_account
from tests.factories.applicants import a_call_closing, an_applicant, an_application_sent
from tests.factories.calls import an_open_call

MARKER = "Wachtelkönig-7731"


@pytest.fixture
def now():
    return datetime.now(UTC)


def person_of(account):
    return Person(account.id, account.public_id, account.email, account.name)


def a_loser(session, now, **values):
    scene = a_call_closing(session, now - timedelta(days=1))
    account = an_account(session)
    row = an_application_sent(
        session, scene.call, account, answers={"organic": True}, special={"member": True}, **values
    )
    return scene, account, row


def test_answers_on_religion_go_first_and_the_rest_after_half_a_year_and_a_warning(session, now):
    scene, account, row = a_loser(session, now, name=MARKER, address=MARKER)
    ends = {row.id: now + REDUCED_AFTER}
    service_keeping.procedure_ended(session, scene.clerk, scene.call, ends, now=now)
    assert session.scalar(select(func.count()).select_from(ApplicationSpecial)) == 0
    jobs.keeping(session, now=now)
    assert session.scalar(select(func.count()).select_from(OutboxMail)) == 0
    soon = now + REDUCED_AFTER - timedelta(days=10)
    jobs.keeping(session, now=soon)
    jobs.keeping(session, now=soon)
    (mail,) = session.scalars(select(OutboxMail).where(OutboxMail.template == "applications/going_soon"))
    assert mail.recipient_account_id == account.id
    jobs.keeping(session, now=now + REDUCED_AFTER + timedelta(hours=1))
    assert row.reduced_at is None, "two weeks after the mail, not sooner"
    jobs.keeping(session, now=soon + timedelta(days=15))
    session.expire_all()
    assert (row.name, row.address, row.answers, row.applicant_account_id) == ("", "", {}, None)
    assert row.reduced_at is not None
    sent = session.scalars(select(ApplicationSubmission)).one()
    assert (sent.content, sent.hash) == (None, row.receipt_hash)
    assert session.scalar(select(func.count()).select_from(ApplicationLot)) == 0
    (one,) = queries_admitted.admitted(session, scene.clerk, scene.call)
    assert (one.code, one.is_reduced, one.name) == (row.code, True, "")


def test_only_who_works_on_the_call_says_when_it_ends_and_only_the_worker_reduces(session, now):
    scene, _, row = a_loser(session, now)
    stranger = an_applicant(session)
    with pytest.raises(Forbidden):
        service_keeping.procedure_ended(session, stranger, scene.call, {row.id: now}, now=now)
    for actor in (stranger, scene.clerk):
        with pytest.raises(Forbidden):
            service_keeping.reduce(session, actor, now=now)


def test_an_erasure_takes_drafts_and_what_is_still_sealed(session, now):
    scene, account = an_open_call(session, now=now), an_account(session)
    an_application_sent(session, scene.call, account, name=MARKER, special={"member": True})
    erase(session, person_of(account))
    assert session.scalar(select(func.count()).select_from(Application)) == 0
    assert session.scalar(select(func.count()).select_from(ApplicationSubmission)) == 0


def test_an_erasure_leaves_the_file_of_an_award_in_reduced_form_and_says_why(session, now):
    scene, account, row = a_loser(session, now, name="Grete", email="grete@example.org", phone="123")
    kept = [share for share in shares(session, person_of(account)) if share.data_class.key == "applications"]
    assert kept[0].hold is not None
    person = person_of(account)
    erase(session, person)
    assert (row.email, row.phone, row.name) == (None, None, "Grete")
    assert session.scalar(select(func.count()).select_from(ApplicationSpecial)) == 0
    assert session.get(Account, person.account_id) is None
    assert row.applicant_account_id is None
    assert len(queries_admitted.admitted(session, scene.clerk, scene.call)) == 1


def test_the_export_holds_the_application_with_what_was_sent(session, now):
    _, account, row = a_loser(session, now, name=MARKER)
    found = {table.name: list(table.rows) for table in held(session, person_of(account), REGISTER)}
    assert {"application", "application_submission", "application_special", "application_lot"} <= found.keys()
    assert MARKER in str(found["application_submission"])
    assert row.code in str(found["application"])


def test_a_draft_is_deleted_by_its_applicant_only(session, now):
    scene = an_open_call(session, now=now)
    actor = an_applicant(session)
    row = Application(call_id=scene.call.id, applicant_account_id=actor.account_id, code="DRAFT234")
    session.add(row)
    session.commit()
    with pytest.raises(NotFound):
        service.delete_draft(session, an_applicant(session), row.public_id, now=now)
    service.delete_draft(session, actor, row.public_id, now=now)
    assert session.scalar(select(func.count()).select_from(Application)) == 0


def test_whoever_applied_is_told_that_the_call_has_changed_or_ended(session, now):
    scene, account = an_open_call(session, now=now), an_account(session)
    an_application_sent(session, scene.call, account)
    an_application_sent(session, scene.call, code="PAPER234")
    jobs.call_reopened(session, public_id=str(scene.call.public_id), number=2, now=now)
    jobs.call_cancelled(session, public_id=str(scene.call.public_id), now=now)
    told = [(mail.template, mail.recipient_account_id) for mail in session.scalars(select(OutboxMail))]
    assert told == [("applications/call_reopened", account.id), ("applications/call_cancelled", account.id)]
