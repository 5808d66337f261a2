"""Who may see, keep and change an offer; each rule also as a filter for lists. Pure."""

from sqlalchemy import ColumnElement, false, or_, select, true

from succession.accounts.actor import Actor, Role
from succession.accounts.models import Membership, MembershipRole
from succession.listings.holders import Holder
from succession.listings.lifecycle import SHOWN
from succession.listings.models import Listing

_WORKS_FOR = frozenset({MembershipRole.CLERK, MembershipRole.ADMINISTRATOR})


def may_enter(actor: Actor, _: object) -> bool:
    """The rooms in which offers are made: whoever gives up a business or land."""
    return actor.has(Role.TRANSFEROR, Role.LANDOWNER)


def may_hold(actor: Actor, holder: Holder) -> bool:
    """Make and change offers: one's own, or those of an organisation one is a clerk or administrator of."""
    if actor.is_system:
        return True
    if not may_enter(actor, None):
        return False
    if holder.organisation_id is None:
        return holder.account_id is not None and holder.account_id == actor.account_id
    return holder.organisation_id in actor.organisation_ids and holder.member_role in _WORKS_FOR


def held_listings(actor: Actor) -> ColumnElement[bool]:
    """`may_hold` as a filter."""
    if actor.is_system:
        return true()
    if not may_enter(actor, None) or actor.account_id is None:
        return false()
    worked_for = select(Membership.organisation_id).where(
        Membership.account_id == actor.account_id, Membership.role.in_(_WORKS_FOR)
    )
    return or_(Listing.owner_account_id == actor.account_id, Listing.owner_organisation_id.in_(worked_for))


def may_keep(actor: Actor, listing: Listing) -> bool:
    """Read everything about it, drafts and exact figures too: its owner, or any member of the organisation."""
    return actor.is_system or actor.owns(
        owner_organisation_id=listing.owner_organisation_id, owner_account_id=listing.owner_account_id
    )


def kept_listings(actor: Actor) -> ColumnElement[bool]:
    """`may_keep` as a filter."""
    if actor.is_system:
        return true()
    if actor.account_id is None:
        return false()
    return or_(Listing.owner_account_id == actor.account_id, Listing.owner_organisation_id.in_(actor.organisation_ids))


def may_view(actor: Actor, listing: Listing) -> bool:
    """Read what is published of it: everybody while it is shown, its owner always."""
    return listing.state in SHOWN or may_keep(actor, listing)


def visible_listings(actor: Actor) -> ColumnElement[bool]:
    """`may_view` as a filter."""
    return or_(Listing.state.in_(SHOWN), kept_listings(actor))
