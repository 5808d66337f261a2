"""Writing doors of an offer's photos and documents: added, described, moved, removed."""

from datetime import datetime
from pathlib import Path
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from succession.accounts.actor import Actor, authorize
from succession.accounts.service_confirmation import needs_confirmation
from succession.errors import Conflict, NotFound, Refused
from succession.facts import discretion
from succession.files import service as files
from succession.files.limits import MOST_DOCUMENTS, MOST_PHOTOS
from succession.files.models import StoredFile
from succession.files.policy import FileOwner
from succession.files.purposes import Purpose
from succession.files.service import Upload
from succession.i18n import Text
from succession.listings import lifecycle, policy, queries, queries_files
from succession.listings.models import Listing
from succession.listings.models_files import ListingFile

MOST_OF = {Purpose.OFFER_PHOTO: MOST_PHOTOS, Purpose.OFFER_DOCUMENT: MOST_DOCUMENTS}


def add_file(
    session: Session, actor: Actor, offer_id: UUID, upload: Upload, *, folder: Path, now: datetime
) -> StoredFile:
    """The offer has one photo or document more, at the end; the same one twice is there once."""
    listing = _locked(session, actor, offer_id)
    _refuse_traces(session, listing, upload.purpose, upload.description)
    present = queries_files.files_of(session, listing.id, upload.purpose)
    most = MOST_OF[upload.purpose]
    if len(present) >= most:
        raise Refused(Text("An offer can have at most %(most)s of these. Remove one first.", {"most": most}))
    owner = FileOwner(listing.owner_organisation_id, listing.owner_account_id)
    add = files.add_photo if upload.purpose is Purpose.OFFER_PHOTO else files.add_document
    added = add(session, actor, owner, upload, folder=folder, now=now)
    same = next((one for one in present if one.content_hash == added.content_hash), None)
    if same is not None:
        files.remove(session, actor, added.public_id, now=now)
        return same
    last = session.scalar(select(func.max(ListingFile.position)).where(ListingFile.listing_id == listing.id)) or 0
    session.add(ListingFile(listing_id=listing.id, stored_file_id=added.id, position=last + 1))
    session.flush()
    return added


def describe_file(
    session: Session, actor: Actor, offer_id: UUID, file_id: UUID, words: str, *, now: datetime
) -> StoredFile:
    """The words in place of the picture are these."""
    listing = _locked(session, actor, offer_id)
    _refuse_traces(session, listing, _present(session, listing, file_id).purpose, words)
    return files.describe(session, actor, file_id, words, now=now)


def move_file_up(session: Session, actor: Actor, offer_id: UUID, file_id: UUID) -> None:
    """It stands one place earlier; the first stays where it is."""
    listing = _locked(session, actor, offer_id)
    file = _present(session, listing, file_id)
    rows = queries_files.rows_of(session, listing.id, file.purpose)
    place = next(number for number, row in enumerate(rows) if row.stored_file_id == file.id)
    if place:
        before, here = rows[place - 1], rows[place]
        before.position, here.position = here.position, before.position
        session.flush()


def remove_file(session: Session, actor: Actor, offer_id: UUID, file_id: UUID, *, now: datetime) -> None:
    """It is gone from the offer and from the disk."""
    _present(session, _locked(session, actor, offer_id), file_id)
    files.remove(session, actor, file_id, now=now)


def _locked(session: Session, actor: Actor, offer_id: UUID) -> Listing:
    """The offer, locked, if the actor may change it and it can still be changed."""
    listing = queries.kept(session, actor, offer_id, lock=True)
    authorize(policy.may_hold, actor, queries.holder_of(listing))
    if listing.state not in lifecycle.EDITABLE:
        raise Conflict(Text("This offer can no longer be changed. Make a draft of it again first."))
    if listing.state in lifecycle.SHOWN and needs_confirmation(actor):
        raise Conflict(
            Text("Others see this offer, so only the person themselves can change it. You can withdraw it first.")
        )
    listing.version += 1  # whoever has confirmed what they saw has to look again
    return listing


def _refuse_traces(session: Session, listing: Listing, purpose: Purpose, words: str) -> None:
    """Everybody reads the words under a photo; they say what is to be seen, never whose it is or where (LP-8)."""
    if purpose is not Purpose.OFFER_PHOTO:
        return
    found = discretion.findings(words, queries.names_to_keep_quiet(session, listing))
    if found:
        excerpt = {"excerpt": found[0].excerpt}
        raise Refused(
            Text("“%(excerpt)s” seems to say who or where you are. Please write only what is to be seen.", excerpt)
        )


def _present(session: Session, listing: Listing, file_id: UUID) -> StoredFile:
    """A file of this offer; one of another offer does not exist here."""
    found = queries_files.file_of(session, listing.id, file_id)
    if found is None:
        raise NotFound
    return found
