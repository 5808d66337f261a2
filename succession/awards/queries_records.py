"""Reading doors of the records of decisions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from succession.accounts.actor import Actor, authorize
from succession.awards import policy_records as policy
from succession.awards import queries
from succession.awards.models_decision import Decision
from succession.awards.models_records import AwardRecord
from succession.awards.queries import Desk
from succession.calls.models import Call, CallLot
from succession.errors import NotFound


@dataclass(frozen=True, slots=True)
class Shown:
    """A record for a page."""

    record: AwardRecord
    decision: Decision
    desk: Desk
    is_newest: bool
    newest_id: UUID | None
    """The public record that took its place."""

    @property
    def public(self) -> dict[str, Any]:
        """The form for everybody."""
        return self.record.public_record


def record_of(session: Session, decision_id: int) -> AwardRecord | None:
    """The record of a decision; the caller has asked for permission."""
    return session.scalar(select(AwardRecord).where(AwardRecord.decision_id == decision_id))


def shown(session: Session, actor: Actor, public_id: UUID) -> Shown:
    """A record that the actor may read; NotFound for everybody else."""
    record = session.scalar(
        select(AwardRecord).where(AwardRecord.public_id == public_id, policy.visible_records(actor))
    )
    if record is None:
        raise NotFound
    newer = select(AwardRecord.public_id).where(
        AwardRecord.lot_id == record.lot_id, AwardRecord.id > record.id, AwardRecord.published_at.is_not(None)
    )
    newest = session.scalar(newer.order_by(AwardRecord.id.desc()).limit(1))
    decision = session.get_one(Decision, record.decision_id)
    stands = decision.set_aside_at is None
    return Shown(record, decision, queries.desk_of_lot(session, record.lot_id), stands and newest is None, newest)


def full(session: Session, actor: Actor, public_id: UUID) -> dict[str, Any]:
    """The full form, for the scoring office."""
    found = shown(session, actor, public_id)
    authorize(policy.may_read_full, actor, found.desk.call, hidden=True)
    return found.record.full_record


def by_link(session: Session, actor: Actor, address: str) -> AwardRecord | None:
    """The record whose id or whole address somebody pasted."""
    tail = address.strip().rstrip("/").split("/")
    for part in reversed(tail):
        try:
            public_id = UUID(part.removesuffix(".json"))
        except ValueError:
            continue
        return session.scalar(
            select(AwardRecord).where(AwardRecord.public_id == public_id, policy.visible_records(actor))
        )
    return None


@dataclass(frozen=True, slots=True)
class PublishedAward:
    """One line of the list of published awards."""

    public_id: UUID
    title: str
    lot_number: int
    lot_name: str
    published_at: datetime


def published(session: Session, actor: Actor, *, limit: int, offset: int = 0) -> Sequence[PublishedAward]:
    """Published records of decisions that stand, the newest first."""
    statement = (
        select(AwardRecord.public_id, Call.title, CallLot.number, CallLot.name, AwardRecord.published_at)
        .join(CallLot, CallLot.id == AwardRecord.lot_id)
        .join(Call, Call.id == CallLot.call_id)
        .join(Decision, Decision.id == AwardRecord.decision_id)
        .where(AwardRecord.published_at.is_not(None), Decision.set_aside_at.is_(None), policy.visible_records(actor))
        .order_by(AwardRecord.published_at.desc(), AwardRecord.id.desc())
        .limit(limit)
        .offset(offset)
    )
    return [
        PublishedAward(row.public_id, row.title, row.number, row.name, row.published_at)
        for row in session.execute(statement)
    ]
