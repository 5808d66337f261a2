"""What Alembic runs: the caller has opened the connection as owner and commits it."""

from alembic import context
from geoalchemy2 import alembic_helpers

from succession.migrations.tables import all_tables, is_ours

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=all_tables() if context.config.attributes.get("compare") else None,
    include_object=alembic_helpers.include_object,
    include_name=is_ours,
    process_revision_directives=alembic_helpers.writer,
    render_item=alembic_helpers.render_item,
    compare_server_default=True,
)
with context.begin_transaction():
    context.run_migrations()
