"""Mails as rows, written in the transaction of what they tell about. No Flask."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, func, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from succession.db import Base, PublicIdMixin, TextEnum, one_of


class MailState(StrEnum):
    """`kept`: without a mail server or an address it is only shown; `failed`: refused for good."""

    QUEUED = "queued"
    SENT = "sent"
    FAILED = "failed"
    KEPT = "kept"


class OutboxMail(PublicIdMixin, Base):
    """One mail to one recipient; its Message-ID is fixed here, so that a second delivery is recognised as the same."""

    __tablename__ = "outbox_mail"
    __table_args__ = (
        one_of("state", MailState),
        CheckConstraint("num_nonnulls(recipient_account_id, recipient_address) = 1", name="one_recipient"),
        CheckConstraint("(state = 'sent') = (sent_at IS NOT NULL)", name="sent_at_when_sent"),
        Index("ix_outbox_mail_due", "id", postgresql_where=text("state = 'queued'")),
    )

    message_id: Mapped[str] = mapped_column(unique=True)
    recipient_account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    recipient_address: Mapped[str | None]
    template: Mapped[str]
    values: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default=text("'{}'::jsonb"))
    language: Mapped[str]
    state: Mapped[MailState] = mapped_column(TextEnum(MailState), server_default=MailState.QUEUED.value)
    queued_at: Mapped[datetime] = mapped_column(server_default=func.now())
    due_at: Mapped[datetime] = mapped_column(server_default=func.now())
    sent_at: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(server_default=text("0"))
    last_error: Mapped[str | None]
