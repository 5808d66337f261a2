"""How far long work has come, for the page of whoever started it. The queue itself is procrastinate's. No Flask."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, func, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from succession.db import Base, PublicIdMixin, TextEnum, one_of


class WorkState(StrEnum):
    """Where long work stands."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"

    @property
    def is_final(self) -> bool:
        """Nothing more will happen."""
        return self in {WorkState.DONE, WorkState.FAILED}


class WorkProgress(PublicIdMixin, Base):
    """One piece of long work: how much of how much, and the last sentence about it."""

    __tablename__ = "work_progress"
    __table_args__ = (
        one_of("state", WorkState),
        CheckConstraint("done >= 0 AND (total IS NULL OR total >= 0)", name="counts_not_negative"),
        CheckConstraint("(state IN ('done', 'failed')) = (finished_at IS NOT NULL)", name="finished_at_when_final"),
    )

    kind: Mapped[str]
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    state: Mapped[WorkState] = mapped_column(TextEnum(WorkState), server_default=WorkState.WAITING.value)
    done: Mapped[int] = mapped_column(server_default=text("0"))
    total: Mapped[int | None]
    message: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    target_path: Mapped[str | None]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    updated_at: Mapped[datetime] = mapped_column(server_default=func.now())
    finished_at: Mapped[datetime | None]
