"""Reading doors of the queue: what waits, what failed, how far long work has come."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from succession.errors import NotFound
from succession.jobs.models import WorkProgress

COUNTS = "SELECT status::text AS state, count(*) AS number FROM procrastinate_jobs GROUP BY status"
LATEST = """
SELECT job.id, job.task_name, job.status::text AS state, job.attempts, job.scheduled_at, event.at, job.args
FROM procrastinate_jobs AS job
LEFT JOIN LATERAL (
    SELECT at FROM procrastinate_events WHERE job_id = job.id ORDER BY at DESC LIMIT 1
) AS event ON true
WHERE CAST(:state AS text) IS NULL OR job.status::text = :state
ORDER BY job.id DESC LIMIT :most
"""
WORKERS = "SELECT count(*) FROM procrastinate_workers WHERE last_heartbeat > now() - interval '30 seconds'"
STATES = ("todo", "doing", "succeeded", "failed", "cancelled", "aborted")


@dataclass(frozen=True, slots=True)
class JobRow:
    """One job of the queue."""

    id: int
    task_name: str
    state: str
    attempts: int
    scheduled_at: datetime | None
    at: datetime | None
    args: dict[str, Any]


@dataclass(frozen=True, slots=True)
class QueueStatus:
    """How many jobs are in which state, and how many workers are alive."""

    counts: dict[str, int]
    workers: int


def status(session: Session) -> QueueStatus:
    """The whole queue in two figures a state."""
    found = {row.state: row.number for row in session.execute(text(COUNTS))}
    workers = session.scalar(text(WORKERS)) or 0
    return QueueStatus({state: found.get(state, 0) for state in STATES}, workers)


def latest(session: Session, state: str | None = None, *, most: int = 50) -> list[JobRow]:
    """The newest jobs, of one state or all."""
    rows = session.execute(text(LATEST), {"state": state, "most": most}).mappings()
    return [JobRow(**row) for row in rows]


def progress(session: Session, public_id: UUID) -> WorkProgress:
    """How far that piece of work has come."""
    found = session.scalar(select(WorkProgress).where(WorkProgress.public_id == public_id))
    if found is None:
        raise NotFound
    return found
