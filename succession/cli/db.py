"""`succession db`: the private cluster and the tables in it."""

import json
import os
import sys

import click

from succession import cluster, schema
from succession.cli.exits import WRONG_USE, settings_or_exit
from succession.config import Settings
from succession.db import DatabaseRole


@click.group("db")
def db() -> None:
    """Start, stop, upgrade and look into the database."""


@db.command()
def start() -> None:
    """Start the private cluster, made first if there is none."""
    place = _private_cluster(settings_or_exit())
    click.echo("Started." if place.start() else "It was running already.", err=True)


@db.command()
def stop() -> None:
    """Stop the private cluster."""
    place = _private_cluster(settings_or_exit())
    click.echo("Stopped." if place.stop() else "It was not running.", err=True)


@db.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def status(*, as_json: bool) -> None:
    """Say where the database is, whether it answers, and which revision this code expects."""
    settings = settings_or_exit()
    newest = schema.newest_revision()
    place = None if settings.database_url is not None else cluster.private_cluster(settings)
    if as_json:
        private = place and {"running": place.is_running(), "home": str(place.home), "socket": str(place.socket_folder)}
        click.echo(json.dumps({"private_cluster": private, "newest_revision": newest}))
        return
    if place is None:
        click.echo("DATABASE_URL is set: the private cluster is not used.")
    else:
        click.echo(f"{'running' if place.is_running() else 'stopped'}: {place.home}")
        click.echo(f"socket: {place.socket_folder}")
    click.echo(f"newest revision: {newest}")


@db.command()
def upgrade() -> None:
    """Bring the database to the newest state; starts the private cluster."""
    done = schema.upgrade(settings_or_exit())
    click.echo(f"{'Upgraded to' if done else 'Already at'} revision {schema.newest_revision()}.", err=True)


@db.command(context_settings={"ignore_unknown_options": True})
@click.option("--as", "role", type=click.Choice(["app", "owner", "superuser"]), default="app", help="Who to be.")
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def psql(role: str, arguments: tuple[str, ...]) -> None:
    """Open PostgreSQL's own shell; further arguments go to psql."""
    settings = settings_or_exit()
    schema.upgrade(settings)
    login = {"app": str(DatabaseRole.APP), "owner": str(DatabaseRole.OWNER), "superuser": cluster.SUPERUSER}[role]
    url = cluster.database_url(settings, login).replace("postgresql+psycopg://", "postgresql://", 1)
    shell = "psql" if settings.database_url else str(cluster.private_cluster(settings).program("psql"))
    os.execvp(shell, [shell, url, *arguments])  # noqa: S606  there is nothing left to do here


@db.command()
@click.option("--yes", is_flag=True, help="Do not ask.")
def reset(*, yes: bool) -> None:
    """Throw the private cluster away with all it holds, and make an empty one."""
    settings = settings_or_exit()
    place = _private_cluster(settings)
    if settings.is_production and not yes:
        click.echo("This is a production installation: say --yes if everything shall be deleted.", err=True)
        sys.exit(WRONG_USE)
    if not yes:
        click.confirm(f"Delete everything in {place.home}?", abort=True, err=True)
    place.remove()
    schema.upgrade(settings)
    click.echo("The database is empty and in its newest state.", err=True)


def _private_cluster(settings: Settings) -> cluster.Cluster:
    """The cluster below the instance folder; with DATABASE_URL there is none to steer."""
    if settings.database_url is not None:
        click.echo("DATABASE_URL is set: start, stop and reset that server yourself.", err=True)
        sys.exit(WRONG_USE)
    return cluster.private_cluster(settings)
