"""CSRF: with the real check on, which other web tests switch off."""

import re

import pytest

from succession.accounts.actor import Role
from succession.web.fields import DayField, DecimalField, Form, TextField, WholeNumberField
from tests.factories.accounts import PASSWORD, a_browser, an_account
from tests.factories.addresses import addresses

TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


@pytest.fixture
def strict(app, monkeypatch):
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    return app


@pytest.mark.parametrize("roles", [(), tuple(Role)], ids=["visitor", "every role"])
def test_no_form_is_taken_without_its_token(strict, session, roles):  # S4
    client = a_browser(strict, session, *roles)[0] if roles else strict.test_client()
    answers = {address: client.post(address, data={"a": "b"}).status_code for _, address in addresses(strict, "POST")}
    assert answers
    assert set(answers.values()) == {400}, answers


def test_with_its_token_a_form_is_taken_and_the_token_of_another_browser_is_not(strict, session):
    person = an_account(session, Role.SEEKER)
    client, other = strict.test_client(), strict.test_client()
    token = TOKEN.search(client.get("/sign-in").text)[1]
    other.get("/sign-in")
    data = {"email": person.email, "password": PASSWORD, "csrf_token": token}
    assert other.post("/sign-in", data=data).status_code == 400
    assert client.post("/sign-in", data=data).status_code == 302


def test_a_sign_in_page_that_was_open_too_long_comes_back_with_the_address_and_works(strict, session):
    person = an_account(session, Role.SEEKER, email="lange.offen@example.org")
    client = strict.test_client()
    stale = client.post("/sign-in", data={"email": person.email, "password": PASSWORD, "next": "/x"})
    assert stale.status_code == 400
    assert 'value="lange.offen@example.org"' in stale.text
    assert PASSWORD not in stale.text
    token = TOKEN.search(stale.text)[1]
    data = {"email": person.email, "password": PASSWORD, "csrf_token": token, "next": "/x"}
    assert client.post("/sign-in", data=data).headers["Location"] == "/x"


@pytest.fixture
def with_a_form(strict):
    """A stand-in for any long form: the handler of stale forms is what is looked at."""
    return "/operations/jobs/1/retry"


def test_what_was_typed_into_an_old_form_of_ours_comes_back_to_be_sent_again(strict, session, with_a_form):  # U4
    client, _ = a_browser(strict, session, Role.OPERATOR)
    typed = {"title": 'Hof "Süd" <b>', "text": "viele Worte", "password": "geheim", "tick": ["a", "b"]}
    page = client.post(with_a_form, data=typed, headers={"Origin": "http://localhost"})
    assert page.status_code == 400
    assert 'name="title" value="Hof &#34;Süd&#34; &lt;b&gt;"' in page.text
    assert page.text.count('name="tick"') == 2
    assert "geheim" not in page.text
    token = TOKEN.search(page.text)[1]
    assert client.post(with_a_form, data={**typed, "csrf_token": token}).status_code == 409  # past the token


@pytest.mark.parametrize("headers", [{}, {"Origin": "https://evil.example"}, {"Origin": "http://localhost.evil.example"},
                                     {"Referer": "https://evil.example/localhost"}, {"Origin": "null"}])  # fmt: skip
def test_another_site_cannot_put_words_into_a_persons_mouth(strict, session, with_a_form, headers):
    client, _ = a_browser(strict, session, Role.OPERATOR)
    page = client.post(with_a_form, data={"title": "planted"}, headers=headers)
    assert page.status_code == 400
    assert "planted" not in page.text
    assert TOKEN.search(page.text) is None or 'name="title"' not in page.text


def test_a_field_carries_its_label_hint_and_error_tied_together(app):
    class Trial(Form):
        title = TextField("Title <1>", hint="As on the sign", longest=5)

    with app.test_request_context(method="POST", data={"title": '"><script>'}):
        form = Trial()
        assert not form.validate()
        html = form.title()
        assert 'for="title"' in html
        assert 'aria-describedby="title-hint title-error"' in html
        assert 'id="title-hint"' in html
        assert 'id="title-error"' in html
        assert 'aria-invalid="true"' in html
        assert "Title &lt;1&gt;" in html
        assert "<script>" not in html
        assert 'href="#title"' in form.error_summary


def test_the_summary_names_the_field_where_the_sentence_does_not(app):
    class Trial(Form):
        rooms = WholeNumberField("How many rooms?")
        area = DecimalField("Area")
        name = TextField("Name")

    with app.test_request_context(method="POST", data={"rooms": "many", "area": "40 acres"}):
        form = Trial()
        assert not form.validate()
        summary = str(form.error_summary)
    assert ">How many rooms? Bitte geben Sie eine ganze Zahl ein, zum Beispiel 12.<" in summary
    assert ">Area: Bitte geben Sie eine Zahl ein, zum Beispiel 12,5.<" in summary
    assert summary.count("Name") == 1


@pytest.mark.parametrize(("typed", "is_taken"), [("2026-03-29", True), ("0001-01-01", False), ("9999-12-31", False)])
def test_a_day_centuries_away_is_not_taken(app, typed, is_taken):
    class DayForm(Form):
        day = DayField("Tag")

    with app.test_request_context(method="POST", data={"day": typed}):
        assert DayForm().validate() is is_taken
