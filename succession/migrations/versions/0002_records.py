"""The record of who did what, mails to send, the queue of the worker, and how far long work has come.

The queue's tables and functions belong to procrastinate: they are made by the statements that its package brings. Only
statements that were looked at and tried are run: their hash must be one of those below (decision 0006).
"""

from hashlib import sha256
from importlib.resources import files

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

KNOWN_QUEUES = {"c70ec4b400a60ad9592787653aae5ae77ae41bf801d56b5bd2712751a07f2009": "3.10.0"}

STATEMENTS = (
    """
    CREATE TABLE audit_entry (
        id SERIAL CONSTRAINT pk_audit_entry PRIMARY KEY,
        recorded_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
        acted_as TEXT NOT NULL
            CONSTRAINT ck_audit_entry_acted_as_known CHECK (acted_as IN ('person', 'system', 'visitor')),
        account_public_id UUID,
        action VARCHAR NOT NULL CONSTRAINT ck_audit_entry_action_is_code CHECK (action ~ '^[a-z_]+(\\.[a-z_]+)+$'),
        kind VARCHAR NOT NULL CONSTRAINT ck_audit_entry_kind_is_code CHECK (kind ~ '^[a-z_]+$'),
        public_id UUID,
        CONSTRAINT ck_audit_entry_person_named CHECK ((acted_as = 'person') = (account_public_id IS NOT NULL))
    )
    """,
    "CREATE INDEX ix_audit_entry_kind_public_id ON audit_entry (kind, public_id)",
    "CREATE INDEX ix_audit_entry_account_public_id ON audit_entry (account_public_id)",
    """
    CREATE FUNCTION refuse_change_of_audit_entry() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
    RAISE EXCEPTION 'audit_entry is never changed';
END
$body$
    """,
    """
    CREATE TRIGGER audit_entry_never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entry
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_audit_entry()
    """,
    "REVOKE UPDATE, DELETE, TRUNCATE ON audit_entry FROM succession_app",
    """
    CREATE TABLE outbox_mail (
        id SERIAL CONSTRAINT pk_outbox_mail PRIMARY KEY,
        public_id UUID DEFAULT gen_random_uuid() NOT NULL CONSTRAINT uq_outbox_mail_public_id UNIQUE,
        message_id VARCHAR NOT NULL CONSTRAINT uq_outbox_mail_message_id UNIQUE,
        recipient_account_id INTEGER
            CONSTRAINT fk_outbox_mail_recipient_account_id REFERENCES account (id) ON DELETE CASCADE,
        recipient_address VARCHAR,
        template VARCHAR NOT NULL,
        values JSONB DEFAULT '{}'::jsonb NOT NULL,
        language VARCHAR NOT NULL,
        state TEXT DEFAULT 'queued' NOT NULL
            CONSTRAINT ck_outbox_mail_state_known CHECK (state IN ('queued', 'sent', 'failed', 'kept')),
        queued_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
        due_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
        sent_at TIMESTAMP WITH TIME ZONE,
        attempts INTEGER DEFAULT 0 NOT NULL,
        last_error VARCHAR,
        CONSTRAINT ck_outbox_mail_one_recipient CHECK (num_nonnulls(recipient_account_id, recipient_address) = 1),
        CONSTRAINT ck_outbox_mail_sent_at_when_sent CHECK ((state = 'sent') = (sent_at IS NOT NULL))
    )
    """,
    "CREATE INDEX ix_outbox_mail_due ON outbox_mail (id) WHERE state = 'queued'",
    "CREATE INDEX ix_outbox_mail_recipient_account_id ON outbox_mail (recipient_account_id)",
    """
    CREATE TABLE work_progress (
        id SERIAL CONSTRAINT pk_work_progress PRIMARY KEY,
        public_id UUID DEFAULT gen_random_uuid() NOT NULL CONSTRAINT uq_work_progress_public_id UNIQUE,
        kind VARCHAR NOT NULL,
        account_id INTEGER CONSTRAINT fk_work_progress_account_id REFERENCES account (id) ON DELETE CASCADE,
        state TEXT DEFAULT 'waiting' NOT NULL
            CONSTRAINT ck_work_progress_state_known CHECK (state IN ('waiting', 'running', 'done', 'failed')),
        done INTEGER DEFAULT 0 NOT NULL,
        total INTEGER,
        message JSONB,
        target_path VARCHAR,
        created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
        updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
        finished_at TIMESTAMP WITH TIME ZONE,
        CONSTRAINT ck_work_progress_counts_not_negative CHECK (done >= 0 AND (total IS NULL OR total >= 0)),
        CONSTRAINT ck_work_progress_finished_at_when_final
            CHECK ((state IN ('done', 'failed')) = (finished_at IS NOT NULL))
    )
    """,
    "CREATE INDEX ix_work_progress_account_id ON work_progress (account_id)",
)

DROP_QUEUE = """
DO $$
DECLARE
    named text;
BEGIN
    DROP TABLE procrastinate_events, procrastinate_periodic_defers, procrastinate_jobs, procrastinate_workers CASCADE;
    FOR named IN
        SELECT oid::regprocedure FROM pg_proc
        WHERE proname LIKE 'procrastinate%' AND pronamespace = 'public'::regnamespace
    LOOP
        EXECUTE 'DROP FUNCTION ' || named;
    END LOOP;
    DROP TYPE procrastinate_job_to_defer_v1, procrastinate_job_event_type, procrastinate_job_status;
END $$
"""


def upgrade() -> None:
    connection = op.get_bind()
    for statement in STATEMENTS:
        connection.exec_driver_sql(statement)
    statements, version = _statements_of_the_queue()
    bare = connection.execution_options(no_parameters=True)  # its text is full of % that are no placeholders
    bare.exec_driver_sql(statements)
    connection.exec_driver_sql(f"COMMENT ON TABLE procrastinate_jobs IS 'procrastinate {version}'")


def downgrade() -> None:
    connection = op.get_bind()
    connection.execution_options(no_parameters=True).exec_driver_sql(DROP_QUEUE)
    for table in ("work_progress", "outbox_mail", "audit_entry"):
        connection.exec_driver_sql(f"DROP TABLE {table}")
    connection.exec_driver_sql("DROP FUNCTION refuse_change_of_audit_entry()")


def _statements_of_the_queue() -> tuple[str, str]:
    """What the package brings, and the version it was looked at in."""
    statements = files("procrastinate.sql").joinpath("schema.sql").read_text(encoding="utf-8")
    version = KNOWN_QUEUES.get(sha256(statements.encode()).hexdigest())
    if version is None:
        known = ", ".join(KNOWN_QUEUES.values())
        raise RuntimeError(
            f"The tables of this procrastinate are not known here: install {known}, or see decision 0006."
        )
    return statements, version
