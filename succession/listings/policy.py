"""Who may see, keep and change an offer; each rule also as a filter for lists. Pure."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, exists, false, func, or_, true

from succession.accounts.actor import Actor, Role, Scope
from succession.accounts.duties import Duty
from succession.exclusions.owner import Apart
from succession.listings.holders import Holder
from succession.listings.lifecycle import SHOWN
from succession.listings.models import Listing
from succession.listings.models_releases import ListingReader, ListingRelease
from succession.listings.release_states import RequestState
from succession.listings.states import ListingState


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


class Access(StrEnum):
    """How much of an offer somebody may read, from nothing to everything."""

    NOTHING = "nothing"
    STUB = "stub"
    PAGE = "page"
    ALL = "all"


def access(actor: Actor, listing: Listing, *, is_hidden: bool, is_reader: bool) -> Access:
    """What the actor may read of it.

    `is_hidden`: the owner's list says that they must not learn of it. `is_reader`: the owner has opened this
    confidential offer to them, or has released even the exact place, and that still counts.
    """
    if may_keep(actor, listing):
        return Access.ALL
    if listing.state not in SHOWN or is_hidden:
        return Access.NOTHING
    return Access.PAGE if is_reader or not listing.is_confidential else Access.STUB


def visible_listings(actor: Actor, hiding: Apart) -> ColumnElement[bool]:
    """More than nothing, as a filter; `hiding` are the owners whose lists mean the actor."""
    return or_(and_(Listing.state.in_(SHOWN), ~_of_owners(hiding)), kept_listings(actor))


def readable_listings(actor: Actor, hiding: Apart, *, now: datetime) -> ColumnElement[bool]:
    """The whole page or more, as a filter."""
    opened = or_(Listing.is_confidential.is_(False), read_by(actor, now=now))
    return or_(and_(Listing.state.in_(SHOWN), ~_of_owners(hiding), opened), kept_listings(actor))


def read_by(actor: Actor, *, now: datetime) -> ColumnElement[bool]:
    """The offers that their owners have opened to the actor (or to whom they act for) one by one."""
    if actor.own_account_id is None:
        return false()
    accepted = exists().where(
        ListingReader.listing_id == Listing.id,
        ListingReader.account_id == actor.own_account_id,
        ListingReader.state == RequestState.ACCEPTED,
        ListingReader.reads_until > now,
    )
    return or_(accepted, exists().where(ListingRelease.listing_id == Listing.id, open_releases(actor, now=now)))


def open_releases(actor: Actor, *, now: datetime) -> ColumnElement[bool]:
    """The releases to the actor (or to whom they act for) that count now; `Terms.standing` as a filter."""
    if actor.own_account_id is None:
        return false()
    return and_(
        ListingRelease.account_id == actor.own_account_id,
        ListingRelease.is_confirmed,
        ListingRelease.revoked_at.is_(None),
        ListingRelease.released_at <= now,
        ListingRelease.ends_at > now,
    )


def may_ask(actor: Actor, listing: Listing) -> bool:
    """Ask to get to know it: a seeker, of an offer that is free and not their own; who acts for one must speak."""
    speaks = actor.acting_for is None or Scope.SPEAK in actor.acting_for.scopes
    is_free = listing.state is ListingState.PUBLISHED
    return actor.has(Role.SEEKER) and not actor.is_system and speaks and is_free and not may_keep(actor, listing)


def may_decide(actor: Actor, listing: Listing) -> bool:
    """Answer who asks, release and take back: whoever may change the offer."""
    return not actor.is_system and may_hold(actor, Holder(listing.owner_organisation_id, listing.owner_account_id))


def may_take_back(actor: Actor, request: ListingReader) -> bool:
    """Take a request back: whose it is."""
    return actor.own_account_id is not None and request.account_id == actor.own_account_id and actor.may_write


def may_look(actor: Actor, release: ListingRelease) -> bool:
    """Open what was released: to whom it was, and who acts for them. Whether it still counts is asked besides."""
    return actor.own_account_id is not None and release.account_id == actor.own_account_id


def _of_owners(owners: Apart) -> ColumnElement[bool]:
    if not owners:
        return false()
    return func.coalesce(
        or_(
            Listing.owner_organisation_id.in_(owners.organisation_ids), Listing.owner_account_id.in_(owners.account_ids)
        ),
        false(),
    )


def may_clear_away(actor: Actor, _: object) -> bool:
    """Withdraw what a person has published because their file rests: the worker alone."""
    return actor.is_system
