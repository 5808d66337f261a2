"""Writing door of an office: one file with the land of several owners, each row naming its own."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from sqlalchemy.orm import Session

from succession.accounts.actor import Actor, authorize
from succession.audit import service as audit
from succession.land import failures, file_import, policy, previews, queries, reading, staging, taking
from succession.land.owner import Owner
from succession.land.report import Counts, Report, Share, decided, held_back, together
from succession.land.requests import ImportRequest
from succession.land.tally import Tally

NOBODY = Owner(organisation_id=0)
"""Whose parcels the rows without an owner are compared with: nobody has any."""


class _HeldBack(Exception):
    """Takes back what was taken over for the first owners, because of a row of a later one."""


@dataclass(frozen=True, slots=True)
class Part:
    """The rows of one owner, and what becomes of them."""

    owner: Owner | None
    result: Tally


def import_managed(
    session: Session,
    actor: Actor,
    request: ImportRequest,
    *,
    now: datetime,
    progress: reading.Progress | None = None,
) -> Report:
    """Every row's parcel is that of the owner it names, all rows or none; each owner has an import of their own.

    `request.owner` is the office. An owner counts only if the office may bring in land for them today; a row of
    anybody else is refused, and holds all others back unless refused rows are left out.
    """
    authorize(policy.may_import, actor, request.owner)
    with failures.explained():
        managed = queries.owners_managed(session, actor, request.owner, now=now)
        report, _ = file_import.read(session, request, progress, managed)
        if not report.reasons:
            try:
                with session.begin_nested():
                    report = _summed(report, _parts(session, actor, request, report, managed, now=now), request)
                    if report.is_refused:
                        raise _HeldBack
                _close(session, actor, request, report, now=now)
            except _HeldBack:
                session.expire_all()
        staging.leave_room(session)
    return report


def _parts(
    session: Session,
    actor: Actor,
    request: ImportRequest,
    report: Report,
    managed: Sequence[Owner],
    *,
    now: datetime,
) -> list[Part]:
    """The rows of one owner after the other; the order is everybody's, so that two imports cannot block each other."""
    columns = tuple(report.columns or {})
    by_id = {owner.organisation_id: owner for owner in managed}
    parts = []
    for owner_id in staging.part(session):
        staging.call_in(session, owner_id)
        owner = by_id.get(owner_id)
        result = file_import.recognised(session, owner or NOBODY, columns)
        parts.append(Part(owner, result))
        if request.dry_run:
            staging.remember_outcomes(session)
        elif owner is not None and result.counts.taken:
            _take(
                session, actor, request.for_owner(owner), file_import.decide(report, result, _lenient(request)), now=now
            )
    return parts


def _take(session: Session, actor: Actor, request: ImportRequest, report: Report, *, now: datetime) -> None:
    """The owner's parcels are in the register, and the import in their history."""
    own = replace(request, record_id=None)
    record = file_import.keep(session, actor, own, report, now=now)
    taking.take_over(session, record, tuple(report.columns or {}), now=now)
    audit.record(
        session,
        actor,
        "land.imported",
        kind="land_import",
        public_id=record.public_id,
        organisation=request.owner.public_id,
        now=now,
    )


def _lenient(request: ImportRequest) -> ImportRequest:
    """One owner's own report: whether refused rows hold all back is decided over the whole file."""
    return replace(request, skip_refused=True)


def _summed(report: Report, parts: Sequence[Part], request: ImportRequest) -> Report:
    """The report on the whole file, after the rule "all or none"."""
    read = sum((part.result.counts for part in parts), Counts())
    counts = decided(read, skip_refused=request.skip_refused)
    is_held_back = counts.taken == 0 and counts.refused > 0
    rows, left_out = together(row for part in parts for row in part.result.rows)
    area_ha = sum((part.result.area_ha for part in parts), Decimal(0))
    return replace(
        report,
        counts=counts,
        area_ha=Decimal(0) if is_held_back else area_ha,
        rows=held_back(rows) if is_held_back else rows,
        rows_left_out=left_out + sum(part.result.rows_left_out for part in parts),
        shares=tuple(_share(part, is_held_back=is_held_back) for part in parts),
    )


def _share(part: Part, *, is_held_back: bool) -> Share:
    counts = part.result.counts
    if is_held_back:
        counts = replace(counts, imported=0, updated=0, unchanged=0, held_back=counts.taken)
    return Share(
        owner=None if part.owner is None else part.owner.name,
        counts=counts,
        area_ha=Decimal(0) if is_held_back else part.result.area_ha,
    )


def _close(session: Session, actor: Actor, request: ImportRequest, report: Report, *, now: datetime) -> None:
    """The office's own record of the file: a picture while it waits, the end of it once it is taken."""
    if request.record_id is None:
        return
    if request.dry_run:
        staging.call_everyone(session)
        previews.keep(session, request.record_id)
    else:
        file_import.keep(session, actor, request, report, now=now)
