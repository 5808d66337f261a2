from datetime import UTC, datetime

import pytest

from succession.accounts import queries
from succession.accounts.actor import Role
from tests.factories.accounts import PASSWORD, a_browser, an_account, sign_in
from tests.factories.mails import mails_to, read, token_in
from tests.factories.second_factor import an_app

GUEST = "gast@example.org"
FORM = {"name": "Gisela Gast", "email": GUEST, "role": "advisor"}
JOIN = {"name": "Gisela Gast", "password": "vier blaue leitern", "accepts_terms": "y"}


@pytest.fixture
def coordinator(app, session):
    account = an_account(session, Role.COORDINATOR, name="Kora Kolb", language="en")
    an_app(session, account)
    client = app.test_client()
    sign_in(client, session, account, second_factor_at=datetime.now(UTC))
    return client


def link_to(session, address):
    return f"/join/{token_in(mails_to(session, address)[-1])}"


def test_somebody_who_is_invited_joins_by_the_link_and_has_the_role(app, session, coordinator):
    assert coordinator.get("/invitations").status_code == 200
    assert coordinator.post("/invitations", data=FORM).status_code == 302
    assert "Gisela Gast" in coordinator.get("/invitations").text
    guest, link = app.test_client(), link_to(session, GUEST)
    assert guest.get(link).status_code == 200
    assert guest.post(link, data={**JOIN, "password": "passwort1"}).status_code == 422
    assert guest.post(link, data={**JOIN, "role": "operator", "email": "x@example.org"}).status_code == 302
    account = queries.account_by_email(session, GUEST)
    assert queries.actor_of(session, account.id).roles == {Role.ADVISOR}
    assert guest.get(link).status_code == 410


def test_who_has_an_account_signs_in_and_accepts(app, session, coordinator):
    account = an_account(session, Role.SEEKER, email=GUEST)
    coordinator.post("/invitations", data={**FORM, "role": "mentor"})
    guest, link = app.test_client(), link_to(session, GUEST)
    assert "/sign-in?next=" in guest.get(link).text
    assert guest.post(link, data=JOIN).status_code == 403
    sign_in(guest, session, account)
    assert f"{link}/accept" in guest.get(link).text
    assert guest.post(f"{link}/accept").status_code == 302
    assert queries.actor_of(session, account.id).roles == {Role.SEEKER, Role.MENTOR}


def test_the_inviter_is_not_told_whether_there_is_an_account(session, coordinator):  # S6
    an_account(session, email="da@example.org")
    answers = [
        coordinator.post("/invitations", data={**FORM, "email": e}) for e in ("da@example.org", "frei@example.org")
    ]
    assert answers[0].data == answers[1].data
    assert (
        read(mails_to(session, "da@example.org")[0]).split("/join/")[0]
        == (read(mails_to(session, "frei@example.org")[0]).split("/join/")[0])
    )


def test_an_invitation_can_be_taken_back(app, session, coordinator):
    coordinator.post("/invitations", data=FORM)
    page = coordinator.get("/invitations").text
    withdraw = page.split('action="/invitations/')[1].split('"')[0]
    assert coordinator.post(f"/invitations/{withdraw}").status_code == 302
    assert app.test_client().get(link_to(session, GUEST)).status_code == 410


@pytest.mark.parametrize("role", [Role.SEEKER, Role.TRANSFEROR, Role.LANDOWNER, Role.MENTOR])
def test_others_do_not_invite(app, session, role):  # S2
    client, _ = a_browser(app, session, role)
    assert client.get("/invitations").status_code == 403
    assert client.post("/invitations", data=FORM).status_code == 403


@pytest.mark.parametrize("role", ["operator", "nonsense", ""])
def test_no_form_invites_to_more_than_one_may(session, coordinator, role):  # S3
    assert coordinator.post("/invitations", data={**FORM, "role": role}).status_code == 422
    assert mails_to(session, GUEST) == []


def test_what_was_typed_comes_back_also_past_the_second_step(app, session):  # U4
    account = an_account(session, Role.COORDINATOR, language="en")
    phone, client = an_app(session, account), app.test_client()
    form = {"email": account.email, "password": PASSWORD}
    client.get("/sign-in")
    page = client.post("/invitations", data=FORM, headers={"Origin": "http://localhost"})
    assert page.status_code == 401
    kept = '{"path": "/invitations", "typed": [["name", "Gisela Gast"]], "files": false}'
    step = client.post("/sign-in", data={**form, "kept": kept})
    assert (step.status_code, 'name="kept"' in step.text) == (200, True)
    assert client.get("/invitations").status_code == 302  # not signed in yet
    code = phone.at(datetime.now(UTC))
    back = client.post("/sign-in/second-step", data={"code": code, "way": "app", "kept": kept})
    assert 'action="/invitations"' in back.text
    assert "Gisela Gast" in back.text
