"""`succession create-admin` and `block-account`: who runs this installation, and who is kept out."""

import sys
from datetime import UTC, datetime

import click

from succession.accounts import queries, service_operators, service_sessions
from succession.accounts.actor import Actor
from succession.accounts.links import PASSWORD_LIMIT
from succession.accounts.service_recovery import NewPassword
from succession.accounts.tokens import link_for, new_token
from succession.cli.exits import REFUSED, settings_or_exit
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


@click.command("block-account")
@click.argument("email")
@click.option("--undo", is_flag=True, help="Open the account again.")
def block_account(email: str, *, undo: bool) -> None:
    """Let nobody into the account of EMAIL any more; whoever is signed in is out at once."""
    with database_session() as session:
        account = queries.account_by_email(session, email)
        if account is None:
            click.echo("There is no account with this address.", err=True)
            sys.exit(REFUSED)
        act = service_sessions.unblock if undo else service_sessions.block
        act(session, Actor.system(), account.public_id, now=datetime.now(UTC))
    click.echo("The account is open again." if undo else "The account is blocked.", err=True)
