"""What files of calls, applications and decisions are handed in for."""

from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

FORMER = ("offer_photo", "offer_document", "mandate")
NEW = ("call_document", "evidence", "envelope_scan", "decision_scan", "check_evidence", "contract")


def upgrade() -> None:
    _purposes((*FORMER, *NEW))


def downgrade() -> None:
    op.execute(
        """
        DELETE FROM stored_file WHERE purpose IN
            ('call_document', 'evidence', 'envelope_scan', 'decision_scan', 'check_evidence', 'contract')
        """
    )
    _purposes(FORMER)


def _purposes(purposes: tuple[str, ...]) -> None:
    listed = ", ".join(f"'{purpose}'" for purpose in purposes)
    op.execute("ALTER TABLE stored_file DROP CONSTRAINT ck_stored_file_purpose_known")
    op.execute(f"ALTER TABLE stored_file ADD CONSTRAINT ck_stored_file_purpose_known CHECK (purpose IN ({listed}))")
