"""`succession create-admin`: somebody becomes operator and coordinator of this installation."""

import sys
from datetime import UTC, datetime

import click

from succession.accounts import service_operators
from succession.accounts.actor import Actor
from succession.accounts.links import PASSWORD_LIMIT
from succession.accounts.service_recovery import NewPassword
from succession.accounts.tokens import link_for, new_token
from succession.cli.exits import settings_or_exit
from succession.cli.session import database_session


@click.command("create-admin")
@click.option("--email", required=True, help="The address with which the person signs in.")
@click.option("--name", required=True, help="First name and surname.")
@click.option("--password-stdin", is_flag=True, help="Read the password from the standard input instead.")
def create_admin(email: str, name: str, *, password_stdin: bool) -> None:
    """Make somebody operator and coordinator; without a password print a link that sets one, good once and for an hour.

    An account that is there already keeps its name and is raised.
    """
    settings, token = settings_or_exit(), new_token()
    password = NewPassword(sys.stdin.readline().rstrip("\n"), settings.site_name) if password_stdin else None
    with database_session(settings) as session:
        account = service_operators.make_operator(
            session,
            Actor.system(),
            email=email,
            name=name,
            password=password,
            link=None if password_stdin else link_for(token, settings.secret_key),
            now=datetime.now(UTC),
        )
    click.echo(f"{account.email} is operator and coordinator.", err=True)
    if password_stdin:
        click.echo(f"{settings.base_url}/sign-in")
        return
    minutes = int(PASSWORD_LIMIT.total_seconds() // 60)
    click.echo(f"Set a password within {minutes} minutes:", err=True)
    click.echo(f"{settings.base_url}/new-password/{token}")
