"""Legal texts in versions with the details that fill them; reports, decisions on them and complaints."""

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

STATEMENTS = (
    """
    CREATE TABLE legal_text (
        page TEXT NOT NULL,
        language TEXT NOT NULL,
        version INTEGER NOT NULL,
        body VARCHAR NOT NULL,
        published VARCHAR NOT NULL,
        written_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
        author_account_id INTEGER,
        id SERIAL NOT NULL,
        public_id UUID DEFAULT gen_random_uuid() NOT NULL,
        CONSTRAINT pk_legal_text PRIMARY KEY (id),
        CONSTRAINT ck_legal_text_page_known
            CHECK (page IN ('imprint', 'terms', 'privacy', 'contact', 'accessibility')),
        CONSTRAINT ck_legal_text_language_known CHECK (language IN ('de', 'en')),
        CONSTRAINT uq_legal_text_page_language_version UNIQUE (page, language, version),
        CONSTRAINT ck_legal_text_version_counts CHECK (version >= 1),
        CONSTRAINT ck_legal_text_body_sized CHECK (length(body) BETWEEN 1 AND 60000),
        CONSTRAINT fk_legal_text_author_account_id
            FOREIGN KEY(author_account_id) REFERENCES account (id) ON DELETE SET NULL,
        CONSTRAINT uq_legal_text_public_id UNIQUE (public_id)
    )
    """,
    "CREATE INDEX ix_legal_text_author_account_id ON legal_text (author_account_id)",
    """
    CREATE TABLE legal_detail (
        detail TEXT NOT NULL,
        value VARCHAR NOT NULL,
        CONSTRAINT pk_legal_detail PRIMARY KEY (detail),
        CONSTRAINT ck_legal_detail_detail_known
            CHECK (detail IN ('operator', 'address', 'represented_by', 'register_entry', 'tax_number',
                'phone', 'email', 'data_protection', 'supervisor', 'hosting', 'arbitration_body',
                'checked_on', 'known_gaps')),
        CONSTRAINT ck_legal_detail_value_short CHECK (length(value) <= 600)
    )
    """,
    """
    CREATE TABLE report (
        reference VARCHAR NOT NULL,
        about_kind TEXT NOT NULL,
        about_public_id UUID,
        about_path VARCHAR,
        reason TEXT NOT NULL,
        words VARCHAR NOT NULL,
        key_hash BYTEA NOT NULL,
        reporter_account_id INTEGER,
        reporter_email VARCHAR,
        affected_account_id INTEGER,
        affected_organisation_id INTEGER,
        language VARCHAR NOT NULL,
        received_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
        closed_at TIMESTAMP WITH TIME ZONE,
        id SERIAL NOT NULL,
        public_id UUID DEFAULT gen_random_uuid() NOT NULL,
        CONSTRAINT pk_report PRIMARY KEY (id),
        CONSTRAINT ck_report_about_kind_known CHECK (about_kind IN ('listing', 'page')),
        CONSTRAINT ck_report_reason_known
            CHECK (reason IN ('personal', 'false', 'offensive', 'unlawful', 'belongs_to_others', 'barrier',
                'other')),
        CONSTRAINT uq_report_reference UNIQUE (reference),
        CONSTRAINT ck_report_words_sized CHECK (length(words) BETWEEN 1 AND 4000),
        CONSTRAINT ck_report_page_has_a_path CHECK ((about_kind = 'page') = (about_path IS NOT NULL)),
        CONSTRAINT ck_report_thing_has_an_id CHECK ((about_kind = 'page') = (about_public_id IS NULL)),
        CONSTRAINT fk_report_reporter_account_id
            FOREIGN KEY(reporter_account_id) REFERENCES account (id) ON DELETE SET NULL,
        CONSTRAINT fk_report_affected_account_id
            FOREIGN KEY(affected_account_id) REFERENCES account (id) ON DELETE SET NULL,
        CONSTRAINT fk_report_affected_organisation_id
            FOREIGN KEY(affected_organisation_id) REFERENCES organisation (id) ON DELETE SET NULL,
        CONSTRAINT uq_report_public_id UNIQUE (public_id)
    )
    """,
    "CREATE INDEX ix_report_about ON report (about_kind, about_public_id)",
    "CREATE INDEX ix_report_affected_account_id ON report (affected_account_id)",
    "CREATE INDEX ix_report_affected_organisation_id ON report (affected_organisation_id)",
    "CREATE INDEX ix_report_open ON report (received_at) WHERE closed_at IS NULL",
    "CREATE INDEX ix_report_reporter_account_id ON report (reporter_account_id)",
    """
    CREATE TABLE report_decision (
        id SERIAL NOT NULL,
        report_id INTEGER NOT NULL,
        number INTEGER NOT NULL,
        decision TEXT NOT NULL,
        ground TEXT NOT NULL,
        statement VARCHAR NOT NULL,
        decided_by_account_id INTEGER,
        decided_at TIMESTAMP WITH TIME ZONE NOT NULL,
        CONSTRAINT pk_report_decision PRIMARY KEY (id),
        CONSTRAINT ck_report_decision_decision_known CHECK (decision IN ('keep', 'hide', 'remove')),
        CONSTRAINT ck_report_decision_ground_known CHECK (ground IN ('nothing_wrong', 'law', 'terms')),
        CONSTRAINT uq_report_decision_report_id_number UNIQUE (report_id, number),
        CONSTRAINT ck_report_decision_number_counts CHECK (number BETWEEN 1 AND 3),
        CONSTRAINT ck_report_decision_ground_fits CHECK ((decision = 'keep') = (ground = 'nothing_wrong')),
        CONSTRAINT ck_report_decision_statement_sized CHECK (length(statement) BETWEEN 20 AND 4000),
        CONSTRAINT fk_report_decision_report_id FOREIGN KEY(report_id) REFERENCES report (id) ON DELETE CASCADE,
        CONSTRAINT fk_report_decision_decided_by_account_id
            FOREIGN KEY(decided_by_account_id) REFERENCES account (id) ON DELETE SET NULL
    )
    """,
    "CREATE INDEX ix_report_decision_decided_by_account_id ON report_decision (decided_by_account_id)",
    """
    CREATE TABLE report_complaint (
        report_id INTEGER NOT NULL,
        side TEXT NOT NULL,
        words VARCHAR NOT NULL,
        made_at TIMESTAMP WITH TIME ZONE NOT NULL,
        CONSTRAINT pk_report_complaint PRIMARY KEY (report_id, side),
        CONSTRAINT ck_report_complaint_side_known CHECK (side IN ('reporter', 'owner')),
        CONSTRAINT ck_report_complaint_words_sized CHECK (length(words) BETWEEN 1 AND 4000),
        CONSTRAINT fk_report_complaint_report_id FOREIGN KEY(report_id) REFERENCES report (id) ON DELETE CASCADE
    )
    """,
)

TABLES = ("report_complaint", "report_decision", "report", "legal_detail", "legal_text")


def upgrade() -> None:
    """Create the tables of the room."""
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    """Drop them, dependent ones first."""
    for table in TABLES:
        op.drop_table(table)
