"""Writing doors of an import done on a page: hand in a file, see what it holds, give one's word."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from succession.accounts.actor import Actor, authorize
from succession.audit import service as audit
from succession.errors import Conflict, NotFound
from succession.geo.formats.weighing import is_light
from succession.geo.intake import Rules
from succession.geo.region import Region
from succession.i18n import Text
from succession.jobs import progress as work
from succession.jobs.queue import enqueue
from succession.land import policy, previews, queries, service, service_managed, uploads
from succession.land.models import ImportState, LandImport
from succession.land.owner import Owner
from succession.land.reading import Progress
from succession.land.report import Report, packed
from succession.land.requests import ImportRequest, Provenance
from succession.land.uploads import StoredUpload

CHECK = "land.check_upload"
IMPORT = "land.import_upload"
OPEN_STATES = (ImportState.UPLOADED, ImportState.CHECKED, ImportState.REFUSED)
LARGEST_INLINE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Choices:
    """How the person says that the file is to be read."""

    layer: str | None = None
    crs: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    allow_outside_region: bool = False
    owner_column: str | None = None


@dataclass(frozen=True, slots=True)
class Room:
    """Where uploads lie, and the region that this installation serves."""

    folder: Path
    region: Region


def begin(
    session: Session,
    actor: Actor,
    owner: Owner,
    upload: StoredUpload,
    *,
    provenance: Provenance,
    choices: Choices,
    key: UUID,
    now: datetime,
) -> LandImport:
    """There is one import for this form, however often it was sent."""
    authorize(policy.may_import, actor, owner)
    session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(str(key), 0))))
    known = session.scalar(
        select(LandImport).where(
            LandImport.started_by_account_id == actor.account_id, LandImport.idempotency_key == key
        )
    )
    if known is not None:
        return known
    record = LandImport(
        owner_organisation_id=owner.organisation_id,
        owner_account_id=owner.account_id,
        started_by_account_id=actor.account_id,
        state=ImportState.UPLOADED,
        file_name=upload.file_name,
        content_hash=upload.content_hash,
        stored_name=upload.name,
        source=provenance.source or upload.file_name,
        source_on=provenance.source_on,
        licence=provenance.licence,
        attribution=provenance.attribution,
        choices=asdict(choices),
        idempotency_key=key,
        created_at=now,
    )
    session.add(record)
    session.flush()
    audit.record(session, actor, "land.file_handed_in", kind="land_import", public_id=record.public_id, now=now)
    return record


def check(
    session: Session, actor: Actor, public_id: UUID, room: Room, *, now: datetime, progress: Progress | None = None
) -> Report:
    """The import has its report and its map; no parcel has changed."""
    record, owner = _locked(session, actor, public_id)
    if record.state not in (*OPEN_STATES, ImportState.CHECKING):
        raise _too_late()
    request = replace(_request(record, owner, room), dry_run=True, skip_refused=True)
    report = _imported(session, actor, request, now=now, progress=progress)
    record.state = ImportState.REFUSED if report.is_refused else ImportState.CHECKED
    record.format, record.layer, record.crs = report.format, report.layer, report.crs
    record.rows_read = report.counts.read
    record.report = packed(report)
    return report


def choose(session: Session, actor: Actor, public_id: UUID, choices: Choices) -> None:
    """The file will be read this way when it is checked next."""
    record, _ = _locked(session, actor, public_id)
    if record.state not in OPEN_STATES:
        raise _too_late()
    record.choices = asdict(choices)
    record.state = ImportState.UPLOADED


def confirm(
    session: Session,
    actor: Actor,
    public_id: UUID,
    room: Room,
    *,
    skip_refused: bool,
    now: datetime,
    progress: Progress | None = None,
) -> LandImport:
    """The parcels are in the register, the file is read and checked anew for it; a second word changes nothing."""
    record, owner = _locked(session, actor, public_id)
    if record.state is ImportState.DONE:
        return record
    if record.state not in (ImportState.CHECKED, ImportState.IMPORTING):
        raise _too_late()
    request = replace(_request(record, owner, room), skip_refused=skip_refused)
    report = _imported(session, actor, request, now=now, progress=progress)
    if report.is_refused:
        record.state = ImportState.REFUSED
        record.report = packed(report)
        return record
    previews.forget(session, record.id)
    record.stored_name = None
    return record


def later(
    session: Session, actor: Actor, public_id: UUID, job: str, *, target_path: str, now: datetime, **arguments: Any
) -> UUID:
    """The worker will do it; returns the public id under which its page shows how far it is."""
    record, _ = _locked(session, actor, public_id)
    if record.state not in OPEN_STATES:
        raise _too_late()
    record.state = ImportState.CHECKING if job == CHECK else ImportState.IMPORTING
    started = work.start(session, job, account_id=actor.account_id, now=now, target_path=target_path)
    enqueue(session, job, import_id=public_id, progress_id=started.public_id, **arguments)
    return started.public_id


def give_up(session: Session, actor: Actor, public_id: UUID, *, now: datetime) -> None:
    """The import has failed for good; the person may hand the file in again. The file is swept away later."""
    record, _ = _locked(session, actor, public_id)
    record.state = ImportState.FAILED
    record.finished_at = now
    record.stored_name = None
    previews.forget(session, record.id)


def discard(session: Session, actor: Actor, public_id: UUID) -> str | None:
    """Nothing of the import is left; returns the name of the file that is to be removed after the commit.

    An import that says it is at work, while nobody holds its row, has lost its worker: it may go too.
    """
    record = queries.land_import(session, actor, public_id)
    free = select(LandImport.id).where(LandImport.id == record.id).with_for_update(skip_locked=True)
    if session.scalar(free) is None:
        raise Conflict(Text("This import is being worked on. Please wait until it has ended."))
    record, _ = _locked(session, actor, public_id)
    if record.state is ImportState.DONE:
        raise _too_late()
    name = record.stored_name
    session.delete(record)
    return name


def is_small(path: Path) -> bool:
    """Whether a file is read while the person waits: also unpacked it holds little."""
    return is_light(path, LARGEST_INLINE)


def _locked(session: Session, actor: Actor, public_id: UUID) -> tuple[LandImport, Owner]:
    """The import, nobody else at it meanwhile, and its owner; hidden from whoever may not bring land in for them."""
    statement = select(LandImport).where(LandImport.public_id == public_id).with_for_update()
    record = session.scalar(statement.execution_options(populate_existing=True))  # not as it was before the wait
    if record is None:
        raise NotFound
    owner = queries.owner_of_import(session, record)
    authorize(policy.may_import, actor, owner, hidden=True)
    return record, owner


def _imported(
    session: Session, actor: Actor, request: ImportRequest, *, now: datetime, progress: Progress | None
) -> Report:
    """The land of one owner, or that of several by the office that manages it."""
    door = service_managed.import_managed if request.owner.is_office else service.import_parcels
    return door(session, actor, request, now=now, progress=progress)


def _request(record: LandImport, owner: Owner, room: Room) -> ImportRequest:
    """What is to be read, and how the person wants it."""
    choices = Choices(**record.choices)
    return ImportRequest(
        path=uploads.opened(room.folder, record.stored_name, record.content_hash),
        owner=owner,
        file_name=record.file_name,
        layer=choices.layer,
        crs=choices.crs,
        columns=choices.columns,
        owner_column=choices.owner_column,
        rules=Rules(room.region, choices.allow_outside_region),
        provenance=Provenance(record.source, record.source_on, record.licence, record.attribution),
        record_id=record.id,
    )


def _too_late() -> Conflict:
    return Conflict(Text("This import is no longer waiting. Look at its page to see how it ended."))
