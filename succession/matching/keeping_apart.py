"""Which offers and searches a reader must not meet, because the other side has said that they must not learn of it.

A list changes what others see and never what its writer sees: else names could be tried on it until something vanishes.
"""

from sqlalchemy import select
from sqlalchemy.orm import Session

from succession.accounts.actor import Actor
from succession.exclusions import queries as exclusions
from succession.exclusions.owner import ListOwner
from succession.listings.models import Listing
from succession.listings.queries_apart import apart_from
from succession.matching.criteria.criterion import Side
from succession.profiles.models import Search, SeekerProfile
from succession.profiles.queries_apart import searches_apart_from


def offers_apart(session: Session, search_id: int, viewer: Actor | None) -> tuple[int, ...]:
    """The numbers of the offers that are not matched with this search."""
    if not exclusions.is_used(session):
        return ()
    whose = select(SeekerProfile.account_id).join(Search, Search.profile_id == SeekerProfile.id)
    account_id = session.scalar(whose.where(Search.id == search_id))
    return () if account_id is None else apart_from(session, account_id, viewer)


def searches_apart(session: Session, listing_id: int, viewer: Actor | None) -> tuple[int, ...]:
    """The numbers of the searches that are not matched with this offer."""
    if not exclusions.is_used(session):
        return ()
    owner = select(Listing.owner_organisation_id, Listing.owner_account_id).where(Listing.id == listing_id)
    row = session.execute(owner).one_or_none()
    return () if row is None else searches_apart_from(session, ListOwner(*row), viewer)


def is_apart(session: Session, search_id: int, listing_id: int, reader: Side, viewer: Actor | None) -> bool:
    """Whether the one side must not learn of the other, or the viewer not of what they look at."""
    if not exclusions.is_used(session):
        return False
    if reader is Side.SEEKER:
        return listing_id in offers_apart(session, search_id, viewer)
    return search_id in searches_apart(session, listing_id, viewer)
