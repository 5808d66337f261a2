"""What a database consists of, as PostgreSQL itself tells it: for comparing two of them."""

from sqlalchemy import Connection, text

NOT_OURS = "('spatial_ref_sys', 'alembic_version', 'geography_columns', 'geometry_columns')"
OURS = f"""
    c.relnamespace = 'public'::regnamespace AND c.relname NOT IN {NOT_OURS}
    AND NOT EXISTS (SELECT 1 FROM pg_depend e WHERE e.objid = c.oid AND e.deptype = 'e')
"""
QUERIES = {
    "column": f"""
        SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attgenerated, a.attidentity,
               pg_get_expr(d.adbin, d.adrelid), coll.collname
        FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
        LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
        LEFT JOIN pg_collation coll ON coll.oid = a.attcollation
        WHERE c.relkind IN ('r', 'p') AND {OURS}""",
    "constraint": f"""
        SELECT c.relname, k.conname, pg_get_constraintdef(k.oid)
        FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid WHERE {OURS}""",
    "index": f"""
        SELECT c.relname, pg_get_indexdef(i.indexrelid)
        FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid WHERE {OURS}""",
    "trigger": f"""
        SELECT c.relname, pg_get_triggerdef(t.oid)
        FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid WHERE NOT t.tgisinternal AND {OURS}""",
    "persistence": f"SELECT c.relname, c.relpersistence::text FROM pg_class c WHERE c.relkind IN ('r', 'p') AND {OURS}",
}
BEYOND_TABLES = {
    "relation": f"""
        SELECT c.relname, c.relkind::text FROM pg_class c WHERE c.relkind IN ('r', 'p', 'v', 'm', 'S') AND {OURS}""",
    "view": f"SELECT c.relname, pg_get_viewdef(c.oid) FROM pg_class c WHERE c.relkind IN ('v', 'm') AND {OURS}",
    "function": """
        SELECT p.proname, pg_get_function_identity_arguments(p.oid), p.prosrc FROM pg_proc p
        WHERE p.pronamespace = 'public'::regnamespace
          AND NOT EXISTS (SELECT 1 FROM pg_depend e WHERE e.objid = p.oid AND e.deptype = 'e')""",
    "type": """
        SELECT t.typname, t.typtype::text FROM pg_type t WHERE t.typnamespace = 'public'::regnamespace
          AND t.typtype IN ('e', 'd')
          AND NOT EXISTS (SELECT 1 FROM pg_depend e WHERE e.objid = t.oid AND e.deptype = 'e')""",
    "right": """
        SELECT table_name::text, grantee::text, privilege_type::text FROM information_schema.role_table_grants
        WHERE grantee IN ('succession_app', 'succession_public') AND table_schema = 'public'""",
}


def tables(connection: Connection, *, without: tuple[str, ...] = ()) -> set[tuple[object, ...]]:
    """Columns, constraints, indexes and triggers of all tables; `without` leaves out names that start so."""
    return _rows(connection, QUERIES, without)


def everything(connection: Connection) -> set[tuple[object, ...]]:
    """Tables and all else: views, functions, types, rights."""
    return _rows(connection, QUERIES | BEYOND_TABLES, ("alembic_version",))


def _rows(connection: Connection, queries: dict[str, str], without: tuple[str, ...]) -> set[tuple[object, ...]]:
    found: set[tuple[object, ...]] = set()
    for kind, query in queries.items():
        for row in connection.execute(text(query)):
            if not str(row[0]).startswith(without or ("\0",)):
                found.add((kind, *row))
    return found
