"""An index that tells the largest radius in use, so that matching looks no farther."""

from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("CREATE INDEX ix_published_search_radius_km ON published_search (radius_km)")


def downgrade() -> None:
    op.execute("DROP INDEX ix_published_search_radius_km")
