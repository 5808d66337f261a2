"""The database for commands: a running cluster, the newest tables, one transaction."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click
from sqlalchemy.orm import Session
from sqlalchemy.pool import NullPool

from succession import cluster, schema
from succession.config import Settings, SettingsError, load_settings
from succession.db import DatabaseRole, make_engine

REFUSED = 1
WRONG_USE = 2


def settings_or_exit() -> Settings:
    """The settings in force; a wrong one ends the command with its sentence."""
    try:
        return load_settings()
    except SettingsError as error:
        click.echo(str(error), err=True)
        sys.exit(WRONG_USE)


@contextmanager
def database_session(settings: Settings | None = None) -> Iterator[Session]:
    """A session of the application's role on a database in its newest state; commits when the block succeeds."""
    settings = settings or settings_or_exit()
    try:
        schema.upgrade(settings)
    except cluster.ClusterError as error:
        click.echo(str(error), err=True)
        sys.exit(REFUSED)
    url = cluster.database_url(settings, DatabaseRole.APP)
    engine = make_engine(url, DatabaseRole.APP, poolclass=NullPool)
    try:
        with Session(engine, expire_on_commit=False) as session, session.begin():
            yield session
    finally:
        engine.dispose()
