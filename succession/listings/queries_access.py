"""How much of one offer somebody may read now, and the page of it that goes with that."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from succession.accounts.actor import Actor
from succession.exclusions import queries as exclusions
from succession.listings import policy, publication, queries
from succession.listings.models import Listing
from succession.listings.policy import Access


def access(session: Session, actor: Actor, public_id: UUID, *, now: datetime) -> Access:
    """What the actor may read of the offer; what does not exist is `NOTHING` too."""
    statement = select(Listing, policy.read_by(actor, now=now)).where(Listing.public_id == public_id)
    row = session.execute(statement).one_or_none()
    if row is None:
        return Access.NOTHING
    listing, is_reader = row
    owner = {"organisation_id": listing.owner_organisation_id, "account_id": listing.owner_account_id}
    is_hidden = exclusions.hiding_from(session, actor).holds(**owner)
    return policy.access(actor, listing, is_hidden=is_hidden, is_reader=bool(is_reader))


def opened_page(session: Session, actor: Actor, public_id: UUID, *, now: datetime) -> queries.PublicOffer | None:
    """The whole page of a confidential offer for whom its owner has opened it; None for everybody else."""
    statement = select(Listing).where(Listing.public_id == public_id, Listing.is_confidential)
    listing = session.scalar(
        statement.where(policy.readable_listings(actor, exclusions.hiding_from(session, actor), now=now))
    )
    return None if listing is None else publication.preview(session, listing, as_reader=True, now=now)
