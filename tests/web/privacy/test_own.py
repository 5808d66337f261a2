"""My data: what a person sees, takes with them and allows."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select, update

from succession.accounts.actor import Actor, Role
from succession.accounts.models import AccountSession, Language
from succession.privacy import service
from succession.privacy.models import ConsentAct, DataExport
from succession.web.context import settings
from tests.factories.accounts import PASSWORD, a_browser, sign_in
from tests.factories.privacy import a_rich_person


@pytest.fixture
def person(app, session):
    account = a_rich_person(session)
    account.language = Language.ENGLISH
    session.commit()
    client = app.test_client()
    sign_in(client, session, account)
    return client, account


def a_copy(app, session, client):
    """A copy that was asked for on the page and made by the worker."""
    assert client.post("/my-data/copies").status_code == 302
    record = session.scalars(select(DataExport)).one()
    with app.app_context():
        service.make_export(session, Actor.system(), record.public_id, settings(), now=datetime.now(UTC))
    session.commit()
    return record


def test_the_page_names_every_kind_of_data_with_purpose_period_and_who_sees_it(person):
    page = person[0].get("/my-data").text
    for words in ("Your offers", "Your profile and your searches", "Mails to you", "How long", "Who sees it"):
        assert words in page
    assert page.count("because") or page.count("Art. 6")


def test_a_copy_is_fetched_only_with_a_password_entered_just_now(app, session, person):  # P1
    client, _ = person
    copy = a_copy(app, session, client)
    assert "Save the file" in client.get(f"/my-data/copies/{copy.public_id}").text
    address = f"/my-data/copies/{copy.public_id}/file"
    with client.post(address) as answer:
        assert answer.status_code == 200
        assert answer.data[:2] == b"PK"
        assert "attachment" in answer.headers["Content-Disposition"]
        assert "no-store" in answer.headers["Cache-Control"]
    session.execute(update(AccountSession).values(password_entered_at=datetime.now(UTC) - timedelta(hours=1)))
    session.commit()
    answer = client.post(address)
    assert answer.status_code == 302
    assert "password" in answer.location
    assert client.post(answer.location, data={"password": PASSWORD}).status_code == 302
    with client.post(address) as answer:
        assert answer.status_code == 200


def test_nobody_else_finds_the_copy(app, session, person):  # S2
    copy = a_copy(app, session, person[0])
    stranger, _ = a_browser(app, session, Role.OPERATOR, Role.SEEKER)
    assert stranger.get(f"/my-data/copies/{copy.public_id}").status_code in {403, 404}
    assert stranger.get(f"/my-data/copies/{uuid4()}").status_code == 404
    assert app.test_client().get(f"/my-data/copies/{copy.public_id}").status_code == 302


def test_the_fourth_copy_of_a_day_is_refused_with_a_sentence(app, session):  # S17
    client, _ = a_browser(app, session, language="en")
    for _ in range(3):
        assert client.post("/my-data/copies").status_code == 302
    answer = client.post("/my-data/copies")
    assert answer.status_code == 429
    assert "three copies" in answer.text


def test_no_consent_is_given_before_somebody_says_yes_and_taking_it_back_is_as_easy(app, session):  # P6
    client, account = a_browser(app, session, language="en")
    page = client.get("/my-data/consents").text
    assert "You have not said yes" in page
    assert "checked" not in page
    assert page.count('name="decision"') == 1
    for decision, words in (("give", "You have said yes"), ("withdraw", "You have withdrawn it"), ("give", "said yes")):
        assert (
            client.post("/my-data/consents", data={"purpose": "outcome_question", "decision": decision}).status_code
            == 302
        )
        page = client.get("/my-data/consents").text
        assert words in page
        assert page.count('name="decision"') == 1
    acts = session.scalars(select(ConsentAct).where(ConsentAct.account_id == account.id).order_by(ConsentAct.id)).all()
    assert [(act.is_given, act.text_version, act.way) for act in acts] == [
        (True, "2026-11", "page"),
        (False, "2026-11", "page"),
        (True, "2026-11", "page"),
    ]


def test_a_consent_that_does_not_exist_is_refused(app, session):
    client, _ = a_browser(app, session)
    assert client.post("/my-data/consents", data={"purpose": "x", "decision": "give"}).status_code == 400


def test_the_last_page_is_open_and_says_nothing_of_anybody(client):
    assert client.get("/my-data/farewell").status_code == 200
