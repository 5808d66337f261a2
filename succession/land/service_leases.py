"""Writing doors of leases: entered, changed, ended, deleted, taken in from a table."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from succession.accounts.actor import Actor, authorize
from succession.accounts.models import Organisation
from succession.audit import service as audit
from succession.errors import Conflict, NotFound, Refused
from succession.i18n import Text
from succession.land import leases_file, policy
from succession.land.leases_file import LeaseRow, RowProblem
from succession.land.models import Parcel
from succession.land.models_leases import LONGEST_LEASE_NOTE, LONGEST_LESSEE, LONGEST_NOTICE_MONTHS, Lease
from succession.land.owner import Owner

LARGEST_RENT = 2**31 - 1
OVERLAP = "ex_lease_one_at_a_time"
OVERLAPS = Text("In these days the parcel is already let. End the other lease first, or choose other days.")


@dataclass(frozen=True, slots=True)
class LeaseValues:
    """A lease as it is entered."""

    lessee_name: str
    rent_cents_year: int | None
    starts_on: date
    ends_on: date | None
    notice_months: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class LeaseReport:
    """What became of a table of leases: all were taken in, or none, and why."""

    read: int
    taken: int
    problems: tuple[RowProblem, ...]


class _NotWhole(Exception):
    """Leaving the savepoint by this takes back what the good rows have written."""


def enter(session: Session, actor: Actor, parcel_id: UUID, values: LeaseValues, *, now: datetime) -> Lease:
    """The parcel is let so; two leases of one parcel never overlap."""
    parcel = _parcel(session, actor, parcel_id)
    authorize(policy.may_keep_leases, actor, _owner_of(parcel))
    lease = Lease(parcel_id=parcel.id, created_at=now)
    _stored(session, lease, _checked(values), now)
    _record(session, actor, "lease.entered", lease, now=now)
    return lease


def change(session: Session, actor: Actor, lease_id: UUID, values: LeaseValues, *, now: datetime) -> Lease:
    """The lease says this now."""
    lease, parcel = _locked(session, actor, lease_id)
    authorize(policy.may_keep_leases, actor, _owner_of(parcel))
    _stored(session, lease, _checked(values), now)
    _record(session, actor, "lease.changed", lease, now=now)
    return lease


def end(session: Session, actor: Actor, lease_id: UUID, ends_on: date, *, now: datetime) -> Lease:
    """The lease ends on that day, because notice was given or both agreed."""
    lease, parcel = _locked(session, actor, lease_id)
    authorize(policy.may_keep_leases, actor, _owner_of(parcel))
    if ends_on < lease.starts_on:
        raise Refused(Text("The lease ends before it begins."))
    _stored(session, lease, {"ends_on": ends_on}, now)
    _record(session, actor, "lease.ended", lease, now=now)
    return lease


def delete(session: Session, actor: Actor, lease_id: UUID, *, now: datetime) -> None:
    """The lease was a mistake and is gone; one that has ended is better kept."""
    lease, parcel = _locked(session, actor, lease_id)
    authorize(policy.may_keep_leases, actor, _owner_of(parcel))
    session.delete(lease)
    session.flush()
    _record(session, actor, "lease.deleted", lease, now=now)


def take_in(session: Session, actor: Actor, owner: Owner, content: bytes, *, now: datetime) -> LeaseReport:
    """Every lease of the table is entered, or none of them; the report says why, line by line.

    A line that says what is known already changes nothing; one with the same parcel and first day changes that lease.
    """
    authorize(policy.may_keep_leases, actor, owner)
    rows, problems = leases_file.read(content)
    found = list(problems)
    known = _parcels_by_words(session, owner)
    try:
        with session.begin_nested():
            for row in rows:
                problem = _take_row(session, row, known, now)
                if problem is not None:
                    found.append(RowProblem(row.line, problem))
            if found:
                raise _NotWhole
    except _NotWhole:
        session.expire_all()
        return LeaseReport(len(rows) + len(problems), 0, tuple(sorted(found, key=lambda one: one.line)))
    audit.record(session, actor, "lease.imported", kind="lease", organisation=owner.public_id, now=now)
    return LeaseReport(len(rows), len(rows), ())


def _take_row(session: Session, row: LeaseRow, known: dict[str, list[int]], now: datetime) -> Text | None:
    """The lease of one line is entered, or why it cannot be."""
    parcels = known.get(leases_file.plain(row.parcel), [])
    words = {"parcel": row.parcel[:60]}
    if not parcels:
        return Text("The owner has no parcel “%(parcel)s”.", words)
    if len(parcels) > 1:
        return Text("More than one parcel of the owner is called “%(parcel)s”. Use its key.", words)
    values = LeaseValues(row.lessee, row.rent_cents_year, row.starts_on, row.ends_on, row.notice_months, row.note)
    same = select(Lease).where(Lease.parcel_id == parcels[0], Lease.starts_on == row.starts_on)
    lease = session.scalar(same)
    if lease is None:
        lease = Lease(parcel_id=parcels[0], created_at=now)
    try:
        _stored(session, lease, _checked(values), now)
    except Conflict:
        return OVERLAPS
    return None


def _parcels_by_words(session: Session, owner: Owner) -> dict[str, list[int]]:
    """The owner's parcels by everything they may be called."""
    owned = (
        Parcel.owner_account_id == owner.account_id
        if owner.organisation_id is None
        else Parcel.owner_organisation_id == owner.organisation_id
    )
    found: dict[str, list[int]] = {}
    statement = select(Parcel.id, Parcel.parcel_key, Parcel.reference, Parcel.name).where(owned).order_by(Parcel.id)
    for number, *named in session.execute(statement):
        for word in {leases_file.plain(name) for name in named if name}:
            found.setdefault(word, []).append(number)
    return found


def _checked(values: LeaseValues) -> dict[str, object]:
    if values.ends_on is not None and values.ends_on < values.starts_on:
        raise Refused(Text("The lease ends before it begins."))
    if values.rent_cents_year is not None and not 0 <= values.rent_cents_year <= LARGEST_RENT:
        raise Refused(Text("A rent is never negative, and not as high as this."))
    if values.notice_months is not None and not 0 <= values.notice_months <= LONGEST_NOTICE_MONTHS:
        raise Refused(Text("A notice period has at most %(most)s months.", {"most": LONGEST_NOTICE_MONTHS}))
    return {
        "lessee_name": values.lessee_name.strip()[:LONGEST_LESSEE],
        "rent_cents_year": values.rent_cents_year,
        "starts_on": values.starts_on,
        "ends_on": values.ends_on,
        "notice_months": values.notice_months,
        "note": values.note.strip()[:LONGEST_LEASE_NOTE],
    }


def _stored(session: Session, lease: Lease, values: dict[str, object], now: datetime) -> None:
    """The lease is in the database; days of another lease are a conflict, also for two who enter at once."""
    try:
        with session.begin_nested():  # it flushes first, so what may conflict is set within
            for name, value in values.items():
                setattr(lease, name, value)
            lease.updated_at = now
            session.add(lease)
            session.flush()
    except IntegrityError as error:
        if OVERLAP not in str(error.orig):
            raise
        raise Conflict(OVERLAPS) from error


def _parcel(session: Session, actor: Actor, public_id: UUID) -> Parcel:
    found = session.scalar(select(Parcel).where(Parcel.public_id == public_id, policy.visible_parcels(actor)))
    if found is None:
        raise NotFound
    return found


def _locked(session: Session, actor: Actor, public_id: UUID) -> tuple[Lease, Parcel]:
    """The lease, locked, with its parcel; a foreign one does not exist."""
    statement = (
        select(Lease, Parcel)
        .join(Parcel, Parcel.id == Lease.parcel_id)
        .where(Lease.public_id == public_id, policy.visible_parcels(actor))
        .with_for_update(of=Lease)
        .execution_options(populate_existing=True)
    )
    row = session.execute(statement).one_or_none()
    if row is None:
        raise NotFound
    return row[0], row[1]


def _owner_of(parcel: Parcel) -> Owner:
    return Owner(organisation_id=parcel.owner_organisation_id, account_id=parcel.owner_account_id)


def _record(session: Session, actor: Actor, action: str, lease: Lease, *, now: datetime) -> None:
    owner = select(Organisation.public_id).join(Parcel, Parcel.owner_organisation_id == Organisation.id)
    named = session.scalar(owner.where(Parcel.id == lease.parcel_id))
    audit.record(session, actor, action, kind="lease", public_id=lease.public_id, organisation=named, now=now)
