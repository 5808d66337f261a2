"""Writing doors of the queue for operators."""

from datetime import datetime

from sqlalchemy import text
from sqlalchemy.orm import Session

from succession.errors import Conflict
from succession.i18n import Text

RETRY = "SELECT procrastinate_retry_job_v2(CAST(:id AS bigint), :at, NULL, NULL, NULL)"
FAILED = "SELECT id FROM procrastinate_jobs WHERE status = 'failed' ORDER BY id FOR UPDATE SKIP LOCKED"
IS_FAILED = "SELECT 1 FROM procrastinate_jobs WHERE id = :id AND status = 'failed' FOR UPDATE"


def retry(session: Session, job_id: int, *, now: datetime) -> None:
    """A failed job will be tried again at once; any other is a `Conflict`."""
    if session.scalar(text(IS_FAILED), {"id": job_id}) is None:
        raise Conflict(Text("Only a job that has failed can be tried again."))
    session.execute(text(RETRY), {"id": job_id, "at": now})


def retry_failed(session: Session, *, now: datetime) -> int:
    """All failed jobs will be tried again at once; how many they are."""
    found = list(session.scalars(text(FAILED)))
    for job_id in found:
        session.execute(text(RETRY), {"id": job_id, "at": now})
    return len(found)
