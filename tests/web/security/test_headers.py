from dataclasses import replace

import pytest

from succession.accounts.actor import Role
from succession.app import create_app
from succession.config import Environment
from tests.factories.accounts import PASSWORD, a_browser, an_account

POLICY = (
    "default-src 'self'; script-src 'self'; worker-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'"
)
PAGES = ["/sign-in", "/healthz", "/no-such-page", "/operations/jobs"]


@pytest.fixture(scope="module")
def production(worker_database):
    settings = replace(
        worker_database.settings,
        environment=Environment.PRODUCTION,
        base_url="https://nachfolge.example.org",
        cookie_secure=True,
        trusted_proxies=1,
    )
    with pytest.MonkeyPatch.context() as patched:  # what must be there before the public comes is tested elsewhere
        patched.setattr("succession.web.starting.refuse_unready", lambda _: None)
        return create_app(settings)


@pytest.fixture
def secure(production):
    """A browser behind the operator's proxy."""
    client = production.test_client()
    client.environ_base.update(HTTP_X_FORWARDED_PROTO="https", HTTP_X_FORWARDED_HOST="nachfolge.example.org")
    return client


@pytest.mark.parametrize("page", PAGES)
def test_every_answer_carries_the_strict_headers(client, page):  # S11
    headers = client.get(page).headers
    assert headers["Content-Security-Policy"] == POLICY
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "geolocation=()" in headers["Permissions-Policy"]
    assert "Server" not in headers
    assert "Strict-Transport-Security" not in headers


def test_in_production_the_cookie_is_bound_to_the_host_and_https_is_asked_for_a_year(secure):
    answer = secure.get("/sign-in")
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-succession=")
    assert all(part in cookie for part in ("Secure", "HttpOnly", "Path=/", "SameSite=Lax"))
    assert "Domain" not in cookie
    assert answer.headers["Strict-Transport-Security"].startswith("max-age=31536000")


def test_what_a_signed_in_person_sees_is_kept_by_nobody(app, session):
    client, _ = a_browser(app, session, Role.OPERATOR)
    assert client.get("/operations/jobs").headers["Cache-Control"] == "no-store"
    assert client.get("/sign-in").headers["Cache-Control"] == "no-store"


def test_a_visitor_gets_no_cookie_without_a_form_and_one_with_it(client):  # P9
    assert "Set-Cookie" not in client.get("/no-such-page").headers
    assert len(client.get("/sign-in").headers.getlist("Set-Cookie")) == 1


@pytest.mark.parametrize("host", ["evil.example", "nachfolge.example.org.evil.example", "127.0.0.1", "localhost"])
def test_in_production_only_the_sites_own_name_is_answered(production, host):  # S10
    answer = production.test_client().get("/sign-in", headers={"Host": host, "X-Forwarded-Proto": "https"})
    assert answer.status_code == 400
    assert "evil" not in answer.text


def test_a_forged_forwarding_header_is_believed_only_from_the_set_number_of_proxies(app, session):  # S21
    person = an_account(session, Role.SEEKER)
    client = app.test_client()
    for number in range(8):
        answer = client.post(
            "/sign-in",
            data={"email": person.email, "password": "wrong"},
            headers={"X-Forwarded-For": f"198.51.100.{number}", "X-Forwarded-Host": "evil.example"},
        )
    assert answer.status_code == 429
    assert "evil.example" not in answer.text


def test_demo_accounts_are_not_offered_in_production(secure, client, session):
    an_account(session, Role.SEEKER, email="seeker@example.org", name="Demo Suchende", is_demo=True)
    filled = client.get("/sign-in?as=seeker@example.org").text
    assert "Demo Suchende" in filled
    assert "gemeinsam-an-der-elbe" in filled
    assert "gemeinsam-an-der-elbe" not in secure.get("/sign-in?as=seeker@example.org").text
    assert PASSWORD not in filled


def test_static_files_carry_their_version_and_are_kept_long_only_with_it(app, client, tmp_path, monkeypatch):
    (tmp_path / "site.css").write_text("body{}")
    monkeypatch.setattr(app, "static_folder", str(tmp_path))
    with app.test_request_context():
        address = app.url_for("static", filename="site.css")
    assert "?v=" in address
    for path, kept in ((address, "immutable"), ("/static/site.css", "max-age=3600")):
        with client.get(path) as answer:
            assert kept in answer.headers["Cache-Control"]
            assert "Set-Cookie" not in answer.headers
