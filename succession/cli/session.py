"""The database for commands: a running cluster, the newest tables, the gazetteer, one transaction."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.orm import Session
from sqlalchemy.pool import NullPool

from succession import cluster, schema, security_log
from succession.accounts.actor import Actor
from succession.cli.exits import REFUSED, WRONG_USE, settings_or_exit
from succession.config import Settings
from succession.db import DatabaseRole, make_engine
from succession.places import queries as places
from succession.places import queries_levels as places_levels
from succession.places import service as places_service
from succession.places.levels import SETTING as LEAST_ALIKE

__all__ = ["REFUSED", "WRONG_USE", "database_session", "settings_or_exit"]


@contextmanager
def database_session(settings: Settings | None = None) -> Iterator[Session]:
    """A session of the application's role on a database in its newest state; commits when the block succeeds."""
    settings = settings or settings_or_exit()
    schema.upgrade(settings)
    security_log.keep_in(settings.instance)
    url = cluster.database_url(settings, DatabaseRole.APP)
    engine = make_engine(url, DatabaseRole.APP, poolclass=NullPool)
    try:
        with Session(engine) as session, session.begin():
            if not (places.is_loaded(session) and places_levels.has_reference(session)):
                places_service.load_gazetteer(session, Actor.system(), region=settings.region)
        info = {LEAST_ALIKE: settings.least_alike}
        with Session(engine, expire_on_commit=False, info=info) as session, session.begin():
            yield session
    finally:
        engine.dispose()
