"""What follows a decision: the Wartefrist, every writing to applicants with its day, and their objections."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, func, text
from sqlalchemy.orm import Mapped, mapped_column

from succession.awards.notice_kinds import (
    LONGEST_ANSWER,
    LONGEST_OBJECTION,
    LONGEST_REASON,
    AnswerOutcome,
    NoticeKind,
    NotSigned,
    ObjectionWay,
    Way,
)
from succession.awards.standstill import LONGEST_DAYS
from succession.db import Base, PublicIdMixin, TextEnum, one_of


class Standstill(PublicIdMixin, Base):
    """The Wartefrist of one decision: planned when the letters are printed, running once their dispatch is recorded.

    Once it runs its days cannot change any more (trigger). An objection and a contract take turns on its row.
    """

    __tablename__ = "standstill"
    __table_args__ = (
        UniqueConstraint("decision_id"),
        CheckConstraint(f"days BETWEEN 1 AND {LONGEST_DAYS}", name="days_sensible"),
        CheckConstraint("last_day = dispatched_on + days", name="counted_from_dispatch"),
        one_of("not_signed", NotSigned),
        CheckConstraint("(not_signed IS NULL) = (not_signed_on IS NULL)", name="not_signed_dated"),
    )

    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id", ondelete="CASCADE"))
    days: Mapped[int]
    dispatched_on: Mapped[date]
    """The day printed in the letters; they must leave on it."""
    last_day: Mapped[date]
    ends_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    """When the office recorded that all letters left on that day; until then it may be planned anew."""
    confirmed_by_account_id: Mapped[int | None] = mapped_column(
        ForeignKey("account.id", ondelete="SET NULL"), index=True
    )
    kept_until: Mapped[datetime | None]
    """When the file of this decision goes: ten years after the end of the contract."""
    not_signed: Mapped[NotSigned | None] = mapped_column(TextEnum(NotSigned))
    """Why no contract came about; then whoever was chosen is out of the running for this lot."""
    not_signed_on: Mapped[date | None]


class NoticeSent(PublicIdMixin, Base):
    """One writing to one applicant, with the day on which it left. Rows are added and never changed."""

    __tablename__ = "notice_sent"
    __table_args__ = (
        one_of("kind", NoticeKind),
        one_of("way", Way),
        CheckConstraint("(kind = 'answer') = (objection_id IS NOT NULL)", name="answers_an_objection"),
        Index(
            "uq_notice_sent_result_once",
            "standstill_id",
            "application_id",
            unique=True,
            postgresql_where=text("kind IN ('chosen', 'not_chosen')"),
        ),
        Index(
            "uq_notice_sent_computed_again_once",
            "standstill_id",
            "application_id",
            unique=True,
            postgresql_where=text("kind = 'computed_again'"),
        ),
        Index(
            "uq_notice_sent_decided_anew_once",
            "standstill_id",
            "application_id",
            unique=True,
            postgresql_where=text("kind = 'decided_anew'"),
        ),
    )

    standstill_id: Mapped[int] = mapped_column(ForeignKey(Standstill.id, ondelete="CASCADE"))
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id", ondelete="CASCADE"), index=True)
    lot_id: Mapped[int] = mapped_column(ForeignKey("call_lot.id", ondelete="CASCADE"), index=True)
    objection_id: Mapped[int | None] = mapped_column(ForeignKey("objection.id", ondelete="CASCADE"), index=True)
    kind: Mapped[NoticeKind] = mapped_column(TextEnum(NoticeKind))
    way: Mapped[Way] = mapped_column(TextEnum(Way))
    dispatched_on: Mapped[date]
    recorded_at: Mapped[datetime] = mapped_column(server_default=func.now())


class Objection(PublicIdMixin, Base):
    """An Einwand of one applicant against one decision, and the answer in writing.

    Whether it is late follows from its day of arrival (trigger). One that waits for its answer holds up the contract.
    """

    __tablename__ = "objection"
    __table_args__ = (
        one_of("way", ObjectionWay),
        one_of("outcome", AnswerOutcome),
        CheckConstraint(f"length(body) BETWEEN 1 AND {LONGEST_OBJECTION}", name="body_short"),
        CheckConstraint(f"length(answer) BETWEEN 1 AND {LONGEST_ANSWER}", name="answer_short"),
        CheckConstraint(f"length(correction) BETWEEN 1 AND {LONGEST_REASON}", name="correction_short"),
        CheckConstraint("num_nulls(outcome, answer, answered_on) IN (0, 3)", name="answered_whole"),
        CheckConstraint("outcome IS NULL OR is_late = (outcome = 'too_late')", name="late_is_answered_as_late"),
        CheckConstraint("(outcome = 'justified') OR correction IS NULL", name="corrected_only_if_justified"),
        CheckConstraint("answered_on >= arrived_on", name="answered_after_it_came"),
        Index(
            "uq_objection_waiting",
            "standstill_id",
            "application_id",
            unique=True,
            postgresql_where=text("answered_on IS NULL"),
        ),
    )

    standstill_id: Mapped[int] = mapped_column(ForeignKey(Standstill.id, ondelete="CASCADE"))
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id", ondelete="CASCADE"), index=True)
    way: Mapped[ObjectionWay] = mapped_column(TextEnum(ObjectionWay))
    arrived_on: Mapped[date]
    """The day on which it reached the office, in Berlin; on paper: as the office states it."""
    is_late: Mapped[bool]
    recorded_at: Mapped[datetime]
    recorded_by_account_id: Mapped[int | None] = mapped_column(
        ForeignKey("account.id", ondelete="SET NULL"), index=True
    )
    body: Mapped[str] = mapped_column(String(LONGEST_OBJECTION))
    outcome: Mapped[AnswerOutcome | None] = mapped_column(TextEnum(AnswerOutcome))
    answer: Mapped[str | None] = mapped_column(String(LONGEST_ANSWER))
    answered_on: Mapped[date | None]
    answered_by_account_id: Mapped[int | None] = mapped_column(
        ForeignKey("account.id", ondelete="SET NULL"), index=True
    )
    correction: Mapped[str | None] = mapped_column(String(LONGEST_REASON))
    """What was wrong and is put right, told to all."""
    new_run_id: Mapped[int | None] = mapped_column(ForeignKey("scoring_run.id", ondelete="SET NULL"), index=True)
