"""`succession check` and `succession legal`: a plain report, and what to do."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from click.testing import CliRunner
from sqlalchemy import text
from sqlalchemy.orm import Session

from succession.accounts.actor import Actor, Role
from succession.cli.check import check
from succession.cli.checks import examine
from succession.cli.legal import legal
from succession.config import Contact, Environment, MailServer
from succession.legal import service
from succession.legal.vocabulary import Detail
from succession.outbox import service as outbox
from succession.outbox.values import Mail
from tests.factories.accounts import an_account

NOW = datetime.now(UTC)


@pytest.fixture
def public(database):
    """Settings of an installation that is as it should be."""
    return replace(
        database.settings,
        environment=Environment.PRODUCTION,
        base_url="https://nachfolge.example.org",
        cookie_secure=True,
        trusted_proxies=1,
        contact=Contact(phone="05841 1200", email="buero@nachfolge.example.org"),
        mail=MailServer(host="mail.example.org"),
    )


def wrong(settings):
    return {finding.area for finding in examine(settings) if finding.is_wrong}


def command(monkeypatch, database, *words, program=check):
    monkeypatch.setenv("DATABASE_URL", database.admin_url)
    monkeypatch.setenv("SUCCESSION_INSTANCE", str(database.settings.instance))
    monkeypatch.setattr("succession.cli.session.places.is_loaded", lambda session: True)
    return CliRunner().invoke(program, words)


@pytest.fixture
def whole(public, database):
    """An installation with people, texts and a living worker."""
    with Session(database.engine) as session:
        an_account(session, Role.OPERATOR, Role.COORDINATOR)
        service.save_details(session, Actor.system(), dict.fromkeys(Detail, "Angabe"), now=NOW)
        service.take_on(session, Actor.system(), now=NOW)
        session.execute(text("INSERT INTO procrastinate_workers DEFAULT VALUES"))
        session.commit()
    return public


def test_texts_are_filled_in_from_the_command_line(database, monkeypatch):
    assert command(monkeypatch, database, "set", "address", "Am Deich 1|29471 Gartow", program=legal).exit_code == 0
    open_ones = command(monkeypatch, database, "status", program=legal)
    assert (open_ones.exit_code, "29471 Gartow" in open_ones.stdout) == (1, True)
    assert "imprint (de): [Name der Betreiberin]" in open_ones.stderr
    assert "10 texts" in command(monkeypatch, database, "take-on", program=legal).stderr


def test_an_installation_that_is_as_it_should_be_has_nothing_to_do(whole):
    assert [finding for finding in examine(whole) if finding.is_wrong] == []


def test_an_empty_public_installation_learns_everything_it_lacks(public):
    assert wrong(public) == {"accounts", "legal texts", "worker"}


@pytest.mark.parametrize(
    ("change", "area"),
    [
        ({"base_url": "http://nachfolge.example.org"}, "settings"),
        ({"cookie_secure": False}, "settings"),
        ({"contact": Contact()}, "settings"),
        ({"mail": MailServer()}, "mail"),
        ({"mail": MailServer(host="mail.example.org", starttls=False)}, "mail"),
        ({"database_url": "postgresql+psycopg://nobody@127.0.0.1:1/none"}, "database"),
    ],
)
def test_each_wrong_setting_is_named(whole, change, area):
    assert wrong(replace(whole, **change)) == {area}


@pytest.mark.parametrize(
    ("statement", "area"),
    [
        ("INSERT INTO procrastinate_jobs (task_name, queue_name, status) VALUES ('x', 'default', 'failed')", "worker"),
        (("INSERT INTO procrastinate_jobs (task_name, queue_name, status, scheduled_at)"
         " VALUES ('x', 'default', 'todo', now() - interval '1 hour')"), "worker"),
        ("DELETE FROM procrastinate_workers", "worker"),
        (("INSERT INTO audit_entry (written_at, acted_as, action, kind)"
         " VALUES (now() - interval '2 hours', 'system', 'a.b', 'a')"), "record"),
        ("DELETE FROM account_role WHERE role = 'operator'", "accounts"),
        ("UPDATE account SET is_demo = true", "accounts"),
    ],
)  # fmt: skip
def test_each_wrong_state_is_named(whole, database, statement, area):
    with Session(database.engine) as session:
        session.execute(text(statement))
        session.commit()
    assert wrong(whole) == {area}


def test_a_mail_that_waits_is_named(whole, database):
    with Session(database.engine) as session:
        long_ago = NOW - timedelta(hours=3)
        outbox.enqueue(session, Mail("operations/trial", {"written_at": NOW}), address="a@example.org", now=long_ago)
        session.execute(text("DELETE FROM procrastinate_jobs"))
        session.commit()
    assert wrong(whole) == {"mail"}


def test_a_secret_that_others_may_read_is_named(whole):
    path = whole.instance / "settings.env"
    path.write_text("SECRET_KEY=x\n", encoding="utf-8")
    path.chmod(0o644)
    assert wrong(whole) == {"files"}
    path.chmod(0o600)
    assert wrong(whole) == set()


def test_the_command_prints_a_report_and_ends_with_one(database, monkeypatch):
    monkeypatch.setenv("SUCCESSION_ENV", "development")
    result = command(monkeypatch, database, "--json")
    report = json.loads(result.stdout)
    assert (result.exit_code, report["ok"]) == (1, False)
    assert {one["area"] for one in report["findings"] if one["wrong"]} >= {"worker"}
    plain = command(monkeypatch, database)
    assert (plain.exit_code, "WRONG  worker: No worker is alive" in plain.stdout) == (1, True)


def test_a_wrong_setting_is_a_finding_not_a_crash(database, monkeypatch):
    monkeypatch.setenv("SUCCESSION_ENV", "production")
    monkeypatch.setenv("SECRET_KEY", "change-me")
    result = command(monkeypatch, database, "--json")
    assert result.exit_code == 1
    assert "SECRET_KEY" in json.loads(result.stdout)["findings"][0]["what"]


def test_a_text_of_ones_own_is_loaded_from_a_file(database, monkeypatch, tmp_path):
    path = tmp_path / "terms.md"
    path.write_text("## Unsere Regeln\n", encoding="utf-8")
    result = command(monkeypatch, database, "load", "terms", "de", str(path), program=legal)
    assert (result.exit_code, "Version 1" in result.stderr) == (0, True)
