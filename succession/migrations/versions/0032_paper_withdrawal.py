"""An application on paper is withdrawn on paper: its day and its scan."""

from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The office can record it."""
    op.execute(
        """
        ALTER TABLE envelope ADD COLUMN withdrawn_on DATE, ADD COLUMN withdrawal_file_id INTEGER,
            ADD CONSTRAINT ck_envelope_confirmed_before_withdrawn
                CHECK (withdrawn_on IS NULL OR confirmed_at IS NOT NULL),
            ADD CONSTRAINT fk_envelope_withdrawal_file_id
                FOREIGN KEY (withdrawal_file_id) REFERENCES stored_file (id) ON DELETE SET NULL
        """
    )
    op.execute("CREATE INDEX ix_envelope_withdrawal_file_id ON envelope (withdrawal_file_id)")


def downgrade() -> None:
    """The day and the scan are lost; what was withdrawn stays so."""
    op.execute("ALTER TABLE envelope DROP COLUMN withdrawn_on, DROP COLUMN withdrawal_file_id")
