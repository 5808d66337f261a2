"""Consents, exports, erasures, warnings before something goes, and what was offered to archives."""

from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

STATEMENTS = (
    """
    CREATE TABLE consent_act (
        id SERIAL NOT NULL,
        account_id INTEGER NOT NULL,
        purpose TEXT NOT NULL,
        text_version VARCHAR(20) NOT NULL,
        is_given BOOLEAN NOT NULL,
        way TEXT NOT NULL,
        acted_at TIMESTAMP WITH TIME ZONE NOT NULL,
        CONSTRAINT pk_consent_act PRIMARY KEY (id),
        CONSTRAINT ck_consent_act_purpose_known CHECK (purpose IN ('outcome_question')),
        CONSTRAINT ck_consent_act_way_known CHECK (way IN ('page', 'phone', 'letter')),
        CONSTRAINT fk_consent_act_account_id FOREIGN KEY(account_id) REFERENCES account (id) ON DELETE CASCADE
    )
    """,
    "CREATE INDEX ix_consent_act_account_id ON consent_act (account_id)",
    """
    CREATE TABLE data_export (
        account_id INTEGER NOT NULL,
        requested_at TIMESTAMP WITH TIME ZONE NOT NULL,
        made_at TIMESTAMP WITH TIME ZONE,
        expires_at TIMESTAMP WITH TIME ZONE,
        size INTEGER,
        fetched_at TIMESTAMP WITH TIME ZONE,
        id SERIAL NOT NULL,
        public_id UUID DEFAULT gen_random_uuid() NOT NULL,
        CONSTRAINT pk_data_export PRIMARY KEY (id),
        CONSTRAINT fk_data_export_account_id FOREIGN KEY(account_id) REFERENCES account (id) ON DELETE CASCADE,
        CONSTRAINT uq_data_export_public_id UNIQUE (public_id)
    )
    """,
    "CREATE INDEX ix_data_export_account_id ON data_export (account_id)",
    """
    CREATE TABLE erasure (
        account_public_id UUID NOT NULL,
        way TEXT NOT NULL,
        requested_at TIMESTAMP WITH TIME ZONE NOT NULL,
        erased_at TIMESTAMP WITH TIME ZONE,
        counts JSONB DEFAULT '{}'::jsonb NOT NULL,
        mentions JSONB DEFAULT '[]'::jsonb NOT NULL,
        mentions_seen_at TIMESTAMP WITH TIME ZONE,
        id SERIAL NOT NULL,
        public_id UUID DEFAULT gen_random_uuid() NOT NULL,
        CONSTRAINT pk_erasure PRIMARY KEY (id),
        CONSTRAINT ck_erasure_way_known CHECK (way IN ('own_wish', 'operator', 'expired', 'replayed')),
        CONSTRAINT uq_erasure_public_id UNIQUE (public_id)
    )
    """,
    "CREATE INDEX ix_erasure_account_public_id ON erasure (account_public_id)",
    """
    CREATE TABLE retention_warning (
        table_name VARCHAR(63) NOT NULL,
        row_id INTEGER NOT NULL,
        account_id INTEGER NOT NULL,
        moment TIMESTAMP WITH TIME ZONE NOT NULL,
        warned_at TIMESTAMP WITH TIME ZONE NOT NULL,
        CONSTRAINT pk_retention_warning PRIMARY KEY (table_name, row_id),
        CONSTRAINT fk_retention_warning_account_id FOREIGN KEY(account_id) REFERENCES account (id) ON DELETE CASCADE
    )
    """,
    "CREATE INDEX ix_retention_warning_account_id ON retention_warning (account_id)",
    """
    CREATE TABLE archive_setting (
        organisation_id INTEGER NOT NULL,
        archive_name VARCHAR(200) NOT NULL,
        archive_address VARCHAR(200) NOT NULL,
        updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
        CONSTRAINT pk_archive_setting PRIMARY KEY (organisation_id),
        CONSTRAINT ck_archive_setting_archive_named CHECK (length(btrim(archive_name)) > 0),
        CONSTRAINT fk_archive_setting_organisation_id FOREIGN KEY(organisation_id)
            REFERENCES organisation (id) ON DELETE CASCADE
    )
    """,
    """
    CREATE TABLE archive_offer (
        organisation_id INTEGER NOT NULL,
        archive_name VARCHAR(200) NOT NULL,
        until_on DATE NOT NULL,
        items JSONB NOT NULL,
        offered_at TIMESTAMP WITH TIME ZONE NOT NULL,
        offered_by_account_id INTEGER,
        answer TEXT,
        answered_at TIMESTAMP WITH TIME ZONE,
        answered_by_account_id INTEGER,
        deleted_at TIMESTAMP WITH TIME ZONE,
        id SERIAL NOT NULL,
        public_id UUID DEFAULT gen_random_uuid() NOT NULL,
        CONSTRAINT pk_archive_offer PRIMARY KEY (id),
        CONSTRAINT ck_archive_offer_answer_known CHECK (answer IN ('take', 'release')),
        CONSTRAINT ck_archive_offer_answer_has_a_time CHECK ((answer IS NULL) = (answered_at IS NULL)),
        CONSTRAINT uq_archive_offer_organisation_id_until_on UNIQUE (organisation_id, until_on),
        CONSTRAINT fk_archive_offer_organisation_id FOREIGN KEY(organisation_id)
            REFERENCES organisation (id) ON DELETE CASCADE,
        CONSTRAINT fk_archive_offer_offered_by_account_id FOREIGN KEY(offered_by_account_id)
            REFERENCES account (id) ON DELETE SET NULL,
        CONSTRAINT fk_archive_offer_answered_by_account_id FOREIGN KEY(answered_by_account_id)
            REFERENCES account (id) ON DELETE SET NULL,
        CONSTRAINT uq_archive_offer_public_id UNIQUE (public_id)
    )
    """,
    "CREATE INDEX ix_archive_offer_answered_by_account_id ON archive_offer (answered_by_account_id)",
    "CREATE INDEX ix_archive_offer_offered_by_account_id ON archive_offer (offered_by_account_id)",
)

TABLES = ("archive_offer", "archive_setting", "retention_warning", "erasure", "data_export", "consent_act")


def upgrade() -> None:
    """Create the tables of the room."""
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    """Drop them."""
    for table in TABLES:
        op.drop_table(table)
