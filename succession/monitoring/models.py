"""Promises of signed contracts, the days on which they are looked at, and what was found. No Flask."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import DDL, CheckConstraint, ForeignKey, String, UniqueConstraint, event, func, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from succession.awards.models_contract import Contract
from succession.db import Base, PublicIdMixin, TextEnum, one_of
from succession.monitoring.outcomes import LONGEST_NAME, LONGEST_NOTE, Ending, Outcome


class Promise(PublicIdMixin, Base):
    """One promise of one contract, in the words of the principles under which the land was given out."""

    __tablename__ = "promise"
    __table_args__ = (
        one_of("ended_because", Ending),
        UniqueConstraint("contract_id", "key"),
        CheckConstraint("(ended_on IS NULL) = (ended_because IS NULL)", name="ends_for_a_reason"),
        CheckConstraint("ended_on IS NULL OR length(ended_note) >= 1", name="ending_told"),
        CheckConstraint(f"length(ended_note) <= {LONGEST_NOTE}", name="ending_short"),
    )

    contract_id: Mapped[int] = mapped_column(ForeignKey(Contract.id, ondelete="RESTRICT"))
    key: Mapped[str] = mapped_column(String(LONGEST_NAME))
    """The id of the promise in the principles."""
    words: Mapped[dict[str, Any]] = mapped_column(JSONB)
    """`text`, `check` and `consequence`, each by language."""
    ended_on: Mapped[date | None]
    ended_because: Mapped[Ending | None] = mapped_column(TextEnum(Ending))
    ended_note: Mapped[str] = mapped_column(server_default=text("''"))
    made_at: Mapped[datetime] = mapped_column(server_default=func.now())
    revision: Mapped[int] = mapped_column(server_default=text("1"))


class PromiseCheck(PublicIdMixin, Base):
    """One day on which a promise is looked at, and the reminders that have gone out for it."""

    __tablename__ = "promise_check"
    __table_args__ = (
        UniqueConstraint("promise_id", "number"),
        CheckConstraint("number >= 1", name="number_counts"),
    )

    promise_id: Mapped[int] = mapped_column(ForeignKey(Promise.id, ondelete="CASCADE"))
    number: Mapped[int]
    due_on: Mapped[date] = mapped_column(index=True)
    announced_at: Mapped[datetime | None]
    """When lessee and office were told that the day comes."""
    overdue_told_at: Mapped[datetime | None]
    """When the office was told that the day has passed."""
    revision: Mapped[int] = mapped_column(server_default=text("1"))


class PromiseEvidence(PublicIdMixin, Base):
    """A file that shows whether a promise was kept, and who handed it in."""

    __tablename__ = "promise_evidence"
    __table_args__ = (CheckConstraint(f"length(note) <= {LONGEST_NOTE}", name="note_short"),)

    check_id: Mapped[int] = mapped_column(ForeignKey(PromiseCheck.id, ondelete="CASCADE"), index=True)
    stored_file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id", ondelete="CASCADE"), index=True)
    note: Mapped[str] = mapped_column(server_default=text("''"))
    is_from_lessee: Mapped[bool]
    added_by_account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"), index=True)
    added_at: Mapped[datetime]


class Finding(PublicIdMixin, Base):
    """What the office found at a check. Rows are added and never changed; the newest counts."""

    __tablename__ = "finding"
    __table_args__ = (
        one_of("outcome", Outcome),
        UniqueConstraint("check_id", "number"),
        CheckConstraint("number >= 1", name="number_counts"),
        CheckConstraint(f"length(note) BETWEEN 1 AND {LONGEST_NOTE}", name="noted"),
        CheckConstraint(f"length(consequence) <= {LONGEST_NOTE}", name="consequence_short"),
        CheckConstraint("consequence = '' OR outcome IN ('partly', 'broken')", name="consequence_has_a_cause"),
        CheckConstraint("consequence_due_on IS NULL OR consequence <> ''", name="due_what_follows"),
        CheckConstraint("settled_on IS NULL OR consequence <> ''", name="settled_what_follows"),
    )

    check_id: Mapped[int] = mapped_column(ForeignKey(PromiseCheck.id, ondelete="CASCADE"))
    number: Mapped[int]
    outcome: Mapped[Outcome] = mapped_column(TextEnum(Outcome))
    found_on: Mapped[date]
    note: Mapped[str]
    consequence: Mapped[str] = mapped_column(server_default=text("''"))
    consequence_due_on: Mapped[date | None]
    settled_on: Mapped[date | None]
    """When what had to follow was done; the one thing that is added later."""
    found_by_account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"), index=True)
    recorded_at: Mapped[datetime]


class LesseeChange(PublicIdMixin, Base):
    """From a day on somebody else keeps the promises of a contract: an heir, a successor on the farm."""

    __tablename__ = "lessee_change"
    __table_args__ = (
        UniqueConstraint("contract_id", "since_on"),
        CheckConstraint("length(name) >= 1", name="named"),
        CheckConstraint(f"length(note) <= {LONGEST_NOTE}", name="note_short"),
    )

    contract_id: Mapped[int] = mapped_column(ForeignKey(Contract.id, ondelete="CASCADE"))
    since_on: Mapped[date]
    name: Mapped[str] = mapped_column(String(LONGEST_NAME))
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"), index=True)
    """Empty where the new lessee takes part on paper."""
    note: Mapped[str] = mapped_column(server_default=text("''"))
    recorded_by_account_id: Mapped[int | None] = mapped_column(
        ForeignKey("account.id", ondelete="SET NULL"), index=True
    )
    recorded_at: Mapped[datetime]


# As in the revision that makes the table; a test holds them together.
FINDINGS_STAY = """
CREATE FUNCTION refuse_change_of_finding() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
    IF to_jsonb(NEW) - ARRAY['settled_on', 'found_by_account_id']
            = to_jsonb(OLD) - ARRAY['settled_on', 'found_by_account_id']
        AND (OLD.settled_on IS NULL OR NEW.settled_on = OLD.settled_on)
        AND (NEW.found_by_account_id IS NULL OR NEW.found_by_account_id = OLD.found_by_account_id)
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'finding is never changed: a new one is written beside it';
END
$body$;
CREATE TRIGGER finding_stays BEFORE UPDATE ON finding FOR EACH ROW EXECUTE FUNCTION refuse_change_of_finding()
"""
event.listen(Finding.__table__, "after_create", DDL(FINDINGS_STAY))  # type: ignore[no-untyped-call]
