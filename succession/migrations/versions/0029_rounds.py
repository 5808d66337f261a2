"""Rounds over several lots: runs that are written once, and what their rule costs."""

from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

STATEMENTS = (
    """
    CREATE TABLE round_run (
        call_id INTEGER NOT NULL,
        number INTEGER NOT NULL,
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
        CONSTRAINT pk_round_run PRIMARY KEY (id),
        CONSTRAINT uq_round_run_call_id_number UNIQUE (call_id, number),
        CONSTRAINT ck_round_run_number_counts CHECK (number >= 1),
        CONSTRAINT ck_round_run_follows_one_before CHECK ((number = 1) = (previous_hash IS NULL)),
        CONSTRAINT fk_round_run_call_id FOREIGN KEY(call_id) REFERENCES call (id) ON DELETE RESTRICT,
        CONSTRAINT fk_round_run_made_by_account_id FOREIGN KEY(made_by_account_id)
         REFERENCES account (id) ON DELETE SET NULL,
        CONSTRAINT uq_round_run_public_id UNIQUE (public_id)
    )
    """,
    "CREATE INDEX ix_round_run_made_by_account_id ON round_run (made_by_account_id)",
    """
    CREATE TABLE round_price (
        run_id INTEGER NOT NULL,
        figures JSONB NOT NULL,
        made_at TIMESTAMP WITH TIME ZONE NOT NULL,
        CONSTRAINT pk_round_price PRIMARY KEY (run_id),
        CONSTRAINT fk_round_price_run_id FOREIGN KEY(run_id) REFERENCES round_run (id) ON DELETE RESTRICT
    )
    """,
    """
CREATE FUNCTION refuse_change_of_round_run() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
    IF TG_OP = 'UPDATE'
        AND (NEW.document = OLD.document OR NEW.document = '{}') AND (NEW.result = OLD.result OR NEW.result = '{}')
        AND (NEW.made_by_account_id IS NOT DISTINCT FROM OLD.made_by_account_id OR NEW.made_by_account_id IS NULL)
        AND to_jsonb(NEW) - ARRAY['document', 'result', 'made_by_account_id']
            = to_jsonb(OLD) - ARRAY['document', 'result', 'made_by_account_id']
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'round_run is never changed, only emptied';
END
$body$
    """,
    """
CREATE TRIGGER round_run_never_changed BEFORE UPDATE OR DELETE ON round_run
    FOR EACH ROW EXECUTE FUNCTION refuse_change_of_round_run()
    """,
    """
CREATE TRIGGER round_run_never_truncated BEFORE TRUNCATE ON round_run
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_round_run()
    """,
    "REVOKE DELETE, TRUNCATE ON round_run FROM succession_app",
)


def upgrade() -> None:
    """Create the tables; the application may not delete a run."""
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    """Drop them, dependent ones first."""
    op.drop_table("round_price")
    op.drop_table("round_run")
    op.execute("DROP FUNCTION refuse_change_of_round_run()")
