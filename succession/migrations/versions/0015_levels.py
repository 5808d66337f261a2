"""Reference counts for the k-rule, how exactly an owner wants to be shown, outlines that owners show themselves."""

from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

STATEMENTS = (
    """
    CREATE TABLE reference_count (
        area_code VARCHAR(160) NOT NULL,
        branch VARCHAR(60) NOT NULL,
        number DOUBLE PRECISION NOT NULL,
        source VARCHAR(240) NOT NULL,
        counted_on DATE NOT NULL,
        is_estimate BOOLEAN NOT NULL,
        CONSTRAINT pk_reference_count PRIMARY KEY (area_code, branch),
        CONSTRAINT ck_reference_count_number_not_negative CHECK (number >= 0),
        CONSTRAINT ck_reference_count_source_named CHECK (length(source) > 0)
    )
    """,
    "ALTER TABLE place_area DROP CONSTRAINT ck_place_area_level_known",
    "ALTER TABLE place_area ADD CONSTRAINT ck_place_area_level_known CHECK (level BETWEEN 1 AND 7)",
    "ALTER TABLE listing DROP CONSTRAINT ck_listing_published_level_known",
    "ALTER TABLE listing ADD CONSTRAINT ck_listing_published_level_known CHECK (published_level BETWEEN 0 AND 7)",
    "ALTER TABLE listing ADD COLUMN wanted_level SMALLINT",
    "ALTER TABLE listing ADD COLUMN finest_level SMALLINT",
    "ALTER TABLE listing ADD COLUMN puts_trade_first BOOLEAN DEFAULT true NOT NULL",
    "ALTER TABLE listing ADD CONSTRAINT ck_listing_wanted_level_known CHECK (wanted_level BETWEEN 0 AND 7)",
    "ALTER TABLE listing ADD CONSTRAINT ck_listing_finest_level_known CHECK (finest_level BETWEEN 0 AND 7)",
    "UPDATE listing SET finest_level = 4 WHERE published_level IS NOT NULL",
    """
    CREATE TABLE listing_public_outline (
        listing_id INTEGER NOT NULL,
        geom geometry(MULTIPOLYGON,25832) NOT NULL,
        CONSTRAINT pk_listing_public_outline PRIMARY KEY (listing_id),
        CONSTRAINT fk_listing_public_outline_listing_id FOREIGN KEY(listing_id)
            REFERENCES listing (id) ON DELETE CASCADE
    )
    """,
)
BACK = (
    "DROP TABLE listing_public_outline",
    "ALTER TABLE listing DROP COLUMN wanted_level, DROP COLUMN finest_level, DROP COLUMN puts_trade_first",
    # What was shown finer than the older code knows is shown at its finest level instead, or not at all.
    "UPDATE listing SET published_level = 4 WHERE published_level < 4",
    "ALTER TABLE listing DROP CONSTRAINT ck_listing_published_level_known",
    "ALTER TABLE listing ADD CONSTRAINT ck_listing_published_level_known CHECK (published_level BETWEEN 4 AND 7)",
    """
    UPDATE listing_publication p SET place_area_id = square.parent_id
    FROM place_area square WHERE square.id = p.place_area_id AND square.level < 4
    """,
    """
    UPDATE published_offer p SET place = square.parent_id
    FROM place_area square WHERE square.id = p.place AND square.level < 4
    """,
    "DELETE FROM place_area WHERE level < 4",
    "ALTER TABLE place_area DROP CONSTRAINT ck_place_area_level_known",
    "ALTER TABLE place_area ADD CONSTRAINT ck_place_area_level_known CHECK (level BETWEEN 4 AND 7)",
    "DROP TABLE reference_count",
)


def upgrade() -> None:
    """The k-rule has its numbers, and each owner a choice."""
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    """Back to areas of level 4 and coarser, decided without counts."""
    for statement in BACK:
        op.execute(statement)
