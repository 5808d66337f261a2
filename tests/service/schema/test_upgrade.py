from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import NullPool

from succession import schema
from succession.cluster import SUPERUSER
from succession.db import DatabaseRole, make_engine
from succession.errors import Unavailable
from tests.conftest import CLUSTER, PREFIX, drop, superuser


@pytest.fixture
def empty(template, tmp_path, request):
    """An empty database that belongs to an ordinary login, as an operator would give it to us."""
    name = template.replace("template", "empty")
    login = f"{PREFIX}login"
    with superuser() as connection:
        connection.exec_driver_sql(f"DROP ROLE IF EXISTS {login}")
        connection.exec_driver_sql(f"CREATE ROLE {login} LOGIN")
        connection.exec_driver_sql(f"GRANT succession_owner, succession_app TO {login}")
        connection.exec_driver_sql(f'CREATE DATABASE "{name}" OWNER {login}')
    yield name, login
    drop(name)
    with superuser() as connection:
        connection.exec_driver_sql(f"DROP ROLE {login}")


def settings_of(database, url):
    return replace(database.settings, database_url=url)


def test_several_upgrades_at_once_wait_for_each_other(empty, database):
    settings = settings_of(database, CLUSTER.url(SUPERUSER, empty[0]))
    with ThreadPoolExecutor(3) as pool:
        done = list(pool.map(lambda _: schema.upgrade(settings), range(3)))
    assert True in done
    assert not schema.upgrade(settings)


def test_an_ordinary_login_suffices_where_the_administrator_has_made_postgis(empty, database):
    name, login = empty
    with superuser(name) as connection:
        connection.exec_driver_sql("CREATE EXTENSION postgis")
    settings = settings_of(database, CLUSTER.url(login, name))
    assert schema.upgrade(settings)
    engine = make_engine(settings.database_url, DatabaseRole.APP, poolclass=NullPool)
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT current_user")) == "succession_app"
        connection.execute(text("RESET ROLE"))
        assert connection.scalar(text("SELECT current_user")) == "succession_app"


def test_without_postgis_the_administrator_is_told_what_to_do(empty, database):
    name, login = empty
    with pytest.raises(Unavailable) as refusal:
        schema.upgrade(settings_of(database, CLUSTER.url(login, name)))
    assert refusal.value.text.values == {"name": "postgis"}


def test_a_server_that_is_away_is_named(database):
    with pytest.raises(Unavailable) as refusal:
        schema.upgrade(settings_of(database, "postgresql+psycopg://nobody@127.0.0.1:1/nothing"))
    assert refusal.value.text.values["host"] == "127.0.0.1"


def test_the_public_role_reads_only_what_is_listed_also_after_a_stray_grant(database, monkeypatch):
    with make_engine(database.admin_url, poolclass=NullPool).begin() as connection:
        connection.exec_driver_sql("GRANT SELECT ON account TO succession_public")
    settings = settings_of(database, database.admin_url)
    assert schema.upgrade(settings)
    with make_engine(database.admin_url, poolclass=NullPool).connect() as connection:
        granted = connection.scalar(text("SELECT has_table_privilege('succession_public', 'account', 'SELECT')"))
    assert granted is False


def test_the_public_role_cannot_sign_in(template):
    with pytest.raises(OperationalError, match="not permitted to log in"):
        make_engine(CLUSTER.url(DatabaseRole.PUBLIC, "postgres"), poolclass=NullPool).connect()
