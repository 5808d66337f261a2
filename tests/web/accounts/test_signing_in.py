from datetime import timedelta
from statistics import median
from time import perf_counter

import pytest

from succession.accounts.actor import Role
from succession.accounts.models import AccountSession
from succession.accounts.passwords import hash_password
from succession.accounts.tokens import hash_token
from tests.factories.accounts import PASSWORD, a_browser, an_account, sign_in

GUARDED = "/account"


@pytest.fixture
def person(session):
    return an_account(session, Role.SEEKER, name="Käthe Muster", email="Kaethe@Example.org")


def sign_in_by_form(client, email="kaethe@example.org", password=PASSWORD, **more):
    data = {"email": email, "password": password, **more}
    return client.post("/sign-in", data=data, headers={"Accept-Language": "en"})


def cookie_of(client):
    return client.get_cookie("succession").value


def test_the_right_password_signs_in_whatever_the_case_of_the_address(client, person):
    assert client.get(GUARDED).status_code == 302
    assert sign_in_by_form(client).status_code == 302
    assert client.get(GUARDED).status_code == 200


@pytest.mark.parametrize(("email", "password"), [("kaethe@example.org", "wrong"), ("nobody@example.org", PASSWORD)])
def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(client, person, email, password):
    answer = sign_in_by_form(client, email, password)
    assert answer.status_code == 422
    assert "The e-mail address or the password is not right, or the address is not confirmed yet." in answer.text
    assert f'value="{email}"' in answer.text
    assert password not in answer.text
    assert client.get(GUARDED).status_code == 302


def test_a_blocked_account_cannot_sign_in_and_its_sessions_are_dead(client, session, person, now):
    sign_in(client, session, person)
    assert client.get(GUARDED).status_code == 200
    person.blocked_at = now
    session.commit()
    assert client.get(GUARDED).status_code == 302
    assert sign_in_by_form(client).status_code == 422


def test_a_copied_cookie_is_dead_after_sign_out(app, client, person):  # S7
    sign_in_by_form(client)
    thief = app.test_client()
    thief.set_cookie("succession", cookie_of(client))
    assert thief.get(GUARDED).status_code == 200
    client.post("/sign-out")
    assert thief.get(GUARDED).status_code == 302
    assert client.get(GUARDED).status_code == 302


def test_signing_in_begins_a_new_session_and_ends_the_one_before(app, client, person):  # S7
    sign_in_by_form(client)
    before = cookie_of(client)
    sign_in_by_form(client)
    assert cookie_of(client) != before
    thief = app.test_client()
    thief.set_cookie("succession", before)
    assert thief.get(GUARDED).status_code == 302


def test_who_was_signed_out_by_time_can_sign_in_from_a_page_that_was_still_open(client, session, person, now):
    token = sign_in(client, session, person)
    row = session.query(AccountSession).filter_by(token_hash=hash_token(token)).one()
    row.created_at = row.last_seen_at = now - timedelta(days=30)
    session.commit()
    assert sign_in_by_form(client).status_code == 302
    assert client.get(GUARDED).status_code == 200


def test_the_sign_in_page_says_that_the_session_has_ended(client, session, person, now):
    token = sign_in(client, session, person)
    session.query(AccountSession).filter_by(token_hash=hash_token(token)).update(
        {"last_seen_at": now - timedelta(days=30)}
    )
    session.commit()
    page = client.get("/sign-in", headers={"Accept-Language": "en"})
    assert "You were signed out because nothing happened for some time." in page.text


def test_a_session_planted_before_sign_in_gains_nothing(app, client, person):
    client.get("/sign-in")
    planted = cookie_of(client)
    sign_in_by_form(client)
    thief = app.test_client()
    thief.set_cookie("succession", planted)
    assert thief.get(GUARDED).status_code == 302


def test_a_changed_password_ends_older_sessions(client, session, person, now):
    sign_in(client, session, person)
    person.password_changed_at = now.replace(year=now.year + 5)
    session.commit()
    assert client.get(GUARDED).status_code == 302


def test_who_asked_for_a_page_arrives_there_after_signing_in(client, person):
    location = client.get(f"{GUARDED}?state=failed").headers["Location"]
    assert location == f"/sign-in?next={GUARDED}?state%3Dfailed"
    assert sign_in_by_form(client, next=f"{GUARDED}?state=failed").headers["Location"] == (f"{GUARDED}?state=failed")


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example",
        "//evil.example",
        "/\\evil.example",
        "/\t/evil.example",
        "\\\\evil",
        "javascript:alert(1)",
        "/%0a/x\r\nSet-Cookie: a=b",
        " //evil.example",
        "http:/evil.example",
    ],
)
def test_signing_in_never_leads_to_another_site(client, person, target):
    answer = sign_in_by_form(client, next=target)
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/")
    assert "evil" not in answer.headers["Location"]
    assert "Set-Cookie: a" not in str(answer.headers)


def test_guessing_is_braked_for_the_guesser_and_not_for_the_person(app, person):  # S6
    guesser = app.test_client()
    answers = [
        guesser.post("/sign-in", data={"email": person.email, "password": f"guess {n}"}).status_code for n in range(25)
    ]
    assert answers[:5] == [422] * 5
    assert 429 in answers
    elsewhere = app.test_client()
    allowed = elsewhere.post(
        "/sign-in", data={"email": person.email, "password": PASSWORD}, environ_base={"REMOTE_ADDR": "192.0.2.77"}
    )
    assert allowed.status_code == 302


def test_the_brake_says_how_long_to_wait(client, person):
    for n in range(8):
        answer = sign_in_by_form(client, password=f"guess {n}")
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) >= 1


def test_a_visitor_costs_no_question_to_the_database(app, client, statements):
    client.get("/healthz")
    assert statements == []


def test_a_person_costs_one_question_a_request(app, session, statements):
    client, _ = a_browser(app, session, Role.SEEKER)
    statements.clear()
    client.get("/no-such-page")
    assert len(statements) == 1


@pytest.mark.parametrize(
    ("roles", "endpoint"),
    [
        ([Role.SEEKER], "matching.mine"),
        ([Role.TRANSFEROR], "listings.mine"),
        ([Role.LANDOWNER], "land.index"),
        ([Role.ADVISOR], "representation.people"),
        ([Role.MENTOR], "pages.start"),
        ([Role.COORDINATOR], "legal.reports"),
        ([Role.COORDINATOR, Role.SEEKER], "matching.mine"),
    ],
)
def test_everybody_arrives_where_there_is_something_for_them(app, client, session, roles, endpoint):
    person = an_account(session, *roles, is_demo=True)
    with app.test_request_context():
        expected = app.url_for(endpoint)
    assert sign_in_by_form(client, person.email).headers["Location"] == expected
    assert client.get(expected).status_code == 200


@pytest.mark.long
def test_a_wrong_password_takes_as_long_as_an_unknown_address(app, session):  # S6
    people = [an_account(session, email=f"known-{n}@example.org") for n in range(50)]
    slow = hash_password(PASSWORD)
    for person in people:
        person.password_hash = slow
    session.commit()

    def seconds(number, name):
        client = app.test_client()
        began = perf_counter()
        client.post(
            "/sign-in",
            data={"email": f"{name}-{number}@example.org", "password": "wrong"},
            environ_base={"REMOTE_ADDR": f"192.0.2.{number}" if name == "known" else f"198.51.100.{number}"},
        )
        return perf_counter() - began

    seconds(0, "known"), seconds(0, "nobody")
    pairs = [(seconds(number, "known"), seconds(number, "nobody")) for number in range(50)]
    assert abs(median(pair[0] for pair in pairs) - median(pair[1] for pair in pairs)) <= 0.025
