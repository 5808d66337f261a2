"""From the decision to the contract, clicked through by the office and by those who applied; papers read as text."""

import subprocess
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from pypdf import PdfReader
from sqlalchemy import select

from succession.accounts.actor import Role
from succession.accounts.models import Account
from succession.awards.models import ScoringRun
from succession.awards.models_notices import NoticeSent, Objection, Standstill
from succession.awards.standstill import day_of
from tests.factories.accounts import an_account, sign_in
from tests.factories.awards import a_call_to_decide, decided
from tests.factories.outward import dispatched, told
from tests.service.awards.test_letters_and_objections import objects
from tests.web.awards.test_the_desk import address, as_person

ANSWERS = {
    "Anna Ahorn": {"organic": True, "founded_years": "40"},
    "Bernd Buche": {"organic": False, "founded_years": "2"},
    "Carla Castanie": {"organic": False, "founded_years": "50"},
}
PAGES = ["/letters", "/objections", "/approvals", "/contract", "/not-signed", "/papers"]
FILES = ["/letters.pdf", "/council-paper/public.pdf", "/council-paper/non-public.pdf", "/award-notice.pdf"]


def own(scene, name, page=""):
    return f"/my-applications/{scene.applications[name].public_id}/lots/1/{page}"


def as_applicant(client, session, scene, name):
    sign_in(client, session, session.get(Account, scene.applications[name].applicant_account_id))


def words(answer):
    """The text of a PDF as another program reads it."""
    assert answer.status_code == 200
    assert answer.mimetype == "application/pdf"
    found = subprocess.run(["pdftotext", "-layout", "-", "-"], input=answer.data, capture_output=True, check=True)
    return " ".join(found.stdout.decode().split())


@pytest.mark.parametrize("page", PAGES)
def test_before_the_decision_every_page_says_what_comes_first(client, session, page):
    scene = a_call_to_decide(session)
    as_person(client, session, scene.clerk)
    assert client.get(address(scene, page)).status_code == 200


@pytest.mark.parametrize("page", [*PAGES, *FILES, "/council-paper/non-public"])
def test_strangers_and_applicants_find_none_of_it(client, session, page):
    scene, _ = told(session)
    sign_in(client, session, an_account(session, Role.LANDOWNER))
    assert client.get(address(scene, page)).status_code == 404
    as_applicant(client, session, scene, "Bernd Buche")
    assert client.get(address(scene, page)).status_code in (403, 404)


def test_the_office_plans_prints_and_records_the_letters(client, session):
    scene = a_call_to_decide(session, answers=ANSWERS)
    decided(session, scene)
    as_person(client, session, scene.clerk)
    assert client.get(address(scene, "/letters.pdf")).status_code == 404
    today = day_of(datetime.now(UTC))
    refused = client.post(address(scene, "/letters"), data={"dispatched_on": (today - timedelta(days=1)).isoformat()})
    assert refused.status_code == 422
    assert client.post(address(scene, "/letters"), data={"dispatched_on": today.isoformat()}).status_code == 302
    printed = words(client.get(address(scene, "/letters.pdf")))
    assert printed.count("Guten Tag") == 3
    assert client.post(address(scene, "/letters/left")).status_code == 302
    assert len(session.scalars(select(NoticeSent)).all()) == 3
    assert client.post(address(scene, "/letters/left")).status_code == 409


def test_letters_to_print_are_one_tagged_file_in_german(client, session):  # A8
    scene, _ = told(session, answers=ANSWERS)
    as_person(client, session, scene.clerk)
    read = PdfReader(BytesIO(client.get(address(scene, "/letters.pdf")).data))
    assert read.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert read.trailer["/Root"]["/Lang"] == "de"
    assert read.metadata.title == "Briefe zur Ausschreibung „Ackerland in drei Losen“"
    assert len(read.pages) % 2 == 0, "each letter begins on a front page"


def test_whoever_lost_reads_what_would_have_helped_and_nothing_of_others(client, session):
    scene, _ = told(session, answers=ANSWERS)
    as_applicant(client, session, scene, "Bernd Buche")
    page = client.get(own(scene, "Bernd Buche", "result"))
    assert page.status_code == 200
    for text in (page.text, words(client.get(own(scene, "Bernd Buche", "result.pdf")))):
        assert "Was gereicht hätte" in text
        assert "Das bringt 10 Punkte mehr" in text
        assert "Wo bald Land frei wird" in text
        for other in ("Ahorn", "Castanie", scene.applications["Anna Ahorn"].code):
            assert other not in text
    assert client.get(own(scene, "Anna Ahorn", "result")).status_code == 404


def test_the_one_who_was_chosen_reads_what_happens_now(client, session):
    scene, _ = told(session, answers=ANSWERS)
    as_applicant(client, session, scene, "Anna Ahorn")
    text = words(client.get(own(scene, "Anna Ahorn", "result.pdf")))
    assert "Sie sollen Los 1" in text
    assert "Vorher wird nichts unterschrieben" in text
    assert "Was gereicht hätte" not in text


def test_letters_speak_of_einwand_and_wartefrist_and_of_nothing_from_court(client, session):
    scene, _ = told(session, answers=ANSWERS)
    as_person(client, session, scene.clerk)
    for page in FILES:
        text = words(client.get(address(scene, page)))
        for wrong in ("Widerspruch", "Beschwerde", "Rechtsbehelf", "Klage", "Zuschlag"):
            assert wrong not in text


def test_an_objection_is_raised_answered_and_read(client, session):
    scene, _ = told(session, answers=ANSWERS)
    as_applicant(client, session, scene, "Bernd Buche")
    assert client.post(own(scene, "Bernd Buche", "objection"), data={"body": " "}).status_code == 422
    sent = {"body": "Mein Betrieb ist ökologisch."}
    assert client.post(own(scene, "Bernd Buche", "objection"), data=sent).status_code == 302
    assert client.post(own(scene, "Bernd Buche", "objection"), data=sent).status_code == 302
    found = session.scalars(select(Objection)).one()
    as_person(client, session, scene.clerk)
    place = address(scene, f"/objections/{found.public_id}")
    assert "Mein Betrieb ist ökologisch." in client.get(place).text
    assert client.get(f"{place}/answer.pdf").status_code == 404
    answer = {"outcome": "not_justified", "answer": "Die Bescheinigung lag nicht bei."}
    assert client.post(place, data=answer).status_code == 302
    text = words(client.get(f"{place}/answer.pdf"))
    assert "Guten Tag Bernd Buche" in text
    assert "Die Bescheinigung lag nicht bei." in text
    as_applicant(client, session, scene, "Bernd Buche")
    assert "Die Bescheinigung lag nicht bei." in client.get(own(scene, "Bernd Buche", "result")).text


def test_after_a_justified_objection_the_applicant_reads_that_it_is_computed_again(client, session):
    scene, _ = told(session, answers=ANSWERS)
    found = objects(session, scene)
    as_person(client, session, scene.clerk)
    place = address(scene, f"/objections/{found.public_id}")
    missing = client.post(place, data={"outcome": "justified", "answer": "Sie haben recht."})
    assert missing.status_code == 422
    given = {"outcome": "justified", "answer": "Sie haben recht.", "correction": "Zeile 2 war falsch gelesen."}
    assert client.post(place, data=given).status_code == 302
    assert client.get(place).status_code == 200
    assert client.get(address(scene, "/objections")).status_code == 200
    as_applicant(client, session, scene, "Carla Castanie")
    page = client.get(own(scene, "Carla Castanie", "result")).text
    assert "Zeile 2 war falsch gelesen." in page
    assert "neu gerechnet" in page


def test_an_objection_on_paper_is_entered_by_the_office(client, session):
    scene, _ = told(session, answers=ANSWERS)
    as_person(client, session, scene.clerk)
    today = day_of(datetime.now(UTC))
    sent = {"code": scene.applications["Carla Castanie"].code, "arrived_on": today.isoformat(), "body": "Per Brief."}
    assert client.post(address(scene, "/objections/new"), data=sent).status_code == 302
    future = {**sent, "arrived_on": (today + timedelta(days=1)).isoformat()}
    assert client.post(address(scene, "/objections/new"), data=future).status_code == 422
    assert "Per Brief." not in client.get(address(scene, "/objections")).text
    assert "Carla Castanie" in client.get(address(scene, "/objections")).text


def test_the_public_paper_names_nobody_and_the_other_one_does(client, session):
    scene, _ = told(session, answers=ANSWERS)
    as_person(client, session, scene.clerk)
    public = words(client.get(address(scene, "/council-paper/public.pdf")))
    page = client.get(address(scene, "/council-paper/public")).text
    inner = words(client.get(address(scene, "/council-paper/non-public.pdf")))
    for name, application in scene.applications.items():
        assert name in inner
        for text in (public, page):
            assert name not in text
            assert application.code not in text
    for text in (public, inner):
        assert "Ökologischer Landbau" in text
        assert "Vorbereitet von" in text
        assert "Die Verwaltung schlägt vor" in text


def test_before_anything_is_prepared_the_paper_proposes_nobody(client, session):
    scene = a_call_to_decide(session, answers=ANSWERS)
    as_person(client, session, scene.clerk)
    assert client.get(address(scene, "/council-paper/public")).status_code == 409
    assert client.post(address(scene, "/ranking"), data={"cause": "first"}).status_code == 302
    assert "noch keinen Vorschlag" in client.get(address(scene, "/council-paper/public")).text


def test_the_file_to_look_into_holds_nothing_about_others(client, session):
    scene, _ = told(session, answers=ANSWERS)
    objects(session, scene, "Carla Castanie", body="Frau Ahorn wohnt gar nicht hier.")
    as_person(client, session, scene.clerk)
    one = scene.applications["Bernd Buche"]
    answer = client.post(address(scene, "/file.pdf"), data={"code": one.code})
    text = words(answer)
    assert "Erstellt für Bernd Buche" in text
    for name, application in scene.applications.items():
        if name != "Bernd Buche":
            for said in (*name.split(), application.address.splitlines()[0], application.code):
                assert said not in text
                assert said.encode() not in answer.data
    assert "█" in text
    assert client.post(address(scene, "/file.pdf"), data={"code": "nobody"}).status_code == 404
    assert client.get(address(scene, "/file.pdf")).status_code == 405


def test_no_paper_for_others_tells_a_hash_of_what_was_stated(client, session):
    """Without a salt it would say whether a guess is right."""
    scene, _ = told(session)
    as_person(client, session, scene.clerk)
    run = session.scalars(select(ScoringRun)).first()
    code = scene.applications["Bernd Buche"].code
    papers = [
        words(client.get(address(scene, "/council-paper/public.pdf"))),
        client.get(address(scene, "/council-paper/public")).text,
        words(client.post(address(scene, "/file.pdf"), data={"code": code})),
    ]
    for text in papers:
        assert run.input_hash[:12] not in text
        assert run.result_hash[:12] not in text


def test_every_paper_is_tagged_with_title_and_language(client, session):  # A8
    scene, _ = told(session, answers=ANSWERS)
    as_person(client, session, scene.clerk)
    code = scene.applications["Bernd Buche"].code
    answers = [client.get(address(scene, page)) for page in FILES]
    answers.append(client.post(address(scene, "/file.pdf"), data={"code": code}))
    for answer in answers:
        read = PdfReader(BytesIO(answer.data))
        assert read.trailer["/Root"]["/MarkInfo"]["/Marked"]
        assert read.trailer["/Root"]["/Lang"] == "de"
        assert read.metadata.title
        assert b"pdfuaid" in read.trailer["/Root"]["/Metadata"].get_data()


def test_approvals_are_entered_and_what_holds_up_the_contract_is_said(client, session):
    scene, _ = told(session, answers=ANSWERS)
    as_person(client, session, scene.clerk)
    step = {"kind": "supervision", "body": "Landkreis Lüchow-Dannenberg"}
    assert client.post(address(scene, "/approvals"), data=step).status_code == 302
    page = client.get(address(scene, "/contract")).text
    assert "Landkreis Lüchow-Dannenberg" in page
    assert "Die Wartefrist läuft" in page
    today = day_of(datetime.now(UTC)).isoformat()
    early = {"signed_on": today, "starts_on": today, "ends_on": "2039-01-01", "letter_box": "y"}
    assert client.post(address(scene, "/contract"), data=early).status_code == 409
    assert session.scalars(select(Standstill)).one().kept_until is None


def test_nothing_is_changed_by_looking(client, session):
    scene, _ = told(session, answers=ANSWERS)
    as_person(client, session, scene.clerk)
    assert client.get(address(scene, "/letters/left")).status_code == 405


def test_from_the_application_one_gets_to_the_result_and_before_it_to_a_word_about_it(client, session):
    scene, _ = told(session, answers=ANSWERS)
    as_applicant(client, session, scene, "Bernd Buche")
    there = client.get(f"/my-applications/{scene.applications['Bernd Buche'].public_id}/results")
    assert there.location == own(scene, "Bernd Buche", "result")
    assert client.get(f"/my-applications/{scene.applications['Anna Ahorn'].public_id}/results").status_code == 404
    early = a_call_to_decide(session, with_accounts=True)
    as_applicant(client, session, early, "Bernd Buche")
    page = client.get(f"/my-applications/{early.applications['Bernd Buche'].public_id}/results")
    assert "noch kein Ergebnis" in page.text


def test_whoever_has_objected_is_shown_the_objection_and_no_second_form(client, session):
    scene, _ = told(session, answers=ANSWERS)
    as_applicant(client, session, scene, "Bernd Buche")
    assert "Einwand erheben" in client.get(own(scene, "Bernd Buche", "result")).text
    objects(session, scene)
    page = client.get(own(scene, "Bernd Buche", "result")).text
    assert "Einwand erheben" not in page
    assert "Zeile 2 stimmt nicht." in page


def test_where_nobody_signs_the_next_one_is_named_and_those_on_paper_get_a_letter(client, session):
    scene = a_call_to_decide(session, answers=ANSWERS)
    made = decided(session, scene)
    dispatched(session, scene)
    as_person(client, session, scene.clerk)
    assert address(scene, "/not-signed") in client.get(address(scene, "/contract")).text
    page = client.get(address(scene, "/not-signed")).text
    assert "Als Nächstes auf der Warteliste: Bernd Buche" in page
    today = day_of(datetime.now(UTC)).isoformat()
    sent = {"why": "refused", "on": today, "reason": "Wer ausgewählt war, übernimmt die Fläche nicht."}
    assert client.post(address(scene, "/not-signed"), data={**sent, "reason": ""}).status_code == 422
    assert client.post(address(scene, "/not-signed"), data={**sent, "why": "day_passed"}).status_code == 422
    assert client.post(address(scene, "/not-signed"), data=sent).status_code == 302
    assert client.post(address(scene, "/not-signed"), data=sent).status_code == 409
    file = address(scene, f"/decision/{made.public_id}/not-signed.pdf")
    assert file in client.get(address(scene, "/decision")).text
    text = words(client.get(file))
    assert text.count("Guten Tag") == 3
    assert "Über Los 1 wird neu entschieden" in text
    assert "übernimmt die Fläche nicht" in text
    assert client.get(address(scene, f"/decision/{scene.call.public_id}/not-signed.pdf")).status_code == 404
    sign_in(client, session, an_account(session, Role.LANDOWNER))
    assert client.get(file).status_code == 404


def test_whoever_applied_online_reads_that_no_contract_came_about(client, session):
    scene, _ = told(session, answers=ANSWERS)
    as_person(client, session, scene.clerk)
    sent = {"why": "refused", "on": day_of(datetime.now(UTC)).isoformat(), "reason": "Es kam kein Vertrag zustande."}
    assert client.post(address(scene, "/not-signed"), data=sent).status_code == 302
    for name in ("Anna Ahorn", "Carla Castanie"):
        as_applicant(client, session, scene, name)
        assert "Diese Entscheidung gilt nicht mehr" in client.get(own(scene, name, "result")).text
