"""Writing doors about how exactly an offer is shown: its owner's choice, and new reference counts for all offers."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from succession.accounts.actor import Actor, authorize
from succession.accounts.service_confirmation import needs_confirmation
from succession.audit import service as audit
from succession.errors import Conflict, Refused
from succession.i18n import Text
from succession.listings import exactness, lifecycle, placing, policy, publication, queries
from succession.listings.models import Listing
from succession.places import policy as places_policy
from succession.places.levels import EXACT


@dataclass(frozen=True, slots=True)
class Choice:
    """What the page asks: a level, None for the usual one, and what counts more where both cannot be had."""

    level: int | None
    puts_trade_first: bool
    seen_level: int | None
    """The level that the page showed as chosen."""


class NeedsWarning(Refused):
    """Somebody wants to show the place itself and has not read yet what that means."""


def choose_level(
    session: Session, actor: Actor, public_id: UUID, choice: Choice, *, is_warned: bool, now: datetime
) -> Listing:
    """The offer is shown as its owner has chosen, as far as the k-rule allows; what others read changes at once.

    The place itself is shown only after the warning; who chose it and when is on record.
    """
    listing = queries.kept(session, actor, public_id, lock=True)
    authorize(policy.may_hold, actor, queries.holder_of(listing))
    if listing.state not in lifecycle.EDITABLE:
        raise Conflict(Text("This offer can no longer be changed. Make a draft of it again first."))
    if listing.state in lifecycle.SHOWN and needs_confirmation(actor):
        raise Conflict(Text("Others see this offer. Only the person themselves can change how exactly it is shown."))
    if listing.wanted_level != choice.seen_level:
        raise Conflict(Text("Somebody has chosen something else meanwhile. Please look at the page again."))
    _check(session, listing, choice.level, is_warned=is_warned)
    listing.wanted_level, listing.puts_trade_first = choice.level, choice.puts_trade_first
    listing.version += 1
    listing.updated_at = now
    if listing.state in lifecycle.SHOWN:
        publication.refresh(session, listing)
    action = "listing.shown_exactly" if choice.level == EXACT else "listing.level_chosen"
    audit.record(session, actor, action, kind="listing", public_id=listing.public_id, now=now)
    return listing


def apply_reference(session: Session, actor: Actor, *, now: datetime) -> int:
    """Every offer that is shown obeys the counts as they are now; how many are shown in a wider area than before.

    An offer for which nothing is counted any more is not shown until somebody counts.
    """
    authorize(places_policy.may_keep_reference, actor, None)
    changed = 0
    shown = select(Listing).where(Listing.state.in_(lifecycle.SHOWN)).order_by(Listing.id)
    for listing in session.scalars(shown).all():
        before = listing.published_level
        try:
            publication.refresh(session, listing)
        except Refused:
            publication.remove(session, listing)
        if listing.published_level != before:
            changed += 1
            audit.record(session, actor, "listing.shown_wider", kind="listing", public_id=listing.public_id, now=now)
    return changed


def _check(session: Session, listing: Listing, level: int | None, *, is_warned: bool) -> None:
    """Only a level that is on the page; the place itself only by somebody who was warned."""
    given = placing.circumstances(session, listing)
    if level is not None and level not in exactness.possible(given, coarsest_shown=listing.published_level):
        raise Refused(Text("This cannot be chosen for this offer. Please look at the page again."))
    if level == EXACT and not is_warned:
        raise NeedsWarning(Text("Please read what it means to show the place itself."))
