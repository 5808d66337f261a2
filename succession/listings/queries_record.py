"""Reading doors of offers for the record of acts: which are the actor's, and what they are called."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from succession.accounts.actor import Actor
from succession.listings.models import Listing
from succession.listings.policy import kept_listings


def kept_ids(actor: Actor) -> Select[UUID]:
    """The public ids of the offers that the actor keeps, as a selection for a larger statement."""
    return select(Listing.public_id).where(kept_listings(actor))


def kept_titles(session: Session, actor: Actor, public_ids: Iterable[UUID]) -> dict[UUID, str]:
    """What those of these offers are called that the actor keeps."""
    statement = select(Listing.public_id, Listing.title).where(
        Listing.public_id.in_(list(public_ids)), kept_listings(actor)
    )
    return {row.public_id: row.title for row in session.execute(statement)}
