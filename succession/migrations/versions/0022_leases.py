"""Leases on parcels."""

from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

STATEMENTS = (
    """
    CREATE TABLE lease (
        parcel_id INTEGER NOT NULL,
        lessee_name VARCHAR(160) DEFAULT '' NOT NULL,
        rent_cents_year INTEGER,
        starts_on DATE NOT NULL,
        ends_on DATE,
        notice_months INTEGER,
        note VARCHAR DEFAULT '' NOT NULL,
        created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
        updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
        id SERIAL NOT NULL,
        public_id UUID DEFAULT gen_random_uuid() NOT NULL,
        CONSTRAINT pk_lease PRIMARY KEY (id),
        CONSTRAINT ex_lease_one_at_a_time EXCLUDE USING gist (parcel_id WITH =, daterange(starts_on, ends_on, '[]')
            WITH &&),
        CONSTRAINT ck_lease_ends_after_start CHECK (ends_on >= starts_on),
        CONSTRAINT ck_lease_rent_not_negative CHECK (rent_cents_year >= 0),
        CONSTRAINT ck_lease_notice_in_range CHECK (notice_months BETWEEN 0 AND 60),
        CONSTRAINT ck_lease_note_short CHECK (length(note) <= 1000),
        CONSTRAINT fk_lease_parcel_id FOREIGN KEY(parcel_id) REFERENCES parcel (id) ON DELETE CASCADE,
        CONSTRAINT uq_lease_public_id UNIQUE (public_id)
    )
    """,
    "CREATE INDEX ix_lease_ends_on ON lease (ends_on)",
    "CREATE INDEX ix_lease_parcel_id ON lease (parcel_id)",
)

TABLES = ("lease",)


def upgrade() -> None:
    """Create the table."""
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    """Drop it."""
    for table in TABLES:
        op.drop_table(table)
