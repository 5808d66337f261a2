"""`succession create-admin`."""

from datetime import UTC, datetime

import pytest
from click.testing import CliRunner
from sqlalchemy.orm import Session

from succession.accounts import passwords, queries, service_recovery
from succession.accounts.actor import Actor, Role
from succession.accounts.links import DeadLink
from succession.accounts.models import AccountSession
from succession.accounts.service_recovery import NewPassword
from succession.accounts.tokens import hash_token
from succession.cli import main
from tests.factories.accounts import an_account


@pytest.fixture
def command(database, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", database.admin_url)
    monkeypatch.setenv("SUCCESSION_INSTANCE", str(database.settings.instance))
    monkeypatch.setenv("LC_ALL", "C")
    monkeypatch.setattr("succession.cli.session.places.is_loaded", lambda session: True)
    return lambda *words, **options: CliRunner().invoke(main, ["create-admin", *words], **options)


OLGA = ("--email", "olga@example.org", "--name", "Olga Ott")


def test_it_prints_a_link_that_sets_a_password_once(database, command):  # S10
    result = command(*OLGA)
    assert result.exit_code == 0
    base, _, token = result.stdout.strip().rpartition("/")
    assert base.endswith("/new-password")
    with Session(database.engine) as session:
        new, now = NewPassword("acht grüne ziegel"), datetime.now(UTC)
        service_recovery.reset_password(session, Actor.visitor(), token, new, now=now)
        account = queries.account_by_email(session, "olga@example.org")
        assert passwords.is_password("acht grüne ziegel", account.password_hash)
        assert queries.actor_of(session, account.id).roles == {Role.OPERATOR, Role.COORDINATOR}
        with pytest.raises(DeadLink):
            service_recovery.reset_password(session, Actor.visitor(), token, new, now=now)


def test_it_reads_a_password_and_refuses_a_weak_one(database, command):  # S5
    assert command(*OLGA, "--password-stdin", input="passwort1\n").exit_code == 1
    assert command(*OLGA, "--password-stdin", input="Olga-Ott-1\n").exit_code == 1
    result = command(*OLGA, "--password-stdin", input="acht grüne ziegel\n")
    assert (result.exit_code, "new-password" in result.output) == (0, False)
    with Session(database.engine) as session:
        account = queries.account_by_email(session, "olga@example.org")
        assert passwords.is_password("acht grüne ziegel", account.password_hash)


@pytest.mark.parametrize(("email", "name"), [("olga", "Olga"), ("olga@exаmple.org", "Olga"), ("olga@example.org", "1")])
def test_bad_words_are_refused_with_a_sentence(command, email, name):
    result = command("--email", email, "--name", name)
    assert result.exit_code == 1
    assert result.stderr.strip()
    assert "Traceback" not in result.output


def test_an_account_is_blocked_and_opened_again(database, command):  # S7
    with Session(database.engine, expire_on_commit=False) as session:
        client_token = "t" * 20
        account = an_account(session, email="da@example.org")
        moment = datetime.now(UTC)
        values = {"account_id": account.id, "created_at": moment, "last_seen_at": moment}
        session.add(AccountSession(token_hash=hash_token(client_token), **values))
        session.commit()
        assert CliRunner().invoke(main, ["block-account", "DA@example.org"]).exit_code == 0
        assert CliRunner().invoke(main, ["block-account", "niemand@example.org"]).exit_code == 1
        session.rollback()
        assert queries.signed_in(session, hash_token(client_token), now=moment) is None
        assert CliRunner().invoke(main, ["block-account", "da@example.org", "--undo"]).exit_code == 0
        session.rollback()
        assert queries.signed_in(session, hash_token(client_token), now=moment) is None
        session.refresh(account)
        assert account.blocked_at is None
