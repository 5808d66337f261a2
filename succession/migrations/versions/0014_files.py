"""Photos and documents, and the offers they belong to."""

from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

STATEMENTS = (
    """
    CREATE TABLE stored_file (
        id SERIAL CONSTRAINT pk_stored_file PRIMARY KEY,
        public_id UUID NOT NULL DEFAULT gen_random_uuid() CONSTRAINT uq_stored_file_public_id UNIQUE,
        owner_organisation_id INTEGER CONSTRAINT fk_stored_file_owner_organisation_id
            REFERENCES organisation (id) ON DELETE RESTRICT,
        owner_account_id INTEGER CONSTRAINT fk_stored_file_owner_account_id REFERENCES account (id) ON DELETE RESTRICT,
        uploaded_by_account_id INTEGER CONSTRAINT fk_stored_file_uploaded_by_account_id
            REFERENCES account (id) ON DELETE SET NULL,
        purpose TEXT NOT NULL,
        name VARCHAR(120) NOT NULL,
        description VARCHAR(200) NOT NULL DEFAULT '',
        content_hash CHAR(64) NOT NULL,
        bytes INTEGER NOT NULL,
        width INTEGER,
        height INTEGER,
        pages INTEGER,
        created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
        CONSTRAINT ck_stored_file_owned_by_one CHECK (num_nonnulls(owner_organisation_id, owner_account_id) = 1),
        CONSTRAINT ck_stored_file_purpose_known CHECK (purpose IN ('offer_photo', 'offer_document', 'mandate')),
        CONSTRAINT ck_stored_file_bytes_counted CHECK (bytes > 0),
        CONSTRAINT ck_stored_file_both_sides CHECK ((width IS NULL) = (height IS NULL)),
        CONSTRAINT ck_stored_file_photo_or_document CHECK (num_nonnulls(width, pages) = 1)
    )
    """,
    "CREATE INDEX ix_stored_file_owner_organisation_id ON stored_file (owner_organisation_id)",
    "CREATE INDEX ix_stored_file_owner_account_id ON stored_file (owner_account_id)",
    "CREATE INDEX ix_stored_file_uploaded_by_account_id ON stored_file (uploaded_by_account_id)",
    """
    CREATE TABLE listing_file (
        listing_id INTEGER NOT NULL CONSTRAINT fk_listing_file_listing_id REFERENCES listing (id) ON DELETE CASCADE,
        stored_file_id INTEGER NOT NULL CONSTRAINT fk_listing_file_stored_file_id
            REFERENCES stored_file (id) ON DELETE CASCADE,
        position INTEGER NOT NULL,
        CONSTRAINT pk_listing_file PRIMARY KEY (listing_id, stored_file_id),
        CONSTRAINT uq_listing_file_stored_file_id UNIQUE (stored_file_id)
    )
    """,
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    op.execute("DROP TABLE listing_file")
    op.execute("DROP TABLE stored_file")
