import json
import re
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest
from sqlalchemy import func, select

from succession.accounts.actor import Role
from succession.applications.models import Application, ApplicationSubmission
from succession.applications.states import ApplicationState
from tests.factories.accounts import a_browser
from tests.factories.applicants import a_call_closing
from tests.factories.calls import an_open_call, principles, words


@pytest.fixture
def now():
    return datetime.now(UTC)


def begun(client, scene):
    """The address of the draft's first page."""
    answer = client.post(f"/calls/{scene.call.public_id}/apply")
    assert answer.status_code == 302
    return answer.location.rsplit("/pages/", 1)[0]


def seen_in(page):
    return re.search(r'name="seen"[^>]*value="([^"]*)"', page.text)[1]


def fill(client, page, **typed):
    """Posts a page of the wizard with what it showed as seen."""
    seen = seen_in(client.get(page))
    return client.post(page, data={"seen": seen, "then": "next", **typed})


def sent(client, base):
    key = re.search(r'name="key" value="([^"]*)"', client.get(f"{base}/check").text)[1]
    return client.post(f"{base}/submit", data={"key": key, "is_true": "yes"}), key


def test_somebody_applies_from_the_first_page_to_the_receipt(app, session, now):
    scene = an_open_call(session, now=now, lots=2)
    client, _ = a_browser(app, session, Role.SEEKER)
    assert "Beginnen" in client.get(f"/calls/{scene.call.public_id}/apply").text
    base = begun(client, scene)
    first = fill(client, f"{base}/pages/person", person_name="Grete Wiese", address="Dorfstraße 3\n29439 Lüchow")
    assert first.location.endswith("/pages/lots")
    second = fill(client, f"{base}/pages/lots", lots=["1", "2"])
    assert second.location.endswith("/pages/answers-1")
    third = fill(client, f"{base}/pages/answers-1", **{"q-organic": "yes", "q-founded_years": "3"})
    assert third.location.endswith("/pages/papers")
    page = client.get(f"{base}/check").text
    assert "Grete Wiese" in page
    assert "Ihre eigenen Zeilen zusammen: 15 Punkte" in page
    answer, _ = sent(client, base)
    assert answer.status_code == 302
    receipt = client.get(answer.location).text
    row = session.scalars(select(ApplicationSubmission)).one()
    assert row.hash in receipt
    document = client.get(f"{base}/sent-1.json").data
    assert sha256(document).hexdigest() == row.hash
    assert json.loads(document)["applicant"]["name"] == "Grete Wiese"
    pdf = client.get(f"{base}/receipt.pdf")
    assert pdf.data.startswith(b"%PDF")


def test_a_double_click_is_one_submission(app, session, now):
    scene = an_open_call(session, now=now)
    client, _ = a_browser(app, session, Role.SEEKER, postal_address="Hof 1")
    base = begun(client, scene)
    _, key = sent(client, base)
    again = client.post(f"{base}/submit", data={"key": key, "is_true": "yes"})
    assert again.status_code == 302
    assert session.scalar(select(func.count()).select_from(ApplicationSubmission)) == 1


def test_what_is_missing_is_said_and_nothing_is_sent(app, session, now):
    scene = an_open_call(session, now=now, lots=2)
    client, _ = a_browser(app, session, Role.SEEKER)
    base = begun(client, scene)
    answer, _ = sent(client, base)
    assert answer.status_code == 422
    assert "Wählen Sie mindestens ein Los" in answer.text
    assert session.scalars(select(Application)).one().state is ApplicationState.DRAFT


def test_without_the_tick_nothing_is_sent(app, session, now):
    scene = an_open_call(session, now=now)
    client, _ = a_browser(app, session, Role.SEEKER, postal_address="Hof 1")
    base = begun(client, scene)
    answer = client.post(f"{base}/submit", data={"key": "nonsense"})
    assert answer.status_code == 422
    assert "#is_true" in answer.text


@pytest.mark.parametrize(
    ("field", "typed"),
    [("founded_years", "-3"), ("founded_years", "9999"), ("founded_years", "viele"), ("organic", "x")],
)
def test_what_cannot_be_meant_is_shown_again_as_it_was_typed(app, session, now, field, typed):
    scene = an_open_call(session, now=now)
    client, _ = a_browser(app, session, Role.SEEKER)
    base = begun(client, scene)
    answer = fill(client, f"{base}/pages/answers-1", **{f"q-{field}": typed})
    assert answer.status_code == 422
    assert f'href="#q-{field}' in answer.text, "the summary leads to the field"
    assert f'id="q-{field}-error"' in answer.text
    assert field == "organic" or f'value="{typed}"' in answer.text
    assert session.scalars(select(Application)).one().answers == {}


@pytest.mark.parametrize("lots", [[""], ["", "nonsense"], [" "], ["²"], ["99"]])
def test_a_tick_that_no_page_offers_is_no_lot(app, session, now, lots):
    scene = an_open_call(session, now=now, lots=2)
    client, _ = a_browser(app, session, Role.SEEKER)
    address = f"{begun(client, scene)}/pages/lots"
    answer = client.post(address, data={"seen": seen_in(client.get(address)), "lots": lots})
    assert answer.status_code == 422


def test_a_second_tab_is_shown_the_difference(app, session, now):
    scene = an_open_call(session, now=now)
    client, _ = a_browser(app, session, Role.SEEKER)
    base = begun(client, scene)
    address = f"{base}/pages/answers-1"
    seen = seen_in(client.get(address))
    client.post(address, data={"seen": seen, "q-organic": "yes"})
    late = client.post(address, data={"seen": seen, "q-organic": "no"})
    assert late.status_code == 409
    assert "Jemand hat diese Seite inzwischen geändert" in late.text
    again = client.post(address, data={"seen": seen_in(late), "q-organic": "no"})
    assert again.status_code == 302
    session.expire_all()
    assert session.scalars(select(Application)).one().answers == {"organic": False}


def test_after_the_deadline_the_draft_is_readable_and_a_click_is_refused_in_plain_words(app, session, now):
    scene = a_call_closing(session, now - timedelta(seconds=1))
    client, person = a_browser(app, session, Role.SEEKER)
    row = Application(
        call_id=scene.call.id, applicant_account_id=person.id, code="LATE2345", name="Grete", address="Hof 1"
    )
    session.add(row)
    session.commit()
    base = f"/my-applications/{row.public_id}"
    answer, _ = sent(client, base)
    assert answer.status_code == 409
    assert "zu spät" in answer.text
    assert "Grete" in client.get(f"{base}/check").text
    assert "nicht abgeschickt" in client.get(base).text
    refused = fill(client, f"{base}/pages/person", person_name="Anders", address="Hof 2")
    assert refused.status_code == 409
    assert 'value="Anders"' in refused.text, "what was typed is still in the page"
    other, _ = a_browser(app, session, Role.SEEKER)
    assert "nimmt zurzeit keine Bewerbungen" in other.get(f"/calls/{scene.call.public_id}/apply").text
    assert other.post(f"/calls/{scene.call.public_id}/apply").status_code == 409


def test_withdrawn_and_sent_anew(app, session, now):
    scene = an_open_call(session, now=now)
    client, _ = a_browser(app, session, Role.SEEKER, postal_address="Hof 1")
    base = begun(client, scene)
    sent(client, base)
    assert "Zurückziehen" in client.get(f"{base}/withdraw").text
    assert client.post(f"{base}/withdraw").status_code == 302
    session.expire_all()
    row = session.scalars(select(Application)).one()
    code = row.code
    assert row.state is ApplicationState.WITHDRAWN
    sent(client, base)
    session.expire_all()
    assert (row.state, row.code) == (ApplicationState.SUBMITTED, code)


RELIGION = {
    "id": "member",
    "answer": "yes_or_no",
    "from": "declared",
    "question": words("Gehören Sie einer Kirche an?"),
    "evidence": [],
    "special_category": "religion",
    "mandatory": False,
    "hides": "step",
}
EXCLUSION = {
    "id": "insolvent",
    "answer": "yes_or_no",
    "from": "declared",
    "question": words("Läuft ein Insolvenzverfahren?"),
    "evidence": [],
    "mandatory": True,
    "hides": "nothing",
}


def test_every_exclusion_needs_an_answer_before_it_can_be_sent(app, session, now):
    raw = principles()
    raw["questions"].append(EXCLUSION)
    raw["catalogue"]["exclusions"] = [
        {"id": "insolvency", "field": "insolvent", "equals": True, "label": words("Insolvenz")}
    ]
    scene = an_open_call(session, now=now, document=raw)
    client, _ = a_browser(app, session, Role.SEEKER, postal_address="Hof 1")
    base = begun(client, scene)
    empty = fill(client, f"{base}/pages/conditions")
    assert empty.status_code == 422
    assert sent(client, base)[0].status_code == 422
    assert fill(client, f"{base}/pages/conditions", **{"q-insolvent": "yes"}).status_code == 302
    assert "ausgeschlossen" in client.get(f"{base}/check").text
    assert sent(client, base)[0].status_code == 302


def test_a_stranger_finds_no_application_and_a_visitor_signs_in_first(app, session, now):
    scene = an_open_call(session, now=now)
    client, _ = a_browser(app, session, Role.SEEKER)
    base = begun(client, scene)
    stranger, _ = a_browser(app, session, Role.SEEKER)
    for page in ("", "/check", "/pages/person", "/receipt", "/papers", "/withdraw"):
        assert stranger.get(base + page).status_code == 404
    assert "/sign-in" in app.test_client().get(base).location
