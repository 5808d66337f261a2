"""Runs of a round, which are written once, and what the rule of a run costs. No Flask."""

from datetime import datetime
from typing import Any

from sqlalchemy import CHAR, DDL, CheckConstraint, ForeignKey, UniqueConstraint, event, func
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from succession.db import Base, PublicIdMixin


class RoundRun(PublicIdMixin, Base):
    """One round over all lots of a call: wishes and orders that went in, placement and certificates that came out.

    Applicants stand there by their code. A trigger refuses every change and every deletion; what is left to a retention
    rule is to empty `document` and `result`, both to `{}`: the hashes stay, and with them the chain.
    """

    __tablename__ = "round_run"
    __table_args__ = (
        UniqueConstraint("call_id", "number"),
        CheckConstraint("number >= 1", name="number_counts"),
        CheckConstraint("(number = 1) = (previous_hash IS NULL)", name="follows_one_before"),
    )

    call_id: Mapped[int] = mapped_column(ForeignKey("call.id", ondelete="RESTRICT"))
    number: Mapped[int]
    document: Mapped[dict[str, Any]] = mapped_column(JSONB)
    """A document of `two-sided-1` or `parcels-area-1` with one case, and the input hash of the run of every lot."""
    input_hash: Mapped[str] = mapped_column(CHAR(64))
    principle_identifier: Mapped[str] = mapped_column(CHAR(64))
    engine_version: Mapped[str]
    result: Mapped[dict[str, Any]] = mapped_column(JSONB)
    result_hash: Mapped[str] = mapped_column(CHAR(64))
    previous_hash: Mapped[str | None] = mapped_column(CHAR(64))
    made_by_account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"), index=True)
    made_at: Mapped[datetime] = mapped_column(server_default=func.now())


class RoundPrice(Base):
    """What the rule of a run costs beside the best that any placement could reach; computed by the worker."""

    __tablename__ = "round_price"

    run_id: Mapped[int] = mapped_column(ForeignKey(RoundRun.id, ondelete="RESTRICT"), primary_key=True)
    figures: Mapped[dict[str, Any]] = mapped_column(JSONB)
    made_at: Mapped[datetime]


# As in the revision that makes the table; a test holds them together.
NEVER_CHANGED = """
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
$body$;
CREATE TRIGGER round_run_never_changed BEFORE UPDATE OR DELETE ON round_run
    FOR EACH ROW EXECUTE FUNCTION refuse_change_of_round_run();
CREATE TRIGGER round_run_never_truncated BEFORE TRUNCATE ON round_run
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_round_run();
REVOKE DELETE, TRUNCATE ON round_run FROM succession_app
"""
event.listen(RoundRun.__table__, "after_create", DDL(NEVER_CHANGED))  # type: ignore[no-untyped-call]
