"""Conflicts of interest, what the office prepared, and what the competent body decided. No Flask."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from succession.awards.limits import LONGEST_NAME, LONGEST_REASON
from succession.awards.models import ScoringRun
from succession.db import Base, PublicIdMixin, TextEnum, one_of
from succession.i18n import Text


class Capacity(StrEnum):
    """In which part somebody has to do with a call."""

    OFFICE = "office"
    BODY = "body"

    @property
    def label(self) -> Text:
        """What a person reads."""
        return _CAPACITIES[self]


_CAPACITIES = {Capacity.OFFICE: Text("works in the office"), Capacity.BODY: Text("member of the body")}


class Outcome(StrEnum):
    """What a body can decide on a lot."""

    AWARD = "award"
    NO_AWARD = "no_award"


class ConflictDeclaration(PublicIdMixin, Base):
    """Somebody of the office or of the body says whether they have an interest in a call; the newest one counts."""

    __tablename__ = "conflict_declaration"
    __table_args__ = (
        one_of("capacity", Capacity),
        CheckConstraint("length(name) >= 1", name="named"),
        CheckConstraint("NOT has_interest OR length(note) >= 1", name="interest_told"),
        Index("ix_conflict_declaration_call_id_name", "call_id", "name"),
    )

    call_id: Mapped[int] = mapped_column(ForeignKey("call.id", ondelete="RESTRICT"))
    capacity: Mapped[Capacity] = mapped_column(TextEnum(Capacity))
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"), index=True)
    """Empty for members of the body, most of whom have no account."""
    name: Mapped[str] = mapped_column(String(LONGEST_NAME))
    has_interest: Mapped[bool]
    was_detected: Mapped[bool] = mapped_column(server_default=text("false"))
    """Found by comparing names and accounts with those who apply, not declared."""
    note: Mapped[str] = mapped_column(String(LONGEST_REASON), server_default=text("''"))
    entered_by_account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"), index=True)
    declared_at: Mapped[datetime]


class Preparation(PublicIdMixin, Base):
    """What the office puts before the body: a run, and whom it puts first. One stands per lot; two people make it."""

    __tablename__ = "preparation"
    __table_args__ = (
        CheckConstraint("checked_by_account_id <> prepared_by_account_id", name="two_people"),
        CheckConstraint("checked_at IS NOT NULL OR checked_by_account_id IS NULL", name="checked_at_some_time"),
        Index("uq_preparation_standing", "lot_id", unique=True, postgresql_where=text("set_aside_at IS NULL")),
    )

    lot_id: Mapped[int] = mapped_column(ForeignKey("call_lot.id", ondelete="RESTRICT"), index=True)
    run_id: Mapped[int] = mapped_column(ForeignKey(ScoringRun.id, ondelete="RESTRICT"), index=True)
    application_id: Mapped[int | None] = mapped_column(ForeignKey("application.id", ondelete="RESTRICT"), index=True)
    """Whom the principles put first; nobody, if no one can be ranked."""
    note: Mapped[str] = mapped_column(String(LONGEST_REASON), server_default=text("''"))
    prepared_by_account_id: Mapped[int | None] = mapped_column(
        ForeignKey("account.id", ondelete="SET NULL"), index=True
    )
    prepared_at: Mapped[datetime]
    checked_by_account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"), index=True)
    checked_at: Mapped[datetime | None]
    set_aside_at: Mapped[datetime | None]
    set_aside_reason: Mapped[str] = mapped_column(String(LONGEST_REASON), server_default=text("''"))
    revision: Mapped[int] = mapped_column(server_default=text("1"))


class Decision(PublicIdMixin, Base):
    """What the competent body decided on a lot. Exactly one stands; one that was set aside after an objection stays."""

    __tablename__ = "decision"
    __table_args__ = (
        one_of("outcome", Outcome),
        CheckConstraint("(outcome = 'award') = (application_id IS NOT NULL)", name="award_to_somebody"),
        CheckConstraint("outcome = 'award' OR length(departure_reason) >= 1", name="no_award_reasoned"),
        CheckConstraint("NOT departs OR length(departure_reason) >= 1", name="departure_reasoned"),
        CheckConstraint("length(body) >= 1", name="body_named"),
        CheckConstraint("votes_for >= 0 AND votes_against >= 0 AND votes_abstained >= 0", name="votes_counted"),
        CheckConstraint("(set_aside_at IS NULL) = (set_aside_reason = '')", name="set_aside_reasoned"),
        Index("uq_decision_standing", "lot_id", unique=True, postgresql_where=text("set_aside_at IS NULL")),
    )

    lot_id: Mapped[int] = mapped_column(ForeignKey("call_lot.id", ondelete="RESTRICT"), index=True)
    run_id: Mapped[int] = mapped_column(ForeignKey(ScoringRun.id, ondelete="RESTRICT"), index=True)
    preparation_id: Mapped[int] = mapped_column(ForeignKey(Preparation.id, ondelete="RESTRICT"), index=True)
    outcome: Mapped[Outcome] = mapped_column(TextEnum(Outcome))
    application_id: Mapped[int | None] = mapped_column(ForeignKey("application.id", ondelete="RESTRICT"), index=True)
    body: Mapped[str] = mapped_column(String(LONGEST_NAME))
    decided_on: Mapped[date]
    item: Mapped[str] = mapped_column(String(LONGEST_NAME))
    """Where it stands in the minutes, such as the number on the agenda."""
    is_public: Mapped[bool]
    votes_for: Mapped[int]
    votes_against: Mapped[int]
    votes_abstained: Mapped[int]
    withdrew: Mapped[list[str]] = mapped_column(JSONB)
    """The members who took no part, by name."""
    departs: Mapped[bool]
    """Whether the body left the order of the ranking; then the reason stands in every copy."""
    departure_reason: Mapped[str] = mapped_column(String(LONGEST_REASON), server_default=text("''"))
    scan_file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id", ondelete="RESTRICT"), index=True)
    recorded_by_account_id: Mapped[int | None] = mapped_column(
        ForeignKey("account.id", ondelete="SET NULL"), index=True
    )
    recorded_at: Mapped[datetime]
    set_aside_at: Mapped[datetime | None]
    set_aside_reason: Mapped[str] = mapped_column(String(LONGEST_REASON), server_default=text("''"))
