"""What the worker does for land: checks and imports large files, removes files that nobody waits for."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from succession.accounts.actor import Actor
from succession.config import Settings
from succession.errors import SuccessionError
from succession.geo.region import Region
from succession.i18n import Text
from succession.jobs.progress import Progress
from succession.land import steps, uploads
from succession.land.models import LandImport

SWEEP = "land.sweep_uploads"
Transaction = Callable[[], AbstractContextManager[Session]]


def room_of(settings: Settings) -> steps.Room:
    """Where this installation keeps uploads, and which region it serves."""
    box = settings.region
    return steps.Room(settings.uploads, Region(box.west, box.south, box.east, box.north))


def check_upload(
    transaction: Transaction, *, import_id: str, now: datetime, settings: Settings, progress: Progress | None = None
) -> None:
    """The file has been read and its report is there; an accident ends the import."""
    try:
        with transaction() as session:
            steps.check(session, Actor.system(), UUID(import_id), room_of(settings), now=now, progress=_pen(progress))
    except SuccessionError:
        _give_up(transaction, import_id, now)
        raise
    if progress is not None:
        progress.finish(Text("The file has been read."))


def import_upload(
    transaction: Transaction,
    *,
    import_id: str,
    skip_refused: bool,
    now: datetime,
    settings: Settings,
    progress: Progress | None = None,
) -> None:
    """The parcels are in the register and the file is gone; an accident ends the import and leaves nothing."""
    room = room_of(settings)
    try:
        with transaction() as session:
            name = session.scalar(select(LandImport.stored_name).where(LandImport.public_id == UUID(import_id)))
            record = steps.confirm(
                session,
                Actor.system(),
                UUID(import_id),
                room,
                skip_refused=skip_refused,
                now=now,
                progress=_pen(progress),
            )
            is_done = record.stored_name is None
    except SuccessionError:
        _give_up(transaction, import_id, now)
        raise
    if is_done:
        uploads.remove(room.folder, name)
    if progress is not None:
        progress.finish(Text("The import is done."))


def sweep_uploads(session: Session, *, now: datetime, settings: Settings) -> None:
    """Only files that an import still waits for are left in the upload folder."""
    kept = session.scalars(select(LandImport.stored_name).where(LandImport.stored_name.is_not(None)))
    uploads.sweep(settings.uploads, {name for name in kept if name}, now=now)


def _give_up(transaction: Transaction, import_id: str, now: datetime) -> None:
    """Said in a transaction of its own: that of the work has been rolled back."""
    with transaction() as session:
        steps.give_up(session, Actor.system(), UUID(import_id), now=now)


def _pen(progress: Progress | None) -> Callable[[int, int | None], None] | None:
    return None if progress is None else progress.advance
