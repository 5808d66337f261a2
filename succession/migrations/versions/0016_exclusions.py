"""Who must not learn of it: the lists, and the keys by which accounts and organisations are recognised."""

from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

STATEMENTS = (
    """
    CREATE TABLE exclusion (
        kind TEXT NOT NULL,
        name VARCHAR(120) DEFAULT '' NOT NULL,
        address VARCHAR(200) DEFAULT '' NOT NULL,
        place_id INTEGER,
        created_by_account_id INTEGER,
        created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
        id SERIAL NOT NULL,
        public_id UUID DEFAULT gen_random_uuid() NOT NULL,
        owner_organisation_id INTEGER,
        owner_account_id INTEGER,
        CONSTRAINT pk_exclusion PRIMARY KEY (id),
        CONSTRAINT ck_exclusion_owned_by_one CHECK (num_nonnulls(owner_organisation_id, owner_account_id) = 1),
        CONSTRAINT ck_exclusion_kind_known CHECK (kind IN ('person', 'firm', 'place')),
        CONSTRAINT ck_exclusion_place_of_a_place CHECK ((kind = 'place') = (place_id IS NOT NULL)),
        CONSTRAINT ck_exclusion_names_somebody CHECK (kind = 'place' OR name <> '' OR address <> ''),
        CONSTRAINT uq_exclusion_entry UNIQUE NULLS NOT DISTINCT
            (owner_organisation_id, owner_account_id, kind, name, address, place_id),
        CONSTRAINT fk_exclusion_place_id FOREIGN KEY(place_id) REFERENCES place (id) ON DELETE RESTRICT,
        CONSTRAINT fk_exclusion_created_by_account_id FOREIGN KEY(created_by_account_id) REFERENCES account (id)
            ON DELETE SET NULL,
        CONSTRAINT uq_exclusion_public_id UNIQUE (public_id),
        CONSTRAINT fk_exclusion_owner_organisation_id FOREIGN KEY(owner_organisation_id) REFERENCES organisation (id)
            ON DELETE RESTRICT,
        CONSTRAINT fk_exclusion_owner_account_id FOREIGN KEY(owner_account_id) REFERENCES account (id)
            ON DELETE RESTRICT
    )
    """,
    "CREATE INDEX ix_exclusion_place_id ON exclusion (place_id)",
    "CREATE INDEX ix_exclusion_created_by_account_id ON exclusion (created_by_account_id)",
    "CREATE INDEX ix_exclusion_owner_organisation_id ON exclusion (owner_organisation_id)",
    "CREATE INDEX ix_exclusion_owner_account_id ON exclusion (owner_account_id)",
    """
    CREATE TABLE exclusion_key (
        exclusion_id INTEGER NOT NULL,
        key BYTEA NOT NULL,
        CONSTRAINT pk_exclusion_key PRIMARY KEY (exclusion_id, key),
        CONSTRAINT fk_exclusion_key_exclusion_id FOREIGN KEY(exclusion_id) REFERENCES exclusion (id) ON DELETE CASCADE
    )
    """,
    "CREATE INDEX ix_exclusion_key_key ON exclusion_key (key)",
    """
    CREATE TABLE exclusion_subject (
        id SERIAL NOT NULL,
        account_id INTEGER,
        organisation_id INTEGER,
        fingerprint VARCHAR NOT NULL,
        CONSTRAINT pk_exclusion_subject PRIMARY KEY (id),
        CONSTRAINT ck_exclusion_subject_one_subject CHECK (num_nonnulls(account_id, organisation_id) = 1),
        CONSTRAINT uq_exclusion_subject_account_id UNIQUE (account_id),
        CONSTRAINT uq_exclusion_subject_organisation_id UNIQUE (organisation_id),
        CONSTRAINT fk_exclusion_subject_account_id FOREIGN KEY(account_id) REFERENCES account (id) ON DELETE CASCADE,
        CONSTRAINT fk_exclusion_subject_organisation_id FOREIGN KEY(organisation_id) REFERENCES organisation (id)
            ON DELETE CASCADE
    )
    """,
    """
    CREATE TABLE exclusion_subject_key (
        subject_id INTEGER NOT NULL,
        key BYTEA NOT NULL,
        CONSTRAINT pk_exclusion_subject_key PRIMARY KEY (subject_id, key),
        CONSTRAINT fk_exclusion_subject_key_subject_id FOREIGN KEY(subject_id) REFERENCES exclusion_subject (id)
            ON DELETE CASCADE
    )
    """,
    "CREATE INDEX ix_exclusion_subject_key_key ON exclusion_subject_key (key)",
)

TABLES = ("exclusion_subject_key", "exclusion_subject", "exclusion_key", "exclusion")


def upgrade() -> None:
    """Create the tables of the room."""
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    """Drop them, dependent ones first."""
    for table in TABLES:
        op.drop_table(table)
