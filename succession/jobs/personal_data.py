"""What the queue holds on a person: how far work that they started has come."""

from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from succession.jobs.models import WorkProgress


def export(session: Session, account_id: int) -> list[dict[str, Any]]:
    """Each piece of work with its kind, state and time."""
    statement = select(WorkProgress).where(WorkProgress.account_id == account_id).order_by(WorkProgress.id)
    return [
        {"kind": row.kind, "state": row.state.value, "created_at": row.created_at.isoformat()}
        for row in session.scalars(statement)
    ]


def erase(session: Session, account_id: int) -> None:
    """No piece of work names the person any more."""
    session.execute(delete(WorkProgress).where(WorkProgress.account_id == account_id))
