import re
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from sqlalchemy import select

from succession.accounts.actor import Role
from succession.accounts.duties import MembershipRole
from succession.applications.models import Application, Envelope
from succession.applications.states import ApplicationState
from tests.factories.accounts import a_browser, an_account, sign_in
from tests.factories.applicants import a_call_closing, an_application_sent
from tests.factories.calls import an_open_call
from tests.factories.files import a_document
from tests.factories.organisations import a_member


@pytest.fixture
def now():
    return datetime.now(UTC)


def a_clerk_browser(app, session, scene, role=MembershipRole.CLERK):
    account = an_account(session, Role.LANDOWNER)
    a_member(session, scene.owner, role, account=account)
    client = app.test_client()
    sign_in(client, session, account)
    return client


def take_in(client, scene, moment):
    page = client.get(f"/my-calls/{scene.call.public_id}/envelopes").text
    key = re.search(r'name="key"[^>]*value="([^"]*)"', page)[1]
    local = moment.astimezone()
    data = {"key": key, "arrived_on": f"{local:%Y-%m-%d}", "arrived_time": f"{local:%H:%M}", "initials": "AB"}
    return client.post(f"/my-calls/{scene.call.public_id}/envelopes", data=data), data


def test_an_envelope_is_taken_in_once_however_often_the_button_is_pressed(app, session, now):
    scene = an_open_call(session, now=now)
    client = a_clerk_browser(app, session, scene)
    answer, data = take_in(client, scene, now - timedelta(hours=2))
    assert answer.status_code == 302
    client.post(f"/my-calls/{scene.call.public_id}/envelopes", data=data)
    assert len(session.scalars(select(Envelope)).all()) == 1
    page = client.get(f"/my-calls/{scene.call.public_id}/envelopes").text
    assert "verschlossen" in page
    assert "Öffnen und erfassen" not in page
    refused = client.post(f"/my-calls/{scene.call.public_id}/envelopes/1/open")
    assert refused.status_code == 409
    assert "versiegelt" in refused.text


def test_before_the_deadline_the_office_reads_neither_names_nor_numbers(app, session, now):
    scene = an_open_call(session, now=now)
    row = an_application_sent(session, scene.call, name="Wachtelkönig GbR")
    client = a_clerk_browser(app, session, scene)
    base = f"/my-calls/{scene.call.public_id}"
    page = client.get(f"{base}/applications")
    assert page.status_code == 200
    assert "versiegelt" in page.text
    for path in (f"{base}/applications/{row.public_id}", f"/my-applications/{row.public_id}", f"{base}/envelopes"):
        assert "Wachtelkönig" not in client.get(path).text
    assert client.get(f"{base}/applications/{row.public_id}").status_code == 409


def test_after_the_deadline_who_scores_reads_every_application_and_that_is_on_record(app, session, now):
    scene = a_call_closing(session, now - timedelta(days=1))
    row = an_application_sent(
        session, scene.call, name="Wachtelkönig GbR", ties="Sitzt im Rat", answers={"organic": True}
    )
    client = a_clerk_browser(app, session, scene)
    base = f"/my-calls/{scene.call.public_id}/applications"
    assert "Wachtelkönig" in client.get(base).text
    page = client.get(f"{base}/{row.public_id}").text
    assert "Sitzt im Rat" in page
    assert "Bewirtschaften Sie ökologisch?" in page


def test_two_people_open_type_and_confirm_and_the_receipt_goes_by_post(app, session, now):
    scene = a_call_closing(session, now - timedelta(days=1))
    first, second = a_clerk_browser(app, session, scene), a_clerk_browser(app, session, scene)
    take_in(first, scene, scene.call.closes_at - timedelta(hours=3))
    base = f"/my-calls/{scene.call.public_id}/envelopes/1"
    opened = first.post(f"{base}/open")
    assert opened.status_code == 302
    wizard = opened.location.rsplit("/pages/", 1)[0]
    for key, typed in (
        ("person", {"person_name": "Otto Acker", "address": "Hof 1"}),
        ("lots", {"lots": ["1"]}),
        ("answers-1", {"q-organic": "yes"}),
    ):
        seen = re.search(r'name="seen"[^>]*value="([^"]*)"', first.get(f"{wizard}/pages/{key}").text)[1]
        assert first.post(f"{wizard}/pages/{key}", data={"seen": seen, **typed}).status_code == 302
    assert "Sie erfassen das vom Papier" in first.get(f"{wizard}/check").text
    scan = {"scan": (BytesIO(a_document()), "scan.pdf")}
    assert first.post(f"{base}/scan", data=scan, content_type="multipart/form-data").status_code == 302
    page = second.get(base).text
    seen = re.search(r'name="seen" value="(\d+)"', page)[1]
    assert first.post(f"{base}/confirm", data={"seen": seen}).status_code == 409
    assert second.post(f"{base}/confirm", data={"seen": seen}).status_code == 302
    session.expire_all()
    row = session.scalars(select(Application)).one()
    assert row.state is ApplicationState.SUBMITTED
    assert second.get(f"{base}/receipt.pdf").data.startswith(b"%PDF")
    assert second.get(f"/my-applications/{row.public_id}").status_code == 404
    assert first.post(f"{wizard}/submit", data={"is_true": "yes"}).status_code == 404
    gone = f"{base}/withdrawal"
    assert gone in first.get(base).text
    assert first.get(gone).status_code == 200
    today = datetime.now(UTC).date()
    future = {"arrived_on": (today + timedelta(days=3)).isoformat()}
    assert first.post(gone, data=future).status_code == 422
    letter = {"arrived_on": today.isoformat(), "scan": (BytesIO(a_document()), "brief.pdf")}
    assert first.post(gone, data=letter, content_type="multipart/form-data").status_code == 302
    page = first.get(base).text
    assert "sie zählt nicht" in page
    assert "brief.pdf" in page
    assert a_clerk_browser(app, session, scene, MembershipRole.READER).get(gone).status_code == 404


@pytest.mark.parametrize("time", ["25:00", "mittags", "", "12:7"])
def test_a_time_that_is_none_is_shown_again(app, session, now, time):
    scene = an_open_call(session, now=now)
    client = a_clerk_browser(app, session, scene)
    data = {"key": "x", "arrived_on": "2026-11-20", "arrived_time": time, "initials": "AB"}
    answer = client.post(f"/my-calls/{scene.call.public_id}/envelopes", data=data)
    assert answer.status_code == 422
    assert 'href="#arrived_time"' in answer.text


def test_readers_strangers_and_seekers_find_nothing_of_it(app, session, now):
    scene = a_call_closing(session, now - timedelta(days=1))
    row = an_application_sent(session, scene.call, name="Wachtelkönig")
    reader = a_clerk_browser(app, session, scene, MembershipRole.READER)
    stranger = a_clerk_browser(app, session, an_open_call(session, now=now))
    seeker, _ = a_browser(app, session, Role.SEEKER)
    base = f"/my-calls/{scene.call.public_id}"
    for client, status in ((reader, 404), (stranger, 404), (seeker, 403)):
        for path in ("/envelopes", "/applications", f"/applications/{row.public_id}"):
            answer = client.get(base + path)
            assert answer.status_code == status
            assert "Wachtelkönig" not in answer.text


def test_everybody_may_print_the_form_for_paper(app, session, now):
    scene = an_open_call(session, now=now)
    answer = app.test_client().get(f"/calls/{scene.call.public_id}/paper-form.pdf")
    assert answer.data.startswith(b"%PDF")
