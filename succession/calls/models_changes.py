"""Documents of a call, and what was changed after it had been published. No Flask."""

from datetime import datetime
from typing import Any

from sqlalchemy import CHAR, CheckConstraint, ForeignKey, String, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from succession.calls.limits import LONGEST_WORDS
from succession.calls.models import Call
from succession.db import Base, PublicIdMixin


class CallDocument(PublicIdMixin, Base):
    """A document that everybody may read once the call is published."""

    __tablename__ = "call_document"
    __table_args__ = (UniqueConstraint("call_id", "file_id"),)

    call_id: Mapped[int] = mapped_column(ForeignKey(Call.id, ondelete="CASCADE"), index=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id", ondelete="RESTRICT"), index=True)
    title: Mapped[str] = mapped_column(String(160))
    position: Mapped[int] = mapped_column(server_default=text("1"))


class CallChange(Base):
    """One change after the opening: what, why, and how many were told. The number is the revision it led to."""

    __tablename__ = "call_change"
    __table_args__ = (
        CheckConstraint("number >= 2", name="number_follows"),
        CheckConstraint(f"length(reason) BETWEEN 1 AND {LONGEST_WORDS}", name="reason_given"),
        CheckConstraint("told >= 0", name="told_counts"),
    )

    call_id: Mapped[int] = mapped_column(ForeignKey(Call.id, ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    made_at: Mapped[datetime]
    made_by_account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"), index=True)
    reason: Mapped[str]
    changes: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, server_default=text("'[]'::jsonb"))
    """By line: the path in the frozen document, before, after."""
    hash_before: Mapped[str] = mapped_column(CHAR(64))
    hash_after: Mapped[str | None] = mapped_column(CHAR(64))
    told: Mapped[int] = mapped_column(server_default=text("0"))
