"""Who may see, keep and change an offer; each rule also as a filter for lists. Pure."""

from sqlalchemy import ColumnElement, false, or_, true

from succession.accounts.actor import Actor, Role
from succession.accounts.duties import Duty
from succession.listings.holders import Holder
from succession.listings.lifecycle import SHOWN
from succession.listings.models import Listing


def may_enter(actor: Actor, _: object) -> bool:
    """The rooms in which offers are made: whoever gives up a business or land."""
    return actor.has(Role.TRANSFEROR, Role.LANDOWNER)


def may_hold(actor: Actor, holder: Holder) -> bool:
    """Make and change offers: one's own, those of the person one acts for, or of an organisation with that duty."""
    if actor.is_system:
        return True
    if not may_enter(actor, None):
        return False
    return actor.may_change_for(
        Duty.OFFER, owner_organisation_id=holder.organisation_id, owner_account_id=holder.account_id
    )


def held_listings(actor: Actor) -> ColumnElement[bool]:
    """`may_hold` as a filter."""
    if actor.is_system:
        return true()
    if not may_enter(actor, None) or actor.account_id is None:
        return false()
    worked_for = Listing.owner_organisation_id.in_(actor.organisations_with(Duty.OFFER))
    return or_(Listing.owner_account_id == actor.own_account_id, worked_for) if actor.may_write else worked_for


def may_keep(actor: Actor, listing: Listing) -> bool:
    """Read everything about it, drafts and exact figures too: its owner, who acts for them, or who works for it."""
    return actor.is_system or actor.owns(
        owner_organisation_id=listing.owner_organisation_id, owner_account_id=listing.owner_account_id
    )


def kept_listings(actor: Actor) -> ColumnElement[bool]:
    """`may_keep` as a filter."""
    if actor.is_system:
        return true()
    if actor.account_id is None:
        return false()
    return or_(
        Listing.owner_account_id == actor.own_account_id, Listing.owner_organisation_id.in_(actor.organisation_ids)
    )


def may_view(actor: Actor, listing: Listing) -> bool:
    """Read what is published of it: everybody while it is shown, its owner always."""
    return listing.state in SHOWN or may_keep(actor, listing)


def visible_listings(actor: Actor) -> ColumnElement[bool]:
    """`may_view` as a filter."""
    return or_(Listing.state.in_(SHOWN), kept_listings(actor))
