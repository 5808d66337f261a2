"""Reading doors of the record: what concerns somebody, and what happened to a thing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Date, Select, and_, cast, func, or_, select
from sqlalchemy.orm import Session

from succession.audit.models import ActedAs, AuditDetail, AuditEntry
from succession.i18n import PLACE_OF_TIMES


@dataclass(frozen=True, slots=True)
class Concerned:
    """Whose record is read: a person with their things and the organisations that they work for.

    `things` has a selection of public ids for each kind of thing: the rooms that keep the things know them.
    """

    account: UUID
    organisations: frozenset[UUID] = frozenset()
    things: Mapping[str, Select[UUID]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Act:
    """One line of the record."""

    at: datetime
    action: str
    kind: str
    public_id: UUID | None
    acted_as: ActedAs
    account: UUID | None
    on_behalf_of: UUID | None
    organisation: UUID | None
    detail: Mapping[str, Any] | None


def acts(
    session: Session,
    concerned: Concerned,
    *,
    about: tuple[str, UUID] | None = None,
    kind: str | None = None,
    offset: int = 0,
    limit: int,
) -> list[Act]:
    """What concerns the person, the newest first; `about` narrows it to one thing, `kind` to one kind of thing."""
    statement = _acts().where(_concerns(concerned)).order_by(AuditEntry.recorded_at.desc(), AuditEntry.id.desc())
    if about is not None:
        statement = statement.where(_is(about))
    if kind is not None:
        statement = statement.where(AuditEntry.kind == kind)
    return [_act(row) for row in session.execute(statement.offset(offset).limit(limit))]


def acts_on(session: Session, kind: str, public_id: UUID) -> list[Act]:
    """Everything that happened to one thing, the oldest first: for the operator's command line."""
    statement = _acts().where(_is((kind, public_id))).order_by(AuditEntry.recorded_at, AuditEntry.id)
    return [_act(row) for row in session.execute(statement)]


def last_change(session: Session, kind: str, public_id: UUID) -> Act | None:
    """The newest act on a thing: who entered it last, and for whom; a look changes nothing."""
    changes = _is((kind, public_id)), ~AuditEntry.action.endswith(".looked_at")
    newest = _acts().where(*changes).order_by(AuditEntry.recorded_at.desc(), AuditEntry.id.desc())
    row = session.execute(newest.limit(1)).first()
    return None if row is None else _act(row)


def has_looked(session: Session, account: UUID, kind: str, public_id: UUID, *, day: date) -> bool:
    """Whether the person's look at a thing on that day is on record already, in nobody else's name."""
    recorded_on = cast(func.timezone(PLACE_OF_TIMES.key, AuditEntry.recorded_at), Date)
    looked = select(AuditEntry.id).where(
        _is((kind, public_id)),
        AuditEntry.account_public_id == account,
        AuditEntry.on_behalf_of.is_(None),
        AuditEntry.action.endswith(".looked_at"),
        recorded_on == day,
    )
    return session.scalar(looked.limit(1)) is not None


def people_in(found: Sequence[Act]) -> set[UUID]:
    """Everybody who appears in these lines."""
    named = {act.account for act in found} | {act.on_behalf_of for act in found}
    return {one for one in named if one is not None}


def _acts() -> Select[Any]:
    return select(AuditEntry, AuditDetail.detail).outerjoin(AuditDetail, AuditDetail.entry_id == AuditEntry.id)


def _is(thing: tuple[str, UUID]) -> ColumnElement[bool]:
    return and_(AuditEntry.kind == thing[0], AuditEntry.public_id == thing[1])


def _concerns(concerned: Concerned) -> ColumnElement[bool]:
    """Done by the person or for them, or on their account, their things, or their organisations."""
    return or_(
        AuditEntry.account_public_id == concerned.account,
        AuditEntry.on_behalf_of == concerned.account,
        _is(("account", concerned.account)),
        AuditEntry.organisation_public_id.in_(concerned.organisations),
        and_(AuditEntry.kind == "organisation", AuditEntry.public_id.in_(concerned.organisations)),
        *(and_(AuditEntry.kind == kind, AuditEntry.public_id.in_(ids)) for kind, ids in concerned.things.items()),
    )


def _act(row: Any) -> Act:
    entry: AuditEntry = row[0]
    return Act(
        at=entry.recorded_at,
        action=entry.action,
        kind=entry.kind,
        public_id=entry.public_id,
        acted_as=entry.acted_as,
        account=entry.account_public_id,
        on_behalf_of=entry.on_behalf_of,
        organisation=entry.organisation_public_id,
        detail=row[1],
    )
