"""`succession reset-second-factor`: lets somebody in again who has lost everything but the password."""

import sys
from datetime import UTC, datetime

import click

from succession.accounts import queries, service_second_factor
from succession.accounts.actor import Actor
from succession.cli.session import REFUSED, database_session


@click.command("reset-second-factor")
@click.argument("email")
def reset_second_factor(email: str) -> None:
    """Remove the second step of the account EMAIL; the person is signed out everywhere and told by mail.

    Make sure first that it is this person who asks.
    """
    with database_session() as session:
        account = queries.account_by_email(session, email)
        if account is None:
            click.echo("There is no account with this address.", err=True)
            sys.exit(REFUSED)
        service_second_factor.reset(session, Actor.system(), account, identified="operator", now=datetime.now(UTC))
    click.echo("Removed. The password alone opens the account now; the person has been told by mail.", err=True)
