import errno

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from succession.accounts.actor import Role
from succession.app import create_app
from succession.errors import Conflict
from succession.extensions import reading
from succession.i18n import Text
from succession.web.gate import public
from tests.factories.accounts import a_browser, an_account


@pytest.fixture
def apart(database):
    """An application of its own with pages that fail on purpose, and real connections."""
    app = create_app(database.settings)

    @public
    def broken():
        raise RuntimeError("secret detail")

    @public
    def refused():
        raise Conflict(Text("Somebody was faster."))

    app.add_url_rule("/broken", "broken", broken)

    @public
    def unstorable():
        reading().execute(text("SELECT CAST(:name AS text)"), {"name": "\x00"})

    @public
    def full():
        raise OSError(errno.ENOSPC, "No space left on device")

    @public
    def other():
        raise OSError(errno.EIO, "secret detail")

    app.add_url_rule("/full", "full", full)
    app.add_url_rule("/other", "other", other)
    app.add_url_rule("/refused", "refused", refused)
    app.add_url_rule("/unstorable", "unstorable", unstorable)
    yield app
    with app.app_context():
        app.extensions["sqlalchemy"].engine.dispose()


def test_a_fault_of_ours_is_a_plain_page_without_a_trace(apart):  # S18
    answer = apart.test_client().get("/broken")
    assert answer.status_code == 500
    for word in ("secret detail", "Traceback", "RuntimeError", "Werkzeug", "site-packages"):
        assert word not in answer.text
    assert "030 23125 000" in answer.text


def test_a_full_disk_is_said_plainly_and_another_fault_of_the_machine_is_ours(apart):  # R10
    client = apart.test_client()
    full = client.get("/full", headers={"Accept-Language": "en"})
    assert (full.status_code, "no room left on our disk" in full.text) == (503, True)
    other = client.get("/other")
    assert (other.status_code, "secret detail" in other.text) == (500, False)


def test_a_sign_that_no_text_can_hold_is_a_page_and_no_fault(apart):
    assert apart.test_client().get("/unstorable").status_code == 400


def test_a_refusal_is_a_page_with_its_sentence_or_json(apart):
    client = apart.test_client()
    page = client.get("/refused", headers={"Accept-Language": "en"})
    assert (page.status_code, "Somebody was faster." in page.text) == (409, True)
    answer = client.get("/refused", headers={"Accept": "application/json", "Accept-Language": "en"})
    assert answer.json == {"status": 409, "message": "Somebody was faster."}


@pytest.mark.parametrize(("method", "path", "status"), [("get", "/nothing", 404), ("post", "/healthz", 405)])
def test_wrong_addresses_and_methods_get_a_page(client, method, path, status):
    answer = getattr(client, method)(path)
    assert answer.status_code == status
    assert "<h1>" in answer.text


def test_numbers_and_signs_that_no_table_can_hold_are_no_fault_of_ours(app, session):  # S14
    client, _ = a_browser(app, session, Role.OPERATOR)
    assert client.post(f"/operations/jobs/{10**30}/retry").status_code == 409
    assert client.get("/operations/jobs?state=%00").status_code == 200
    assert client.post("/sign-in", data={"email": "a\x00b@example.org", "password": "x\x00"}).status_code == 422
    assert client.get("/language/%00").status_code == 404


def test_a_form_that_is_far_too_large_is_refused(client):
    answer = client.post("/sign-in", data={"email": "x" * (3 * 2**20)})
    assert answer.status_code == 413


def test_without_its_database_the_site_says_so_and_comes_back_by_itself(apart, database):  # R3
    client = apart.test_client()
    assert client.get("/readyz").status_code == 200
    with database.engine.connect() as connection, pytest.raises(OperationalError):
        connection.execute(
            text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()")
        )
    assert client.get("/readyz").status_code == 200  # a dead connection is noticed and replaced

    engine_url = apart.config["SQLALCHEMY_DATABASE_URI"]
    gone = create_app(
        database.settings.__class__(**{**_values(database.settings), "database_url": engine_url + "_gone"})
    )
    answer = gone.test_client().get("/readyz")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "10")
    assert gone.test_client().get("/healthz").status_code == 200
    page = gone.test_client().get("/sign-in")
    assert (page.status_code, "Traceback" in page.text) == (503, False)
    signed_in = gone.test_client()
    with signed_in.session_transaction() as cookie:
        cookie["token"] = "t"
    assert signed_in.get("/no-such-page").status_code == 503
    assert signed_in.get("/operations/jobs").status_code == 503


def _values(settings):
    return {name: getattr(settings, name) for name in settings.__dataclass_fields__}


def test_the_page_for_a_missing_page_works_for_somebody_signed_in(app, session, client):
    from tests.factories.accounts import sign_in

    sign_in(client, session, an_account(session))
    assert client.get("/nothing").status_code == 404


@pytest.mark.parametrize(
    ("headers", "path", "language"),
    [
        ({"Accept-Language": "en-GB,en;q=0.9"}, "/nothing", "en"),
        ({"Accept-Language": "fr"}, "/nothing", "de"),
        ({}, "/nothing", "de"),
    ],
)
def test_a_visitor_reads_the_language_of_the_browser_else_german(client, headers, path, language):
    assert f'<html lang="{language}"' in client.get(path, headers=headers).text


def test_a_language_that_was_chosen_stays_and_leads_back_to_the_page(app, session, client):
    from tests.factories.accounts import sign_in

    assert client.get("/language/en?next=/nothing?a=b").headers["Location"] == "/nothing?a=b"
    assert client.get("/language/en?next=//evil.example").headers["Location"].startswith("/")
    assert client.get("/language/xx").status_code == 404
    assert '<html lang="en"' in client.get("/nothing").text
    other = app.test_client()
    sign_in(other, session, an_account(session, language="en"))
    assert '<html lang="en"' in other.get("/nothing").text
