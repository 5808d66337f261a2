"""Reporting an offer, the receipt, the coordination's list, the complaint, and the brake."""

import re
from uuid import uuid4

import pytest

from succession.accounts.actor import Role
from succession.legal.reports import REPORTS_OF_A_NETWORK
from tests.factories.accounts import a_browser, an_account, sign_in
from tests.factories.listings import a_listing, a_published_listing
from tests.factories.places import a_small_region

GERMAN = {"Accept-Language": "de"}
SAID = {"reason": "personal", "words": "Da steht mein Name.", "good_faith": "y", "email": "nachbarin@example.org"}
DECIDED = {"decision": "hide", "ground": "terms", "statement": "Der Text nennt den Namen einer Nachbarin."}


@pytest.fixture
def owner(session):
    return an_account(session, Role.TRANSFEROR)


@pytest.fixture
def listing(session, owner):
    a_small_region(session)
    return a_published_listing(session, owner)


@pytest.fixture
def coordinator(app, session):
    return a_browser(app, session, Role.COORDINATOR)[0]


def send(client, listing, **more):
    return client.post(f"/report?about=offer:{listing.public_id}", data={**SAID, **more}, headers=GERMAN)


def test_the_page_of_an_offer_leads_to_the_form(client, listing):
    page = client.get(f"/offers/{listing.public_id}", headers=GERMAN).text
    assert f"/report?about=offer:{listing.public_id}" in page
    assert "Dieses Angebot melden" in page
    form = client.get(f"/report?about=offer:{listing.public_id}", headers=GERMAN).text
    assert "Verantwortlich für Ihre Daten" in form


def test_a_report_goes_its_whole_way(app, session, client, coordinator, owner, listing):
    answer = send(client, listing)
    assert answer.status_code == 302
    receipt = answer.headers["Location"]
    page = client.get(receipt, headers=GERMAN).text
    reference = re.search(r"M-\w{4}-\w{4}", page).group()
    assert "Da steht mein Name." in page
    assert client.get(receipt.split("?")[0]).status_code == 404
    assert client.get(receipt.split("?")[0] + "?key=falsch").status_code == 404

    assert reference in coordinator.get("/reports").text
    case = re.search(r"/reports/[0-9a-f-]{36}", coordinator.get("/reports").text).group()
    assert "nachbarin@example.org" in coordinator.get(case).text
    assert coordinator.post(f"{case}/decision", data={**DECIDED, "ground": "nothing_wrong"}).status_code == 422
    assert coordinator.post(f"{case}/decision", data=DECIDED).status_code == 302
    assert "Der Text nennt den Namen einer Nachbarin." in client.get(receipt, headers=GERMAN).text

    browser = app.test_client()
    sign_in(browser, session, owner)
    mine = browser.get(f"{case}/receipt").text
    assert "Etwas von Ihnen wurde gemeldet." in mine
    assert "nachbarin@" not in mine
    assert "Da steht mein Name." not in mine
    assert browser.post(f"{case}/complaint", data={"words": "Das stimmt nicht."}).status_code == 302
    assert "Beschwerde" in coordinator.get("/reports").text
    assert browser.get(case).status_code == 403


def test_a_report_needs_reason_words_and_good_faith(client, listing):
    for missing in ("reason", "words", "good_faith"):
        answer = send(client, listing, **{missing: ""})
        assert answer.status_code == 422
        assert "Bitte" in answer.text


def test_only_what_others_see_or_saw_can_be_reported(session, client, owner, listing):
    draft = a_listing(session, owner)
    for about in (f"offer:{draft.public_id}", f"offer:{uuid4()}", "offer:7"):
        assert client.get(f"/report?about={about}").status_code == 404


@pytest.mark.parametrize("about", ["page:https://elsewhere.example/", "page://x", "nonsense", "", "page:javascript:1"])
def test_no_foreign_address_gets_into_the_form(client, about):
    page = client.get("/report", query_string={"about": about}, headers=GERMAN)
    assert page.status_code == 200
    form = page.text.split("<main")[1].split("</main>")[0]  # the sign-in link keeps the address it leads back to
    assert "elsewhere" not in form
    assert "javascript:1" not in form


def test_a_barrier_is_reported_from_the_page_of_accessibility(client):  # A9
    page = client.get("/report?about=page:/accessibility", headers=GERMAN).text
    assert re.search(r'value="barrier"[^>]*checked|checked[^>]*value="barrier"', page)


def test_others_do_not_read_a_report(app, session, client, listing):
    receipt = send(client, listing).headers["Location"].split("?")[0]
    stranger = a_browser(app, session, Role.SEEKER)[0]
    assert stranger.get(receipt).status_code == 404
    assert stranger.post(receipt.replace("receipt", "complaint"), data={"words": "x"}).status_code == 404


def test_many_reports_from_one_network_are_braked(client, listing):  # S17
    answers = [send(client, listing).status_code for _ in range(REPORTS_OF_A_NETWORK.most + 1)]
    assert answers == [302] * REPORTS_OF_A_NETWORK.most + [429]
