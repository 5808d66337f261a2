"""Scoring runs, which are written once, and the points that a body has given. No Flask."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CHAR, DDL, CheckConstraint, ForeignKey, String, UniqueConstraint, event, func, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from succession.awards.limits import LONGEST_NAME, LONGEST_REASON
from succession.db import Base, PublicIdMixin, TextEnum, one_of
from succession.i18n import Text


class Cause(StrEnum):
    """Why a lot was scored: once after the deadline, then only because something has changed."""

    FIRST = "first"
    EVIDENCE = "evidence"
    AWARDED_POINTS = "awarded_points"
    WITHDRAWAL = "withdrawal"
    DRAW = "draw"
    OBJECTION = "objection"

    @property
    def label(self) -> Text:
        """What a person reads."""
        return _CAUSES[self]


_CAUSES = {
    Cause.FIRST: Text("First scoring after the deadline"),
    Cause.EVIDENCE: Text("Evidence was checked"),
    Cause.AWARDED_POINTS: Text("The body gave its points"),
    Cause.WITHDRAWAL: Text("Somebody withdrew"),
    Cause.DRAW: Text("The public draw was held"),
    Cause.OBJECTION: Text("An objection was justified"),
}


class ScoringRun(PublicIdMixin, Base):
    """One scoring of one lot: what went in, what came out, and the seal of the run before.

    A trigger refuses every change and every deletion. What is left to a retention rule is to empty `document` and
    `result`, both to `{}`: the hashes stay, and with them the chain.
    """

    __tablename__ = "scoring_run"
    __table_args__ = (
        UniqueConstraint("lot_id", "number"),
        one_of("cause", Cause),
        CheckConstraint("number >= 1", name="number_counts"),
        CheckConstraint("(number = 1) = (cause = 'first')", name="the_first_is_first"),
        CheckConstraint("(number = 1) = (previous_hash IS NULL)", name="follows_one_before"),
        CheckConstraint("cause <> 'objection' OR cause_note <> ''", name="an_objection_is_told"),
    )

    call_id: Mapped[int] = mapped_column(ForeignKey("call.id", ondelete="RESTRICT"), index=True)
    lot_id: Mapped[int] = mapped_column(ForeignKey("call_lot.id", ondelete="RESTRICT"))
    number: Mapped[int]
    cause: Mapped[Cause] = mapped_column(TextEnum(Cause))
    cause_note: Mapped[str] = mapped_column(String(LONGEST_REASON), server_default=text("''"))
    document: Mapped[dict[str, Any]] = mapped_column(JSONB)
    """A case of `points-1`: applicants by their code, never by name."""
    input_hash: Mapped[str] = mapped_column(CHAR(64))
    principle_identifier: Mapped[str] = mapped_column(CHAR(64))
    engine_version: Mapped[str]
    result: Mapped[dict[str, Any]] = mapped_column(JSONB)
    """The answer of the engine with its whole working (`awards/working.py`)."""
    result_hash: Mapped[str] = mapped_column(CHAR(64))
    previous_hash: Mapped[str | None] = mapped_column(CHAR(64))
    """The result of the run before, so that none can be left out or slipped in."""
    made_by_account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"), index=True)
    made_at: Mapped[datetime] = mapped_column(server_default=func.now())


class AwardedPoints(PublicIdMixin, Base):
    """Points that a named body gave on one line, with its reason; they count once a second person agrees."""

    __tablename__ = "awarded_points"
    __table_args__ = (
        UniqueConstraint("lot_id", "application_id", "question"),
        CheckConstraint("length(reason) >= 1", name="reasoned"),
        CheckConstraint("length(body) >= 1", name="body_named"),
        CheckConstraint("confirmed_by_account_id <> entered_by_account_id", name="four_eyes"),
        CheckConstraint("confirmed_at IS NOT NULL OR confirmed_by_account_id IS NULL", name="confirmed_at_some_time"),
    )

    lot_id: Mapped[int] = mapped_column(ForeignKey("call_lot.id", ondelete="RESTRICT"))
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id", ondelete="RESTRICT"), index=True)
    question: Mapped[str] = mapped_column(String(LONGEST_NAME))
    """The id of the question in the principles whose answer the body gives."""
    marks: Mapped[list[str]] = mapped_column(JSONB)
    """One figure as text, or one for each member of a panel."""
    reason: Mapped[str] = mapped_column(String(LONGEST_REASON))
    body: Mapped[str] = mapped_column(String(LONGEST_NAME))
    given_on: Mapped[date]
    entered_by_account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"), index=True)
    entered_at: Mapped[datetime]
    confirmed_by_account_id: Mapped[int | None] = mapped_column(
        ForeignKey("account.id", ondelete="SET NULL"), index=True
    )
    confirmed_at: Mapped[datetime | None]
    revision: Mapped[int] = mapped_column(server_default=text("1"))


# As in the revision that makes the table; a test holds them together.
NEVER_CHANGED = """
CREATE FUNCTION refuse_change_of_scoring_run() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
    IF TG_OP = 'UPDATE'
        AND (NEW.document = OLD.document OR NEW.document = '{}') AND (NEW.result = OLD.result OR NEW.result = '{}')
        AND (NEW.made_by_account_id IS NOT DISTINCT FROM OLD.made_by_account_id OR NEW.made_by_account_id IS NULL)
        AND to_jsonb(NEW) - ARRAY['document', 'result', 'made_by_account_id']
            = to_jsonb(OLD) - ARRAY['document', 'result', 'made_by_account_id']
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'scoring_run is never changed, only emptied';
END
$body$;
CREATE TRIGGER scoring_run_never_changed BEFORE UPDATE OR DELETE ON scoring_run
    FOR EACH ROW EXECUTE FUNCTION refuse_change_of_scoring_run();
CREATE TRIGGER scoring_run_never_truncated BEFORE TRUNCATE ON scoring_run
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_scoring_run();
REVOKE DELETE, TRUNCATE ON scoring_run FROM succession_app
"""
event.listen(ScoringRun.__table__, "after_create", DDL(NEVER_CHANGED))  # type: ignore[no-untyped-call]
