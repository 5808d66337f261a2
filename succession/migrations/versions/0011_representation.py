"""Acting for somebody: representations, codes of letters, what waits for a yes, files that rest, people on paper."""

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

STATEMENTS = (
    """
    CREATE TABLE representation (
        principal_account_id INTEGER NOT NULL,
        agent_account_id INTEGER,
        created_by_account_id INTEGER,
        invited_address VARCHAR,
        token_hash BYTEA,
        agent_name VARCHAR DEFAULT '' NOT NULL,
        kind TEXT NOT NULL,
        scopes VARCHAR[] NOT NULL,
        starts_on DATE NOT NULL,
        ends_on DATE NOT NULL,
        agreed_by TEXT,
        note VARCHAR DEFAULT '' NOT NULL,
        document_public_id UUID,
        created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
        accepted_at TIMESTAMP WITH TIME ZONE,
        confirmed_at TIMESTAMP WITH TIME ZONE,
        ended_at TIMESTAMP WITH TIME ZONE,
        id SERIAL NOT NULL,
        public_id UUID DEFAULT gen_random_uuid() NOT NULL,
        CONSTRAINT pk_representation PRIMARY KEY (id),
        CONSTRAINT ck_representation_kind_known
            CHECK (kind IN ('advisor', 'relative', 'neighbour', 'tax_adviser', 'other', 'heir')),
        CONSTRAINT ck_representation_agreed_by_known CHECK (agreed_by IN ('person', 'letter', 'phone', 'paper')),
        CONSTRAINT ck_representation_scopes_known
            CHECK (scopes <@ ARRAY['read', 'write', 'speak']::varchar[] AND 'read' = ANY (scopes)),
        CONSTRAINT ck_representation_ends_within_a_year CHECK (ends_on BETWEEN starts_on AND starts_on + 366),
        CONSTRAINT ck_representation_two_people CHECK (principal_account_id <> agent_account_id),
        CONSTRAINT ck_representation_confirmed_in_some_way CHECK ((confirmed_at IS NULL) = (agreed_by IS NULL)),
        CONSTRAINT ck_representation_note_short CHECK (length(note) <= 2000),
        CONSTRAINT uq_representation_token_hash UNIQUE (token_hash),
        CONSTRAINT fk_representation_principal_account_id
            FOREIGN KEY(principal_account_id) REFERENCES account (id) ON DELETE CASCADE,
        CONSTRAINT fk_representation_agent_account_id
            FOREIGN KEY(agent_account_id) REFERENCES account (id) ON DELETE SET NULL,
        CONSTRAINT fk_representation_created_by_account_id
            FOREIGN KEY(created_by_account_id) REFERENCES account (id) ON DELETE SET NULL,
        CONSTRAINT uq_representation_public_id UNIQUE (public_id)
    )
    """,
    "CREATE INDEX ix_representation_agent_account_id ON representation (agent_account_id)",
    "CREATE INDEX ix_representation_created_by_account_id ON representation (created_by_account_id)",
    "CREATE INDEX ix_representation_principal_account_id ON representation (principal_account_id)",
    """
    CREATE TABLE letter_code (
        id SERIAL NOT NULL,
        account_id INTEGER NOT NULL,
        purpose TEXT NOT NULL,
        subject_public_id UUID NOT NULL,
        code_hash BYTEA NOT NULL,
        tries INTEGER DEFAULT 0 NOT NULL,
        printed_by_account_id INTEGER,
        printed_at TIMESTAMP WITH TIME ZONE NOT NULL,
        expires_at TIMESTAMP WITH TIME ZONE NOT NULL,
        used_at TIMESTAMP WITH TIME ZONE,
        CONSTRAINT pk_letter_code PRIMARY KEY (id),
        CONSTRAINT ck_letter_code_purpose_known CHECK (purpose IN ('mandate', 'confirmation', 'take_over')),
        CONSTRAINT uq_letter_code_code_hash UNIQUE (code_hash),
        CONSTRAINT uq_letter_code_purpose_subject_public_id UNIQUE (purpose, subject_public_id),
        CONSTRAINT ck_letter_code_tries_counted CHECK (tries >= 0),
        CONSTRAINT fk_letter_code_account_id FOREIGN KEY(account_id) REFERENCES account (id) ON DELETE CASCADE,
        CONSTRAINT fk_letter_code_printed_by_account_id
            FOREIGN KEY(printed_by_account_id) REFERENCES account (id) ON DELETE SET NULL
    )
    """,
    "CREATE INDEX ix_letter_code_account_id ON letter_code (account_id)",
    "CREATE INDEX ix_letter_code_printed_by_account_id ON letter_code (printed_by_account_id)",
    """
    CREATE TABLE confirmation (
        account_id INTEGER NOT NULL,
        asked_by_account_id INTEGER,
        act TEXT NOT NULL,
        kind VARCHAR NOT NULL,
        thing_public_id UUID NOT NULL,
        fingerprint VARCHAR NOT NULL,
        shown JSONB NOT NULL,
        asked_at TIMESTAMP WITH TIME ZONE NOT NULL,
        agreed_by TEXT,
        note VARCHAR DEFAULT '' NOT NULL,
        confirmed_at TIMESTAMP WITH TIME ZONE,
        confirmed_by_account_id INTEGER,
        dropped_at TIMESTAMP WITH TIME ZONE,
        id SERIAL NOT NULL,
        public_id UUID DEFAULT gen_random_uuid() NOT NULL,
        CONSTRAINT pk_confirmation PRIMARY KEY (id),
        CONSTRAINT ck_confirmation_act_known CHECK (act IN ('publish_listing', 'publish_search', 'reveal')),
        CONSTRAINT ck_confirmation_agreed_by_known CHECK (agreed_by IN ('person', 'letter', 'phone', 'paper')),
        CONSTRAINT ck_confirmation_confirmed_in_some_way CHECK ((confirmed_at IS NULL) = (agreed_by IS NULL)),
        CONSTRAINT ck_confirmation_note_short CHECK (length(note) <= 2000),
        CONSTRAINT fk_confirmation_account_id FOREIGN KEY(account_id) REFERENCES account (id) ON DELETE CASCADE,
        CONSTRAINT fk_confirmation_asked_by_account_id
            FOREIGN KEY(asked_by_account_id) REFERENCES account (id) ON DELETE SET NULL,
        CONSTRAINT fk_confirmation_confirmed_by_account_id
            FOREIGN KEY(confirmed_by_account_id) REFERENCES account (id) ON DELETE SET NULL,
        CONSTRAINT uq_confirmation_public_id UNIQUE (public_id)
    )
    """,
    "CREATE INDEX ix_confirmation_account_id ON confirmation (account_id)",
    "CREATE INDEX ix_confirmation_asked_by_account_id ON confirmation (asked_by_account_id)",
    "CREATE INDEX ix_confirmation_confirmed_by_account_id ON confirmation (confirmed_by_account_id)",
    """
    CREATE UNIQUE INDEX uq_confirmation_waiting
        ON confirmation (act, thing_public_id)
        WHERE confirmed_at IS NULL AND dropped_at IS NULL
    """,
    """
    CREATE TABLE account_freeze (
        account_id INTEGER NOT NULL,
        reason TEXT NOT NULL,
        note VARCHAR DEFAULT '' NOT NULL,
        frozen_at TIMESTAMP WITH TIME ZONE NOT NULL,
        frozen_by_account_id INTEGER,
        lifted_at TIMESTAMP WITH TIME ZONE,
        lifted_by_account_id INTEGER,
        id SERIAL NOT NULL,
        public_id UUID DEFAULT gen_random_uuid() NOT NULL,
        CONSTRAINT pk_account_freeze PRIMARY KEY (id),
        CONSTRAINT ck_account_freeze_reason_known CHECK (reason IN ('illness', 'death', 'dispute', 'other')),
        CONSTRAINT ck_account_freeze_note_short CHECK (length(note) <= 2000),
        CONSTRAINT fk_account_freeze_account_id FOREIGN KEY(account_id) REFERENCES account (id) ON DELETE CASCADE,
        CONSTRAINT fk_account_freeze_frozen_by_account_id
            FOREIGN KEY(frozen_by_account_id) REFERENCES account (id) ON DELETE SET NULL,
        CONSTRAINT fk_account_freeze_lifted_by_account_id
            FOREIGN KEY(lifted_by_account_id) REFERENCES account (id) ON DELETE SET NULL,
        CONSTRAINT uq_account_freeze_public_id UNIQUE (public_id)
    )
    """,
    "CREATE INDEX ix_account_freeze_account_id ON account_freeze (account_id)",
    "CREATE INDEX ix_account_freeze_frozen_by_account_id ON account_freeze (frozen_by_account_id)",
    "CREATE INDEX ix_account_freeze_lifted_by_account_id ON account_freeze (lifted_by_account_id)",
    "CREATE UNIQUE INDEX uq_account_freeze_resting ON account_freeze (account_id) WHERE lifted_at IS NULL",
    """
    CREATE TABLE representation_access (
        id SERIAL NOT NULL,
        representation_id INTEGER NOT NULL,
        day DATE NOT NULL,
        room VARCHAR(40) NOT NULL,
        thing_public_id UUID,
        first_at TIMESTAMP WITH TIME ZONE NOT NULL,
        last_at TIMESTAMP WITH TIME ZONE NOT NULL,
        times INTEGER DEFAULT 1 NOT NULL,
        CONSTRAINT pk_representation_access PRIMARY KEY (id),
        CONSTRAINT fk_representation_access_representation_id
            FOREIGN KEY(representation_id) REFERENCES representation (id) ON DELETE CASCADE
    )
    """,
    """
    CREATE UNIQUE INDEX uq_representation_access_look
        ON representation_access (representation_id, day, room, thing_public_id) NULLS NOT DISTINCT
    """,
    "ALTER TABLE account ALTER COLUMN email DROP NOT NULL",
    """
    ALTER TABLE account_session ADD COLUMN representation_id INTEGER
        CONSTRAINT fk_account_session_representation_id REFERENCES representation (id) ON DELETE SET NULL
    """,
    "CREATE INDEX ix_account_session_representation_id ON account_session (representation_id)",
)

TABLES = ("representation_access", "account_freeze", "confirmation", "letter_code", "representation")


def upgrade() -> None:
    """Create the tables; an account may be without an address."""
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    """Drop them, dependent ones first; people on paper get an address that leads nowhere."""
    op.execute("ALTER TABLE account_session DROP COLUMN representation_id")
    op.execute("UPDATE account SET email = 'on-paper@' || public_id || '.invalid' WHERE email IS NULL")
    op.execute("ALTER TABLE account ALTER COLUMN email SET NOT NULL")
    for table in TABLES:
        op.drop_table(table)
