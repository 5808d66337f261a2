"""Reading door of offers for reports: whose it is that somebody reports."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from succession.errors import NotFound
from succession.listings.holders import Holder
from succession.listings.models import Listing


def holder_of_public(session: Session, public_id: UUID) -> Holder:
    """Who owns an offer that others see or have seen; any other does not exist for who reports."""
    statement = select(Listing).where(Listing.public_id == public_id, Listing.published_at.is_not(None))
    listing = session.scalar(statement)
    if listing is None:
        raise NotFound
    return Holder(organisation_id=listing.owner_organisation_id, account_id=listing.owner_account_id)
