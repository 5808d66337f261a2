import re
from datetime import UTC, datetime, timedelta

import pyotp
import pytest
from sqlalchemy.orm import Session

from succession.accounts import queries_second_factor
from succession.accounts.actor import Role
from succession.accounts.models import AccountSession
from succession.accounts.models_second_factor import TotpSecret
from succession.accounts.passkeys import Site
from succession.accounts.tokens import hash_token
from tests.factories.accounts import PASSWORD, a_browser, an_account, an_organisation, sign_in
from tests.factories.device import Device
from tests.factories.second_factor import SECRET, a_printed_list, an_app, recovery_codes

INSIDE = "/operations/jobs"
STEP = "/sign-in/second-step"
OWN = "/account/second-factor"
ENGLISH = {"Accept-Language": "en"}


@pytest.fixture
def person(session):
    return an_account(session, Role.COORDINATOR, language="en")


def enter_password(client, person, **more):
    return client.post("/sign-in", data={"email": person.email, "password": PASSWORD, **more}, headers=ENGLISH)


def give(client, code, way="app", **more):
    return client.post(STEP, data={"code": code, "way": way, **more}, headers=ENGLISH)


def now():
    return datetime.now(UTC)


def cookie_of(client):
    return client.get_cookie("succession").value


def copy_of(app, client):
    thief = app.test_client()
    thief.set_cookie("succession", cookie_of(client))
    return thief


def test_after_the_password_comes_the_second_step_and_then_the_page_that_was_asked_for(client, session, person):  # S9
    app_on_phone = an_app(session, person)
    asked = enter_password(client, person, next=INSIDE)
    assert asked.headers["Location"] == f"{STEP}?next=/operations/jobs"
    page = client.get(asked.headers["Location"], headers=ENGLISH)
    assert page.status_code == 200
    assert page.headers["Cache-Control"] == "no-store"
    answer = give(client, app_on_phone.at(now()), next=INSIDE)
    assert answer.headers["Location"] == INSIDE
    assert client.get(INSIDE).status_code == 200


@pytest.mark.parametrize("page", [INSIDE, OWN, "/search", "/"])
def test_half_signed_in_nobody_is_anybody(client, session, person, page):  # S9
    an_app(session, person)
    enter_password(client, person)
    answer = client.get(page, headers=ENGLISH)
    assert answer.status_code == (302 if page in {INSIDE, OWN} else 200)
    assert person.name not in answer.text
    if answer.status_code == 302:
        assert answer.headers["Location"].startswith(STEP)


def test_a_forged_post_does_not_jump_over_the_second_step(client, session, person):  # S16
    an_app(session, person)
    enter_password(client, person)
    for address in (f"{OWN}/remove/app", f"{OWN}/list", f"{OWN}/recovery", "/people/second-factor-reset"):
        assert client.post(address).status_code == 401, address
    with client.session_transaction() as cookie:
        assert set(cookie) <= {"token", "language", "csrf_token", "_permanent"}  # nothing in the cookie says "half"
    assert session.get(TotpSecret, person.id) is not None
    assert client.get(INSIDE).status_code == 302


def test_a_copied_cookie_from_between_the_steps_is_worth_nothing_afterwards(app, client, session, person):  # S7
    phone = an_app(session, person)
    enter_password(client, person)
    thief = copy_of(app, client)
    assert thief.get(INSIDE).status_code == 302
    give(client, phone.at(now()))
    assert client.get(INSIDE).status_code == 200
    assert thief.get(INSIDE).status_code == 302
    assert thief.get(STEP).headers["Location"].startswith("/sign-in?")


def test_a_code_cannot_be_replayed_in_another_browser(app, client, session, person):  # S9
    phone = an_app(session, person)
    code = phone.at(now())
    enter_password(client, person)
    assert give(client, code).status_code == 302
    other = app.test_client()
    enter_password(other, person)
    refused = give(other, code)
    assert refused.status_code == 422
    assert "used before" in refused.text
    assert other.get(INSIDE).status_code == 302


def test_a_session_planted_before_signing_in_gains_nothing_by_the_second_step(app, client, session, person):  # S7
    phone = an_app(session, person)
    client.get("/sign-in")
    planted = copy_of(app, client)
    enter_password(client, person)
    give(client, phone.at(now()))
    assert planted.get(INSIDE).status_code == 302


def test_the_second_step_is_no_door_for_visitors_or_for_who_is_signed_in(app, client, session, person):
    assert client.get(STEP).headers["Location"].startswith("/sign-in?")
    assert client.post(STEP, data={"code": "1"}).status_code == 401
    browser, _ = a_browser(app, session, Role.SEEKER)
    assert browser.get(STEP).status_code == 302


def test_after_ten_minutes_the_password_is_asked_for_again(client, session, person):
    phone = an_app(session, person)
    enter_password(client, person)
    session.query(AccountSession).update({"created_at": now() - timedelta(minutes=10)})
    session.commit()
    assert give(client, phone.at(now())).status_code == 401


def test_signing_out_between_the_steps_ends_the_session(app, client, session, person):
    phone = an_app(session, person)
    enter_password(client, person)
    thief = copy_of(app, client)
    client.post("/sign-out")
    assert give(thief, phone.at(now())).status_code == 401


@pytest.fixture
def real_app(database):
    """The application with real commits: what a brake counts survives the refusal."""
    from succession.app import create_app
    from succession.extensions import db

    app = create_app(database.settings)
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    yield app
    with app.app_context():
        db.engine.dispose()


def test_guessing_is_braked_whatever_the_network_address(real_app, database):  # S9 S6
    with Session(database.engine, expire_on_commit=False) as session:
        person = an_account(session, Role.COORDINATOR)
        phone = an_app(session, person)
    client = real_app.test_client()
    enter_password(client, person)
    answers = [
        client.post(
            STEP, data={"code": f"{n:06}", "way": "app"}, environ_base={"REMOTE_ADDR": f"192.0.2.{n}"}
        ).status_code
        for n in range(8)
    ]
    assert answers[:5] == [422] * 5
    assert 429 in answers
    braked = give(client, phone.at(now()))
    assert braked.status_code == 429
    assert int(braked.headers["Retry-After"]) >= 1


def test_the_password_check_is_braked(real_app, database):
    with Session(database.engine, expire_on_commit=False) as session:
        person = an_account(session, Role.SEEKER)
    client = real_app.test_client()
    enter_password(client, person)
    answers = [client.post("/account/password-check", data={"password": f"guess {n}"}).status_code for n in range(8)]
    assert answers[:5] == [422] * 5
    assert 429 in answers


def test_the_list_is_asked_for_by_number_and_other_ways_are_a_link_away(client, session, person):
    codes = a_printed_list(session, person, now())
    recovery = recovery_codes(session, person, now())
    enter_password(client, person)
    page = client.get(STEP, headers=ENGLISH).text
    assert "Look for number 2" in page
    assert 'href="tel:' in page  # whoever has lost it all can call
    assert f"{STEP}?way=recovery" in page
    assert "way=app" not in page
    assert give(client, codes[2], "printed").status_code == 422
    assert give(client, codes[1], "printed").status_code == 302
    client.post("/sign-out")
    enter_password(client, person)
    assert "emergency" in client.get(f"{STEP}?way=recovery", headers=ENGLISH).text
    assert give(client, recovery[0], "recovery").status_code == 302
    assert client.get(INSIDE).status_code == 200


def test_a_way_that_is_not_set_up_cannot_be_asked_for(client, session, person):
    an_app(session, person)
    enter_password(client, person)
    assert "six digits" in client.get(f"{STEP}?way=printed", headers=ENGLISH).text
    assert give(client, "00000000", "printed").status_code == 422


@pytest.mark.parametrize("target", ["https://evil.example", "//evil.example", "/\\evil.example"])
def test_the_second_step_never_leads_to_another_site(client, session, person, target):
    phone = an_app(session, person)
    enter_password(client, person, next=target)
    answer = give(client, phone.at(now()), next=target)
    assert answer.status_code == 302
    assert "evil" not in answer.headers["Location"]


def test_who_needs_a_second_step_and_has_none_is_told_everywhere_and_led_there(client, session, person):  # S9
    arrived = enter_password(client, person)
    assert arrived.headers["Location"] == OWN
    assert client.get(INSIDE).headers["Location"] == OWN
    assert client.post("/operations/jobs/1/retry").status_code == 403
    for page in ("/search", OWN):
        assert "Some of your pages are closed" in client.get(page, headers=ENGLISH).text
    other = an_account(session, Role.SEEKER, language="en")
    client.post("/sign-out")
    enter_password(client, other)
    assert "Some of your pages are closed" not in client.get("/search", headers=ENGLISH).text


def test_an_administrator_of_an_owner_is_told_too(client, session):
    person = an_account(session, Role.LANDOWNER, language="en")
    an_organisation(session, members=[person])
    enter_password(client, person)
    assert "Some of your pages are closed" in client.get("/search", headers=ENGLISH).text


def test_a_demo_account_may_do_without_and_the_page_says_so(client, session):
    person = an_account(session, Role.COORDINATOR, is_demo=True, language="en")
    enter_password(client, person)
    assert client.get(INSIDE).status_code == 200
    assert "This is a demo account" in client.get(OWN).text


def test_an_app_is_set_up_by_its_first_code(client, session, person):
    enter_password(client, person)
    assert client.get(f"{OWN}/app").status_code == 200
    assert client.post(f"{OWN}/app/begin").headers["Location"] == f"{OWN}/app"
    page = client.get(f"{OWN}/app", headers=ENGLISH).text
    assert "data:image/svg+xml" in page
    secret = re.search(r'class="code">([A-Z2-7 ]+)<', page)[1].replace(" ", "")
    assert client.post(f"{OWN}/app", data={"code": "000000"}).status_code == 422
    assert client.post(f"{OWN}/app", data={"code": pyotp.TOTP(secret).at(now())}).status_code == 302
    assert client.get(INSIDE).status_code == 200
    assert secret not in client.get(f"{OWN}/app").text


def test_a_list_is_shown_once_and_counts_after_its_first_code(client, session, person):
    enter_password(client, person)
    page = client.post(f"{OWN}/list", headers=ENGLISH)
    codes = [code.replace(" ", "") for code in re.findall(r'class="code">([0-9 ]+)<', page.text)]
    assert len(codes) == 50
    assert page.headers["Cache-Control"] == "no-store"
    assert codes[0][:4] + " " + codes[0][4:] not in client.get(f"{OWN}/list").text
    assert client.post(f"{OWN}/list/confirm", data={"code": codes[1]}).status_code == 422
    assert client.get(INSIDE).headers["Location"] == OWN
    assert client.post(f"{OWN}/list/confirm", data={"code": codes[0]}).status_code == 302
    assert client.get(INSIDE).status_code == 200
    assert len(re.findall(r'class="code">', client.post(f"{OWN}/recovery").text)) == 10


def test_a_page_that_changes_how_one_signs_in_asks_for_the_password_once_more(app, client, session, person):  # S9
    sign_in(client, session, person, password_entered_at=now() - timedelta(minutes=11))
    asked = client.get(f"{OWN}/app")
    assert asked.headers["Location"] == f"/account/password-check?next={OWN}/app"
    for address in (f"{OWN}/app/begin", f"{OWN}/list", f"{OWN}/recovery", f"{OWN}/remove/app"):
        assert client.post(address).status_code == 302
    assert queries_second_factor.own_factors(session, person.id).printed_left == 0
    wrong = client.post("/account/password-check", data={"password": "wrong", "next": f"{OWN}/app"})
    assert wrong.status_code == 422
    right = client.post("/account/password-check", data={"password": PASSWORD, "next": f"{OWN}/app"})
    assert right.headers["Location"] == f"{OWN}/app"
    assert client.get(f"{OWN}/app").status_code == 200


def test_the_last_one_can_be_removed_and_pages_close_again(client, session, person):
    an_app(session, person)
    sign_in(client, session, person)
    assert "your only one" in client.get(f"{OWN}/remove/app", headers=ENGLISH).text
    assert client.post(f"{OWN}/remove/app").status_code == 302
    assert client.get(INSIDE).headers["Location"] == OWN
    assert client.post(f"{OWN}/remove/app").status_code == 404


def test_a_coordinator_helps_somebody_back_in(app, client, session, person):  # S23
    other = an_account(session, Role.ADVISOR)
    an_app(session, other)
    sign_in(client, session, person)
    page = "/people/second-factor-reset"
    assert client.post(page, data={"email": other.email}).status_code == 422
    assert client.post(page, data={"email": "nobody@example.org", "identified": "id"}).status_code == 422
    assert client.post(page, data={"email": other.email, "identified": "id"}).status_code == 302
    assert session.get(TotpSecret, other.id) is None
    seeker, _ = a_browser(app, session, Role.SEEKER)
    assert seeker.get(page).status_code == 403


def test_the_secret_is_in_no_page_but_the_one_that_sets_it_up(client, session, person):
    an_app(session, person)
    token = sign_in(client, session, person)
    for page in (OWN, f"{OWN}/app", f"{OWN}/remove/app", "/"):
        assert SECRET[:8] not in client.get(page).text
    assert hash_token(token) != token


def test_what_was_typed_before_signing_in_is_carried_past_the_choice_of_another_way(client, session, person):  # U4
    an_app(session, person)
    codes = a_printed_list(session, person, now())
    enter_password(client, person)
    kept = '{"path": "/talk", "typed": [["words", "Guten Tag"]], "files": false}'
    page = client.post(STEP, data={"way": "printed", "choose": "yes", "kept": kept}, headers=ENGLISH)
    assert "Look for number 2" in page.text
    assert "Guten Tag" in page.text
    back = give(client, codes[1], "printed", kept=kept)
    assert back.status_code == 200
    assert "Guten Tag" in back.text


def challenge_of(session, client):
    with client.session_transaction() as cookie:
        token_hash = hash_token(cookie["token"])
    session.expire_all()
    return session.query(AccountSession).filter_by(token_hash=token_hash).one().challenge


def test_a_device_is_set_up_and_signs_in_and_its_answer_counts_once(app, session, person):  # S9
    site = Site(host="localhost", origin="http://localhost", name="x")
    device, client = Device(site), app.test_client()
    enter_password(client, person)
    asked = client.post(f"{OWN}/passkey/question")
    assert asked.json["rp"]["id"] == "localhost"
    made = {"label": "Mein Handy", "answer": device.made(challenge_of(session, client))}
    assert client.post(f"{OWN}/passkey", data=made).headers["Location"] == OWN
    assert client.post(f"{OWN}/passkey", data=made).status_code == 422  # the question is spent
    assert client.get(INSIDE).status_code == 200

    other = app.test_client()
    enter_password(other, person)
    assert other.post(f"{STEP}/passkey", data={"code": device.used(b"made up")}).status_code == 422
    other.post(f"{STEP}/passkey/question")
    answer = device.used(challenge_of(session, other))
    thief = app.test_client()
    enter_password(thief, person)
    thief.post(f"{STEP}/passkey/question")
    assert thief.post(f"{STEP}/passkey", data={"code": answer}).status_code == 422  # another session's question
    assert other.post(f"{STEP}/passkey", data={"code": answer}).headers["Location"]
    assert other.get(INSIDE).status_code == 200
    assert thief.get(INSIDE).status_code == 302
