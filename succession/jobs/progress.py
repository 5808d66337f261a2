"""Writing down how far long work has come: in transactions of its own, so that a page can show it meanwhile."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import update
from sqlalchemy.orm import Session

from succession.i18n import AnyText, as_json
from succession.jobs.models import WorkProgress, WorkState


def start(
    session: Session, kind: str, *, account_id: int | None, now: datetime, target_path: str | None = None
) -> WorkProgress:
    """There is a row that the person's page can show; hand its public id to the job as `progress_id`.

    `target_path` is where the page leads when the work is done.
    """
    progress = WorkProgress(
        public_id=uuid4(),
        kind=kind,
        account_id=account_id,
        state=WorkState.WAITING,
        done=0,
        target_path=target_path,
        created_at=now,
        updated_at=now,
    )
    session.add(progress)
    session.flush()
    return progress


class Progress:
    """The pen in the hand of a handler; each stroke is seen at once, also if the work fails later."""

    def __init__(self, transaction: Callable[[], AbstractContextManager[Session]], public_id: UUID) -> None:
        self._transaction = transaction
        self._public_id = public_id

    def advance(self, done: int, total: int | None = None, message: AnyText | None = None) -> None:
        """So much is done, of so much."""
        values: dict[str, Any] = {"state": WorkState.RUNNING, "done": done, "finished_at": None}
        if total is not None:
            values["total"] = total
        self._write(values, message)

    def finish(self, message: AnyText | None = None, *, target_path: str | None = None) -> None:
        """All is done; the page leads to `target_path`."""
        values: dict[str, Any] = {"state": WorkState.DONE, "finished_at": datetime.now(UTC)}
        if target_path is not None:
            values["target_path"] = target_path
        self._write(values, message)

    def fail(self, message: AnyText) -> None:
        """It did not work, and will not without a person; the sentence says what to do."""
        self._write({"state": WorkState.FAILED, "finished_at": datetime.now(UTC)}, message)

    def _write(self, values: dict[str, Any], message: AnyText | None) -> None:
        if message is not None:
            values["message"] = as_json(message)
        with self._transaction() as session:
            session.execute(
                update(WorkProgress)
                .where(WorkProgress.public_id == self._public_id)
                .values(**values, updated_at=datetime.now(UTC))
            )
