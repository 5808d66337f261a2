"""People, organisations, memberships, sessions, and the brake on guessing passwords."""

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

STATEMENTS = (
    """
    CREATE TABLE account (
        id SERIAL CONSTRAINT pk_account PRIMARY KEY,
        public_id UUID DEFAULT gen_random_uuid() NOT NULL CONSTRAINT uq_account_public_id UNIQUE,
        email VARCHAR NOT NULL CONSTRAINT ck_account_email_shape CHECK (position('@' in email) > 1),
        name VARCHAR NOT NULL,
        password_hash VARCHAR NOT NULL,
        language TEXT DEFAULT 'de' NOT NULL CONSTRAINT ck_account_language_known CHECK (language IN ('de', 'en')),
        is_demo BOOLEAN DEFAULT false NOT NULL,
        created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
        blocked_at TIMESTAMP WITH TIME ZONE,
        password_changed_at TIMESTAMP WITH TIME ZONE
    )
    """,
    "CREATE UNIQUE INDEX uq_account_email ON account (lower(email))",
    """
    CREATE TABLE account_role (
        account_id INTEGER NOT NULL
            CONSTRAINT fk_account_role_account_id REFERENCES account (id) ON DELETE CASCADE,
        role TEXT NOT NULL CONSTRAINT ck_account_role_role_known CHECK (
            role IN ('seeker', 'transferor', 'landowner', 'advisor', 'mentor', 'coordinator', 'operator')
        ),
        CONSTRAINT pk_account_role PRIMARY KEY (account_id, role)
    )
    """,
    """
    CREATE TABLE organisation (
        id SERIAL CONSTRAINT pk_organisation PRIMARY KEY,
        public_id UUID DEFAULT gen_random_uuid() NOT NULL CONSTRAINT uq_organisation_public_id UNIQUE,
        name VARCHAR NOT NULL CONSTRAINT ck_organisation_name_given CHECK (length(btrim(name)) > 0),
        kind TEXT NOT NULL CONSTRAINT ck_organisation_kind_known CHECK (
            kind IN ('municipality', 'parish', 'foundation', 'private', 'advisory', 'managing_office')
        ),
        created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL
    )
    """,
    "CREATE UNIQUE INDEX uq_organisation_name_kind ON organisation (lower(name), kind)",
    """
    CREATE TABLE membership (
        id SERIAL CONSTRAINT pk_membership PRIMARY KEY,
        organisation_id INTEGER NOT NULL
            CONSTRAINT fk_membership_organisation_id REFERENCES organisation (id) ON DELETE CASCADE,
        account_id INTEGER NOT NULL
            CONSTRAINT fk_membership_account_id REFERENCES account (id) ON DELETE CASCADE,
        role TEXT NOT NULL
            CONSTRAINT ck_membership_role_known CHECK (role IN ('clerk', 'checker', 'reader', 'administrator')),
        created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
        CONSTRAINT uq_membership_organisation_id_account_id UNIQUE (organisation_id, account_id)
    )
    """,
    "CREATE INDEX ix_membership_account_id ON membership (account_id)",
    """
    CREATE TABLE account_session (
        id SERIAL CONSTRAINT pk_account_session PRIMARY KEY,
        account_id INTEGER NOT NULL
            CONSTRAINT fk_account_session_account_id REFERENCES account (id) ON DELETE CASCADE,
        token_hash BYTEA NOT NULL CONSTRAINT uq_account_session_token_hash UNIQUE,
        created_at TIMESTAMP WITH TIME ZONE NOT NULL,
        last_seen_at TIMESTAMP WITH TIME ZONE NOT NULL,
        ended_at TIMESTAMP WITH TIME ZONE
    )
    """,
    "CREATE INDEX ix_account_session_account_id ON account_session (account_id)",
    """
    CREATE UNLOGGED TABLE sign_in_brake (
        key_hash BYTEA CONSTRAINT pk_sign_in_brake PRIMARY KEY,
        failures INTEGER DEFAULT 0 NOT NULL,
        last_tried_at TIMESTAMP WITH TIME ZONE NOT NULL,
        blocked_until TIMESTAMP WITH TIME ZONE,
        succeeded_at TIMESTAMP WITH TIME ZONE
    )
    """,
    "CREATE INDEX ix_sign_in_brake_last_tried_at ON sign_in_brake (last_tried_at)",
)

TABLES = ("sign_in_brake", "account_session", "membership", "organisation", "account_role", "account")


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    for table in TABLES:
        op.execute(f"DROP TABLE {table}")
