"""Writing doors of the documents of a draft: added, removed."""

from datetime import datetime
from pathlib import Path
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from succession.accounts.actor import Actor, authorize
from succession.calls import policy
from succession.calls.limits import MOST_DOCUMENTS
from succession.calls.models_changes import CallDocument
from succession.calls.service import draft_for
from succession.errors import NotFound, Refused
from succession.files import service as files
from succession.files.models import StoredFile
from succession.files.policy import FileOwner
from succession.files.service import Upload
from succession.i18n import Text

LONGEST_TITLE = 160


def add_document(
    session: Session, actor: Actor, public_id: UUID, title: str, upload: Upload, *, folder: Path, now: datetime
) -> CallDocument:
    """The draft has one document more, under this title; everybody can read it once the call is published."""
    call = draft_for(session, actor, public_id)
    authorize(policy.may_prepare, actor, call)
    present = session.scalar(select(func.count(CallDocument.id)).where(CallDocument.call_id == call.id)) or 0
    if present >= MOST_DOCUMENTS:
        raise Refused(Text("A call has at most %(most)s documents. Remove one first.", {"most": MOST_DOCUMENTS}))
    words = " ".join(title.split())
    if not words or len(words) > LONGEST_TITLE:
        raise Refused(Text("Please say in a few words what the document is."))
    owner = FileOwner(organisation_id=call.owner_organisation_id)
    file = files.add_document(session, actor, owner, upload, folder=folder, now=now)
    document = CallDocument(call_id=call.id, file_id=file.id, title=words, position=present + 1)
    session.add(document)
    session.flush()
    return document


def remove_document(session: Session, actor: Actor, public_id: UUID, document_id: UUID, *, now: datetime) -> None:
    """The document is gone from the draft and from the disk."""
    call = draft_for(session, actor, public_id)
    authorize(policy.may_prepare, actor, call)
    found = session.scalar(
        select(CallDocument).where(CallDocument.call_id == call.id, CallDocument.public_id == document_id)
    )
    if found is None:
        raise NotFound
    file = session.get_one(StoredFile, found.file_id)
    session.delete(found)
    session.flush()
    files.remove(session, actor, file.public_id, now=now)
