"""The second factor, what a session knows of it, and the centres of searches."""

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

STATEMENTS = (
    """
    ALTER TABLE account_session
        ADD COLUMN password_entered_at TIMESTAMP WITH TIME ZONE,
        ADD COLUMN second_factor_at TIMESTAMP WITH TIME ZONE,
        ADD COLUMN pending_secret BYTEA,
        ADD COLUMN challenge BYTEA,
        ADD COLUMN challenge_at TIMESTAMP WITH TIME ZONE
    """,
    """
    CREATE TABLE totp_secret (
        account_id INTEGER NOT NULL,
        sealed_secret BYTEA NOT NULL,
        created_at TIMESTAMP WITH TIME ZONE NOT NULL,
        last_step BIGINT NOT NULL,
        last_used_at TIMESTAMP WITH TIME ZONE,
        CONSTRAINT pk_totp_secret PRIMARY KEY (account_id),
        CONSTRAINT fk_totp_secret_account_id FOREIGN KEY(account_id) REFERENCES account (id) ON DELETE CASCADE
    )
    """,
    """
    CREATE TABLE passkey (
        account_id INTEGER NOT NULL,
        credential_id BYTEA NOT NULL,
        public_key BYTEA NOT NULL,
        sign_count BIGINT NOT NULL,
        label TEXT NOT NULL,
        created_at TIMESTAMP WITH TIME ZONE NOT NULL,
        last_used_at TIMESTAMP WITH TIME ZONE,
        id SERIAL NOT NULL,
        public_id UUID DEFAULT gen_random_uuid() NOT NULL,
        CONSTRAINT pk_passkey PRIMARY KEY (id),
        CONSTRAINT ck_passkey_sign_count_not_negative CHECK (sign_count >= 0),
        CONSTRAINT fk_passkey_account_id FOREIGN KEY(account_id) REFERENCES account (id) ON DELETE CASCADE,
        CONSTRAINT uq_passkey_credential_id UNIQUE (credential_id),
        CONSTRAINT uq_passkey_public_id UNIQUE (public_id)
    )
    """,
    "CREATE INDEX ix_passkey_account_id ON passkey (account_id)",
    """
    CREATE TABLE code_list (
        id SERIAL NOT NULL,
        account_id INTEGER NOT NULL,
        kind TEXT NOT NULL,
        created_at TIMESTAMP WITH TIME ZONE NOT NULL,
        confirmed_at TIMESTAMP WITH TIME ZONE,
        CONSTRAINT pk_code_list PRIMARY KEY (id),
        CONSTRAINT ck_code_list_kind_known CHECK (kind IN ('recovery', 'printed')),
        CONSTRAINT fk_code_list_account_id FOREIGN KEY(account_id) REFERENCES account (id) ON DELETE CASCADE
    )
    """,
    """
    CREATE UNIQUE INDEX uq_code_list_confirmed ON code_list (account_id, kind)
    WHERE confirmed_at IS NOT NULL
    """,
    """
    CREATE UNIQUE INDEX uq_code_list_waiting ON code_list (account_id, kind)
    WHERE confirmed_at IS NULL
    """,
    """
    CREATE TABLE list_code (
        code_list_id INTEGER NOT NULL,
        number SMALLINT NOT NULL,
        code_hash BYTEA NOT NULL,
        used_at TIMESTAMP WITH TIME ZONE,
        CONSTRAINT pk_list_code PRIMARY KEY (code_list_id, number),
        CONSTRAINT ck_list_code_number_positive CHECK (number >= 1),
        CONSTRAINT fk_list_code_code_list_id FOREIGN KEY(code_list_id) REFERENCES code_list (id) ON DELETE CASCADE
    )
    """,
    """
    CREATE UNLOGGED TABLE search_centre (
        key_hash BYTEA NOT NULL,
        centre_hash BYTEA NOT NULL,
        searched_at TIMESTAMP WITH TIME ZONE NOT NULL,
        CONSTRAINT pk_search_centre PRIMARY KEY (key_hash, centre_hash)
    )
    """,
    "CREATE INDEX ix_search_centre_searched_at ON search_centre (searched_at)",
)

TABLES = ("search_centre", "list_code", "code_list", "passkey", "totp_secret")
COLUMNS = ("password_entered_at", "second_factor_at", "pending_secret", "challenge", "challenge_at")


def upgrade() -> None:
    """Create the tables and columns."""
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    """Drop them, dependent ones first."""
    for table in TABLES:
        op.drop_table(table)
    for column in COLUMNS:
        op.drop_column("account_session", column)
