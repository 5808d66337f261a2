"""Promises, the days on which they are looked at, and what was found."""

from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

STATEMENTS = (
    """
    CREATE TABLE promise (
        contract_id INTEGER NOT NULL,
        key VARCHAR(200) NOT NULL,
        words JSONB NOT NULL,
        ended_on DATE,
        ended_because TEXT,
        ended_note VARCHAR DEFAULT '' NOT NULL,
        made_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
        revision INTEGER DEFAULT 1 NOT NULL,
        id SERIAL NOT NULL,
        public_id UUID DEFAULT gen_random_uuid() NOT NULL,
        CONSTRAINT pk_promise PRIMARY KEY (id),
        CONSTRAINT ck_promise_ended_because_known CHECK (ended_because IN ('land_sold', 'lease_ended', 'waived')),
        CONSTRAINT uq_promise_contract_id_key UNIQUE (contract_id, key),
        CONSTRAINT ck_promise_ends_for_a_reason CHECK ((ended_on IS NULL) = (ended_because IS NULL)),
        CONSTRAINT ck_promise_ending_told CHECK (ended_on IS NULL OR length(ended_note) >= 1),
        CONSTRAINT ck_promise_ending_short CHECK (length(ended_note) <= 4000),
        CONSTRAINT fk_promise_contract_id FOREIGN KEY(contract_id) REFERENCES contract (id) ON DELETE RESTRICT,
        CONSTRAINT uq_promise_public_id UNIQUE (public_id)
    )
    """,
    """
    CREATE TABLE promise_check (
        promise_id INTEGER NOT NULL,
        number INTEGER NOT NULL,
        due_on DATE NOT NULL,
        announced_at TIMESTAMP WITH TIME ZONE,
        overdue_told_at TIMESTAMP WITH TIME ZONE,
        revision INTEGER DEFAULT 1 NOT NULL,
        id SERIAL NOT NULL,
        public_id UUID DEFAULT gen_random_uuid() NOT NULL,
        CONSTRAINT pk_promise_check PRIMARY KEY (id),
        CONSTRAINT uq_promise_check_promise_id_number UNIQUE (promise_id, number),
        CONSTRAINT ck_promise_check_number_counts CHECK (number >= 1),
        CONSTRAINT fk_promise_check_promise_id FOREIGN KEY(promise_id) REFERENCES promise (id) ON DELETE CASCADE,
        CONSTRAINT uq_promise_check_public_id UNIQUE (public_id)
    )
    """,
    "CREATE INDEX ix_promise_check_due_on ON promise_check (due_on)",
    """
    CREATE TABLE promise_evidence (
        check_id INTEGER NOT NULL,
        stored_file_id INTEGER NOT NULL,
        note VARCHAR DEFAULT '' NOT NULL,
        is_from_lessee BOOLEAN NOT NULL,
        added_by_account_id INTEGER,
        added_at TIMESTAMP WITH TIME ZONE NOT NULL,
        id SERIAL NOT NULL,
        public_id UUID DEFAULT gen_random_uuid() NOT NULL,
        CONSTRAINT pk_promise_evidence PRIMARY KEY (id),
        CONSTRAINT ck_promise_evidence_note_short CHECK (length(note) <= 4000),
        CONSTRAINT fk_promise_evidence_check_id FOREIGN KEY(check_id) REFERENCES promise_check (id) ON DELETE CASCADE,
        CONSTRAINT fk_promise_evidence_stored_file_id FOREIGN KEY(stored_file_id)
         REFERENCES stored_file (id) ON DELETE CASCADE,
        CONSTRAINT fk_promise_evidence_added_by_account_id FOREIGN KEY(added_by_account_id)
         REFERENCES account (id) ON DELETE SET NULL,
        CONSTRAINT uq_promise_evidence_public_id UNIQUE (public_id)
    )
    """,
    "CREATE INDEX ix_promise_evidence_added_by_account_id ON promise_evidence (added_by_account_id)",
    "CREATE INDEX ix_promise_evidence_check_id ON promise_evidence (check_id)",
    "CREATE INDEX ix_promise_evidence_stored_file_id ON promise_evidence (stored_file_id)",
    """
    CREATE TABLE finding (
        check_id INTEGER NOT NULL,
        number INTEGER NOT NULL,
        outcome TEXT NOT NULL,
        found_on DATE NOT NULL,
        note VARCHAR NOT NULL,
        consequence VARCHAR DEFAULT '' NOT NULL,
        consequence_due_on DATE,
        settled_on DATE,
        found_by_account_id INTEGER,
        recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
        id SERIAL NOT NULL,
        public_id UUID DEFAULT gen_random_uuid() NOT NULL,
        CONSTRAINT pk_finding PRIMARY KEY (id),
        CONSTRAINT ck_finding_outcome_known CHECK (outcome IN ('kept', 'partly', 'broken', 'not_checkable')),
        CONSTRAINT uq_finding_check_id_number UNIQUE (check_id, number),
        CONSTRAINT ck_finding_number_counts CHECK (number >= 1),
        CONSTRAINT ck_finding_noted CHECK (length(note) BETWEEN 1 AND 4000),
        CONSTRAINT ck_finding_consequence_short CHECK (length(consequence) <= 4000),
        CONSTRAINT ck_finding_consequence_has_a_cause CHECK (consequence = '' OR outcome IN ('partly', 'broken')),
        CONSTRAINT ck_finding_due_what_follows CHECK (consequence_due_on IS NULL OR consequence <> ''),
        CONSTRAINT ck_finding_settled_what_follows CHECK (settled_on IS NULL OR consequence <> ''),
        CONSTRAINT fk_finding_check_id FOREIGN KEY(check_id) REFERENCES promise_check (id) ON DELETE CASCADE,
        CONSTRAINT fk_finding_found_by_account_id FOREIGN KEY(found_by_account_id)
         REFERENCES account (id) ON DELETE SET NULL,
        CONSTRAINT uq_finding_public_id UNIQUE (public_id)
    )
    """,
    "CREATE INDEX ix_finding_found_by_account_id ON finding (found_by_account_id)",
    """
    CREATE TABLE lessee_change (
        contract_id INTEGER NOT NULL,
        since_on DATE NOT NULL,
        name VARCHAR(200) NOT NULL,
        account_id INTEGER,
        note VARCHAR DEFAULT '' NOT NULL,
        recorded_by_account_id INTEGER,
        recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
        id SERIAL NOT NULL,
        public_id UUID DEFAULT gen_random_uuid() NOT NULL,
        CONSTRAINT pk_lessee_change PRIMARY KEY (id),
        CONSTRAINT uq_lessee_change_contract_id_since_on UNIQUE (contract_id, since_on),
        CONSTRAINT ck_lessee_change_named CHECK (length(name) >= 1),
        CONSTRAINT ck_lessee_change_note_short CHECK (length(note) <= 4000),
        CONSTRAINT fk_lessee_change_contract_id FOREIGN KEY(contract_id) REFERENCES contract (id) ON DELETE CASCADE,
        CONSTRAINT fk_lessee_change_account_id FOREIGN KEY(account_id) REFERENCES account (id) ON DELETE SET NULL,
        CONSTRAINT fk_lessee_change_recorded_by_account_id FOREIGN KEY(recorded_by_account_id)
         REFERENCES account (id) ON DELETE SET NULL,
        CONSTRAINT uq_lessee_change_public_id UNIQUE (public_id)
    )
    """,
    "CREATE INDEX ix_lessee_change_account_id ON lessee_change (account_id)",
    "CREATE INDEX ix_lessee_change_recorded_by_account_id ON lessee_change (recorded_by_account_id)",
    """
CREATE FUNCTION refuse_change_of_finding() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
    IF to_jsonb(NEW) - ARRAY['settled_on', 'found_by_account_id']
            = to_jsonb(OLD) - ARRAY['settled_on', 'found_by_account_id']
        AND (OLD.settled_on IS NULL OR NEW.settled_on = OLD.settled_on)
        AND (NEW.found_by_account_id IS NULL OR NEW.found_by_account_id = OLD.found_by_account_id)
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'finding is never changed: a new one is written beside it';
END
$body$
    """,
    """
CREATE TRIGGER finding_stays BEFORE UPDATE ON finding FOR EACH ROW EXECUTE FUNCTION refuse_change_of_finding()
    """,
)

TABLES = ("lessee_change", "finding", "promise_evidence", "promise_check", "promise")


def upgrade() -> None:
    """Create the tables; a finding stays as it was written."""
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    """Drop them, dependent ones first."""
    for table in TABLES:
        op.drop_table(table)
    op.execute("DROP FUNCTION refuse_change_of_finding()")
