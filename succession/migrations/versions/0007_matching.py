"""The means of the pool, beginning with an empty sample, so that every answer has an id to name."""

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

STATEMENTS = (
    """
    CREATE TABLE pool_means (
        made_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
        seed BIGINT NOT NULL,
        pairs INTEGER NOT NULL,
        id SERIAL NOT NULL,
        public_id UUID DEFAULT gen_random_uuid() NOT NULL,
        CONSTRAINT pk_pool_means PRIMARY KEY (id),
        CONSTRAINT ck_pool_means_pairs_not_negative CHECK (pairs >= 0),
        CONSTRAINT uq_pool_means_public_id UNIQUE (public_id)
    )
    """,
    "CREATE INDEX ix_pool_means_made_at ON pool_means (made_at)",
    """
    CREATE TABLE pool_mean (
        pool_means_id INTEGER NOT NULL,
        side TEXT NOT NULL,
        criterion VARCHAR(40) NOT NULL,
        mean NUMERIC(4, 3) NOT NULL,
        statements INTEGER NOT NULL,
        CONSTRAINT pk_pool_mean PRIMARY KEY (pool_means_id, side, criterion),
        CONSTRAINT ck_pool_mean_side_known CHECK (side IN ('seeker', 'listing')),
        CONSTRAINT ck_pool_mean_mean_is_a_share CHECK (mean BETWEEN 0 AND 1),
        CONSTRAINT ck_pool_mean_statements_not_negative CHECK (statements >= 0),
        CONSTRAINT fk_pool_mean_pool_means_id FOREIGN KEY(pool_means_id) REFERENCES pool_means (id) ON DELETE CASCADE
    )
    """,
    "INSERT INTO pool_means (made_at, seed, pairs) VALUES ('2026-01-01 00:00:00+00', 0, 0)",
)

TABLES = ("pool_mean", "pool_means")


def upgrade() -> None:
    """Create the tables of the room."""
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    """Drop them, dependent ones first."""
    for table in TABLES:
        op.drop_table(table)
