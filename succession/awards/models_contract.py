"""The last steps of an award: who must approve it or be told, and the signed contract."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from succession.awards.approvals import LONGEST_BODY, LONGEST_NOTE, ApprovalKind, StepOutcome
from succession.awards.models_notices import Standstill
from succession.db import Base, PublicIdMixin, TextEnum, one_of


class ApprovalStep(PublicIdMixin, Base):
    """One body that must agree to an award or be told of it, with its day and its answer."""

    __tablename__ = "approval_step"
    __table_args__ = (
        one_of("kind", ApprovalKind),
        one_of("outcome", StepOutcome),
        UniqueConstraint("decision_id", "number"),
        CheckConstraint(f"length(body) BETWEEN 1 AND {LONGEST_BODY}", name="body_short"),
        CheckConstraint(f"length(note) <= {LONGEST_NOTE}", name="note_short"),
        CheckConstraint("(outcome = 'open') = (outcome_on IS NULL)", name="ends_on_a_day"),
        CheckConstraint(
            "is_before_contract = (kind IN ('supervision', 'church_district', 'other'))", name="order_follows_kind"
        ),
    )

    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id", ondelete="CASCADE"))
    number: Mapped[int]
    kind: Mapped[ApprovalKind] = mapped_column(TextEnum(ApprovalKind))
    is_before_contract: Mapped[bool]
    body: Mapped[str] = mapped_column(String(LONGEST_BODY))
    """Who is asked or told."""
    asked_on: Mapped[date | None]
    due_on: Mapped[date | None]
    outcome: Mapped[StepOutcome] = mapped_column(TextEnum(StepOutcome), server_default=StepOutcome.OPEN.value)
    outcome_on: Mapped[date | None]
    note: Mapped[str] = mapped_column(String(LONGEST_NOTE), server_default="")
    file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id", ondelete="SET NULL"), index=True)
    recorded_by_account_id: Mapped[int | None] = mapped_column(
        ForeignKey("account.id", ondelete="SET NULL"), index=True
    )
    revision: Mapped[int] = mapped_column(server_default=text("1"))


class Contract(PublicIdMixin, Base):
    """The signed contract of one decision. The database lets none in before the Wartefrist is over (trigger)."""

    __tablename__ = "contract"
    __table_args__ = (
        UniqueConstraint("standstill_id"),
        UniqueConstraint("lot_id"),
        CheckConstraint("ends_on > starts_on", name="ends_after_it_begins"),
        CheckConstraint(f"length(note) <= {LONGEST_NOTE}", name="note_short"),
    )

    standstill_id: Mapped[int] = mapped_column(ForeignKey(Standstill.id, ondelete="CASCADE"))
    lot_id: Mapped[int] = mapped_column(ForeignKey("call_lot.id", ondelete="CASCADE"))
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id", ondelete="RESTRICT"), index=True)
    signed_on: Mapped[date]
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    """Empty where land is sold."""
    file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id", ondelete="SET NULL"), index=True)
    """The scan of the signed paper."""
    note: Mapped[str] = mapped_column(String(LONGEST_NOTE), server_default="")
    recorded_at: Mapped[datetime]
    recorded_by_account_id: Mapped[int | None] = mapped_column(
        ForeignKey("account.id", ondelete="SET NULL"), index=True
    )
