"""Brings a database to the newest state: roles, extensions, tables, and what the public role may read."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, make_url, text
from sqlalchemy.exc import OperationalError, ProgrammingError
from sqlalchemy.pool import NullPool

from succession import cluster
from succession.config import Settings
from succession.db import DatabaseRole, make_engine
from succession.errors import Unavailable
from succession.i18n import Text

MIGRATIONS = Path(__file__).parent / "migrations"
UPGRADE_LOCK = 7_302_025
ROLES_LOCK = 7_302_026
EXTENSIONS = ("postgis", "btree_gist", "pg_trgm", "unaccent", "citext")

# What the public role may read. A table that is not named here is closed to it; exact locations never stand here.
PUBLIC_TABLES: dict[str, tuple[str, ...]] = {
    "places": ("place", "place_name", "place_area"),
    "land": (),
    "listings": ("listing_publication", "published_offer", "listing_public_outline"),
    "profiles": ("search_publication", "published_search"),
    "matching": (),
    "calls": ("call_publication", "call_lot_outline"),
}

ROLES = """
DO $$
BEGIN
    IF to_regrole('succession_owner') IS NULL THEN CREATE ROLE succession_owner LOGIN; END IF;
    IF to_regrole('succession_app') IS NULL THEN CREATE ROLE succession_app LOGIN; END IF;
    IF to_regrole('succession_public') IS NULL THEN CREATE ROLE succession_public NOLOGIN; END IF;
    IF NOT pg_has_role('succession_app', 'succession_public', 'MEMBER') THEN
        GRANT succession_public TO succession_app;
    END IF;
    IF NOT pg_has_role(current_user, 'succession_owner', 'MEMBER') THEN
        GRANT succession_owner, succession_app TO CURRENT_USER;
    END IF;
END $$
"""
OWNERSHIP = """
DO $$
BEGIN
    IF (SELECT nspowner FROM pg_namespace WHERE nspname = 'public') <> 'succession_owner'::regrole THEN
        ALTER SCHEMA public OWNER TO succession_owner;
    END IF;
END $$
"""
RIGHTS = """
GRANT USAGE ON SCHEMA public TO succession_app, succession_public;
ALTER DEFAULT PRIVILEGES FOR ROLE succession_owner IN SCHEMA public
    GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO succession_app;
ALTER DEFAULT PRIVILEGES FOR ROLE succession_owner IN SCHEMA public
    GRANT USAGE, SELECT ON SEQUENCES TO succession_app;
"""
# These functions of PostGIS act as their owner: they would tell anybody the frame of all exact locations.
SHUT_FUNCTIONS = """
DO $$
DECLARE one regprocedure;
BEGIN
    FOR one IN SELECT oid FROM pg_proc WHERE proname = 'st_estimatedextent' AND prosecdef LOOP
        EXECUTE 'REVOKE EXECUTE ON FUNCTION ' || one || ' FROM PUBLIC';
    END LOOP;
END $$
"""
IS_CURRENT = """
SELECT to_regrole('succession_public') IS NOT NULL
   AND to_regclass('public.alembic_version') IS NOT NULL
"""
OURS = """
SELECT relname::text FROM pg_class
WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm')
  AND relowner = 'succession_owner'::regrole
"""
GRANTED = """
SELECT DISTINCT table_name::text FROM information_schema.role_table_grants
WHERE grantee = 'succession_public' AND table_schema = 'public'
"""
EXISTING = """
SELECT relname::text FROM pg_class
WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm') AND relname = ANY(:names)
"""


def newest_revision() -> str:
    """The revision that this code expects: the highest number in the folder, `0000` while there is none."""
    return max((path.name[:4] for path in (MIGRATIONS / "versions").glob("[0-9]*.py")), default="0000")


def upgrade(settings: Settings) -> bool:
    """The database exists and is in the newest state; whether anything had to be done.

    Starts the private cluster where there is no `DATABASE_URL`. Several at once wait for each other.
    """
    if settings.database_url is None:
        cluster.private_cluster(settings).start()
    login = cluster.database_url(settings, cluster.SUPERUSER)
    if _is_newest(login):
        return False
    keeper = login if settings.database_url else cluster.database_url(settings, cluster.SUPERUSER, "postgres")
    with _one_at_a_time(keeper) as lock_holder:
        if settings.database_url is None:
            create_database(lock_holder, cluster.DATABASE)
        bring_up(login)
    return True


def bring_up(login_url: str) -> None:
    """Roles, extensions, tables and grants of one existing database; the caller holds the lock."""
    prepare(login_url)
    migrate(login_url, "head")


def create_database(connection: Connection, name: str) -> None:
    """The database exists; `connection` is one of a superuser in autocommit mode."""
    if connection.scalar(text("SELECT 1 FROM pg_database WHERE datname = :name"), {"name": name}) is None:
        connection.exec_driver_sql(f'CREATE DATABASE "{name}"')


def prepare(login_url: str) -> None:
    """The three roles, the extensions and the rights of the owner and the application."""
    engine = make_engine(login_url, poolclass=NullPool)
    with engine.begin() as connection:
        connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": ROLES_LOCK})
        connection.exec_driver_sql(ROLES)
        _create_extensions(connection)
        connection.exec_driver_sql(SHUT_FUNCTIONS)
        connection.exec_driver_sql(OWNERSHIP)
        connection.exec_driver_sql(RIGHTS)


def migrate(login_url: str, revision: str) -> None:
    """The tables are those of `revision` ("head", "base", a number); afterwards the public role's list is applied."""
    with owner_connection(login_url) as connection:
        config = alembic_config(connection)
        current = _current_revision(connection)
        is_down = revision == "base" or (revision.isdigit() and current is not None and revision < current)
        (command.downgrade if is_down else command.upgrade)(config, revision)
        grant_public(connection)


@contextmanager
def owner_connection(login_url: str) -> Iterator[Connection]:
    """A connection that acts as the owner of all tables and commits at the end."""
    with make_engine(login_url, DatabaseRole.OWNER, poolclass=NullPool).begin() as connection:
        yield connection


def alembic_config(connection: Connection, **attributes: Any) -> Config:
    """Alembic, without an ini file, on a connection of the owner."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    config.attributes.update(connection=connection, **attributes)
    return config


def public_tables() -> tuple[str, ...]:
    """Every table and view that the public role may read."""
    return tuple(name for names in PUBLIC_TABLES.values() for name in names)


def grant_public(connection: Connection) -> None:
    """The public role may read what is on the list, and nothing else."""
    ours = ", ".join(f'"{name}"' for name in connection.scalars(text(OURS)))
    if ours:  # named one by one: the tables of PostGIS belong to somebody else, who would only warn
        connection.exec_driver_sql(f"REVOKE ALL ON {ours} FROM succession_public")
    for name in _existing(connection):
        connection.exec_driver_sql(f'GRANT SELECT ON "{name}" TO succession_public')


def _existing(connection: Connection) -> list[str]:
    """The listed tables that exist in this database."""
    return sorted(connection.scalars(text(EXISTING), {"names": list(public_tables())}))


def _current_revision(connection: Connection) -> str | None:
    """The revision that the tables are at; None before the first."""
    if connection.scalar(text("SELECT to_regclass('public.alembic_version')")) is None:
        return None
    revision: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return revision


def _is_newest(login_url: str) -> bool:
    """Whether there is nothing to do: a few questions, so that every command may ask."""
    engine = make_engine(login_url, DatabaseRole.OWNER, poolclass=NullPool)
    try:
        with engine.connect() as connection:
            return (
                bool(connection.scalar(text(IS_CURRENT)))
                and _current_revision(connection) == newest_revision()
                and sorted(connection.scalars(text(GRANTED))) == _existing(connection)
            )
    except (OperationalError, ProgrammingError):  # no database, no role, no right yet: then there is something to do
        return False


@contextmanager
def _one_at_a_time(keeper_url: str) -> Iterator[Connection]:
    """Holds the upgrade lock on a connection of its own, so that the revisions may commit as they like."""
    engine = make_engine(keeper_url, poolclass=NullPool, isolation_level="AUTOCOMMIT")
    try:
        connection = engine.connect()
    except OperationalError as error:
        host = make_url(keeper_url).host or "the socket"
        raise Unavailable(
            Text("The database at %(host)s does not answer: %(reason)s", {"host": host, "reason": str(error.orig)})
        ) from error
    with connection:
        connection.execute(text("SELECT pg_advisory_lock(:number)"), {"number": UPGRADE_LOCK})
        yield connection


def _create_extensions(connection: Connection) -> None:
    """The extensions are there; only PostGIS may need a hand that has the right to it."""
    present = set(connection.scalars(text("SELECT extname FROM pg_extension")))
    for name in EXTENSIONS:
        if name in present:
            continue
        try:
            connection.exec_driver_sql(f"CREATE EXTENSION {name}")
        except (ProgrammingError, OperationalError) as error:
            raise Unavailable(
                Text(
                    "The database lacks the extension %(name)s. Run CREATE EXTENSION %(name)s as its administrator.",
                    {"name": name},
                )
            ) from error
