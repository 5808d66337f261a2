import pytest
from flask import Flask

from succession.accounts.actor import Role
from succession.web import gate
from tests.factories.accounts import a_browser
from tests.factories.addresses import addresses

INSIDE = "/operations/jobs"


@pytest.mark.parametrize("role", Role)
def test_a_page_for_some_roles_is_open_to_exactly_them(app, session, role):  # S1 S2
    client, _ = a_browser(app, session, role)
    expected = 200 if role in {Role.COORDINATOR, Role.OPERATOR} else 403
    assert client.get(INSIDE).status_code == expected


def test_an_endpoint_that_states_nothing_is_refused_to_everybody():  # S1
    app = Flask("trial")
    app.add_url_rule("/open", "open", gate.public(lambda: "open"))
    app.add_url_rule("/careless", "careless", lambda: "careless")
    app.add_url_rule("/some", "some", gate.requires(Role.SEEKER, Role.MENTOR)(lambda: "some"))
    app.add_url_rule("/all", "all", gate.requires()(lambda: "all"))
    assert gate.decisions(app) == {
        "all": "signed-in", "careless": "unstated", "open": "public", "some": "mentor|seeker", "static": "public",
    }  # fmt: skip
    gate.init_app(app)
    client = app.test_client()
    assert client.get("/open").status_code == 200
    assert client.get("/careless").status_code == 500  # raised, and this trial app has no page for it


def test_a_visitor_is_sent_to_the_sign_in_page_and_a_program_is_told(client):
    assert client.get(INSIDE).headers["Location"] == "/sign-in?next=/operations/jobs"
    answer = client.get(INSIDE, headers={"Accept": "application/json"})
    assert (answer.status_code, answer.json["status"]) == (401, 401)


def test_a_visitors_post_gets_a_page_not_a_redirect_that_would_lose_it(client):
    assert client.post("/operations/jobs/1/retry").status_code == 401


def test_a_token_that_nobody_gave_out_is_nobody(app, client):
    with client.session_transaction() as cookie:
        cookie["token"] = "made up"
    assert client.get(INSIDE).status_code == 302


def test_a_cookie_that_was_tampered_with_is_no_session(client):
    client.set_cookie("succession", "eyJ0b2tlbiI6Im1hZGUgdXAifQ.aaaaaa.bbbbbbbbbbbbbbbbbbbbbbbbbbb")
    assert client.get(INSIDE).status_code == 302


def test_work_of_somebody_else_looks_as_if_it_did_not_exist(app, session, now):
    from succession.jobs import progress

    client, mine = a_browser(app, session, Role.LANDOWNER)
    stranger, _ = a_browser(app, session, Role.COORDINATOR)
    row = progress.start(session, "test", account_id=mine.id, now=now)
    session.commit()
    assert client.get(f"/operations/work/{row.public_id}").status_code == 200
    assert stranger.get(f"/operations/work/{row.public_id}").status_code == 404


@pytest.mark.parametrize("accept", ["text/html", "application/json"])
def test_reading_changes_nothing(app, session, accept):  # S4
    """A GET of every page, as a visitor and with every role, leaves all tables but the session's time as they were."""
    from sqlalchemy import text

    client, _ = a_browser(app, session, *Role)
    names = session.scalars(
        text("SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace")
    ).all()
    watched = [name for name in names if name not in {"account_session", "sign_in_brake", "spatial_ref_sys"}]

    def state():
        return {
            name: session.scalar(
                text(f"SELECT md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), '')) FROM \"{name}\" t")
            )
            for name in watched
        }

    before = state()
    for _, address in addresses(app, "GET"):
        for browser in (client, app.test_client()):
            assert browser.get(address, headers={"Accept": accept}).status_code < 500, address
    assert state() == before
