"""Applications with what was sent of them, exact farmsteads apart, and envelopes on paper."""

from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

STATEMENTS = (
    """
    CREATE TABLE envelope (
        call_id INTEGER NOT NULL,
        number INTEGER NOT NULL,
        arrived_at TIMESTAMP WITH TIME ZONE NOT NULL,
        initials VARCHAR(8) NOT NULL,
        recorded_by_account_id INTEGER,
        recorded_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
        idempotency_key UUID NOT NULL,
        opened_by_account_id INTEGER,
        opened_at TIMESTAMP WITH TIME ZONE,
        confirmed_by_account_id INTEGER,
        confirmed_at TIMESTAMP WITH TIME ZONE,
        scan_file_id INTEGER,
        id SERIAL NOT NULL,
        public_id UUID DEFAULT gen_random_uuid() NOT NULL,
        CONSTRAINT pk_envelope PRIMARY KEY (id),
        CONSTRAINT uq_envelope_call_id_number UNIQUE (call_id, number),
        CONSTRAINT uq_envelope_call_id_idempotency_key UNIQUE (call_id, idempotency_key),
        CONSTRAINT ck_envelope_number_counts CHECK (number >= 1),
        CONSTRAINT ck_envelope_initials_given CHECK (length(initials) >= 1),
        CONSTRAINT ck_envelope_four_eyes CHECK (confirmed_by_account_id <> opened_by_account_id),
        CONSTRAINT ck_envelope_opened_before_confirmed CHECK (confirmed_at IS NULL OR opened_at IS NOT NULL),
        CONSTRAINT fk_envelope_call_id FOREIGN KEY(call_id) REFERENCES call (id) ON DELETE RESTRICT,
        CONSTRAINT fk_envelope_recorded_by_account_id FOREIGN KEY(recorded_by_account_id)
            REFERENCES account (id) ON DELETE SET NULL,
        CONSTRAINT fk_envelope_opened_by_account_id FOREIGN KEY(opened_by_account_id)
            REFERENCES account (id) ON DELETE SET NULL,
        CONSTRAINT fk_envelope_confirmed_by_account_id FOREIGN KEY(confirmed_by_account_id)
            REFERENCES account (id) ON DELETE SET NULL,
        CONSTRAINT fk_envelope_scan_file_id FOREIGN KEY(scan_file_id) REFERENCES stored_file (id) ON DELETE SET NULL,
        CONSTRAINT uq_envelope_public_id UNIQUE (public_id)
    )
    """,
    "CREATE INDEX ix_envelope_call_id ON envelope (call_id)",
    "CREATE INDEX ix_envelope_confirmed_by_account_id ON envelope (confirmed_by_account_id)",
    "CREATE INDEX ix_envelope_opened_by_account_id ON envelope (opened_by_account_id)",
    "CREATE INDEX ix_envelope_recorded_by_account_id ON envelope (recorded_by_account_id)",
    "CREATE INDEX ix_envelope_scan_file_id ON envelope (scan_file_id)",
    """
    CREATE TABLE application (
        call_id INTEGER NOT NULL,
        applicant_account_id INTEGER,
        code VARCHAR(12) NOT NULL,
        way TEXT DEFAULT 'online' NOT NULL,
        state TEXT DEFAULT 'draft' NOT NULL,
        name VARCHAR(160) DEFAULT '' NOT NULL,
        address VARCHAR(300) DEFAULT '' NOT NULL,
        email VARCHAR(254),
        phone VARCHAR(40),
        is_group BOOLEAN DEFAULT false NOT NULL,
        ties VARCHAR(500) DEFAULT '' NOT NULL,
        max_area_m2 NUMERIC(14, 2),
        is_connected BOOLEAN DEFAULT false NOT NULL,
        answers JSONB DEFAULT '{}'::jsonb NOT NULL,
        revision INTEGER DEFAULT 1 NOT NULL,
        sent_revision INTEGER,
        is_of_owner BOOLEAN DEFAULT false NOT NULL,
        arrived_at TIMESTAMP WITH TIME ZONE,
        withdrawn_at TIMESTAMP WITH TIME ZONE,
        receipt_hash CHAR(64),
        envelope_id INTEGER,
        entered_by_account_id INTEGER,
        checked_by_account_id INTEGER,
        created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
        updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
        reduce_at TIMESTAMP WITH TIME ZONE,
        told_at TIMESTAMP WITH TIME ZONE,
        reduced_at TIMESTAMP WITH TIME ZONE,
        id SERIAL NOT NULL,
        public_id UUID DEFAULT gen_random_uuid() NOT NULL,
        CONSTRAINT pk_application PRIMARY KEY (id),
        CONSTRAINT ck_application_way_known CHECK (way IN ('online', 'paper')),
        CONSTRAINT ck_application_state_known CHECK (state IN ('draft', 'submitted', 'withdrawn')),
        CONSTRAINT uq_application_call_id_code UNIQUE (call_id, code),
        CONSTRAINT uq_application_call_id_applicant_account_id UNIQUE (call_id, applicant_account_id),
        CONSTRAINT uq_application_envelope_id UNIQUE (envelope_id),
        CONSTRAINT ck_application_revision_counts CHECK (revision >= 1),
        CONSTRAINT ck_application_max_area_there CHECK (max_area_m2 > 0),
        CONSTRAINT ck_application_four_eyes CHECK (checked_by_account_id <> entered_by_account_id),
        CONSTRAINT ck_application_paper_has_an_envelope CHECK (way = 'online' OR envelope_id IS NOT NULL),
        CONSTRAINT ck_application_submitted_is_receipted
            CHECK (state <> 'submitted' OR (arrived_at IS NOT NULL AND receipt_hash IS NOT NULL)),
        CONSTRAINT ck_application_withdrawn_has_a_time CHECK ((state = 'withdrawn') = (withdrawn_at IS NOT NULL)),
        CONSTRAINT fk_application_call_id FOREIGN KEY(call_id) REFERENCES call (id) ON DELETE RESTRICT,
        CONSTRAINT fk_application_applicant_account_id FOREIGN KEY(applicant_account_id)
            REFERENCES account (id) ON DELETE SET NULL,
        CONSTRAINT fk_application_envelope_id FOREIGN KEY(envelope_id) REFERENCES envelope (id) ON DELETE RESTRICT,
        CONSTRAINT fk_application_entered_by_account_id FOREIGN KEY(entered_by_account_id)
            REFERENCES account (id) ON DELETE SET NULL,
        CONSTRAINT fk_application_checked_by_account_id FOREIGN KEY(checked_by_account_id)
            REFERENCES account (id) ON DELETE SET NULL,
        CONSTRAINT uq_application_public_id UNIQUE (public_id)
    )
    """,
    "CREATE INDEX ix_application_applicant_account_id ON application (applicant_account_id)",
    "CREATE INDEX ix_application_call_id ON application (call_id)",
    "CREATE INDEX ix_application_checked_by_account_id ON application (checked_by_account_id)",
    "CREATE INDEX ix_application_entered_by_account_id ON application (entered_by_account_id)",
    """
    CREATE TABLE application_lot (
        application_id INTEGER NOT NULL,
        lot_id INTEGER NOT NULL,
        rank INTEGER,
        bid_cents_year BIGINT,
        answers JSONB DEFAULT '{}'::jsonb NOT NULL,
        CONSTRAINT pk_application_lot PRIMARY KEY (application_id, lot_id),
        CONSTRAINT uq_application_lot_application_id_rank UNIQUE (application_id, rank) DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT ck_application_lot_rank_counts CHECK (rank >= 1),
        CONSTRAINT ck_application_lot_bid_not_negative CHECK (bid_cents_year >= 0),
        CONSTRAINT fk_application_lot_application_id FOREIGN KEY(application_id)
            REFERENCES application (id) ON DELETE CASCADE,
        CONSTRAINT fk_application_lot_lot_id FOREIGN KEY(lot_id) REFERENCES call_lot (id) ON DELETE CASCADE
    )
    """,
    """
    CREATE TABLE application_member (
        application_id INTEGER NOT NULL,
        number INTEGER NOT NULL,
        name VARCHAR(160) NOT NULL,
        CONSTRAINT pk_application_member PRIMARY KEY (application_id, number),
        CONSTRAINT fk_application_member_application_id FOREIGN KEY(application_id)
            REFERENCES application (id) ON DELETE CASCADE
    )
    """,
    """
    CREATE TABLE application_evidence (
        application_id INTEGER NOT NULL,
        question VARCHAR(80) NOT NULL,
        file_id INTEGER NOT NULL,
        CONSTRAINT pk_application_evidence PRIMARY KEY (application_id, question, file_id),
        CONSTRAINT fk_application_evidence_application_id FOREIGN KEY(application_id)
            REFERENCES application (id) ON DELETE CASCADE,
        CONSTRAINT fk_application_evidence_file_id FOREIGN KEY(file_id) REFERENCES stored_file (id) ON DELETE CASCADE
    )
    """,
    "CREATE INDEX ix_application_evidence_file_id ON application_evidence (file_id)",
    """
    CREATE TABLE application_special (
        application_id INTEGER NOT NULL,
        is_sent BOOLEAN NOT NULL,
        answers JSONB NOT NULL,
        salt CHAR(64) NOT NULL,
        consented_at TIMESTAMP WITH TIME ZONE NOT NULL,
        CONSTRAINT pk_application_special PRIMARY KEY (application_id, is_sent),
        CONSTRAINT fk_application_special_application_id FOREIGN KEY(application_id)
            REFERENCES application (id) ON DELETE CASCADE
    )
    """,
    """
    CREATE TABLE application_submission (
        id SERIAL NOT NULL,
        application_id INTEGER NOT NULL,
        number INTEGER NOT NULL,
        arrived_at TIMESTAMP WITH TIME ZONE NOT NULL,
        written_at TIMESTAMP WITH TIME ZONE DEFAULT clock_timestamp() NOT NULL,
        content JSONB,
        hash CHAR(64) NOT NULL,
        idempotency_key UUID NOT NULL,
        CONSTRAINT pk_application_submission PRIMARY KEY (id),
        CONSTRAINT uq_application_submission_application_id_number UNIQUE (application_id, number),
        CONSTRAINT uq_application_submission_application_id_idempotency_key UNIQUE (application_id, idempotency_key),
        CONSTRAINT ck_application_submission_number_counts CHECK (number >= 1),
        CONSTRAINT fk_application_submission_application_id FOREIGN KEY(application_id)
            REFERENCES application (id) ON DELETE CASCADE
    )
    """,
    """
    CREATE TABLE application_place (
        application_id INTEGER NOT NULL,
        is_sent BOOLEAN NOT NULL,
        kind TEXT NOT NULL,
        label VARCHAR(160) NOT NULL,
        geom geometry(POINT,25832) NOT NULL,
        salt CHAR(64) NOT NULL,
        CONSTRAINT pk_application_place PRIMARY KEY (application_id, is_sent),
        CONSTRAINT ck_application_place_kind_known CHECK (kind IN ('existing', 'planned')),
        CONSTRAINT fk_application_place_application_id FOREIGN KEY(application_id)
            REFERENCES application (id) ON DELETE CASCADE
    )
    """,
    "CREATE INDEX idx_application_place_geom ON application_place USING gist (geom)",
    """
    CREATE FUNCTION guard_application() RETURNS trigger LANGUAGE plpgsql AS $body$
    BEGIN
        IF NEW.way = 'paper' AND NEW.state = 'submitted' AND (TG_OP = 'INSERT' OR OLD.state <> 'submitted')
            AND (NEW.entered_by_account_id IS NULL OR NEW.checked_by_account_id IS NULL) THEN
            RAISE EXCEPTION 'application: paper counts when two people have entered and confirmed it';
        END IF;
        IF TG_OP = 'UPDATE' AND (NEW.code, NEW.call_id, NEW.way) IS DISTINCT FROM (OLD.code, OLD.call_id, OLD.way) THEN
            RAISE EXCEPTION 'application: code, call and way never change';
        END IF;
        RETURN NEW;
    END
    $body$
    """,
    """
    CREATE TRIGGER application_guarded BEFORE INSERT OR UPDATE ON application
        FOR EACH ROW EXECUTE FUNCTION guard_application()
    """,
    """
    CREATE FUNCTION guard_application_submission() RETURNS trigger LANGUAGE plpgsql AS $body$
    BEGIN
        IF TG_OP = 'INSERT' THEN
            IF NEW.arrived_at > clock_timestamp() OR EXISTS (
                SELECT 1 FROM application a JOIN call c ON c.id = a.call_id
                WHERE a.id = NEW.application_id AND c.closes_at <= NEW.arrived_at
            ) THEN
                RAISE EXCEPTION 'application_submission: arrived after the deadline';
            END IF;
            RETURN NEW;
        END IF;
        IF TG_OP = 'DELETE' THEN
            IF EXISTS (SELECT 1 FROM application a WHERE a.id = OLD.application_id) THEN
                RAISE EXCEPTION 'application_submission goes with its application only';
            END IF;
            RETURN OLD;
        END IF;
        IF NEW.content IS NOT NULL
            OR (to_jsonb(NEW) - 'content') IS DISTINCT FROM (to_jsonb(OLD) - 'content') THEN
            RAISE EXCEPTION 'application_submission is never changed, only emptied';
        END IF;
        RETURN NEW;
    END
    $body$
    """,
    """
    CREATE TRIGGER application_submission_guarded BEFORE INSERT OR UPDATE OR DELETE ON application_submission
        FOR EACH ROW EXECUTE FUNCTION guard_application_submission()
    """,
    """
    CREATE FUNCTION guard_envelope() RETURNS trigger LANGUAGE plpgsql AS $body$
    BEGIN
        IF TG_OP = 'UPDATE' AND (NEW.call_id, NEW.number, NEW.arrived_at, NEW.initials, NEW.recorded_at)
            IS DISTINCT FROM (OLD.call_id, OLD.number, OLD.arrived_at, OLD.initials, OLD.recorded_at) THEN
            RAISE EXCEPTION 'envelope: what was recorded of an unopened envelope never changes';
        END IF;
        IF NEW.opened_at IS NOT NULL AND EXISTS (
            SELECT 1 FROM call c WHERE c.id = NEW.call_id
            AND (c.closes_at > clock_timestamp() OR c.closes_at <= NEW.arrived_at)
        ) THEN
            RAISE EXCEPTION 'envelope: shut before the deadline, and for ever if it came too late';
        END IF;
        RETURN NEW;
    END
    $body$
    """,
    """
    CREATE TRIGGER envelope_guarded BEFORE INSERT OR UPDATE ON envelope
        FOR EACH ROW EXECUTE FUNCTION guard_envelope()
    """,
)
TABLES = (
    "application_place",
    "application_submission",
    "application_special",
    "application_evidence",
    "application_member",
    "application_lot",
    "application",
    "envelope",
)
FUNCTIONS = ("guard_application", "guard_application_submission", "guard_envelope")


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    for table in TABLES:
        op.execute(f"DROP TABLE {table}")
    for function in FUNCTIONS:
        op.execute(f"DROP FUNCTION {function}()")
