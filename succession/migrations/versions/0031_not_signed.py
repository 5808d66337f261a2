"""Whoever was chosen does not sign: why and since when, and the writing that tells everybody."""

from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

BEFORE = "'chosen', 'not_chosen', 'answer', 'computed_again'"

STATEMENTS = (
    "ALTER TABLE standstill ADD COLUMN not_signed TEXT, ADD COLUMN not_signed_on DATE",
    """
    ALTER TABLE standstill
        ADD CONSTRAINT ck_standstill_not_signed_known CHECK (not_signed IN ('refused', 'day_passed')),
        ADD CONSTRAINT ck_standstill_not_signed_dated CHECK ((not_signed IS NULL) = (not_signed_on IS NULL))
    """,
    "ALTER TABLE notice_sent DROP CONSTRAINT ck_notice_sent_kind_known",
    f"""
    ALTER TABLE notice_sent ADD CONSTRAINT ck_notice_sent_kind_known
        CHECK (kind IN ({BEFORE}, 'decided_anew'))
    """,
    """
    CREATE UNIQUE INDEX uq_notice_sent_decided_anew_once ON notice_sent (standstill_id, application_id)
        WHERE kind = 'decided_anew'
    """,
)


def upgrade() -> None:
    """The next of the waiting list can follow."""
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    """What told of it is lost."""
    op.execute("DROP INDEX uq_notice_sent_decided_anew_once")
    op.execute("DELETE FROM notice_sent WHERE kind = 'decided_anew'")
    op.execute("ALTER TABLE notice_sent DROP CONSTRAINT ck_notice_sent_kind_known")
    op.execute(f"ALTER TABLE notice_sent ADD CONSTRAINT ck_notice_sent_kind_known CHECK (kind IN ({BEFORE}))")
    op.execute("ALTER TABLE standstill DROP COLUMN not_signed, DROP COLUMN not_signed_on")
