"""The writing door of the record."""

from datetime import datetime
from typing import Protocol
from uuid import UUID

from sqlalchemy.orm import Session

from succession.audit.models import ActedAs, AuditEntry


class Acting(Protocol):
    """What the record needs to know of an actor."""

    @property
    def account_public_id(self) -> UUID | None:
        """Who it is, if a person."""

    @property
    def is_system(self) -> bool:
        """Whether it is the worker or the operator's command line."""


def record(
    session: Session, actor: Acting, action: str, *, kind: str, public_id: UUID | None = None, now: datetime
) -> None:
    """The act is on record, in the caller's transaction: `record(…, "listing.published", kind="listing", …)`."""
    session.add(
        AuditEntry(
            recorded_at=now,
            acted_as=_acted_as(actor),
            account_public_id=actor.account_public_id,
            action=action,
            kind=kind,
            public_id=public_id,
        )
    )


def _acted_as(actor: Acting) -> ActedAs:
    if actor.account_public_id is not None:
        return ActedAs.PERSON
    return ActedAs.SYSTEM if actor.is_system else ActedAs.VISITOR
