"""A cluster of its own for the tests, a template with all tables, a copy for each worker, a savepoint for each test.

`session`   the test's own session; whatever it commits is gone afterwards
`app`       the Flask application on the same connection; `client` a browser for it (without CSRF)
`database`  a whole copied database with a real engine: for concurrency, kills, live servers, `own_transaction()`
`now`       the time of the test, handed to services
"""

import fcntl
import itertools
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis
from sqlalchemy import Connection, Engine, event, text
from sqlalchemy.orm import Session
from sqlalchemy.pool import NullPool

from succession import schema, security_log
from succession.cluster import SUPERUSER, Cluster
from succession.config import CHECKOUT, Environment, Settings
from succession.db import DatabaseRole, make_engine
from tests.factories.security_log import Guard

CLUSTER = Cluster(CHECKOUT / "instance" / "test-cluster", fleeting=True)
PREFIX = "succession_test_"
IN_USE = pytest.StashKey[int]()
NUMBERS = itertools.count(1)

# The same examples in every run, and none that fails because a machine was busy; --long looks for new ones.
hypothesis.register_profile("same", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis.register_profile("long", deadline=None, suppress_health_check=[HealthCheck.too_slow])


@dataclass(frozen=True, slots=True)
class Database:
    """One copied database: the engine acts as the application."""

    name: str
    engine: Engine
    settings: Settings

    @property
    def url(self) -> str:
        """For the application's login."""
        return CLUSTER.url(DatabaseRole.APP, self.name)

    @property
    def admin_url(self) -> str:
        """For a login that may upgrade: what DATABASE_URL is to a command."""
        return CLUSTER.url(SUPERUSER, self.name)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--long", action="store_true", help="run the tests marked as long too")


def pytest_configure(config: pytest.Config) -> None:
    """Before xdist starts its workers, the template must be there: only one process may make it."""
    hypothesis.load_profile("long" if config.getoption("--long") else "same")
    security_log.log.addHandler(Guard())
    if not hasattr(config, "workerinput"):
        os.environ["SUCCESSION_TEST_RUN"] = str(os.getpid())
        if config.getoption("numprocesses", None):
            hold_cluster(config)
            make_template()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--long"):
        return
    skip = pytest.mark.skip(reason="long: script/test --long")
    for item in items:
        if "long" in item.keywords:
            item.add_marker(skip)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Nothing of this run is left; the last run also stops the cluster."""
    descriptor = config.stash.get(IN_USE, None)
    if descriptor is None:
        return
    drop_databases(f"{PREFIX}{os.getpid()}_")
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        pass  # another run still uses it
    else:
        CLUSTER.stop()
    os.close(descriptor)


def hold_cluster(config: pytest.Config) -> None:
    """The cluster runs and stays until this run has ended."""
    if IN_USE in config.stash:
        return
    CLUSTER.place.parent.mkdir(exist_ok=True)
    users = os.open(CLUSTER.place.with_name("test-cluster.users"), os.O_RDWR | os.O_CREAT, 0o600)
    fcntl.flock(users, fcntl.LOCK_SH)
    config.stash[IN_USE] = users
    CLUSTER.start()
    drop_databases(PREFIX, only_of_dead_runs=True)


def template_name() -> str:
    return f"{PREFIX}{os.environ['SUCCESSION_TEST_RUN']}_template"


def make_template() -> None:
    """A database with all tables; nobody stays connected to it."""
    with superuser() as connection:
        schema.create_database(connection, template_name())
    schema.bring_up(CLUSTER.url(SUPERUSER, template_name()))


def superuser(database: str = "postgres") -> Connection:
    engine = make_engine(CLUSTER.url(SUPERUSER, database), poolclass=NullPool, isolation_level="AUTOCOMMIT")
    return engine.connect()


def clone(name: str) -> None:
    with superuser() as connection:
        connection.exec_driver_sql(f'CREATE DATABASE "{name}" TEMPLATE "{template_name()}"')


def drop(name: str) -> None:
    with superuser() as connection:
        connection.exec_driver_sql(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def drop_databases(prefix: str, *, only_of_dead_runs: bool = False) -> None:
    with superuser() as connection:
        for name in connection.scalars(text("SELECT datname FROM pg_database")).all():
            if not name.startswith(prefix):
                continue
            run = name.removeprefix(PREFIX).split("_")[0]
            if only_of_dead_runs and Path(f"/proc/{run}").exists():
                continue
            connection.exec_driver_sql(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def settings_for(url: str, instance: Path) -> Settings:
    return Settings(
        instance=instance,
        environment=Environment.TEST,
        secret_key="only-for-tests-" * 3,
        database_url=url,
        searches_per_minute=0,  # tests ask a lot; the brake has tests of its own
    )


@pytest.fixture(scope="session")
def template(request: pytest.FixtureRequest) -> str:
    """The name of the database that others are copied from."""
    if not hasattr(request.config, "workerinput") and IN_USE not in request.config.stash:
        hold_cluster(request.config)
        make_template()
    return template_name()


@pytest.fixture(scope="session")
def worker_database(template: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """This worker's own copy; the tests in it leave nothing behind."""
    name = template.replace("template", os.environ.get("PYTEST_XDIST_WORKER", "main"))
    clone(name)
    url = CLUSTER.url(DatabaseRole.APP, name)
    engine = make_engine(url, DatabaseRole.APP, poolclass=NullPool)
    yield Database(name, engine, settings_for(url, tmp_path_factory.mktemp("instance")))
    engine.dispose()
    drop(name)


@pytest.fixture
def connection(worker_database: Database) -> Iterator[Connection]:
    """One connection of the application's role, in a transaction that is rolled back after the test."""
    with worker_database.engine.connect() as connection:
        outer = connection.begin()
        yield connection
        outer.rollback()


@pytest.fixture
def session(connection: Connection) -> Iterator[Session]:
    """The test's own session. Commit what you have made before the application shall see it."""
    with Session(connection, join_transaction_mode="create_savepoint", expire_on_commit=False) as session:
        yield session


@pytest.fixture
def database(template: str, tmp_path: Path) -> Iterator[Database]:
    """A whole database of this test's own, with a real engine and real commits."""
    name = template.replace("template", f"{os.environ.get('PYTEST_XDIST_WORKER', 'main')}_{next(NUMBERS)}")
    clone(name)
    url = CLUSTER.url(DatabaseRole.APP, name)
    engine = make_engine(url, DatabaseRole.APP)
    yield Database(name, engine, settings_for(url, tmp_path))
    engine.dispose()
    drop(name)


@pytest.fixture(scope="session")
def whole_app(worker_database: Database):
    """The application, made once for all tests of this worker. Imported here: unit tests need no Flask."""
    from succession.app import create_app

    app = create_app(worker_database.settings)
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    return app


@pytest.fixture
def app(whole_app, connection: Connection):
    """The application on the test's own connection: its commits are savepoints of the test."""
    from succession.extensions import db

    with whole_app.app_context():
        engines = db.engines
    real = engines[None]
    engines[None] = connection
    yield whole_app
    engines[None] = real


@pytest.fixture
def client(app):
    """A browser that nobody has signed in with."""
    return app.test_client()


@pytest.fixture
def statements(connection: Connection) -> Iterator[list[str]]:
    """Every statement on the test's connection so far, savepoints left out: clear it, act, count it."""
    seen: list[str] = []

    def note(_connection, _cursor, statement, *_rest):
        if not statement.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK")):
            seen.append(statement)

    event.listen(connection, "before_cursor_execute", note)
    yield seen
    event.remove(connection, "before_cursor_execute", note)


@pytest.fixture
def now() -> datetime:
    """A Monday morning."""
    return datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
