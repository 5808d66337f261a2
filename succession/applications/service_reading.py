"""The writing door of reading: that somebody of the office has read an application is on record."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from succession.accounts.actor import Actor, authorize
from succession.applications import policy, sealing
from succession.audit import service as audit
from succession.calls import queries as calls
from succession.calls.models import Call


def look(session: Session, actor: Actor, call: Call, application_public_id: UUID, *, now: datetime) -> None:
    """The record says who read it; `Sealed` before the deadline."""
    authorize(policy.may_read_admitted, actor, call)
    sealing.refuse_sealed(session, call.id)
    owner = calls.owner_of(session, call)
    audit.record(
        session,
        actor,
        "application.looked_at",
        kind="application",
        public_id=application_public_id,
        organisation=owner.public_id,
        now=now,
    )
