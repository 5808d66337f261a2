"""Confidential offers: a teaser, who asks to read, and to whom the exact place and the owner are released."""

from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

STATEMENTS = (
    """
    ALTER TABLE listing
        ADD COLUMN teaser VARCHAR DEFAULT '' NOT NULL,
        ADD CONSTRAINT ck_listing_teaser_short CHECK (length(teaser) <= 300)
    """,
    "ALTER TABLE listing_publication ADD COLUMN is_confidential BOOLEAN DEFAULT false NOT NULL",
    # Whoever wanted a wide area only may not have wanted the whole text to stand there: only the kind stays public.
    """
    UPDATE listing_publication p SET is_confidential = true, title = '', description = '', facts = '{}', wishes = '{}'
    FROM listing l WHERE l.id = p.listing_id AND l.is_confidential
    """,
    """
    CREATE TABLE listing_reader (
        listing_id INTEGER NOT NULL,
        account_id INTEGER NOT NULL,
        state TEXT DEFAULT 'asked' NOT NULL,
        message VARCHAR(600) NOT NULL,
        asked_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
        decided_at TIMESTAMP WITH TIME ZONE,
        decided_by_account_id INTEGER,
        reads_until TIMESTAMP WITH TIME ZONE,
        id SERIAL NOT NULL,
        public_id UUID DEFAULT gen_random_uuid() NOT NULL,
        CONSTRAINT pk_listing_reader PRIMARY KEY (id),
        CONSTRAINT ck_listing_reader_state_known CHECK
            (state IN ('asked', 'accepted', 'declined', 'withdrawn', 'ended')),
        CONSTRAINT uq_listing_reader_listing_id_account_id UNIQUE (listing_id, account_id),
        CONSTRAINT ck_listing_reader_message_short CHECK (length(message) BETWEEN 1 AND 600),
        CONSTRAINT ck_listing_reader_decided CHECK
            ((state IN ('accepted', 'declined', 'ended')) = (decided_at IS NOT NULL)),
        CONSTRAINT ck_listing_reader_has_an_end CHECK (state <> 'accepted' OR reads_until IS NOT NULL),
        CONSTRAINT fk_listing_reader_listing_id FOREIGN KEY(listing_id) REFERENCES listing (id) ON DELETE CASCADE,
        CONSTRAINT fk_listing_reader_account_id FOREIGN KEY(account_id) REFERENCES account (id) ON DELETE CASCADE,
        CONSTRAINT fk_listing_reader_decided_by_account_id FOREIGN KEY(decided_by_account_id) REFERENCES account (id)
            ON DELETE SET NULL,
        CONSTRAINT uq_listing_reader_public_id UNIQUE (public_id)
    )
    """,
    "CREATE INDEX ix_listing_reader_account_id ON listing_reader (account_id)",
    "CREATE INDEX ix_listing_reader_decided_by_account_id ON listing_reader (decided_by_account_id)",
    "CREATE INDEX ix_listing_reader_open ON listing_reader (listing_id) WHERE state = 'asked'",
    """
    CREATE TABLE listing_release (
        listing_id INTEGER NOT NULL,
        account_id INTEGER NOT NULL,
        purpose VARCHAR(200) NOT NULL,
        released_at TIMESTAMP WITH TIME ZONE NOT NULL,
        ends_at TIMESTAMP WITH TIME ZONE NOT NULL,
        released_by_account_id INTEGER,
        is_confirmed BOOLEAN DEFAULT false NOT NULL,
        revoked_at TIMESTAMP WITH TIME ZONE,
        revoked_by_account_id INTEGER,
        id SERIAL NOT NULL,
        public_id UUID DEFAULT gen_random_uuid() NOT NULL,
        CONSTRAINT pk_listing_release PRIMARY KEY (id),
        CONSTRAINT ck_listing_release_purpose_given CHECK (length(purpose) BETWEEN 1 AND 200),
        CONSTRAINT ck_listing_release_ends_after_it_begins CHECK (ends_at > released_at),
        CONSTRAINT fk_listing_release_listing_id FOREIGN KEY(listing_id) REFERENCES listing (id) ON DELETE CASCADE,
        CONSTRAINT fk_listing_release_account_id FOREIGN KEY(account_id) REFERENCES account (id) ON DELETE CASCADE,
        CONSTRAINT fk_listing_release_released_by_account_id FOREIGN KEY(released_by_account_id)
            REFERENCES account (id) ON DELETE SET NULL,
        CONSTRAINT fk_listing_release_revoked_by_account_id FOREIGN KEY(revoked_by_account_id)
            REFERENCES account (id) ON DELETE SET NULL,
        CONSTRAINT uq_listing_release_public_id UNIQUE (public_id)
    )
    """,
    "CREATE INDEX ix_listing_release_listing_id ON listing_release (listing_id)",
    "CREATE INDEX ix_listing_release_account_id ON listing_release (account_id)",
    "CREATE INDEX ix_listing_release_released_by_account_id ON listing_release (released_by_account_id)",
    "CREATE INDEX ix_listing_release_revoked_by_account_id ON listing_release (revoked_by_account_id)",
    """
    CREATE UNIQUE INDEX uq_listing_release_standing ON listing_release (listing_id, account_id)
        WHERE revoked_at IS NULL
    """,
    """
    CREATE TABLE listing_release_read (
        id SERIAL NOT NULL,
        listing_release_id INTEGER NOT NULL,
        read_by_account_id INTEGER,
        read_at TIMESTAMP WITH TIME ZONE NOT NULL,
        CONSTRAINT pk_listing_release_read PRIMARY KEY (id),
        CONSTRAINT fk_listing_release_read_listing_release_id FOREIGN KEY(listing_release_id)
            REFERENCES listing_release (id) ON DELETE CASCADE,
        CONSTRAINT fk_listing_release_read_read_by_account_id FOREIGN KEY(read_by_account_id)
            REFERENCES account (id) ON DELETE SET NULL
    )
    """,
    "CREATE INDEX ix_listing_release_read_listing_release_id ON listing_release_read (listing_release_id)",
    "CREATE INDEX ix_listing_release_read_read_by_account_id ON listing_release_read (read_by_account_id)",
)

TABLES = ("listing_release_read", "listing_release", "listing_reader")


def upgrade() -> None:
    """Create the tables, and make stubs of what is published confidentially."""
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    """Drop them, dependent ones first; published stubs stay stubs."""
    for table in TABLES:
        op.drop_table(table)
    op.execute("ALTER TABLE listing_publication DROP COLUMN is_confidential")
    op.execute("ALTER TABLE listing DROP CONSTRAINT ck_listing_teaser_short, DROP COLUMN teaser")
