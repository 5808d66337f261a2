"""Whether the record is as it was sealed: the chain is computed anew and every difference named with its place."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from succession.audit.chain import BEGINNING, hash_detail, hash_seal
from succession.audit.models import AuditDetail, AuditEntry, AuditSeal

LATEST_COMMIT = timedelta(hours=1)
"""No transaction takes longer; an entry that appears later than this was put in by other hands."""

AT_ONCE = 2000


class Fault(StrEnum):
    """What can be wrong at one place."""

    LINK_MISSING = "link missing"
    ENTRY_REMOVED = "entry removed"
    ENTRY_CHANGED = "entry or link changed"
    ENTRY_INSERTED = "entry put in later"
    DETAIL_CHANGED = "detail does not match its hash"
    DETAIL_INSERTED = "detail put in later"
    HEAD_DIFFERS = "the chain is not the one that was noted"


@dataclass(frozen=True, slots=True)
class Finding:
    """One difference: at which link of the chain and which entry."""

    fault: Fault
    number: int | None
    entry_id: int | None


@dataclass(frozen=True, slots=True)
class Verification:
    """The state of the record. `head` is worth noting elsewhere: it stands for everything before it."""

    sealed: int
    unsealed: int
    erased_details: int
    head_number: int
    head: str
    findings: tuple[Finding, ...]

    @property
    def is_whole(self) -> bool:
        """Whether nothing was changed, removed or put in."""
        return not self.findings


def verify(session: Session, *, noted: tuple[int, str] | None = None) -> Verification:
    """The chain computed anew; with `noted` (number, hash) also whether it is still the chain of that note."""
    findings: list[Finding] = []
    previous, expected, sealed, erased = BEGINNING, 1, 0, 0
    runs = _Runs()
    noted_hash = None
    for seal, entry, detail in _links(session):
        findings += [Finding(Fault.LINK_MISSING, number, None) for number in range(expected, seal.number)]
        findings += _faults(previous, seal, entry, detail)
        if entry is not None and runs.is_too_late(entry.written_at, seal.sealed_at):
            findings.append(Finding(Fault.ENTRY_INSERTED, seal.number, entry.id))
        erased += entry is not None and entry.detail_hash is not None and detail is None
        if noted is not None and seal.number == noted[0]:
            noted_hash = seal.hash.hex()
        previous, expected, sealed = seal.hash, seal.number + 1, sealed + 1
    if noted is not None and noted_hash != noted[1]:
        findings.append(Finding(Fault.HEAD_DIFFERS, noted[0], None))
    findings += [Finding(Fault.ENTRY_INSERTED, None, number) for number in _forgotten(session)]
    findings += [Finding(Fault.DETAIL_CHANGED, None, number) for number in _wrong_unsealed_details(session)]
    return Verification(sealed, _unsealed_count(session), erased, expected - 1, previous.hex(), tuple(findings))


class _Runs:
    """The times at which the worker sealed: what was written long before a run, it would have sealed then."""

    def __init__(self) -> None:
        self.before: datetime | None = None
        self.current: datetime | None = None

    def is_too_late(self, written_at: datetime, sealed_at: datetime) -> bool:
        """Whether an earlier run should have sealed what claims to be that old."""
        if sealed_at != self.current:
            self.before, self.current = self.current, sealed_at
        return self.before is not None and written_at + LATEST_COMMIT < self.before


def _faults(
    previous: bytes, seal: AuditSeal, entry: AuditEntry | None, detail: AuditDetail | None
) -> Iterable[Finding]:
    """What is wrong with one link; the next is compared with what stands here, so that each place is named once."""
    if entry is None:
        return [Finding(Fault.ENTRY_REMOVED, seal.number, seal.entry_id)]
    found = []
    if hash_seal(previous, seal.number, seal.sealed_at, entry) != seal.hash:
        found.append(Finding(Fault.ENTRY_CHANGED, seal.number, entry.id))
    if detail is not None and entry.detail_hash is None:
        found.append(Finding(Fault.DETAIL_INSERTED, seal.number, entry.id))
    elif detail is not None and hash_detail(detail.salt, detail.detail) != entry.detail_hash:
        found.append(Finding(Fault.DETAIL_CHANGED, seal.number, entry.id))
    return found


def _links(session: Session) -> Iterator[tuple[AuditSeal, AuditEntry | None, AuditDetail | None]]:
    statement = (
        select(AuditSeal, AuditEntry, AuditDetail)
        .outerjoin(AuditEntry, AuditEntry.id == AuditSeal.entry_id)
        .outerjoin(AuditDetail, AuditDetail.entry_id == AuditEntry.id)
        .order_by(AuditSeal.number)
        .limit(AT_ONCE)
    )
    last = 0
    while rows := session.execute(statement.where(AuditSeal.number > last)).all():
        for row in rows:
            yield row[0], row[1], row[2]
        last = rows[-1][0].number
        session.expunge_all()


def _unsealed() -> Any:
    return ~exists().where(AuditSeal.entry_id == AuditEntry.id)


def _unsealed_count(session: Session) -> int:
    return session.scalars(select(func.count()).select_from(AuditEntry).where(_unsealed())).one()


def _forgotten(session: Session) -> list[int]:
    """Entries without a seal that are so old that the last run should have sealed them."""
    last_run = select(func.max(AuditSeal.sealed_at)).scalar_subquery()
    old = AuditEntry.written_at + LATEST_COMMIT < last_run
    return list(session.scalars(select(AuditEntry.id).where(_unsealed(), old).order_by(AuditEntry.id)))


def _wrong_unsealed_details(session: Session) -> list[int]:
    """Details of entries that wait for their seal."""
    statement = select(AuditEntry, AuditDetail).join(AuditDetail, AuditDetail.entry_id == AuditEntry.id)
    rows = session.execute(statement.where(_unsealed()).order_by(AuditEntry.id))
    return [entry.id for entry, one in rows if hash_detail(one.salt, one.detail) != entry.detail_hash]
