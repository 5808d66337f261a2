"""What the worker does for privacy: makes copies, erases, lets go of what has had its time."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from succession.accounts.actor import Actor
from succession.config import Settings
from succession.i18n import Text
from succession.jobs.progress import Progress
from succession.privacy import service, service_archive, service_retention

RETENTION = "privacy.retention"
Transaction = Callable[[], AbstractContextManager[Session]]


def export(
    transaction: Transaction, *, export_id: str, now: datetime, settings: Settings, progress: Progress | None = None
) -> None:
    """The copy can be fetched."""
    if progress is not None:
        progress.advance(0, message=Text("We are collecting your data."))
    with transaction() as session:
        service.make_export(session, Actor.system(), UUID(export_id), settings, now=now)
    if progress is not None:
        progress.finish(Text("Your copy is ready."))


def erase(transaction: Transaction, *, erasure_id: str, now: datetime, settings: Settings) -> None:
    """The person is erased, and then their files are gone."""
    with transaction() as session:
        erased = service.carry_out(session, Actor.system(), UUID(erasure_id), settings, now=now)
    if erased is not None:
        erased.remove_files()


def retention(transaction: Transaction, *, now: datetime, settings: Settings) -> None:
    """What has had its time is gone, and whoever loses something soon has been told."""
    with transaction() as session:
        service_archive.delete_offered(session, Actor.system(), now=now)
        outcome = service_retention.run(session, Actor.system(), settings, now=now)
    for erased in outcome.erased:
        erased.remove_files()
    service_retention.sweep_files(settings, now=now)
