import pytest
from click.testing import CliRunner
from sqlalchemy import select
from sqlalchemy.orm import Session

from succession.accounts.actor import Role
from succession.accounts.models_second_factor import TotpSecret
from succession.cli.second_factor import reset_second_factor
from succession.outbox.models import OutboxMail
from tests.factories.accounts import an_account
from tests.factories.second_factor import an_app


@pytest.fixture
def at_the_terminal(database, tmp_path, monkeypatch):
    """Commands work on this test's database."""
    monkeypatch.setenv("DATABASE_URL", database.admin_url)
    monkeypatch.setenv("SUCCESSION_INSTANCE", str(tmp_path))
    monkeypatch.setenv("SUCCESSION_ENV", "development")


def test_an_operator_lets_somebody_in_again_at_the_terminal(database, at_the_terminal):
    with Session(database.engine, expire_on_commit=False) as session:
        person = an_account(session, Role.ADVISOR)
        an_app(session, person)
    unknown = CliRunner().invoke(reset_second_factor, ["nobody@example.org"])
    assert (unknown.exit_code, unknown.stdout) == (1, "")
    done = CliRunner().invoke(reset_second_factor, [person.email.upper()])
    assert done.exit_code == 0, done.output
    with Session(database.engine) as session:
        assert session.get(TotpSecret, person.id) is None
        assert session.scalars(select(OutboxMail.recipient_account_id)).all() == [person.id]
