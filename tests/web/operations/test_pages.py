from datetime import UTC, datetime

import pytest
from sqlalchemy import text

from succession.accounts.actor import Role
from succession.i18n import Text, as_json
from succession.jobs import progress, queue
from succession.jobs.models import WorkState
from succession.outbox import service as outbox
from succession.outbox.values import Mail
from tests.factories.accounts import a_browser, an_account

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
ENGLISH = {"Accept-Language": "en"}


@pytest.fixture
def coordinator(app, session):
    return a_browser(app, session, Role.COORDINATOR, language="en")[0]


def test_a_failed_job_is_listed_and_can_be_tried_again(session, coordinator):
    number = queue.enqueue(session, "land.import", upload="x")
    session.execute(text("UPDATE procrastinate_jobs SET status = 'failed' WHERE id = :id"), {"id": number})
    session.commit()
    page = coordinator.get("/operations/jobs?state=failed").text
    assert "land.import" in page
    assert f"/operations/jobs/{number}/retry" in page
    assert coordinator.post(f"/operations/jobs/{number}/retry").status_code == 302
    assert "/retry" not in coordinator.get("/operations/jobs").text
    assert coordinator.post(f"/operations/jobs/{number}/retry").status_code == 409


def test_an_empty_queue_says_so_and_nonsense_in_the_address_harms_nothing(coordinator):
    assert "There is nothing to do here." in coordinator.get("/operations/jobs?state=failed").text
    assert coordinator.get("/operations/jobs?state=';DROP").status_code == 200
    assert coordinator.get("/operations/mails?page=-5").status_code == 200
    assert coordinator.get("/operations/mails?page=99999999999999999999").status_code == 200


def test_a_mail_is_shown_as_its_recipient_reads_it(session, coordinator):
    assert "No mail has been written yet." in coordinator.get("/operations/mails").text
    person = an_account(session, Role.SEEKER, language="de")
    mail = outbox.enqueue(session, Mail("operations/trial", {"written_at": NOW}), account_id=person.id, now=NOW)
    session.commit()
    assert person.email in coordinator.get("/operations/mails").text
    page = coordinator.get(f"/operations/mails/{mail.public_id}").text
    assert "2. Nov. 2026, 10:00" in page or "02.11.2026, 10:00" in page
    assert mail.message_id.strip("<>") in page


def test_many_mails_come_in_pages(session, coordinator):
    for number in range(60):
        outbox.enqueue(
            session, Mail("operations/trial", {"written_at": NOW}), address=f"no{number}@example.org", now=NOW
        )
    session.commit()
    first, second = coordinator.get("/operations/mails").text, coordinator.get("/operations/mails?page=2").text
    assert ("no59@" in first, "no0@" in first) == (True, False)
    assert ("no59@" in second, "no0@" in second) == (False, True)
    assert "page=2" in first


@pytest.mark.parametrize(
    ("values", "said", "follows"),
    [
        ({}, "It begins in a moment.", True),
        ({"state": WorkState.RUNNING, "done": 5, "total": 1200}, "5 of 1,200", True),
        ({"state": WorkState.DONE, "finished_at": NOW, "target_path": "/land"}, 'href="/land"', False),
        ({"state": WorkState.FAILED, "finished_at": NOW, "message": as_json(Text("No file."))}, "No file.", False),
    ],
)
def test_the_page_of_long_work_shows_where_it_stands(app, session, values, said, follows):
    client, person = a_browser(app, session, Role.LANDOWNER, language="en")
    row = progress.start(session, "test", account_id=person.id, now=NOW)
    for name, value in values.items():
        setattr(row, name, value)
    session.commit()
    page = client.get(f"/operations/work/{row.public_id}").text
    assert said in page
    assert ("progress.js" in page) is follows
    state = client.get(f"/operations/work/{row.public_id}", headers={"Accept": "application/json"}).json
    assert state["is_final"] is not follows
    assert state["text"] in page


def test_list_pages_ask_few_questions(session, coordinator, statements):  # R1
    for path in ("/operations/jobs", "/operations/mails"):
        statements.clear()
        coordinator.get(path)
        assert len(statements) <= 4
