"""The record of acts says for whom and in whose name; personal detail lies apart; everything is sealed in a chain."""

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

STATEMENTS = (
    """
    ALTER TABLE audit_entry
        ADD COLUMN written_at TIMESTAMP WITH TIME ZONE DEFAULT clock_timestamp() NOT NULL,
        ADD COLUMN on_behalf_of UUID,
        ADD COLUMN organisation_public_id UUID,
        ADD COLUMN detail_hash BYTEA,
        ADD CONSTRAINT ck_audit_entry_only_persons_act_for_others
            CHECK (on_behalf_of IS NULL OR acted_as = 'person'),
        ADD CONSTRAINT ck_audit_entry_detail_hash_whole CHECK (length(detail_hash) = 32)
    """,
    "CREATE INDEX ix_audit_entry_on_behalf_of ON audit_entry (on_behalf_of)",
    "CREATE INDEX ix_audit_entry_organisation_public_id ON audit_entry (organisation_public_id)",
    """
    CREATE TABLE audit_detail (
        entry_id INTEGER NOT NULL,
        salt BYTEA NOT NULL,
        detail JSONB NOT NULL,
        CONSTRAINT pk_audit_detail PRIMARY KEY (entry_id),
        CONSTRAINT ck_audit_detail_salt_long CHECK (length(salt) = 32),
        CONSTRAINT fk_audit_detail_entry_id FOREIGN KEY (entry_id) REFERENCES audit_entry (id) ON DELETE RESTRICT
    )
    """,
    """
    CREATE FUNCTION refuse_change_of_audit_detail() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
    RAISE EXCEPTION 'audit_detail is never changed, only erased';
END
$body$
    """,
    """
    CREATE TRIGGER audit_detail_never_changed BEFORE UPDATE OR TRUNCATE ON audit_detail
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_audit_detail()
    """,
    "REVOKE UPDATE, TRUNCATE ON audit_detail FROM succession_app",
    """
    CREATE TABLE audit_seal (
        number BIGINT NOT NULL,
        entry_id INTEGER NOT NULL,
        sealed_at TIMESTAMP WITH TIME ZONE NOT NULL,
        hash BYTEA NOT NULL,
        CONSTRAINT pk_audit_seal PRIMARY KEY (number),
        CONSTRAINT uq_audit_seal_entry_id UNIQUE (entry_id),
        CONSTRAINT ck_audit_seal_number_counts CHECK (number >= 1),
        CONSTRAINT ck_audit_seal_hash_whole CHECK (length(hash) = 32),
        CONSTRAINT fk_audit_seal_entry_id FOREIGN KEY (entry_id) REFERENCES audit_entry (id) ON DELETE RESTRICT
    )
    """,
    """
    CREATE FUNCTION refuse_change_of_audit_seal() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
    RAISE EXCEPTION 'audit_seal is never changed';
END
$body$
    """,
    """
    CREATE TRIGGER audit_seal_never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_seal
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_audit_seal()
    """,
    "REVOKE UPDATE, DELETE, TRUNCATE ON audit_seal FROM succession_app",
)

UNDO = (
    "DROP TABLE audit_seal",
    "DROP TABLE audit_detail",
    "DROP FUNCTION refuse_change_of_audit_seal()",
    "DROP FUNCTION refuse_change_of_audit_detail()",
    """
    ALTER TABLE audit_entry
        DROP CONSTRAINT ck_audit_entry_only_persons_act_for_others,
        DROP CONSTRAINT ck_audit_entry_detail_hash_whole,
        DROP COLUMN detail_hash, DROP COLUMN organisation_public_id, DROP COLUMN on_behalf_of, DROP COLUMN written_at
    """,
)


def upgrade() -> None:
    """The record can say more, and be sealed."""
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    """As it was; for whom and in whose name something was done is lost."""
    for statement in UNDO:
        op.execute(statement)
