"""What people do at the doors of the house, and what the security log says about it."""

import pytest

from succession.accounts.actor import Role
from succession.accounts.models import Account
from tests.factories.accounts import PASSWORD, a_browser, an_account, sign_in
from tests.factories.second_factor import an_app
from tests.factories.security_log import Guard, noted  # noqa: F401 - a fixture

WHERE = {"REMOTE_ADDR": "203.0.113.77"}
PLANTED = ("Geheimnis-Erle-77", "erle@example.net", "52.98765", "11.12345", "203.0.113.77", "Wiesenweg 7")


def whats(lines):
    return [(line["what"], line["result"]) for line in lines]


def test_signing_in_and_out_and_failing_are_noted(app, client, session, noted):  # noqa: F811  # S19
    person = an_account(session, Role.SEEKER)
    client.post("/sign-in", data={"email": person.email, "password": PLANTED[0]}, environ_base=WHERE)
    client.post("/sign-in", data={"email": PLANTED[1], "password": PLANTED[0]}, environ_base=WHERE)
    client.post("/sign-in", data={"email": person.email, "password": PASSWORD}, environ_base=WHERE)
    client.post("/sign-out", environ_base=WHERE)
    lines = noted()
    assert whats(lines) == [
        ("account.signed_in", "refused"),
        ("account.signed_in", "refused"),
        ("account.signed_in", "ok"),
        ("account.signed_out", "ok"),
    ]
    assert lines[0]["subject"] == str(person.public_id)
    assert "subject" not in lines[1]  # an address that nobody has is nobody
    assert {line["network"] for line in lines} == {"203.0.113.0/24"}
    assert len({line["request"] for line in lines}) == 4


def test_the_second_step_and_what_changes_it_are_noted(client, session, noted):  # noqa: F811  # S19
    person = an_account(session, Role.COORDINATOR)
    phone = an_app(session, person)
    client.post("/sign-in", data={"email": person.email, "password": PASSWORD})
    client.post("/sign-in/second-step", data={"code": "000000", "way": "app"})
    from datetime import UTC, datetime

    client.post("/sign-in/second-step", data={"code": phone.at(datetime.now(UTC)), "way": "app"})
    client.post("/account/second-factor/remove/app")
    assert whats(noted())[1:] == [
        ("account.second_factor_passed", "refused"),
        ("account.second_factor_passed", "ok"),
        ("account.second_factor_removed", "ok"),
    ]


def test_what_is_refused_is_noted_by_the_pattern_of_its_address(app, session, noted):  # noqa: F811  # S19
    client, person = a_browser(app, session, Role.SEEKER)
    hidden = "/offers/00000000-0000-0000-0000-000000000007"
    client.get("/operations/jobs", environ_base=WHERE)
    client.get(hidden, environ_base=WHERE)
    client.get("/no-such-page/" + PLANTED[0])
    lines = noted()
    assert [(line["status"], line["route"]) for line in lines] == [
        (403, "/operations/jobs"),
        (404, "/offers/<uuid:offer_id>"),
    ]
    assert {line["who"] for line in lines} == {str(person.public_id)}


def test_a_form_without_its_token_and_a_foreign_host_are_noted(app, client, noted):  # noqa: F811  # S19
    app.config["WTF_CSRF_ENABLED"] = True
    try:
        client.post("/sign-in", data={"email": PLANTED[1]})
    finally:
        app.config["WTF_CSRF_ENABLED"] = False
    client.get("/", headers={"Host": "evil.example"})
    assert [line["what"] for line in noted()] == ["request.forged_or_old_form", "request.foreign_host"]


def test_nothing_that_was_planted_is_in_the_log(app, session, noted):  # noqa: F811  # S19 P12
    client, person = a_browser(app, session, *Role)
    secret, address, latitude, longitude, _, street = PLANTED
    session.get(Account, person.id).name = secret
    session.commit()
    for path in ("/search", "/offers/new", "/operations/jobs", "/no-such-page"):
        client.get(f"{path}?where={street}&box={longitude},{latitude},12,53&token={secret}", environ_base=WHERE)
        data = {"email": address, "password": secret, "code": secret, "where": street, "title": latitude}
        client.post(path, data=data, environ_base=WHERE)
    client.post("/account/password-check", data={"password": secret, "next": f"/search?where={street}"})
    client.post("/people/second-factor-reset", data={"email": address, "identified": "id"})
    client.post("/sign-in", data={"email": address, "password": secret})
    written = str(noted())
    assert written.count("'what'") >= 2
    assert [planted for planted in PLANTED if planted in written] == []


def test_an_act_that_was_taken_back_is_not_in_the_log(session, noted, now):  # noqa: F811
    from succession.accounts import queries
    from succession.audit import service as audit

    actor = queries.actor_of(session, an_account(session).id)
    audit.record(session, actor, "account.signed_in", kind="account", public_id=actor.account_public_id, now=now)
    session.rollback()
    session.commit()
    assert noted() == []


@pytest.mark.parametrize("word", ["a-password-for-tests", "a@b.example", "53.12345", "x" * 43])
def test_the_guard_over_all_tests_sees_what_must_not_be_there(word):
    import json
    import logging

    line = json.dumps({"at": "2026-11-02T10:00:00+01:00", "what": "x", "result": "ok", "word": word})
    with pytest.raises(AssertionError):
        Guard().emit(logging.LogRecord("x", logging.INFO, "", 0, line, None, None))


def test_the_address_of_who_signs_in_is_cut_in_the_log(app, session, noted):  # noqa: F811  # P12
    client = app.test_client()
    sign_in(client, session, an_account(session))
    client.get("/operations/jobs", environ_base={"REMOTE_ADDR": "2001:db8:1:2::7"})
    assert [line["network"] for line in noted()] == ["2001:db8:1::/48"]
