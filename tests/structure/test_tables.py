import re

import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.orm import configure_mappers

from succession import schema
from succession.db import Base, public_reading
from succession.migrations.tables import all_tables
from tests.structure.source import house

TABLES = all_tables().tables
MAPPERS = sorted(Base.registry.mappers, key=lambda mapper: mapper.class_.__name__)
EXACT = sorted(
    mapper.local_table.name for mapper in MAPPERS if mapper.class_.__module__.split(".")[-1].startswith("exact")
)


def test_relations_are_never_loaded_by_chance():
    configure_mappers()
    lazy = [str(relation) for mapper in MAPPERS for relation in mapper.relationships if relation.lazy != "raise"]
    assert lazy == []


def test_table_names_are_plain_words_in_lower_case():
    assert [name for name in TABLES if not re.fullmatch(r"[a-z]+(_[a-z0-9]+)*", name)] == []


def test_exact_locations_have_tables_of_their_own():
    assert EXACT


@pytest.mark.parametrize("name", EXACT)
def test_the_public_role_is_refused_on_exact_tables(session, name):
    """LP-6: not one row, not even a plan."""
    for statement in (f"SELECT * FROM {name}", f"SELECT count(*) FROM {name}", f"EXPLAIN SELECT * FROM {name}"):
        with pytest.raises(ProgrammingError, match="permission denied"), public_reading(session) as reader:
            reader.execute(text(statement))


def test_the_public_list_names_no_exact_table():
    assert set(EXACT) & set(schema.public_tables()) == set()


def test_every_table_on_the_public_list_exists(session):
    existing = set(session.scalars(text(schema.EXISTING), {"names": list(schema.public_tables())}))
    assert set(schema.public_tables()) - existing == set()


def test_the_public_role_may_read_what_is_listed_and_write_nothing(session):
    rights = session.execute(
        text("""
            SELECT c.relname, p.privilege FROM pg_class c
            CROSS JOIN unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'REFERENCES']) AS p(privilege)
            WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm')
              AND has_any_column_privilege('succession_public', c.oid, p.privilege)
              AND NOT EXISTS (SELECT 1 FROM pg_depend e WHERE e.objid = c.oid AND e.deptype = 'e')""")
    )
    assert {tuple(row) for row in rights} == {(name, "SELECT") for name in schema.public_tables()}


def test_views_for_the_public_role_look_with_its_own_eyes(session):
    """A view without security_invoker reads with the rights of its owner, exact locations included."""
    careless = session.scalars(
        text("""
            SELECT relname FROM pg_class c
            WHERE relnamespace = 'public'::regnamespace AND relkind IN ('v', 'm')
              AND has_table_privilege('succession_public', c.oid, 'SELECT')
              AND NOT EXISTS (SELECT 1 FROM pg_depend e WHERE e.objid = c.oid AND e.deptype = 'e')
              AND (relkind = 'm'
                   OR NOT coalesce(reloptions, '{}') && ARRAY['security_invoker=true', 'security_invoker=on'])
        """)
    )
    assert list(careless) == []


def test_no_function_of_ours_lends_its_owners_rights(session):
    lending = session.scalars(
        text("""
            SELECT proname FROM pg_proc p WHERE prosecdef AND pronamespace = 'public'::regnamespace
              AND NOT EXISTS (SELECT 1 FROM pg_depend e WHERE e.objid = p.oid AND e.deptype = 'e')""")
    )
    assert list(lending) == []


OWN_ROOMS = ("succession/land/", "succession/migrations/", "succession/applications/exact.py")


def test_only_the_land_room_speaks_of_exact_tables():
    """The import contract holds for classes; this holds for statements written as text. Farmsteads have a room too."""
    name = re.compile(rf"\b({'|'.join(EXACT)})\b")
    strangers = {
        module.name for module in house() if not module.name.startswith(OWN_ROOMS) and name.search(module.text)
    }
    assert strangers == set()
