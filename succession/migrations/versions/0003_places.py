"""Places, the names they are found by, and public areas."""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

STATEMENTS = (
    """
    CREATE TABLE place (
        id SERIAL CONSTRAINT pk_place PRIMARY KEY,
        public_id UUID DEFAULT gen_random_uuid() NOT NULL CONSTRAINT uq_place_public_id UNIQUE,
        source VARCHAR(20) NOT NULL,
        source_id VARCHAR(120) NOT NULL,
        name VARCHAR(120) NOT NULL,
        shown_name VARCHAR(240) NOT NULL,
        population INTEGER DEFAULT 0 NOT NULL
            CONSTRAINT ck_place_population_not_negative CHECK (population >= 0),
        state VARCHAR(40) DEFAULT '' NOT NULL,
        longitude DOUBLE PRECISION NOT NULL,
        latitude DOUBLE PRECISION NOT NULL,
        location geometry(POINT, 25832) NOT NULL,
        region_km SMALLINT NOT NULL CONSTRAINT ck_place_region_km_not_negative CHECK (region_km >= 0),
        CONSTRAINT uq_place_source_source_id UNIQUE (source, source_id)
    )
    """,
    "CREATE INDEX ix_place_location ON place USING gist (location)",
    """
    CREATE TABLE place_name (
        place_id INTEGER NOT NULL CONSTRAINT fk_place_name_place_id REFERENCES place (id) ON DELETE CASCADE,
        folded VARCHAR(240) COLLATE "C" NOT NULL,
        is_alternative BOOLEAN NOT NULL,
        CONSTRAINT pk_place_name PRIMARY KEY (place_id, folded)
    )
    """,
    "CREATE INDEX ix_place_name_folded ON place_name (folded)",
    "CREATE INDEX ix_place_name_folded_trigrams ON place_name USING gin (folded gin_trgm_ops)",
    """
    CREATE TABLE place_area (
        id SERIAL CONSTRAINT pk_place_area PRIMARY KEY,
        public_id UUID DEFAULT gen_random_uuid() NOT NULL CONSTRAINT uq_place_area_public_id UNIQUE,
        level SMALLINT NOT NULL CONSTRAINT ck_place_area_level_known CHECK (level BETWEEN 4 AND 7),
        code VARCHAR(160) NOT NULL CONSTRAINT uq_place_area_code UNIQUE,
        name VARCHAR(240) NOT NULL,
        shown_name VARCHAR(260) NOT NULL,
        geom geometry(MULTIPOLYGON, 25832) NOT NULL,
        reference geometry(POINT, 25832) NOT NULL,
        place_id INTEGER CONSTRAINT fk_place_area_place_id REFERENCES place (id) ON DELETE RESTRICT,
        parent_id INTEGER CONSTRAINT fk_place_area_parent_id REFERENCES place_area (id) ON DELETE RESTRICT,
        CONSTRAINT ck_place_area_parent_of_all_but_the_region CHECK ((level = 7) = (parent_id IS NULL)),
        CONSTRAINT ck_place_area_reference_inside CHECK (st_covers(geom, reference))
    )
    """,
    "CREATE INDEX ix_place_area_geom ON place_area USING gist (geom)",
    "CREATE INDEX ix_place_area_reference ON place_area USING gist (reference)",
    "CREATE INDEX ix_place_area_place_id ON place_area (place_id)",
    "CREATE INDEX ix_place_area_parent_id ON place_area (parent_id)",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    for table in ("place_area", "place_name", "place"):
        op.execute(f"DROP TABLE {table}")
