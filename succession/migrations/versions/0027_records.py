"""The records of decisions."""

from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

STATEMENTS = (
    """
    CREATE TABLE award_record (
        decision_id INTEGER NOT NULL,
        lot_id INTEGER NOT NULL,
        run_id INTEGER NOT NULL,
        full_record JSONB NOT NULL,
        public_record JSONB NOT NULL,
        record_hash CHAR(64) NOT NULL,
        made_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
        published_at TIMESTAMP WITH TIME ZONE,
        id SERIAL NOT NULL,
        public_id UUID DEFAULT gen_random_uuid() NOT NULL,
        CONSTRAINT pk_award_record PRIMARY KEY (id),
        CONSTRAINT uq_award_record_decision_id UNIQUE (decision_id),
        CONSTRAINT ck_award_record_hash_whole CHECK (record_hash ~ '^[0-9a-f]{64}$'),
        CONSTRAINT ck_award_record_published_when_made CHECK (published_at >= made_at),
        CONSTRAINT fk_award_record_decision_id FOREIGN KEY(decision_id) REFERENCES decision (id) ON DELETE RESTRICT,
        CONSTRAINT fk_award_record_lot_id FOREIGN KEY(lot_id) REFERENCES call_lot (id) ON DELETE RESTRICT,
        CONSTRAINT fk_award_record_run_id FOREIGN KEY(run_id) REFERENCES scoring_run (id) ON DELETE RESTRICT,
        CONSTRAINT uq_award_record_public_id UNIQUE (public_id)
    )
    """,
    "CREATE INDEX ix_award_record_lot_id ON award_record (lot_id)",
    "CREATE INDEX ix_award_record_run_id ON award_record (run_id)",
    """
CREATE FUNCTION refuse_change_of_award_record() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
    IF TG_OP = 'UPDATE'
        AND to_jsonb(NEW) - ARRAY['full_record', 'published_at'] = to_jsonb(OLD) - ARRAY['full_record', 'published_at']
        AND (OLD.published_at IS NULL OR NEW.published_at = OLD.published_at)
        AND NEW.full_record - 'lines' = OLD.full_record - 'lines'
        AND NOT EXISTS (
            SELECT FROM jsonb_array_elements(OLD.full_record -> 'lines') WITH ORDINALITY AS was (line, place)
            FULL JOIN jsonb_array_elements(NEW.full_record -> 'lines') WITH ORDINALITY AS is_now (line, place)
                USING (place)
            WHERE was.line IS NULL OR is_now.line IS NULL
                OR (is_now.line <> was.line AND is_now.line <> was.line - 'opening')
        )
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'award_record is never changed, only published and stripped of openings';
END
$body$
    """,
    """
CREATE TRIGGER award_record_never_changed BEFORE UPDATE OR DELETE ON award_record
    FOR EACH ROW EXECUTE FUNCTION refuse_change_of_award_record()
    """,
    """
CREATE TRIGGER award_record_never_truncated BEFORE TRUNCATE ON award_record
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_award_record()
    """,
    "REVOKE DELETE, TRUNCATE ON award_record FROM succession_app",
)

TABLES = ("award_record",)


def upgrade() -> None:
    """Create the table; the application may not delete a record."""
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    """Drop them, dependent ones first."""
    for table in TABLES:
        op.drop_table(table)
    op.execute("DROP FUNCTION refuse_change_of_award_record()")
