"""Reading doors of an offer's photos and documents."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from succession.files.models import StoredFile
from succession.files.purposes import Purpose
from succession.listings.models import Listing, ListingPublication
from succession.listings.models_files import ListingFile


@dataclass(frozen=True, slots=True)
class ShownPhoto:
    """All that others learn of a photo: neither its name nor who handed it in or when."""

    public_id: UUID
    description: str
    width: int
    height: int


def files_of(session: Session, listing_id: int, purpose: Purpose) -> Sequence[StoredFile]:
    """The photos or documents of an offer, in their order; the caller knows that they may be read."""
    statement = (
        select(StoredFile)
        .join(ListingFile, ListingFile.stored_file_id == StoredFile.id)
        .where(ListingFile.listing_id == listing_id, StoredFile.purpose == purpose)
    )
    return session.scalars(statement.order_by(ListingFile.position, StoredFile.id)).all()


def rows_of(session: Session, listing_id: int, purpose: Purpose) -> Sequence[ListingFile]:
    """The places of these files, in their order."""
    statement = (
        select(ListingFile)
        .join(StoredFile, StoredFile.id == ListingFile.stored_file_id)
        .where(ListingFile.listing_id == listing_id, StoredFile.purpose == purpose)
    )
    return session.scalars(statement.order_by(ListingFile.position, ListingFile.stored_file_id)).all()


def file_of(session: Session, listing_id: int, file_id: UUID) -> StoredFile | None:
    """One file of this offer."""
    statement = (
        select(StoredFile)
        .join(ListingFile, ListingFile.stored_file_id == StoredFile.id)
        .where(ListingFile.listing_id == listing_id, StoredFile.public_id == file_id)
    )
    return session.scalar(statement)


def shown_photos(session: Session, offer_id: UUID) -> list[ShownPhoto]:
    """The photos that go with what everybody reads of an offer: none of a confidential one (P14)."""
    statement = (
        select(StoredFile.public_id, StoredFile.description, StoredFile.width, StoredFile.height)
        .join(ListingFile, ListingFile.stored_file_id == StoredFile.id)
        .join(ListingPublication, ListingPublication.listing_id == ListingFile.listing_id)
        .join(Listing, Listing.id == ListingFile.listing_id)
        .where(
            ListingPublication.public_id == offer_id,
            Listing.is_confidential.is_(False),
            StoredFile.purpose == Purpose.OFFER_PHOTO,
        )
    )
    rows = session.execute(statement.order_by(ListingFile.position, StoredFile.id))
    return [ShownPhoto(row.public_id, row.description, row.width or 0, row.height or 0) for row in rows]


def number_of_offer(session: Session, offer_id: UUID) -> int | None:
    """The row of an offer; the caller has checked who asks."""
    return session.scalar(select(Listing.id).where(Listing.public_id == offer_id))


def is_shown(session: Session, file_id: UUID) -> bool:
    """Whether everybody may see this photo now: its offer is shown, and is not confidential."""
    statement = (
        select(StoredFile.id)
        .join(ListingFile, ListingFile.stored_file_id == StoredFile.id)
        .join(ListingPublication, ListingPublication.listing_id == ListingFile.listing_id)
        .join(Listing, Listing.id == ListingFile.listing_id)
        .where(
            StoredFile.public_id == file_id,
            StoredFile.purpose == Purpose.OFFER_PHOTO,
            Listing.is_confidential.is_(False),
        )
    )
    return session.scalar(statement) is not None
