import re
from itertools import count
from statistics import median
from time import perf_counter

import pytest
from sqlalchemy import func, select

from succession.accounts import queries
from succession.accounts.actor import Role
from succession.accounts.models import Account
from succession.accounts.names import LONGEST_NAME
from succession.outbox.models import MailState, OutboxMail
from tests.factories.accounts import a_browser, an_account
from tests.factories.mails import mails_to, read, templates_to

PASSWORD = "drei hühner im regen"
ADDRESS = "kaethe@example.org"
FORM = {"name": "Käthe Muster", "email": ADDRESS, "roles": ["seeker"], "password": PASSWORD, "accepts_terms": "y"}
ENGLISH = {"Accept-Language": "en"}


def register(client, **values):
    return client.post("/register", data={**FORM, **values}, headers=ENGLISH)


def link_in(mail):
    return re.search(r"https://example\.org(/\S+)", read(mail))[1]


def test_from_the_form_by_mail_into_the_account(client, session):
    assert client.get("/register").status_code == 200
    assert register(client).headers["Location"] == "/register/sent"
    link = link_in(mails_to(session, ADDRESS)[0])
    page = client.get(link, headers=ENGLISH)
    assert (page.status_code, ADDRESS in page.text) == (200, True)
    answer = client.post(link, data={"password": PASSWORD}, headers=ENGLISH)
    assert answer.status_code == 302
    page = client.get("/account", headers=ENGLISH).text
    assert "Käthe Muster" in page
    assert "Your address is confirmed." in page


def test_looking_at_a_link_changes_nothing(client, session):  # S4
    register(client)
    link = link_in(mails_to(session, ADDRESS)[0])
    for _ in range(3):
        assert client.get(link).status_code == 200
    assert queries.account_by_email(session, ADDRESS).confirmed_at is None


def test_a_taken_and_a_free_address_get_the_same_answer(app, session):  # S6
    an_account(session, email="da@example.org")
    answers = [register(app.test_client(), email=email) for email in ("da@example.org", "frei@example.org")]
    pages = [app.test_client().get(answer.headers["Location"], headers=ENGLISH).text for answer in answers]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert answers[0].data == answers[1].data
    assert pages[0] == pages[1]
    assert templates_to(session, "da@example.org") == ["already_registered"]
    assert templates_to(session, "frei@example.org") == ["confirm"]


def test_registering_and_signing_in_does_not_tell_either_whether_an_address_was_taken(app, session):  # S6
    an_account(session, email="da@example.org")
    texts = []
    for email in ("da@example.org", "frei@example.org"):
        client = app.test_client()
        register(client, email=email)
        answer = client.post("/sign-in", data={"email": email, "password": PASSWORD}, headers=ENGLISH)
        texts.append(re.sub(r'value="[^"]*"', "", answer.text))
        assert answer.status_code == 422
    assert texts[0] == texts[1]


def test_forgotten_passwords_get_the_same_answer_for_every_address(app, session):  # S6
    an_account(session, email="da@example.org")
    for path in ("/forgotten-password", "/confirm"):
        answers = [app.test_client().post(path, data={"email": e}) for e in ("da@example.org", "frei@example.org")]
        assert [answer.status_code for answer in answers] == [302, 302]
        assert answers[0].data == answers[1].data


def test_with_the_mail_server_down_one_can_register_and_the_mail_waits(client, session):
    register(client)
    assert [mail.state for mail in mails_to(session, ADDRESS)] == [MailState.QUEUED]


def test_links_never_follow_a_forged_host(app, session):  # S10
    client = app.test_client()
    answer = client.post("/register", data=FORM, headers={"Host": "evil.example"})
    assert answer.status_code == 400
    client.post("/register", data=FORM, headers={"X-Forwarded-Host": "evil.example", "Forwarded": "host=evil.example"})
    assert "evil" not in read(mails_to(session, ADDRESS)[0])


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("name", "N" * 10_000, f"at most {LONGEST_NAME} characters"),
        ("email", "n" * 10_000 + "@example.org", "at most 200 characters"),
        ("password", "p" * 10_000, "at most 256 characters"),
        ("email", "аnna@example.org", "letters that look like others"),
        ("password", "passwort1", "one of the first"),
        ("password", "kurz", "at least 8 characters"),
        ("name", "https://evil.example", "signs that no name has"),
        ("roles", [], "Please choose something"),
        ("accepts_terms", "", "I agree to the terms"),
    ],
)
def test_what_cannot_be_taken_is_said_and_the_rest_stays(client, session, field, value, sentence):
    answer = register(client, **{field: value})
    assert answer.status_code == 422
    assert sentence in answer.text
    assert PASSWORD not in answer.text
    assert field == "name" or 'value="Käthe Muster"' in answer.text
    assert session.scalar(select(func.count()).select_from(Account)) == 0


@pytest.mark.parametrize("role", ["operator", "coordinator", "advisor", "mentor"])
@pytest.mark.parametrize("also", [[], ["seeker"]])
def test_no_form_makes_a_role_that_is_given_by_invitation(client, session, role, also):  # S3
    assert register(client, roles=[*also, role]).status_code == 422
    assert session.scalar(select(func.count()).select_from(Account)) == 0


def test_fields_that_the_form_does_not_have_change_nothing(client, session):  # S3
    register(client, confirmed_at="2026-01-01", is_demo="1", id="7", public_id="x", blocked_at="", role="operator")
    account = queries.account_by_email(session, ADDRESS)
    assert (account.confirmed_at, account.is_demo) == (None, False)
    assert queries.actor_of(session, account.id).roles == {Role.SEEKER}


def test_a_network_registers_ten_people_an_hour(app, session):
    answers = [register(app.test_client(), email=f"p{n}@example.org").status_code for n in range(12)]
    assert answers == [302] * 10 + [429] * 2
    elsewhere = app.test_client().post("/register", data=FORM, environ_base={"REMOTE_ADDR": "198.51.100.9"})
    assert elsewhere.status_code == 302


def test_a_network_asks_for_twenty_links_an_hour(app):
    answers = [
        app.test_client().post("/forgotten-password", data={"email": f"p{n}@example.org"}).status_code
        for n in range(21)
    ]
    assert answers == [302] * 20 + [429]


@pytest.mark.parametrize("path", ["/confirm/", "/new-password/", "/new-email/", "/former-email/", "/join/"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_forged_link_ends_on_a_page_that_says_what_to_do(client, path, method):
    answer = getattr(client, method)(
        f"{path}forged", data={"password": "x"} if method == "post" else None, headers=ENGLISH
    )
    assert answer.status_code == 410
    assert "We do not know this link." in answer.text
    assert "Copy the whole address" in answer.text
    assert 'class="button"' in answer.text


def test_a_used_link_says_so_and_leads_on(client, session):
    register(client)
    link = link_in(mails_to(session, ADDRESS)[0])
    client.post(link, data={"password": PASSWORD})
    client.post("/sign-out")
    answer = client.get(link, headers=ENGLISH)
    assert answer.status_code == 410
    assert "has been used already" in answer.text
    assert 'href="/confirm"' in answer.text


def test_the_way_one_came_for_survives_the_mail(client, session):
    register(client, next="/search?kind=farm")
    link = link_in(mails_to(session, ADDRESS)[0])
    page = client.get(link)
    assert 'value="/search?kind=farm"' in page.text
    answer = client.post(link.split("?")[0], data={"password": PASSWORD, "next": "/search?kind=farm"})
    assert answer.headers["Location"] == "/search?kind=farm"


def test_registering_never_leads_to_another_site(client, session):
    register(client, next="https://evil.example/")
    assert "evil" not in read(mails_to(session, ADDRESS)[0])


def test_a_new_password_by_mail_signs_out_everywhere(app, session):  # S7, S10
    browser, _ = a_browser(app, session, Role.SEEKER, email="da@example.org")
    other = app.test_client()
    other.post("/forgotten-password", data={"email": "da@example.org"})
    link = link_in(mails_to(session, "da@example.org")[0])
    assert other.get(link).status_code == 200
    assert other.post(link, data={"password": "sieben krumme äpfel"}).headers["Location"] == "/sign-in"
    assert browser.get("/account").status_code == 302
    data = {"email": "da@example.org", "password": "sieben krumme äpfel"}
    assert other.post("/sign-in", data=data).status_code == 302
    assert other.get("/account").status_code == 200


@pytest.mark.long
def test_known_and_unknown_addresses_take_the_same_time(app, session):  # S6
    for n in range(50):
        an_account(session, email=f"known-{n}@example.org")
    networks = count(1)

    def seconds(path, email, **data):
        client, network = app.test_client(), f"198.51.{next(networks) % 250}.{next(networks) % 250}"
        began = perf_counter()
        client.post(path, data={"email": email, **data}, environ_base={"REMOTE_ADDR": network})
        return perf_counter() - began

    more = {key: value for key, value in FORM.items() if key != "email"}
    for path, data in (("/register", more), ("/forgotten-password", {}), ("/confirm", {})):
        seconds(path, "warm@example.org", **data)
        pairs = [
            (seconds(path, f"known-{n}@example.org", **data), seconds(path, f"free-{n}{path[1:4]}@example.org", **data))
            for n in range(50)
        ]
        gap = abs(median(pair[0] for pair in pairs) - median(pair[1] for pair in pairs))
        assert gap <= 0.025, (path, gap)


def test_no_mail_of_these_shows_another_persons_address(client, session):
    an_account(session, email="da@example.org")
    register(client, email="da@example.org")
    register(client)
    for mail in session.scalars(select(OutboxMail)):
        assert "@example.org" not in read(mail).replace("kontakt@example.org", "")
