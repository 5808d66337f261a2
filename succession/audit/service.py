"""The writing doors of the record: an act is noted, and what is noted is sealed."""

import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Protocol
from uuid import UUID

from sqlalchemy import exists, func, insert, select
from sqlalchemy.orm import Session

from succession import security_log
from succession.audit.chain import BEGINNING, DetailValue, hash_detail, hash_seal
from succession.audit.models import ActedAs, AuditDetail, AuditEntry, AuditSeal

SALT_BYTES = 32
ONE_SEALER = 7_302_041  # the number of the lock: two sealers at once would write the same link
AT_ONCE = 2000


class ActedFor(Protocol):
    """The person for whom somebody acts."""

    @property
    def account_public_id(self) -> UUID:
        """Who it is."""


class Acting(Protocol):
    """What the record needs to know of an actor."""

    @property
    def account_public_id(self) -> UUID | None:
        """Who it is, if a person."""

    @property
    def is_system(self) -> bool:
        """Whether it is the worker or the operator's command line."""

    @property
    def acting_for(self) -> ActedFor | None:
        """For whom, if not for themselves."""


def record(
    session: Session,
    actor: Acting,
    action: str,
    *,
    kind: str,
    public_id: UUID | None = None,
    organisation: UUID | None = None,
    detail: Mapping[str, DetailValue] | None = None,
    now: datetime,
) -> None:
    """The act is on record, in the caller's transaction: `record(…, "listing.published", kind="listing", …)`.

    `organisation` is the public id of the one in whose name it was done. `detail` is for what is personal, such as a
    name or a note: it can be erased later without breaking the chain.
    """
    entry = AuditEntry(
        recorded_at=now,
        acted_as=_acted_as(actor),
        account_public_id=actor.account_public_id,
        on_behalf_of=actor.acting_for.account_public_id if actor.acting_for is not None else None,
        organisation_public_id=organisation,
        action=action,
        kind=kind,
        public_id=public_id,
    )
    if detail:
        salt = secrets.token_bytes(SALT_BYTES)
        entry.detail_hash = hash_detail(salt, detail)
        entry.detail = AuditDetail(salt=salt, detail=dict(detail))
    session.add(entry)
    security_log.note_on_commit(session, action, who=actor.account_public_id, subject=public_id)


def seal(session: Session) -> int:
    """Every entry that was committed before is a link of the chain, in the order of ids; how many were added.

    An entry that is committed later with a lower id comes into the next round: the chain's order is its own number. If
    somebody else is sealing, nothing is done here.
    """
    if not session.scalar(select(func.pg_try_advisory_xact_lock(ONE_SEALER))):
        return 0
    last = session.execute(select(AuditSeal.number, AuditSeal.hash).order_by(AuditSeal.number.desc()).limit(1)).first()
    number, previous = (last.number, last.hash) if last else (0, BEGINNING)
    begun_at = number
    sealed_at: datetime = session.scalars(select(func.clock_timestamp())).one()
    unsealed = select(AuditEntry).where(~exists().where(AuditSeal.entry_id == AuditEntry.id)).order_by(AuditEntry.id)
    while entries := session.scalars(unsealed.limit(AT_ONCE)).all():
        links = []
        for entry in entries:
            number += 1
            previous = hash_seal(previous, number, sealed_at, entry)
            links.append({"number": number, "entry_id": entry.id, "sealed_at": sealed_at, "hash": previous})
        session.execute(insert(AuditSeal), links)
        session.expunge_all()
    return number - begun_at


def _acted_as(actor: Acting) -> ActedAs:
    if actor.account_public_id is not None:
        return ActedAs.PERSON
    return ActedAs.SYSTEM if actor.is_system else ActedAs.VISITOR
