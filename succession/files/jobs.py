"""What the worker does for files: takes bytes away that no row speaks of."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from succession.config import Settings
from succession.files import queries, store

SWEEP = "files.sweep"


def forget(session: Session, *, settings: Settings, public_id: str, now: datetime) -> None:  # noqa: ARG001 - a job's form
    """The bytes of a removed file are gone; again does no harm."""
    if UUID(public_id) not in queries.public_ids(session):
        store.remove(settings.files, UUID(public_id))


def sweep_files(session: Session, *, settings: Settings, now: datetime) -> None:
    """Bytes without a row are gone."""
    store.sweep(settings.files, queries.public_ids(session), now=now)
