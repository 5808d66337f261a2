from alembic.script import ScriptDirectory
from sqlalchemy.pool import NullPool

from succession import schema
from succession.db import DatabaseRole, make_engine
from succession.migrations.tables import all_tables
from tests.structure import catalogue


def connect(database, role=DatabaseRole.OWNER):
    return make_engine(database.admin_url, role, poolclass=NullPool).connect()


def revisions(database):
    with connect(database) as connection:
        script = ScriptDirectory.from_config(schema.alembic_config(connection))
        return [revision.revision for revision in reversed(list(script.walk_revisions()))]


def state(database):
    with connect(database) as connection:
        return catalogue.everything(connection)


def test_the_revisions_are_one_chain_and_the_code_knows_its_end(database):
    chain = revisions(database)
    assert chain == [f"{number:04}" for number in range(1, len(chain) + 1)]
    assert schema.newest_revision() == chain[-1]


def test_the_revisions_make_exactly_the_tables_of_the_models(database):
    with connect(database) as connection:
        migrated = catalogue.tables(connection, without=("procrastinate_",))
    schema.migrate(database.admin_url, "base")
    with connect(database) as connection, connection.begin():
        all_tables().create_all(connection)
        modelled = catalogue.tables(connection)
    differences = sorted(
        f"{row[1]}: {where} {row}"
        for where, rows in (("only migrated", migrated - modelled), ("only in models", modelled - migrated))
        for row in rows
    )
    assert not differences, "\n" + "\n".join(differences)


def test_each_revision_goes_down_again_and_leaves_nothing_behind(database):
    chain = revisions(database)
    schema.migrate(database.admin_url, "base")
    states = {"base": state(database)}
    assert {row for row in states["base"] if row[0] != "right"} == set()
    for revision in chain:
        schema.migrate(database.admin_url, revision)
        states[revision] = state(database)
    for revision, before in zip(reversed(chain), [*reversed(chain[:-1]), "base"], strict=True):
        schema.migrate(database.admin_url, before)
        assert state(database) == states[before], f"after going down from {revision}"
    schema.migrate(database.admin_url, chain[-1])
    assert state(database) == states[chain[-1]]
