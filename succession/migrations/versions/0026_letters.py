"""The Wartefrist, what was written to applicants, objections, approvals and the contract."""

from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

STATEMENTS = (
    """
    CREATE TABLE standstill (
        decision_id INTEGER NOT NULL,
        days INTEGER NOT NULL,
        dispatched_on DATE NOT NULL,
        last_day DATE NOT NULL,
        ends_at TIMESTAMP WITH TIME ZONE NOT NULL,
        confirmed_at TIMESTAMP WITH TIME ZONE,
        confirmed_by_account_id INTEGER,
        kept_until TIMESTAMP WITH TIME ZONE,
        id SERIAL NOT NULL,
        public_id UUID DEFAULT gen_random_uuid() NOT NULL,
        CONSTRAINT pk_standstill PRIMARY KEY (id),
        CONSTRAINT uq_standstill_decision_id UNIQUE (decision_id),
        CONSTRAINT ck_standstill_days_sensible CHECK (days BETWEEN 1 AND 90),
        CONSTRAINT ck_standstill_counted_from_dispatch CHECK (last_day = dispatched_on + days),
        CONSTRAINT fk_standstill_decision_id FOREIGN KEY(decision_id) REFERENCES decision (id) ON DELETE CASCADE,
        CONSTRAINT fk_standstill_confirmed_by_account_id FOREIGN KEY(confirmed_by_account_id)
            REFERENCES account (id) ON DELETE SET NULL,
        CONSTRAINT uq_standstill_public_id UNIQUE (public_id)
    )
    """,
    "CREATE INDEX ix_standstill_confirmed_by_account_id ON standstill (confirmed_by_account_id)",
    """
    CREATE TABLE objection (
        standstill_id INTEGER NOT NULL,
        application_id INTEGER NOT NULL,
        way TEXT NOT NULL,
        arrived_on DATE NOT NULL,
        is_late BOOLEAN NOT NULL,
        recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
        recorded_by_account_id INTEGER,
        body VARCHAR(6000) NOT NULL,
        outcome TEXT,
        answer VARCHAR(6000),
        answered_on DATE,
        answered_by_account_id INTEGER,
        correction VARCHAR(2000),
        new_run_id INTEGER,
        id SERIAL NOT NULL,
        public_id UUID DEFAULT gen_random_uuid() NOT NULL,
        CONSTRAINT pk_objection PRIMARY KEY (id),
        CONSTRAINT ck_objection_way_known CHECK (way IN ('online', 'paper')),
        CONSTRAINT ck_objection_outcome_known CHECK (outcome IN ('justified', 'not_justified', 'too_late')),
        CONSTRAINT ck_objection_body_short CHECK (length(body) BETWEEN 1 AND 6000),
        CONSTRAINT ck_objection_answer_short CHECK (length(answer) BETWEEN 1 AND 6000),
        CONSTRAINT ck_objection_correction_short CHECK (length(correction) BETWEEN 1 AND 2000),
        CONSTRAINT ck_objection_answered_whole CHECK (num_nulls(outcome, answer, answered_on) IN (0, 3)),
        CONSTRAINT ck_objection_late_is_answered_as_late CHECK (outcome IS NULL OR is_late = (outcome = 'too_late')),
        CONSTRAINT ck_objection_corrected_only_if_justified CHECK ((outcome = 'justified') OR correction IS NULL),
        CONSTRAINT ck_objection_answered_after_it_came CHECK (answered_on >= arrived_on),
        CONSTRAINT fk_objection_standstill_id FOREIGN KEY(standstill_id) REFERENCES standstill (id) ON DELETE CASCADE,
        CONSTRAINT fk_objection_application_id FOREIGN KEY(application_id)
            REFERENCES application (id) ON DELETE CASCADE,
        CONSTRAINT fk_objection_recorded_by_account_id FOREIGN KEY(recorded_by_account_id)
            REFERENCES account (id) ON DELETE SET NULL,
        CONSTRAINT fk_objection_answered_by_account_id FOREIGN KEY(answered_by_account_id)
            REFERENCES account (id) ON DELETE SET NULL,
        CONSTRAINT fk_objection_new_run_id FOREIGN KEY(new_run_id) REFERENCES scoring_run (id) ON DELETE SET NULL,
        CONSTRAINT uq_objection_public_id UNIQUE (public_id)
    )
    """,
    "CREATE INDEX ix_objection_answered_by_account_id ON objection (answered_by_account_id)",
    "CREATE INDEX ix_objection_application_id ON objection (application_id)",
    "CREATE INDEX ix_objection_new_run_id ON objection (new_run_id)",
    "CREATE INDEX ix_objection_recorded_by_account_id ON objection (recorded_by_account_id)",
    "CREATE UNIQUE INDEX uq_objection_waiting ON objection (standstill_id, application_id) WHERE answered_on IS NULL",
    """
    CREATE TABLE notice_sent (
        standstill_id INTEGER NOT NULL,
        application_id INTEGER NOT NULL,
        lot_id INTEGER NOT NULL,
        objection_id INTEGER,
        kind TEXT NOT NULL,
        way TEXT NOT NULL,
        dispatched_on DATE NOT NULL,
        recorded_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
        id SERIAL NOT NULL,
        public_id UUID DEFAULT gen_random_uuid() NOT NULL,
        CONSTRAINT pk_notice_sent PRIMARY KEY (id),
        CONSTRAINT ck_notice_sent_kind_known CHECK (kind IN ('chosen', 'not_chosen', 'answer', 'computed_again')),
        CONSTRAINT ck_notice_sent_way_known CHECK (way IN ('post', 'mail')),
        CONSTRAINT ck_notice_sent_answers_an_objection CHECK ((kind = 'answer') = (objection_id IS NOT NULL)),
        CONSTRAINT fk_notice_sent_standstill_id FOREIGN KEY(standstill_id)
            REFERENCES standstill (id) ON DELETE CASCADE,
        CONSTRAINT fk_notice_sent_application_id FOREIGN KEY(application_id)
            REFERENCES application (id) ON DELETE CASCADE,
        CONSTRAINT fk_notice_sent_lot_id FOREIGN KEY(lot_id) REFERENCES call_lot (id) ON DELETE CASCADE,
        CONSTRAINT fk_notice_sent_objection_id FOREIGN KEY(objection_id) REFERENCES objection (id) ON DELETE CASCADE,
        CONSTRAINT uq_notice_sent_public_id UNIQUE (public_id)
    )
    """,
    "CREATE INDEX ix_notice_sent_application_id ON notice_sent (application_id)",
    "CREATE INDEX ix_notice_sent_lot_id ON notice_sent (lot_id)",
    "CREATE INDEX ix_notice_sent_objection_id ON notice_sent (objection_id)",
    """
    CREATE UNIQUE INDEX uq_notice_sent_computed_again_once ON notice_sent (standstill_id, application_id)
        WHERE kind = 'computed_again'
    """,
    """
    CREATE UNIQUE INDEX uq_notice_sent_result_once ON notice_sent (standstill_id, application_id)
        WHERE kind IN ('chosen', 'not_chosen')
    """,
    """
    CREATE TABLE approval_step (
        decision_id INTEGER NOT NULL,
        number INTEGER NOT NULL,
        kind TEXT NOT NULL,
        is_before_contract BOOLEAN NOT NULL,
        body VARCHAR(160) NOT NULL,
        asked_on DATE,
        due_on DATE,
        outcome TEXT DEFAULT 'open' NOT NULL,
        outcome_on DATE,
        note VARCHAR(1000) DEFAULT '' NOT NULL,
        file_id INTEGER,
        recorded_by_account_id INTEGER,
        revision INTEGER DEFAULT 1 NOT NULL,
        id SERIAL NOT NULL,
        public_id UUID DEFAULT gen_random_uuid() NOT NULL,
        CONSTRAINT pk_approval_step PRIMARY KEY (id),
        CONSTRAINT ck_approval_step_kind_known
            CHECK (kind IN ('supervision', 'church_district', 'other', 'lease_notification', 'sale_approval')),
        CONSTRAINT ck_approval_step_outcome_known
            CHECK (outcome IN ('open', 'agreed', 'by_silence', 'not_needed', 'refused')),
        CONSTRAINT uq_approval_step_decision_id_number UNIQUE (decision_id, number),
        CONSTRAINT ck_approval_step_body_short CHECK (length(body) BETWEEN 1 AND 160),
        CONSTRAINT ck_approval_step_note_short CHECK (length(note) <= 1000),
        CONSTRAINT ck_approval_step_ends_on_a_day CHECK ((outcome = 'open') = (outcome_on IS NULL)),
        CONSTRAINT ck_approval_step_order_follows_kind
            CHECK (is_before_contract = (kind IN ('supervision', 'church_district', 'other'))),
        CONSTRAINT fk_approval_step_decision_id FOREIGN KEY(decision_id) REFERENCES decision (id) ON DELETE CASCADE,
        CONSTRAINT fk_approval_step_file_id FOREIGN KEY(file_id) REFERENCES stored_file (id) ON DELETE SET NULL,
        CONSTRAINT fk_approval_step_recorded_by_account_id FOREIGN KEY(recorded_by_account_id)
            REFERENCES account (id) ON DELETE SET NULL,
        CONSTRAINT uq_approval_step_public_id UNIQUE (public_id)
    )
    """,
    "CREATE INDEX ix_approval_step_file_id ON approval_step (file_id)",
    "CREATE INDEX ix_approval_step_recorded_by_account_id ON approval_step (recorded_by_account_id)",
    """
    CREATE TABLE contract (
        standstill_id INTEGER NOT NULL,
        lot_id INTEGER NOT NULL,
        application_id INTEGER NOT NULL,
        signed_on DATE NOT NULL,
        starts_on DATE NOT NULL,
        ends_on DATE,
        file_id INTEGER,
        note VARCHAR(1000) DEFAULT '' NOT NULL,
        recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
        recorded_by_account_id INTEGER,
        id SERIAL NOT NULL,
        public_id UUID DEFAULT gen_random_uuid() NOT NULL,
        CONSTRAINT pk_contract PRIMARY KEY (id),
        CONSTRAINT uq_contract_standstill_id UNIQUE (standstill_id),
        CONSTRAINT uq_contract_lot_id UNIQUE (lot_id),
        CONSTRAINT ck_contract_ends_after_it_begins CHECK (ends_on > starts_on),
        CONSTRAINT ck_contract_note_short CHECK (length(note) <= 1000),
        CONSTRAINT fk_contract_standstill_id FOREIGN KEY(standstill_id) REFERENCES standstill (id) ON DELETE CASCADE,
        CONSTRAINT fk_contract_lot_id FOREIGN KEY(lot_id) REFERENCES call_lot (id) ON DELETE CASCADE,
        CONSTRAINT fk_contract_application_id FOREIGN KEY(application_id)
            REFERENCES application (id) ON DELETE RESTRICT,
        CONSTRAINT fk_contract_file_id FOREIGN KEY(file_id) REFERENCES stored_file (id) ON DELETE SET NULL,
        CONSTRAINT fk_contract_recorded_by_account_id FOREIGN KEY(recorded_by_account_id)
            REFERENCES account (id) ON DELETE SET NULL,
        CONSTRAINT uq_contract_public_id UNIQUE (public_id)
    )
    """,
    "CREATE INDEX ix_contract_application_id ON contract (application_id)",
    "CREATE INDEX ix_contract_file_id ON contract (file_id)",
    "CREATE INDEX ix_contract_recorded_by_account_id ON contract (recorded_by_account_id)",
    """
CREATE FUNCTION refuse_moving_standstill() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
    IF OLD.confirmed_at IS NULL THEN
        IF NEW.confirmed_at IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM notice_sent n WHERE n.standstill_id = NEW.id AND n.kind IN ('chosen', 'not_chosen'))
        THEN
            RAISE EXCEPTION 'standstill runs only once somebody was told' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF (NEW.decision_id, NEW.days, NEW.dispatched_on, NEW.last_day, NEW.ends_at, NEW.confirmed_at)
        IS DISTINCT FROM (OLD.decision_id, OLD.days, OLD.dispatched_on, OLD.last_day, OLD.ends_at, OLD.confirmed_at)
    THEN
        RAISE EXCEPTION 'standstill has begun and is not moved' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$body$
    """,
    """
CREATE TRIGGER standstill_not_moved BEFORE UPDATE ON standstill
    FOR EACH ROW EXECUTE FUNCTION refuse_moving_standstill()
    """,
    """
CREATE FUNCTION refuse_change_of_notice_sent() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
    RAISE EXCEPTION 'notice_sent is never changed' USING ERRCODE = 'check_violation';
END
$body$
    """,
    """
CREATE TRIGGER notice_sent_never_changed BEFORE UPDATE ON notice_sent
    FOR EACH ROW EXECUTE FUNCTION refuse_change_of_notice_sent()
    """,
    """
CREATE FUNCTION take_objection_by_its_day() RETURNS trigger LANGUAGE plpgsql AS $body$
DECLARE
    waiting standstill;
BEGIN
    SELECT * INTO waiting FROM standstill s WHERE s.id = NEW.standstill_id FOR UPDATE;
    IF waiting.confirmed_at IS NULL THEN
        RAISE EXCEPTION 'objection before anybody was told' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.is_late <> (NEW.arrived_on > waiting.last_day) THEN
        RAISE EXCEPTION 'objection is late by its day, not by choice' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.way = 'online' AND (NEW.is_late OR NEW.recorded_at >= waiting.ends_at) THEN
        RAISE EXCEPTION 'objection after the Wartefrist' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$body$
    """,
    """
CREATE TRIGGER objection_by_its_day BEFORE INSERT ON objection
    FOR EACH ROW EXECUTE FUNCTION take_objection_by_its_day()
    """,
    """
CREATE FUNCTION refuse_early_contract() RETURNS trigger LANGUAGE plpgsql AS $body$
DECLARE
    waiting standstill;
    decided decision;
BEGIN
    SELECT * INTO waiting FROM standstill s WHERE s.id = NEW.standstill_id FOR UPDATE;
    SELECT * INTO decided FROM decision d WHERE d.id = waiting.decision_id FOR UPDATE;
    IF decided.set_aside_at IS NOT NULL OR decided.lot_id <> NEW.lot_id
        OR decided.application_id IS DISTINCT FROM NEW.application_id
    THEN
        RAISE EXCEPTION 'contract without a standing decision for this applicant' USING ERRCODE = 'check_violation';
    END IF;
    IF waiting.confirmed_at IS NULL OR NEW.signed_on <= waiting.last_day OR NEW.recorded_at < waiting.ends_at THEN
        RAISE EXCEPTION 'contract before the Wartefrist is over' USING ERRCODE = 'check_violation';
    END IF;
    IF EXISTS (SELECT 1 FROM objection o WHERE o.standstill_id = waiting.id
               AND (o.answered_on IS NULL OR o.outcome = 'justified'))
    THEN
        RAISE EXCEPTION 'contract before every objection was answered' USING ERRCODE = 'check_violation';
    END IF;
    IF EXISTS (SELECT 1 FROM approval_step a WHERE a.decision_id = decided.id AND a.is_before_contract
               AND a.outcome IN ('open', 'refused'))
    THEN
        RAISE EXCEPTION 'contract before every approval' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$body$
    """,
    """
CREATE TRIGGER contract_not_early BEFORE INSERT ON contract
    FOR EACH ROW EXECUTE FUNCTION refuse_early_contract()
    """,
    """
CREATE FUNCTION refuse_cancelling_with_contract() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
    IF NEW.state = 'cancelled' AND OLD.state <> 'cancelled' AND EXISTS (
        SELECT 1 FROM contract c JOIN call_lot l ON l.id = c.lot_id WHERE l.call_id = NEW.id)
    THEN
        RAISE EXCEPTION 'call has a signed contract' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$body$
    """,
    """
CREATE TRIGGER call_not_cancelled_with_contract BEFORE UPDATE OF state ON call
    FOR EACH ROW EXECUTE FUNCTION refuse_cancelling_with_contract()
    """,
)
TABLES = ("contract", "approval_step", "notice_sent", "objection", "standstill")
FUNCTIONS = (
    "refuse_early_contract",
    "take_objection_by_its_day",
    "refuse_change_of_notice_sent",
    "refuse_moving_standstill",
)


def upgrade() -> None:
    """Create the tables and what guards them."""
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    """Drop them, dependent ones first."""
    op.execute("DROP TRIGGER call_not_cancelled_with_contract ON call")
    op.execute("DROP FUNCTION refuse_cancelling_with_contract()")
    for table in TABLES:
        op.drop_table(table)
    for function in FUNCTIONS:
        op.execute(f"DROP FUNCTION {function}()")
