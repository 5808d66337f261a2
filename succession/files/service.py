"""Writing doors of files: handed in, described, removed."""

import hashlib
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from uuid import UUID, uuid4

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from succession.accounts.actor import Actor, authorize
from succession.audit import service as audit
from succession.errors import Refused
from succession.files import documents, photos, policy, queries, store
from succession.files.limits import (
    LARGEST_DOCUMENT,
    LARGEST_PHOTO,
    LONGEST_DESCRIPTION,
    LONGEST_NAME,
    MEGABYTE,
    MOST_BYTES_OF_AN_OWNER,
)
from succession.files.models import StoredFile
from succession.files.policy import FileOwner
from succession.files.purposes import Purpose
from succession.files.sniffing import HEAD, FileKind, kind_of
from succession.i18n import Text
from succession.jobs import queue

DOCUMENT = "document"
FORGET = "files.forget"
FILES_OF_AN_OWNER = 7_302_033
"""The first key of the advisory lock under which one owner's files are counted."""


@dataclass(frozen=True, slots=True)
class Upload:
    """What a person hands in."""

    name: str
    content: bytes = field(repr=False)
    purpose: Purpose
    description: str = ""


def add_photo(
    session: Session, actor: Actor, owner: FileOwner, upload: Upload, *, folder: Path, now: datetime
) -> StoredFile:
    """The photo is kept in every size, without anything that came with it; `Refused` says what is wrong with it."""
    authorize(policy.may_add, actor, replace(owner, purpose=upload.purpose))
    kind = _kind(upload, LARGEST_PHOTO)
    if not kind.is_photo:
        raise Refused(Text("This is a document. Here only photos fit: JPEG, PNG, WebP, HEIC or TIFF."))
    cleaned = photos.clean(upload.content, kind)
    parts = {size.value: content for size, content in cleaned.sizes.items()}
    row = _row(actor, owner, upload, sum(map(len, parts.values())), now=now)
    row.width, row.height = cleaned.width, cleaned.height
    return _kept(session, actor, row, parts, folder=folder, now=now)


def add_document(
    session: Session, actor: Actor, owner: FileOwner, upload: Upload, *, folder: Path, now: datetime
) -> StoredFile:
    """The document is kept, without metadata, scripts and attachments; `Refused` says what is wrong with it."""
    authorize(policy.may_add, actor, replace(owner, purpose=upload.purpose))
    if _kind(upload, LARGEST_DOCUMENT) is not FileKind.PDF:
        raise Refused(Text("Only PDF documents fit here. Photos have a page of their own."))
    content, pages = documents.clean(upload.content)
    row = _row(actor, owner, upload, len(content), now=now)
    row.pages = pages
    return _kept(session, actor, row, {DOCUMENT: content}, folder=folder, now=now)


def describe(session: Session, actor: Actor, public_id: UUID, description: str, *, now: datetime) -> StoredFile:
    """The words in place of the picture are these."""
    file = queries.kept(session, actor, public_id, lock=True)
    authorize(policy.may_remove, actor, file)
    file.description = _description(description)
    audit.record(session, actor, "upload.described", kind="upload", public_id=public_id, now=now)
    return file


def remove(session: Session, actor: Actor, public_id: UUID, *, now: datetime) -> None:
    """Nobody can see the file any more; its bytes go as soon as this is committed."""
    file = queries.kept(session, actor, public_id, lock=True)
    authorize(policy.may_remove, actor, file)
    session.delete(file)
    session.flush()
    queue.enqueue(session, FORGET, public_id=public_id)
    audit.record(session, actor, "upload.removed", kind="upload", public_id=public_id, now=now)


def _kind(upload: Upload, largest: int) -> FileKind:
    if not upload.content:
        raise Refused(Text("The file is empty. Check that you chose the right one."))
    if len(upload.content) > largest:
        raise Refused(Text("The file is too large: at most %(most)s MB.", {"most": largest // MEGABYTE}))
    kind = kind_of(upload.content[:HEAD])
    if kind is None:
        raise Refused(
            Text("This kind of file does not fit here. Photos: JPEG, PNG, WebP, HEIC or TIFF. Documents: PDF.")
        )
    return kind


def _row(actor: Actor, owner: FileOwner, upload: Upload, size: int, *, now: datetime) -> StoredFile:
    return StoredFile(
        public_id=uuid4(),
        owner_organisation_id=owner.organisation_id,
        owner_account_id=owner.account_id,
        uploaded_by_account_id=actor.account_id,
        purpose=upload.purpose,
        name=_name(upload.name),
        description=_description(upload.description),
        content_hash=hashlib.sha256(upload.content).hexdigest(),
        bytes=size,
        created_at=now,
    )


def _kept(
    session: Session, actor: Actor, row: StoredFile, parts: dict[str, bytes], *, folder: Path, now: datetime
) -> StoredFile:
    """Counted under a lock, so that many at once cannot outrun the limit; written before the row is committed."""
    owner = FileOwner(row.owner_organisation_id, row.owner_account_id)
    number = owner.organisation_id or owner.account_id or 0
    session.execute(select(func.pg_advisory_xact_lock(FILES_OF_AN_OWNER, number % 2**31)))
    if queries.bytes_of(session, owner) + row.bytes > MOST_BYTES_OF_AN_OWNER:
        most = {"most": MOST_BYTES_OF_AN_OWNER // MEGABYTE}
        raise Refused(Text("You keep %(most)s MB here already. Please remove something first.", most))
    store.write(folder, row.public_id, parts)
    session.add(row)
    session.flush()
    audit.record(session, actor, "upload.added", kind="upload", public_id=row.public_id, now=now)
    return row


def _name(typed: str) -> str:
    """The last part of the name, without signs that have no place in one."""
    last = typed.replace("\\", "/").rpartition("/")[2]
    plain = "".join(sign for sign in last if sign.isprintable()).strip()
    return plain[-LONGEST_NAME:] or "file"


def _description(typed: str) -> str:
    words = " ".join(typed.split())
    if len(words) > LONGEST_DESCRIPTION:
        most = {"most": LONGEST_DESCRIPTION}
        raise Refused(Text("The description of a photo may have at most %(most)s characters.", most))
    return words
