"""`succession privacy`, `succession retention` and `succession erase-account`."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from click.testing import CliRunner
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from succession.accounts.models import Account
from succession.cli.privacy import erase_account, privacy, retention
from succession.privacy import ledger
from tests.factories.accounts import an_account
from tests.factories.listings import a_listing
from tests.factories.places import a_small_region


@pytest.fixture
def command(database, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", database.admin_url)
    monkeypatch.setenv("SUCCESSION_INSTANCE", str(database.settings.instance))
    monkeypatch.setattr("succession.cli.session.places.is_loaded", lambda session: True)
    return lambda group, *words, **options: CliRunner().invoke(group, words, **options)


@pytest.fixture
def person(database):
    """Somebody with a draft that nobody has touched for three years."""
    with Session(database.engine, expire_on_commit=False) as session:
        a_small_region(session)
        account = an_account(session, email="wiebke@example.org", confirmed_at=datetime.now(UTC))
        a_listing(session, account, updated_at=datetime.now(UTC) - timedelta(days=1095))
        session.commit()
    return account


def accounts(database):
    with Session(database.engine) as session:
        return session.scalar(select(func.count()).select_from(Account))


def test_an_account_is_erased_after_a_question_that_says_what_stays(database, command, person):
    assert command(erase_account, "nobody@example.org").exit_code == 1
    refused = command(erase_account, "wiebke@example.org", input="n\n")
    assert (refused.exit_code, accounts(database)) == (1, 1)
    assert "Nobody else manages" not in refused.stderr
    assert ": 1 deleted" in refused.stderr
    done = command(erase_account, str(person.public_id), "--yes")  # as for people on paper
    assert (done.exit_code, accounts(database)) == (0, 0)
    assert str(person.public_id) in done.stderr
    assert [line.account_public_id for line in ledger.lines(database.settings.instance)] == [person.public_id]
    again = command(privacy, "replay-ledger")
    assert (again.exit_code, "0 erased again" in again.stderr) == (0, True)


def test_a_dry_run_prints_what_would_go_by_kind_and_a_real_one_tells_people(command, person):
    planned = json.loads(command(retention, "run", "--dry-run", "--json").stdout)
    (row,) = [row for row in planned["rules"] if (row["table"], row["after"]) == ("listing", "updated_at")]
    assert (planned["dry_run"], row["due"], row["told"], row["days"]) == (True, 0, 1, 730)
    table = command(retention, "run", "--dry-run")
    assert table.exit_code == 0
    assert "Nothing was changed." in table.stderr
    done = json.loads(command(retention, "run", "--json").stdout)
    assert next(row for row in done["rules"] if row["table"] == "listing" and row["told"])["told"] == 1
    once_more = json.loads(command(retention, "run", "--dry-run", "--json").stdout)
    assert [row for row in once_more["rules"] if row["table"] == "listing" and (row["told"] or row["due"])] == []


def test_whom_an_accident_concerns_is_one_command(command, person):
    early, late = "2000-01-01", "2999-01-01"
    found = command(privacy, "affected", "--from", early, "--to", late, "--account", "wiebke@example.org", "--json")
    assert (found.exit_code, json.loads(found.stdout)) == (0, {"affected": []})
    assert command(privacy, "affected", "--from", late, "--to", early).exit_code == 2
    assert command(privacy, "affected", "--from", early, "--to", late).exit_code == 0


def test_the_register_is_printed_as_csv(command):
    done = command(privacy, "register", "--language", "en")
    assert done.exit_code == 0
    assert "Your account;" in done.stdout
