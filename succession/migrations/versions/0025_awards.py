"""Runs that are written once, evidence, conflicts of interest, the office's preparation, the body's decision."""

from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

STATEMENTS = (
    """
    CREATE TABLE scoring_run (
        call_id INTEGER NOT NULL,
        lot_id INTEGER NOT NULL,
        number INTEGER NOT NULL,
        cause TEXT NOT NULL,
        cause_note VARCHAR(4000) DEFAULT '' NOT NULL,
        document JSONB NOT NULL,
        input_hash CHAR(64) NOT NULL,
        principle_identifier CHAR(64) NOT NULL,
        engine_version VARCHAR NOT NULL,
        result JSONB NOT NULL,
        result_hash CHAR(64) NOT NULL,
        previous_hash CHAR(64),
        made_by_account_id INTEGER,
        made_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
        id SERIAL NOT NULL,
        public_id UUID DEFAULT gen_random_uuid() NOT NULL,
        CONSTRAINT pk_scoring_run PRIMARY KEY (id),
        CONSTRAINT uq_scoring_run_lot_id_number UNIQUE (lot_id, number),
        CONSTRAINT ck_scoring_run_cause_known
         CHECK (cause IN ('first', 'evidence', 'awarded_points', 'withdrawal', 'draw', 'objection')),
        CONSTRAINT ck_scoring_run_number_counts CHECK (number >= 1),
        CONSTRAINT ck_scoring_run_the_first_is_first CHECK ((number = 1) = (cause = 'first')),
        CONSTRAINT ck_scoring_run_follows_one_before CHECK ((number = 1) = (previous_hash IS NULL)),
        CONSTRAINT ck_scoring_run_an_objection_is_told CHECK (cause <> 'objection' OR cause_note <> ''),
        CONSTRAINT fk_scoring_run_call_id FOREIGN KEY(call_id) REFERENCES call (id) ON DELETE RESTRICT,
        CONSTRAINT fk_scoring_run_lot_id FOREIGN KEY(lot_id) REFERENCES call_lot (id) ON DELETE RESTRICT,
        CONSTRAINT fk_scoring_run_made_by_account_id FOREIGN KEY(made_by_account_id)
         REFERENCES account (id) ON DELETE SET NULL,
        CONSTRAINT uq_scoring_run_public_id UNIQUE (public_id)
    )
    """,
    "CREATE INDEX ix_scoring_run_call_id ON scoring_run (call_id)",
    "CREATE INDEX ix_scoring_run_made_by_account_id ON scoring_run (made_by_account_id)",
    """
    CREATE TABLE awarded_points (
        lot_id INTEGER NOT NULL,
        application_id INTEGER NOT NULL,
        question VARCHAR(200) NOT NULL,
        marks JSONB NOT NULL,
        reason VARCHAR(4000) NOT NULL,
        body VARCHAR(200) NOT NULL,
        given_on DATE NOT NULL,
        entered_by_account_id INTEGER,
        entered_at TIMESTAMP WITH TIME ZONE NOT NULL,
        confirmed_by_account_id INTEGER,
        confirmed_at TIMESTAMP WITH TIME ZONE,
        revision INTEGER DEFAULT 1 NOT NULL,
        id SERIAL NOT NULL,
        public_id UUID DEFAULT gen_random_uuid() NOT NULL,
        CONSTRAINT pk_awarded_points PRIMARY KEY (id),
        CONSTRAINT uq_awarded_points_lot_id_application_id_question UNIQUE (lot_id, application_id, question),
        CONSTRAINT ck_awarded_points_reasoned CHECK (length(reason) >= 1),
        CONSTRAINT ck_awarded_points_body_named CHECK (length(body) >= 1),
        CONSTRAINT ck_awarded_points_four_eyes CHECK (confirmed_by_account_id <> entered_by_account_id),
        CONSTRAINT ck_awarded_points_confirmed_at_some_time
         CHECK (confirmed_at IS NOT NULL OR confirmed_by_account_id IS NULL),
        CONSTRAINT fk_awarded_points_lot_id FOREIGN KEY(lot_id) REFERENCES call_lot (id) ON DELETE RESTRICT,
        CONSTRAINT fk_awarded_points_application_id FOREIGN KEY(application_id)
         REFERENCES application (id) ON DELETE RESTRICT,
        CONSTRAINT fk_awarded_points_entered_by_account_id FOREIGN KEY(entered_by_account_id)
         REFERENCES account (id) ON DELETE SET NULL,
        CONSTRAINT fk_awarded_points_confirmed_by_account_id FOREIGN KEY(confirmed_by_account_id)
         REFERENCES account (id) ON DELETE SET NULL,
        CONSTRAINT uq_awarded_points_public_id UNIQUE (public_id)
    )
    """,
    "CREATE INDEX ix_awarded_points_application_id ON awarded_points (application_id)",
    "CREATE INDEX ix_awarded_points_confirmed_by_account_id ON awarded_points (confirmed_by_account_id)",
    "CREATE INDEX ix_awarded_points_entered_by_account_id ON awarded_points (entered_by_account_id)",
    """
    CREATE TABLE evidence_request (
        lot_id INTEGER NOT NULL,
        application_id INTEGER NOT NULL,
        run_id INTEGER NOT NULL,
        why TEXT NOT NULL,
        due_on DATE NOT NULL,
        is_by_letter BOOLEAN NOT NULL,
        asked_by_account_id INTEGER,
        asked_at TIMESTAMP WITH TIME ZONE NOT NULL,
        revision INTEGER DEFAULT 1 NOT NULL,
        id SERIAL NOT NULL,
        public_id UUID DEFAULT gen_random_uuid() NOT NULL,
        CONSTRAINT pk_evidence_request PRIMARY KEY (id),
        CONSTRAINT uq_evidence_request_lot_id_application_id UNIQUE (lot_id, application_id),
        CONSTRAINT ck_evidence_request_why_known CHECK (why IN ('first_placed', 'moves_others', 'everybody')),
        CONSTRAINT fk_evidence_request_lot_id FOREIGN KEY(lot_id) REFERENCES call_lot (id) ON DELETE RESTRICT,
        CONSTRAINT fk_evidence_request_application_id FOREIGN KEY(application_id)
         REFERENCES application (id) ON DELETE RESTRICT,
        CONSTRAINT fk_evidence_request_run_id FOREIGN KEY(run_id) REFERENCES scoring_run (id) ON DELETE RESTRICT,
        CONSTRAINT fk_evidence_request_asked_by_account_id FOREIGN KEY(asked_by_account_id)
         REFERENCES account (id) ON DELETE SET NULL,
        CONSTRAINT uq_evidence_request_public_id UNIQUE (public_id)
    )
    """,
    "CREATE INDEX ix_evidence_request_application_id ON evidence_request (application_id)",
    "CREATE INDEX ix_evidence_request_asked_by_account_id ON evidence_request (asked_by_account_id)",
    "CREATE INDEX ix_evidence_request_run_id ON evidence_request (run_id)",
    """
    CREATE TABLE evidence_item (
        request_id INTEGER NOT NULL,
        position INTEGER NOT NULL,
        criterion VARCHAR(200) NOT NULL,
        papers JSONB NOT NULL,
        state TEXT DEFAULT 'asked' NOT NULL,
        came_by_post BOOLEAN DEFAULT false NOT NULL,
        note VARCHAR(4000) DEFAULT '' NOT NULL,
        handed_in_at TIMESTAMP WITH TIME ZONE,
        reason VARCHAR(4000) DEFAULT '' NOT NULL,
        judged_by_account_id INTEGER,
        judged_at TIMESTAMP WITH TIME ZONE,
        revision INTEGER DEFAULT 1 NOT NULL,
        id SERIAL NOT NULL,
        public_id UUID DEFAULT gen_random_uuid() NOT NULL,
        CONSTRAINT pk_evidence_item PRIMARY KEY (id),
        CONSTRAINT uq_evidence_item_request_id_criterion UNIQUE (request_id, criterion),
        CONSTRAINT ck_evidence_item_state_known CHECK (state IN ('asked', 'handed_in', 'accepted', 'not_accepted')),
        CONSTRAINT ck_evidence_item_refused_with_reason CHECK (state <> 'not_accepted' OR length(reason) >= 1),
        CONSTRAINT ck_evidence_item_judged CHECK ((state IN ('accepted', 'not_accepted')) = (judged_at IS NOT NULL)),
        CONSTRAINT fk_evidence_item_request_id FOREIGN KEY(request_id)
         REFERENCES evidence_request (id) ON DELETE RESTRICT,
        CONSTRAINT fk_evidence_item_judged_by_account_id FOREIGN KEY(judged_by_account_id)
         REFERENCES account (id) ON DELETE SET NULL,
        CONSTRAINT uq_evidence_item_public_id UNIQUE (public_id)
    )
    """,
    "CREATE INDEX ix_evidence_item_judged_by_account_id ON evidence_item (judged_by_account_id)",
    """
    CREATE TABLE evidence_file (
        item_id INTEGER NOT NULL,
        stored_file_id INTEGER NOT NULL,
        CONSTRAINT pk_evidence_file PRIMARY KEY (item_id, stored_file_id),
        CONSTRAINT fk_evidence_file_item_id FOREIGN KEY(item_id) REFERENCES evidence_item (id) ON DELETE CASCADE,
        CONSTRAINT fk_evidence_file_stored_file_id FOREIGN KEY(stored_file_id)
         REFERENCES stored_file (id) ON DELETE CASCADE
    )
    """,
    """
    CREATE TABLE conflict_declaration (
        call_id INTEGER NOT NULL,
        capacity TEXT NOT NULL,
        account_id INTEGER,
        name VARCHAR(200) NOT NULL,
        has_interest BOOLEAN NOT NULL,
        was_detected BOOLEAN DEFAULT false NOT NULL,
        note VARCHAR(4000) DEFAULT '' NOT NULL,
        entered_by_account_id INTEGER,
        declared_at TIMESTAMP WITH TIME ZONE NOT NULL,
        id SERIAL NOT NULL,
        public_id UUID DEFAULT gen_random_uuid() NOT NULL,
        CONSTRAINT pk_conflict_declaration PRIMARY KEY (id),
        CONSTRAINT ck_conflict_declaration_capacity_known CHECK (capacity IN ('office', 'body')),
        CONSTRAINT ck_conflict_declaration_named CHECK (length(name) >= 1),
        CONSTRAINT ck_conflict_declaration_interest_told CHECK (NOT has_interest OR length(note) >= 1),
        CONSTRAINT fk_conflict_declaration_call_id FOREIGN KEY(call_id) REFERENCES call (id) ON DELETE RESTRICT,
        CONSTRAINT fk_conflict_declaration_account_id FOREIGN KEY(account_id)
         REFERENCES account (id) ON DELETE SET NULL,
        CONSTRAINT fk_conflict_declaration_entered_by_account_id FOREIGN KEY(entered_by_account_id)
         REFERENCES account (id) ON DELETE SET NULL,
        CONSTRAINT uq_conflict_declaration_public_id UNIQUE (public_id)
    )
    """,
    "CREATE INDEX ix_conflict_declaration_account_id ON conflict_declaration (account_id)",
    "CREATE INDEX ix_conflict_declaration_call_id_name ON conflict_declaration (call_id, name)",
    "CREATE INDEX ix_conflict_declaration_entered_by_account_id ON conflict_declaration (entered_by_account_id)",
    """
    CREATE TABLE preparation (
        lot_id INTEGER NOT NULL,
        run_id INTEGER NOT NULL,
        application_id INTEGER,
        note VARCHAR(4000) DEFAULT '' NOT NULL,
        prepared_by_account_id INTEGER,
        prepared_at TIMESTAMP WITH TIME ZONE NOT NULL,
        checked_by_account_id INTEGER,
        checked_at TIMESTAMP WITH TIME ZONE,
        set_aside_at TIMESTAMP WITH TIME ZONE,
        set_aside_reason VARCHAR(4000) DEFAULT '' NOT NULL,
        revision INTEGER DEFAULT 1 NOT NULL,
        id SERIAL NOT NULL,
        public_id UUID DEFAULT gen_random_uuid() NOT NULL,
        CONSTRAINT pk_preparation PRIMARY KEY (id),
        CONSTRAINT ck_preparation_two_people CHECK (checked_by_account_id <> prepared_by_account_id),
        CONSTRAINT ck_preparation_checked_at_some_time
         CHECK (checked_at IS NOT NULL OR checked_by_account_id IS NULL),
        CONSTRAINT fk_preparation_lot_id FOREIGN KEY(lot_id) REFERENCES call_lot (id) ON DELETE RESTRICT,
        CONSTRAINT fk_preparation_run_id FOREIGN KEY(run_id) REFERENCES scoring_run (id) ON DELETE RESTRICT,
        CONSTRAINT fk_preparation_application_id FOREIGN KEY(application_id)
         REFERENCES application (id) ON DELETE RESTRICT,
        CONSTRAINT fk_preparation_prepared_by_account_id FOREIGN KEY(prepared_by_account_id)
         REFERENCES account (id) ON DELETE SET NULL,
        CONSTRAINT fk_preparation_checked_by_account_id FOREIGN KEY(checked_by_account_id)
         REFERENCES account (id) ON DELETE SET NULL,
        CONSTRAINT uq_preparation_public_id UNIQUE (public_id)
    )
    """,
    "CREATE INDEX ix_preparation_application_id ON preparation (application_id)",
    "CREATE INDEX ix_preparation_checked_by_account_id ON preparation (checked_by_account_id)",
    "CREATE INDEX ix_preparation_lot_id ON preparation (lot_id)",
    "CREATE INDEX ix_preparation_prepared_by_account_id ON preparation (prepared_by_account_id)",
    "CREATE INDEX ix_preparation_run_id ON preparation (run_id)",
    "CREATE UNIQUE INDEX uq_preparation_standing ON preparation (lot_id) WHERE set_aside_at IS NULL",
    """
    CREATE TABLE decision (
        lot_id INTEGER NOT NULL,
        run_id INTEGER NOT NULL,
        preparation_id INTEGER NOT NULL,
        outcome TEXT NOT NULL,
        application_id INTEGER,
        body VARCHAR(200) NOT NULL,
        decided_on DATE NOT NULL,
        item VARCHAR(200) NOT NULL,
        is_public BOOLEAN NOT NULL,
        votes_for INTEGER NOT NULL,
        votes_against INTEGER NOT NULL,
        votes_abstained INTEGER NOT NULL,
        withdrew JSONB NOT NULL,
        departs BOOLEAN NOT NULL,
        departure_reason VARCHAR(4000) DEFAULT '' NOT NULL,
        scan_file_id INTEGER,
        recorded_by_account_id INTEGER,
        recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
        set_aside_at TIMESTAMP WITH TIME ZONE,
        set_aside_reason VARCHAR(4000) DEFAULT '' NOT NULL,
        id SERIAL NOT NULL,
        public_id UUID DEFAULT gen_random_uuid() NOT NULL,
        CONSTRAINT pk_decision PRIMARY KEY (id),
        CONSTRAINT ck_decision_outcome_known CHECK (outcome IN ('award', 'no_award')),
        CONSTRAINT ck_decision_award_to_somebody CHECK ((outcome = 'award') = (application_id IS NOT NULL)),
        CONSTRAINT ck_decision_no_award_reasoned CHECK (outcome = 'award' OR length(departure_reason) >= 1),
        CONSTRAINT ck_decision_departure_reasoned CHECK (NOT departs OR length(departure_reason) >= 1),
        CONSTRAINT ck_decision_body_named CHECK (length(body) >= 1),
        CONSTRAINT ck_decision_votes_counted CHECK (votes_for >= 0 AND votes_against >= 0 AND votes_abstained >= 0),
        CONSTRAINT ck_decision_set_aside_reasoned CHECK ((set_aside_at IS NULL) = (set_aside_reason = '')),
        CONSTRAINT fk_decision_lot_id FOREIGN KEY(lot_id) REFERENCES call_lot (id) ON DELETE RESTRICT,
        CONSTRAINT fk_decision_run_id FOREIGN KEY(run_id) REFERENCES scoring_run (id) ON DELETE RESTRICT,
        CONSTRAINT fk_decision_preparation_id FOREIGN KEY(preparation_id)
         REFERENCES preparation (id) ON DELETE RESTRICT,
        CONSTRAINT fk_decision_application_id FOREIGN KEY(application_id)
         REFERENCES application (id) ON DELETE RESTRICT,
        CONSTRAINT fk_decision_scan_file_id FOREIGN KEY(scan_file_id) REFERENCES stored_file (id) ON DELETE RESTRICT,
        CONSTRAINT fk_decision_recorded_by_account_id FOREIGN KEY(recorded_by_account_id)
         REFERENCES account (id) ON DELETE SET NULL,
        CONSTRAINT uq_decision_public_id UNIQUE (public_id)
    )
    """,
    "CREATE INDEX ix_decision_application_id ON decision (application_id)",
    "CREATE INDEX ix_decision_lot_id ON decision (lot_id)",
    "CREATE INDEX ix_decision_preparation_id ON decision (preparation_id)",
    "CREATE INDEX ix_decision_recorded_by_account_id ON decision (recorded_by_account_id)",
    "CREATE INDEX ix_decision_run_id ON decision (run_id)",
    "CREATE INDEX ix_decision_scan_file_id ON decision (scan_file_id)",
    "CREATE UNIQUE INDEX uq_decision_standing ON decision (lot_id) WHERE set_aside_at IS NULL",
    """
CREATE FUNCTION refuse_change_of_scoring_run() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
    IF TG_OP = 'UPDATE'
        AND (NEW.document = OLD.document OR NEW.document = '{}') AND (NEW.result = OLD.result OR NEW.result = '{}')
        AND (NEW.made_by_account_id IS NOT DISTINCT FROM OLD.made_by_account_id OR NEW.made_by_account_id IS NULL)
        AND to_jsonb(NEW) - ARRAY['document', 'result', 'made_by_account_id']
            = to_jsonb(OLD) - ARRAY['document', 'result', 'made_by_account_id']
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'scoring_run is never changed, only emptied';
END
$body$
    """,
    """
CREATE TRIGGER scoring_run_never_changed BEFORE UPDATE OR DELETE ON scoring_run
    FOR EACH ROW EXECUTE FUNCTION refuse_change_of_scoring_run()
    """,
    """
CREATE TRIGGER scoring_run_never_truncated BEFORE TRUNCATE ON scoring_run
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_scoring_run()
    """,
    "REVOKE DELETE, TRUNCATE ON scoring_run FROM succession_app",
)

TABLES = (
    "decision",
    "preparation",
    "conflict_declaration",
    "evidence_file",
    "evidence_item",
    "evidence_request",
    "awarded_points",
    "scoring_run",
)


def upgrade() -> None:
    """Create the tables; the application may not delete a run."""
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    """Drop them, dependent ones first."""
    for table in TABLES:
        op.drop_table(table)
    op.execute("DROP FUNCTION refuse_change_of_scoring_run()")
