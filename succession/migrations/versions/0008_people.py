"""Registration, links by mail, invitations, contact preferences, lasting sessions, and a counter of uses."""

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

ROLES = "'seeker', 'transferor', 'landowner', 'advisor', 'mentor', 'coordinator', 'operator'"

UP = (
    """
    ALTER TABLE account
        ADD COLUMN confirmed_at TIMESTAMP WITH TIME ZONE,
        ADD COLUMN terms_version VARCHAR,
        ADD COLUMN terms_accepted_at TIMESTAMP WITH TIME ZONE,
        ADD COLUMN phone VARCHAR,
        ADD COLUMN postal_address VARCHAR,
        ADD COLUMN call_hours VARCHAR,
        ADD COLUMN takes_voicemail BOOLEAN DEFAULT false NOT NULL,
        ADD COLUMN preferred_contact TEXT DEFAULT 'mail' NOT NULL
            CONSTRAINT ck_account_preferred_contact_known CHECK (preferred_contact IN ('mail', 'phone', 'letter'))
    """,
    "UPDATE account SET confirmed_at = created_at",  # whoever had an account was let in by a person
    f"""
    ALTER TABLE account_session
        ADD COLUMN public_id UUID DEFAULT gen_random_uuid() NOT NULL CONSTRAINT uq_account_session_public_id UNIQUE,
        ADD COLUMN is_lasting BOOLEAN DEFAULT false NOT NULL,
        ADD COLUMN desk TEXT CONSTRAINT ck_account_session_desk_known CHECK (desk IN ({ROLES})),
        ADD COLUMN browser VARCHAR,
        ADD COLUMN network VARCHAR
    """,
    """
    CREATE TABLE account_token (
        id SERIAL CONSTRAINT pk_account_token PRIMARY KEY,
        account_id INTEGER NOT NULL
            CONSTRAINT fk_account_token_account_id REFERENCES account (id) ON DELETE CASCADE,
        purpose TEXT NOT NULL CONSTRAINT ck_account_token_purpose_known
            CHECK (purpose IN ('confirm', 'password', 'email', 'undo_email')),
        token_hash BYTEA NOT NULL CONSTRAINT uq_account_token_token_hash UNIQUE,
        address VARCHAR,
        created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
        expires_at TIMESTAMP WITH TIME ZONE NOT NULL,
        used_at TIMESTAMP WITH TIME ZONE,
        CONSTRAINT ck_account_token_address_when_changed
            CHECK ((purpose IN ('email', 'undo_email')) = (address IS NOT NULL))
    )
    """,
    "CREATE INDEX ix_account_token_account_id ON account_token (account_id)",
    "CREATE INDEX ix_account_token_expires_at ON account_token (expires_at)",
    f"""
    CREATE TABLE account_invitation (
        id SERIAL CONSTRAINT pk_account_invitation PRIMARY KEY,
        public_id UUID DEFAULT gen_random_uuid() NOT NULL CONSTRAINT uq_account_invitation_public_id UNIQUE,
        inviter_account_id INTEGER NOT NULL
            CONSTRAINT fk_account_invitation_inviter_account_id REFERENCES account (id) ON DELETE CASCADE,
        address VARCHAR NOT NULL,
        name VARCHAR NOT NULL,
        role TEXT NOT NULL CONSTRAINT ck_account_invitation_role_known CHECK (role IN ({ROLES})),
        token_hash BYTEA NOT NULL CONSTRAINT uq_account_invitation_token_hash UNIQUE,
        created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
        expires_at TIMESTAMP WITH TIME ZONE NOT NULL,
        accepted_at TIMESTAMP WITH TIME ZONE,
        withdrawn_at TIMESTAMP WITH TIME ZONE,
        accepted_account_id INTEGER
            CONSTRAINT fk_account_invitation_accepted_account_id REFERENCES account (id) ON DELETE SET NULL,
        CONSTRAINT ck_account_invitation_one_end CHECK (num_nonnulls(accepted_at, withdrawn_at) <= 1)
    )
    """,
    "CREATE INDEX ix_account_invitation_inviter_account_id ON account_invitation (inviter_account_id)",
    "CREATE INDEX ix_account_invitation_accepted_account_id ON account_invitation (accepted_account_id)",
    "CREATE INDEX ix_account_invitation_expires_at ON account_invitation (expires_at)",
    """
    CREATE UNLOGGED TABLE rate_count (
        key_hash BYTEA CONSTRAINT pk_rate_count PRIMARY KEY,
        ends_at TIMESTAMP WITH TIME ZONE NOT NULL,
        uses INTEGER NOT NULL
    )
    """,
    "CREATE INDEX ix_rate_count_ends_at ON rate_count (ends_at)",
)

DOWN = (
    "DROP TABLE rate_count",
    "DROP TABLE account_invitation",
    "DROP TABLE account_token",
    """
    ALTER TABLE account_session
        DROP COLUMN network, DROP COLUMN browser, DROP COLUMN desk, DROP COLUMN is_lasting, DROP COLUMN public_id
    """,
    """
    ALTER TABLE account
        DROP COLUMN preferred_contact, DROP COLUMN takes_voicemail, DROP COLUMN call_hours, DROP COLUMN postal_address,
        DROP COLUMN phone, DROP COLUMN terms_accepted_at, DROP COLUMN terms_version, DROP COLUMN confirmed_at
    """,
)


def upgrade() -> None:
    for statement in UP:
        op.execute(statement)


def downgrade() -> None:
    for statement in DOWN:
        op.execute(statement)
