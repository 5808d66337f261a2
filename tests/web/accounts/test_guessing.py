"""The brake where a password is asked for once more: with real commits, because it must survive the refusal."""

import pytest
from sqlalchemy.orm import Session

from succession.accounts import queries
from succession.accounts.actor import Role
from tests.factories.accounts import a_browser
from tests.factories.applications import an_application
from tests.factories.mails import mails_to, token_in

ADDRESS = "kaethe@example.org"


@pytest.fixture
def app(database):
    with an_application(database.settings, TESTING=True, WTF_CSRF_ENABLED=False) as app:
        yield app


@pytest.fixture
def session(database):
    with Session(database.engine, expire_on_commit=False) as session:
        yield session


@pytest.mark.parametrize("path", ["/account/password", "/account/email", "/account/close"])
def test_guessing_the_password_inside_is_braked_too(app, session, path):  # S6
    client, _ = a_browser(app, session, Role.SEEKER, email=ADDRESS)
    more = {"email": "neu@example.org", "is_sure": "y"}

    def guess(n):
        return client.post(
            path, data={"old_password": f"guess {n}", "password": f"sieben krumme {n}", **more}
        ).status_code

    answers = [guess(n) for n in range(25)]
    assert answers[:5] == [422] * 5
    assert 429 in answers
    assert mails_to(session, "neu@example.org") == []


def test_guessing_the_password_of_an_open_registration_is_braked(app, session):  # S6
    client, english = app.test_client(), {"Accept-Language": "en"}
    form = {
        "name": "Käthe",
        "email": ADDRESS,
        "roles": ["seeker"],
        "password": "drei hühner im regen",
        "accepts_terms": "y",
    }
    assert client.post("/register", data=form).status_code == 302
    link = f"/confirm/{token_in(mails_to(session, ADDRESS)[0])}"
    texts = [client.post(link, data={"password": f"guess {n}"}, headers=english).text for n in range(25)]
    assert "not the password with which" in texts[0]
    assert any("Too many tries" in text for text in texts)
    assert queries.account_by_email(session, ADDRESS).confirmed_at is None
