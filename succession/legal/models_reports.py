"""Reports, the decisions on them and the complaints against those. No Flask."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, func, text
from sqlalchemy.orm import Mapped, mapped_column

from succession.db import Base, PublicIdMixin, TextEnum, one_of
from succession.legal.reports import (
    LONGEST_REPORT,
    LONGEST_STATEMENT,
    SHORTEST_STATEMENT,
    AboutKind,
    Decision,
    Ground,
    Reason,
    Side,
)


class Report(PublicIdMixin, Base):
    """Somebody says that something should not be here; whom it affects stands in it, but is never shown to them."""

    __tablename__ = "report"
    __table_args__ = (
        one_of("about_kind", AboutKind),
        one_of("reason", Reason),
        UniqueConstraint("reference"),
        CheckConstraint(f"length(words) BETWEEN 1 AND {LONGEST_REPORT}", name="words_sized"),
        CheckConstraint("(about_kind = 'page') = (about_path IS NOT NULL)", name="page_has_a_path"),
        CheckConstraint("(about_kind = 'page') = (about_public_id IS NULL)", name="thing_has_an_id"),
        Index("ix_report_about", "about_kind", "about_public_id"),
        Index("ix_report_open", "received_at", postgresql_where=text("closed_at IS NULL")),
    )

    reference: Mapped[str]
    about_kind: Mapped[AboutKind] = mapped_column(TextEnum(AboutKind))
    about_public_id: Mapped[UUID | None]
    about_path: Mapped[str | None]
    reason: Mapped[Reason] = mapped_column(TextEnum(Reason))
    words: Mapped[str]
    key_hash: Mapped[bytes]
    """Of the key in the receipt's link: who reports need not have an account."""
    reporter_account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"), index=True)
    reporter_email: Mapped[str | None]
    affected_account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"), index=True)
    affected_organisation_id: Mapped[int | None] = mapped_column(
        ForeignKey("organisation.id", ondelete="SET NULL"), index=True
    )
    language: Mapped[str]
    received_at: Mapped[datetime] = mapped_column(server_default=func.now())
    closed_at: Mapped[datetime | None]
    """When it was last decided; empty while something waits for a decision."""


class ReportDecision(Base):
    """The first decision, and for each complaint one more; the highest number counts."""

    __tablename__ = "report_decision"
    __table_args__ = (
        one_of("decision", Decision),
        one_of("ground", Ground),
        UniqueConstraint("report_id", "number"),
        CheckConstraint("number BETWEEN 1 AND 3", name="number_counts"),
        CheckConstraint("(decision = 'keep') = (ground = 'nothing_wrong')", name="ground_fits"),
        CheckConstraint(
            f"length(statement) BETWEEN {SHORTEST_STATEMENT} AND {LONGEST_STATEMENT}", name="statement_sized"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey(Report.id, ondelete="CASCADE"))
    number: Mapped[int]
    decision: Mapped[Decision] = mapped_column(TextEnum(Decision))
    ground: Mapped[Ground] = mapped_column(TextEnum(Ground))
    statement: Mapped[str]
    decided_by_account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"), index=True)
    decided_at: Mapped[datetime]


class ReportComplaint(Base):
    """One side does not agree; each may say so once."""

    __tablename__ = "report_complaint"
    __table_args__ = (
        one_of("side", Side),
        CheckConstraint(f"length(words) BETWEEN 1 AND {LONGEST_REPORT}", name="words_sized"),
    )

    report_id: Mapped[int] = mapped_column(ForeignKey(Report.id, ondelete="CASCADE"), primary_key=True)
    side: Mapped[Side] = mapped_column(TextEnum(Side), primary_key=True)
    words: Mapped[str]
    made_at: Mapped[datetime]
