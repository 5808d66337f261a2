"""The legal pages and writing them: public, in versions, complete before the public comes."""

import pytest

from succession.accounts.actor import Actor, Role
from succession.legal import service
from succession.legal.vocabulary import Detail, LegalPage, TextLanguage
from tests.factories.accounts import a_browser

GERMAN = {"Accept-Language": "de"}
DETAILS = {detail: f"Angabe zu {detail.value}" for detail in Detail}


@pytest.fixture
def writer(app, session):
    return a_browser(app, session, Role.COORDINATOR)[0]


@pytest.mark.parametrize("page", LegalPage)
def test_each_page_is_linked_from_every_page_and_says_what_is_open(client, page):  # A9
    assert f'href="/{page.value}"' in client.get("/", headers=GERMAN).text
    answer = client.get(f"/{page.value}", headers=GERMAN)
    assert answer.status_code == 200
    assert "noch nicht fertig" in answer.text


def test_the_privacy_page_shows_the_table_of_the_register(client):  # P5
    text = client.get("/privacy", headers=GERMAN).text
    assert "Welche Daten, wozu, wie lange" in text
    assert "Art. 6 Abs. 1" in text


def test_details_are_entered_once_and_stand_on_the_page(client, writer, session, now):
    service.take_on(session, Actor.system(), now=now)
    session.commit()
    values = {detail.value: value for detail, value in DETAILS.items()}
    values["operator"] = "Hofnetz <b>e. V.</b>"
    assert writer.post("/legal/details", data=values).status_code == 302
    text = client.get("/imprint", headers=GERMAN).text
    assert "Hofnetz &lt;b&gt;e. V.&lt;/b&gt;" in text
    assert "noch nicht fertig" not in text
    assert "Fassung 2" in text
    assert "[Name der Betreiberin]" in client.get("/imprint?version=1", headers=GERMAN).text
    assert client.get("/imprint?version=9").status_code == 404


def test_a_text_is_looked_at_first_and_then_put_in_force(client, writer):
    address, body = "/legal/texts/terms/de", "## Neu\n\n[Name der Betreiberin] <script>alert(1)</script>"
    preview = writer.post(address, data={"body": body, "seen_version": "0", "preview": "1"}).text
    assert "<h2>Neu</h2>" in preview
    assert "Noch offen:" in preview
    assert "<script>alert" not in preview
    assert "<h2>Neu</h2>" not in client.get("/terms", headers=GERMAN).text
    assert writer.post(address, data={"body": body, "seen_version": "0"}).status_code == 302
    assert "<h2>Neu</h2>" in client.get("/terms", headers=GERMAN).text


def test_two_tabs_do_not_overwrite_each_other(writer):  # R13
    address = "/legal/texts/terms/de"
    writer.post(address, data={"body": "Eins", "seen_version": "0"})
    answer = writer.post(address, data={"body": "Meins", "seen_version": "0"})
    assert answer.status_code == 409
    assert "Meins" in answer.text
    assert "Eins" in answer.text
    assert writer.post(address, data={"body": "Meins", "seen_version": "nonsense"}).status_code == 409


@pytest.mark.parametrize("role", [Role.SEEKER, Role.TRANSFEROR, Role.ADVISOR, Role.LANDOWNER])
def test_others_do_not_get_in(app, session, role):  # S2
    client = a_browser(app, session, role)[0]
    for address in ("/legal", "/legal/details", "/legal/texts/terms/de", "/reports"):
        assert client.get(address).status_code == 403
    assert client.post("/legal/texts/terms/de", data={"body": "x", "seen_version": "0"}).status_code == 403


def test_unknown_pages_and_languages_do_not_exist(writer):
    assert writer.get("/legal/texts/terms/fr").status_code == 404
    assert writer.get("/legal/texts/cookies/de").status_code == 404


def test_the_overview_says_what_is_missing(writer, session, now):
    assert "13 Angaben fehlen." in writer.get("/legal").text
    service.save_details(session, Actor.system(), DETAILS, now=now)
    service.take_on(session, Actor.system(), now=now)
    session.commit()
    assert "Alle Texte sind vollständig." in writer.get("/legal").text


def test_an_own_gap_is_named(writer, session, now):
    service.save_text(session, Actor.system(), LegalPage.TERMS, TextLanguage.GERMAN, "[Lücke]", seen_version=0, now=now)
    session.commit()
    assert "[Lücke]" in writer.get("/legal").text
