"""The record of a decision: one row a decision, written once, in its full and its public form. No Flask."""

from datetime import datetime
from typing import Any

from sqlalchemy import CHAR, DDL, CheckConstraint, ForeignKey, UniqueConstraint, event, func
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from succession.awards.models import ScoringRun
from succession.awards.models_decision import Decision
from succession.db import Base, PublicIdMixin


class AwardRecord(PublicIdMixin, Base):
    """What was decided on a lot and how it came about, in the open format `award-1`.

    Both forms have the same lines and the same hash; the full one also holds what the commitments of the public one
    hide (`awards/record_build.py`). A trigger lets nothing change but the day of publication, once, and lets
    openings be taken out of the full form: what is left can still be checked.
    """

    __tablename__ = "award_record"
    __table_args__ = (
        UniqueConstraint("decision_id"),
        CheckConstraint("record_hash ~ '^[0-9a-f]{64}$'", name="hash_whole"),
        CheckConstraint("published_at >= made_at", name="published_when_made"),
    )

    decision_id: Mapped[int] = mapped_column(ForeignKey(Decision.id, ondelete="RESTRICT"))
    lot_id: Mapped[int] = mapped_column(ForeignKey("call_lot.id", ondelete="RESTRICT"), index=True)
    run_id: Mapped[int] = mapped_column(ForeignKey(ScoringRun.id, ondelete="RESTRICT"), index=True)
    full_record: Mapped[dict[str, Any]] = mapped_column(JSONB)
    """A case of `award-1` with what was stated and with all salts; applicants by their code, never by name."""
    public_record: Mapped[dict[str, Any]] = mapped_column(JSONB)
    record_hash: Mapped[str] = mapped_column(CHAR(64))
    made_at: Mapped[datetime] = mapped_column(server_default=func.now())
    published_at: Mapped[datetime | None]


# As in the revision that makes the table; a test holds them together.
NEVER_CHANGED = """
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
$body$;
CREATE TRIGGER award_record_never_changed BEFORE UPDATE OR DELETE ON award_record
    FOR EACH ROW EXECUTE FUNCTION refuse_change_of_award_record();
CREATE TRIGGER award_record_never_truncated BEFORE TRUNCATE ON award_record
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_award_record();
REVOKE DELETE, TRUNCATE ON award_record FROM succession_app
"""
event.listen(AwardRecord.__table__, "after_create", DDL(NEVER_CHANGED))  # type: ignore[no-untyped-call]
