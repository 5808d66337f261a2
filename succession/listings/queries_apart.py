"""Which published offers somebody must not learn of, as their few numbers: empty for nearly everybody."""

from uuid import UUID

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from succession.accounts.actor import Actor
from succession.errors import NotFound
from succession.exclusions import queries as exclusions
from succession.exclusions.owner import Apart
from succession.listings import policy
from succession.listings.models import Listing, ListingPublication


def hidden_from(session: Session, actor: Actor) -> tuple[int, ...]:
    """Published offers that this actor finds nowhere: lists, maps, counts and pages leave them out without a word."""
    return _published(session, exclusions.hiding_from(session, actor), ~policy.kept_listings(actor))


def apart_from(session: Session, account_id: int, viewer: Actor | None = None) -> tuple[int, ...]:
    """Published offers that are not matched with this person's searches.

    Their owners' lists mean the person or the `viewer`. The person's own list takes nothing from them: who could watch
    an offer vanish after writing down a name would know whose it is.
    """
    owners = exclusions.hiding_from_account(session, account_id)
    if viewer is not None and viewer.account_id != account_id:
        owners |= exclusions.hiding_from(session, viewer)
    own = Apart(account_ids=frozenset({account_id}))
    return _published(session, Apart(owners.organisation_ids, owners.account_ids - own.account_ids))


def is_hidden(session: Session, actor: Actor, listing: Listing) -> bool:
    """The same for one offer, published or not."""
    owner = {"organisation_id": listing.owner_organisation_id, "account_id": listing.owner_account_id}
    return not policy.may_keep(actor, listing) and exclusions.hiding_from(session, actor).holds(**owner)


def refuse_hidden(session: Session, actor: Actor, public_id: UUID) -> None:
    """An offer that this actor must not learn of does not exist for them, published, withdrawn or handed over."""
    hiding = exclusions.hiding_from(session, actor)
    if not hiding:
        return
    listing = session.scalar(select(Listing).where(Listing.public_id == public_id))
    if listing is not None and is_hidden(session, actor, listing):
        raise NotFound


def _published(session: Session, owners: Apart, *more: ColumnElement[bool]) -> tuple[int, ...]:
    """The numbers of what these owners have published; nothing is asked where there are none."""
    if not owners:
        return ()
    theirs = or_(
        Listing.owner_organisation_id.in_(owners.organisation_ids), Listing.owner_account_id.in_(owners.account_ids)
    )
    statement = select(Listing.id).join(ListingPublication, ListingPublication.listing_id == Listing.id)
    return tuple(session.scalars(statement.where(theirs, *more).order_by(Listing.id)))
