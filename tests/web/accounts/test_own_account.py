import json
import re
from datetime import UTC, datetime, timedelta

import pytest

from succession.accounts import queries
from succession.accounts.actor import Role
from succession.accounts.limits import NEW_NAMES_OF_A_PERSON
from succession.accounts.models import AccountSession, Language
from succession.accounts.tokens import hash_token
from tests.factories.accounts import PASSWORD, a_browser, an_account, sign_in
from tests.factories.mails import mails_to, read, token_in

NEW = "sieben krumme äpfel"
ENGLISH = {"Accept-Language": "en"}
PAGES = ["/account", "/account/contact", "/account/password", "/account/email", "/account/sessions", "/account/close"]


@pytest.fixture
def browser(app, session):
    values = {"email": "kaethe@example.org", "name": "Käthe Muster", "language": Language.ENGLISH}
    client, account = a_browser(app, session, Role.SEEKER, **values)
    client.account = account
    return client


def cookie_of(client):
    return client.get_cookie("succession").value


def a_copy(app, client):
    thief = app.test_client()
    thief.set_cookie("succession", cookie_of(client))
    return thief


@pytest.mark.parametrize("path", PAGES)
def test_every_page_of_ones_account_opens_is_never_stored_and_is_for_nobody_else(client, browser, path):  # S11
    page = browser.get(path)
    assert page.status_code == 200
    assert page.headers["Cache-Control"] == "no-store"
    assert client.get(path).headers["Location"].startswith("/sign-in")


def test_after_signing_out_the_back_button_finds_nothing(browser):
    assert browser.get("/account").headers["Cache-Control"] == "no-store"
    browser.post("/sign-out")
    assert browser.get("/account").status_code == 302


def test_changing_the_password_needs_the_present_one_and_ends_all_others(app, session, browser):  # S7
    thief, elsewhere = a_copy(app, browser), app.test_client()
    sign_in(elsewhere, session, browser.account)
    wrong = browser.post("/account/password", data={"old_password": "wrong", "password": NEW}, headers=ENGLISH)
    assert (wrong.status_code, "The password is not right." in wrong.text) == (422, True)
    assert elsewhere.get("/account").status_code == 200
    right = browser.post("/account/password", data={"old_password": PASSWORD, "password": NEW})
    assert right.status_code == 302
    assert [one.get("/account").status_code for one in (browser, thief, elsewhere)] == [200, 302, 302]


def test_the_address_changes_by_mail_and_back(app, session, browser):  # S9
    wrong = browser.post("/account/email", data={"email": "neu@example.org", "password": "wrong"})
    assert (wrong.status_code, mails_to(session, "neu@example.org")) == (422, [])
    browser.post("/account/email", data={"email": "neu@example.org", "password": PASSWORD})
    stranger = app.test_client()
    link = f"/new-email/{token_in(mails_to(session, 'neu@example.org')[0])}"
    assert "neu@example.org" in stranger.get(link).text
    assert browser.account.email == "kaethe@example.org"
    stranger.post(link)
    session.refresh(browser.account)
    assert browser.account.email == "neu@example.org"
    notice = mails_to(session, "kaethe@example.org")[0]
    undo = re.search(r"https://example\.org(/former-email/\S+)", read(notice))[1]
    assert stranger.get(undo).status_code == 200
    stranger.post(undo)
    session.refresh(browser.account)
    assert browser.account.email == "kaethe@example.org"
    assert browser.get("/account").status_code == 302


def test_the_list_of_browsers_shows_words_and_one_can_be_signed_out(app, session, browser):  # S8
    phone = app.test_client()
    agent = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36"
    data = {"email": "kaethe@example.org", "password": PASSWORD}
    phone.post("/sign-in", data=data, headers={"User-Agent": agent}, environ_base={"REMOTE_ADDR": "192.0.2.77"})
    page = browser.get("/account/sessions", headers=ENGLISH).text
    assert "Chrome on Android" in page
    assert "192.0.2.0/24" in page
    assert "192.0.2.77" not in page
    assert "3 hours" in page
    assert "30 days" in page
    ends = re.findall(r"/account/sessions/[0-9a-f-]+/end", page)
    assert len(ends) == 1  # the browser one sits at is signed out as always
    browser.post(ends[0])
    assert phone.get("/account").status_code == 302
    assert browser.get("/account").status_code == 200


def test_nobody_ends_the_session_of_somebody_else(app, session, browser):  # S2
    other = an_account(session)
    token = sign_in(app.test_client(), session, other)
    row = session.query(AccountSession).filter_by(token_hash=hash_token(token)).one()
    assert browser.post(f"/account/sessions/{row.public_id}/end").status_code == 404


def test_signing_out_everywhere_kills_every_copy(app, browser):  # S7
    thief = a_copy(app, browser)
    assert browser.post("/account/sign-out-everywhere").headers["Location"] == "/sign-in"
    assert thief.get("/account").status_code == 302


@pytest.mark.parametrize(("chosen", "hours", "alive"), [("", 4, False), ("y", 4, True), ("y", 721, False)])
def test_staying_signed_in_for_30_days_is_a_choice(client, session, chosen, hours, alive):  # S8
    an_account(session, Role.SEEKER, email="kaethe@example.org")
    data = {"email": "kaethe@example.org", "password": PASSWORD, "is_lasting": chosen}
    client.post("/sign-in", data={key: value for key, value in data.items() if value})
    cookie = client.get_cookie("succession")
    assert (cookie.expires is not None) is bool(chosen)
    assert not chosen or cookie.expires - datetime.now(UTC) > timedelta(days=29)
    row = session.query(AccountSession).one()
    row.created_at = row.last_seen_at = datetime.now(UTC) - timedelta(hours=hours)
    session.commit()
    assert (client.get("/account").status_code == 200) is alive


def test_a_person_of_two_roles_chooses_a_desk_and_the_menu_follows(app, session):
    client, account = a_browser(app, session, Role.SEEKER, Role.TRANSFEROR)
    both = client.get("/account").text
    assert "/matches" in both
    assert 'href="/my-offers"' in both
    answer = client.post("/account/desk", data={"role": "transferor"})
    assert answer.headers["Location"] == "/my-offers"
    menu = client.get("/account").text
    assert 'href="/my-offers"' in menu
    assert 'href="/matches"' not in menu
    assert client.get("/matches").status_code == 200  # the right is still there
    assert client.post("/account/desk", data={"role": "operator"}).status_code == 403
    assert client.post("/account/desk", data={"role": "nonsense"}).status_code == 400
    assert queries.actor_of(session, account.id).roles == {Role.SEEKER, Role.TRANSFEROR}


def test_a_role_can_be_added_by_oneself(session, browser):  # S3
    assert browser.get("/my-offers").status_code == 403
    browser.post("/account/roles", data={"role": "transferor"})
    assert browser.get("/my-offers").status_code == 200
    assert browser.post("/account/roles", data={"role": "operator"}).status_code == 403


def test_how_to_be_reached_is_kept_and_says_who_sees_it(session, browser):
    page = browser.get("/account/contact", headers=ENGLISH).text
    assert page.count("Who sees this?") >= 5
    form = {"name": "Käthe Neu", "language": "en", "preferred_contact": "phone", "phone": "03841 12345"}
    assert browser.post("/account/contact", data=form).status_code == 302
    session.refresh(browser.account)
    assert (browser.account.name, browser.account.phone, browser.account.takes_voicemail) == (
        "Käthe Neu",
        "03841 12345",
        False,
    )
    wrong = browser.post("/account/contact", data={**form, "phone": "", "email": "x@example.org"}, headers=ENGLISH)
    assert (wrong.status_code, "Please enter a phone number" in wrong.text) == (422, True)
    session.refresh(browser.account)
    assert browser.account.email == "kaethe@example.org"


TYPED = {"title": "Ein langer Brief\nmit zwei Zeilen", "kind": "land", "password": "geheim"}
FROM_HERE = {"Origin": "http://localhost", "Accept-Language": "en"}


def form_of_somebody_signed_out(browser, session):
    session.query(AccountSession).update({"ended_at": datetime.now(UTC)})
    session.commit()
    return browser.post("/account/contact?x=1", data=TYPED, headers=FROM_HERE)


def kept_in(page):
    return json.loads(
        re.search(r'name="kept" type="hidden" value="([^"]*)"', page.text)[1]
        .replace("&#34;", '"')
        .replace("&amp;", "&")
    )


def test_what_was_typed_when_the_session_had_ended_comes_back_after_signing_in(session, browser):  # U4, A11
    page = form_of_somebody_signed_out(browser, session)
    assert page.status_code == 401
    kept = kept_in(page)
    assert "geheim" not in page.text
    wrong = browser.post(
        "/sign-in", data={"email": "kaethe@example.org", "password": "wrong", "kept": json.dumps(kept)}
    )
    assert kept_in(wrong) == kept
    back = browser.post(
        "/sign-in",
        data={"email": "kaethe@example.org", "password": PASSWORD, "kept": json.dumps(kept)},
        headers=ENGLISH,
    )
    assert back.status_code == 200
    assert "You are signed in again." in back.text
    assert 'action="/account/contact?x=1"' in back.text
    assert "Ein langer Brief\nmit zwei Zeilen" in back.text
    assert browser.get("/account").status_code == 200


def test_nothing_of_another_site_is_kept(session, browser):
    session.query(AccountSession).update({"ended_at": datetime.now(UTC)})
    session.commit()
    page = browser.post("/account/contact", data=TYPED, headers={"Origin": "https://evil.example"})
    assert page.status_code == 401
    assert "Ein langer Brief" not in page.text


@pytest.mark.parametrize(
    "kept",
    [
        "nonsense",
        "[]",
        '{"path": "https://evil.example", "typed": [["a", "b"]], "files": false}',
        '{"path": "//evil.example", "typed": [], "files": false}',
        '{"path": 1}',
        "{" * 5000,
    ],
)
def test_a_kept_form_that_is_none_is_left_out(client, session, kept):
    an_account(session, Role.SEEKER, email="kaethe@example.org")
    answer = client.post("/sign-in", data={"email": "kaethe@example.org", "password": PASSWORD, "kept": kept})
    assert answer.status_code == 302
    assert "evil" not in answer.headers["Location"]


def test_closing_needs_the_password_and_a_tick(session, browser):
    for data in ({"password": PASSWORD}, {"is_sure": "y"}, {"password": "wrong", "is_sure": "y"}):
        assert browser.post("/account/close", data=data).status_code == 422
    assert browser.get("/account").status_code == 200
    answer = browser.post("/account/close", data={"password": PASSWORD, "is_sure": "y"})
    assert answer.status_code == 302
    assert browser.get("/account").status_code == 302


def test_two_tabs_one_signed_out_the_other_is_asked_to_sign_in(app, browser):
    tab = a_copy(app, browser)
    browser.post("/sign-out")
    assert tab.get("/account/sessions").headers["Location"].startswith("/sign-in")


def test_nobody_takes_one_name_after_the_other_to_see_who_hides_from_it(browser):  # LP-12
    form = {"name": "Käthe Muster", "language": "de", "preferred_contact": "mail"}
    answers = [browser.post("/account/contact", data=form).status_code for _ in range(NEW_NAMES_OF_A_PERSON.most + 1)]
    assert answers == [302] * NEW_NAMES_OF_A_PERSON.most + [429]
