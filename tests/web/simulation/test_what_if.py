"""Everybody compares published sets on invented farms; owners also their own, and it is logged."""

from datetime import UTC, datetime

import pytest

from succession.accounts.actor import Role
from tests.factories.accounts import an_account, sign_in
from tests.factories.principles import a_clerk, a_draft

TWO = "sets=greifswald-2019-motion&sets=highest-bid"
GERMAN = {"Accept-Language": "de"}


def test_everybody_sees_who_would_be_first_under_two_sets(client):
    page = client.get(f"/what-if?{TWO}", headers=GERMAN).text
    assert "Agrar-Holding von auswärts" in page
    assert "Sie sind gleich. Das Los würde entscheiden." in page
    assert "Für Fachleute" in page
    assert "Das ist ein Versuch und keine Entscheidung." in page


def test_without_a_choice_there_is_only_the_form(client):
    assert client.get("/what-if").status_code == 200
    assert "Vorn läge" not in client.get("/what-if", headers=GERMAN).text


@pytest.mark.parametrize(
    "query", ["sets=recommended", "sets=nobody&sets=recommended", "&".join(["sets=wartenberg"] * 3)]
)
def test_too_few_sets_are_named_as_an_error(client, query):
    page = client.get(f"/what-if?{query}", headers=GERMAN)
    assert page.status_code == 200
    assert "Bitte wählen Sie zwei bis vier Grundsätze." in page.text


def test_the_comparison_can_be_printed(client):
    answer = client.get(f"/what-if/comparison.pdf?{TWO}")
    assert answer.mimetype == "application/pdf"
    assert answer.data.startswith(b"%PDF")


@pytest.fixture
def office(app, session):
    owner, account = a_clerk(session)
    browser = app.test_client()
    sign_in(browser, session, account)
    return owner, account, browser


def test_an_owner_tries_an_own_draft_and_finds_it_in_the_log(session, office):
    owner, account, browser = office
    draft = a_draft(session, owner, account, title="Regeln der Stadt", now=datetime.now(UTC))
    assert "Regeln der Stadt (eigene)" in browser.get("/my-what-if", headers=GERMAN).text
    sent = {"sets": [str(draft.public_id), "highest-bid"], "on_whom": "sample_farms", "session": "public"}
    answer = browser.post("/my-what-if", data={**sent, "organisation": str(owner.public_id)}, headers=GERMAN)
    assert answer.status_code == 302
    page = browser.get(answer.location, headers=GERMAN).text
    assert "Regeln der Stadt" in page
    assert "für eine öffentliche Sitzung" in page
    assert browser.get(f"{answer.location}/comparison.pdf").data.startswith(b"%PDF")
    assert answer.location in browser.get("/my-what-if").text


def test_one_set_alone_is_refused_with_a_sentence(office):
    answer = office[2].post(
        "/my-what-if", data={"sets": ["recommended"], "on_whom": "sample_farms", "session": "public"}, headers=GERMAN
    )
    assert answer.status_code == 422
    assert "Bitte wählen Sie zwei bis vier Grundsätze." in answer.text


def test_whoever_works_for_nobody_is_told_so(app, session):
    browser = app.test_client()
    sign_in(browser, session, an_account(session, Role.LANDOWNER))
    assert "Sie arbeiten noch für keine Eigentümerin" in browser.get("/my-what-if", headers=GERMAN).text


def test_another_owners_simulation_is_not_found(app, session, office):
    _, _, browser = office
    sent = {"sets": ["recommended", "highest-bid"], "on_whom": "sample_farms", "session": "closed"}
    address = browser.post("/my-what-if", data=sent).location
    _, stranger = a_clerk(session)
    other = app.test_client()
    sign_in(other, session, stranger)
    assert other.get(address).status_code == 404
