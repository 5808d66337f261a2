"""Writing doors of releases: exact place and owner to one person, every look noted, taken back at once (LP-7)."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from succession.accounts import service_confirmation
from succession.accounts.actor import Actor, authorize
from succession.accounts.models import Account
from succession.accounts.models_representation import Confirmation, ConfirmedAct
from succession.accounts.service_confirmation import Asked
from succession.audit import service as audit
from succession.errors import Conflict, Forbidden, NotFound, Refused
from succession.exclusions import queries as exclusions
from succession.facts.fingerprints import fingerprint
from succession.i18n import Text
from succession.listings import policy, queries_apart, queries_releases, queries_requests
from succession.listings.lifecycle import SHOWN
from succession.listings.models import Listing
from succession.listings.models_releases import ListingReader, ListingRelease, ListingReleaseRead
from succession.listings.queries_releases import Revealed
from succession.listings.queries_requests import terms_of
from succession.listings.release_states import DECIDABLE, LONGEST_PURPOSE, RequestState, Standing, last_day
from succession.listings.service_requests import end_of, settle, tell_answer


@dataclass(frozen=True, slots=True)
class NewRelease:
    """What for, and until the end of which day."""

    purpose: str
    ends_on: date


def release(session: Session, actor: Actor, request_id: UUID, new: NewRelease, *, now: datetime) -> ListingRelease:
    """The one who asked may see the exact place and the owner. By the owner themselves: at once.

    By somebody who acts for them: once they have confirmed it, which is what `ask_owner` is for.
    """
    request = queries_requests.request_to_decide(session, actor, request_id, lock=True)
    listing = session.get_one(Listing, request.listing_id)
    authorize(policy.may_decide, actor, listing)
    _refuse_release(session, request, listing)
    purpose = " ".join(new.purpose.split())
    if not 1 <= len(purpose) <= LONGEST_PURPOSE:
        raise Refused(Text("Please write in a few words what it is for."))
    ends_at = end_of(new.ends_on, now=now)
    standing = _standing(session, request, now=now)
    if standing is not None:
        return standing
    made = ListingRelease(
        listing_id=listing.id,
        account_id=request.account_id,
        purpose=purpose,
        released_at=now,
        ends_at=ends_at,
        released_by_account_id=actor.account_id,
        is_confirmed=not service_confirmation.needs_confirmation(actor),
    )
    session.add(made)
    session.flush()
    if made.is_confirmed:
        _open(session, actor, request, listing, made, now=now)
    return made


def ask_owner(session: Session, actor: Actor, made: ListingRelease, *, now: datetime) -> Confirmation:
    """The person for whom the actor acts is asked whether they want this release."""
    listing = session.get_one(Listing, made.listing_id)
    authorize(policy.may_decide, actor, listing)
    to = session.scalars(select(Account.name).where(Account.id == made.account_id)).one()
    shown = (
        (Text("To whom"), (to,)),
        (Text("What they see"), (Text("the exact place, your name, address and telephone number"),)),
        (Text("What for"), (made.purpose,)),
        (Text("Until"), (Text("%(day)s", {"day": last_day(made.ends_at)}),)),
        (Text("Offer"), (listing.reference,)),
    )
    asked = Asked(ConfirmedAct.REVEAL, "release", made.public_id, _fingerprint(made), shown)
    return service_confirmation.request(session, actor, asked, now=now)


def release_confirmed(session: Session, actor: Actor, confirmation: Confirmation, *, now: datetime) -> None:
    """What the person has confirmed is open from now on, exactly as it was shown to them."""
    made = queries_releases.kept_release(session, actor, confirmation.thing_public_id, lock=True)
    listing = session.get_one(Listing, made.listing_id)
    authorize(policy.may_decide, actor, listing)
    if terms_of(made).standing(now) is not Standing.WAITS:
        raise Conflict(Text("This release is no longer waiting."))
    same = select(ListingReader).where(
        ListingReader.listing_id == made.listing_id, ListingReader.account_id == made.account_id
    )
    request = session.scalars(same.with_for_update()).one()
    _refuse_release(session, request, listing)
    service_confirmation.use(
        confirmation, act=ConfirmedAct.REVEAL, account_id=listing.owner_account_id, fingerprint=_fingerprint(made)
    )
    made.is_confirmed, made.released_at = True, now
    _open(session, actor, request, listing, made, now=now)


def revoke(session: Session, actor: Actor, public_id: UUID, *, now: datetime) -> ListingRelease:
    """From the person's next request on nothing is shown any more."""
    made = queries_releases.kept_release(session, actor, public_id, lock=True)
    listing = session.get_one(Listing, made.listing_id)
    authorize(policy.may_decide, actor, listing)
    if made.revoked_at is None:
        made.revoked_at, made.revoked_by_account_id = now, actor.account_id
        audit.record(session, actor, "release.revoked", kind="listing", public_id=listing.public_id, now=now)
    return made


def look(session: Session, actor: Actor, public_id: UUID, *, now: datetime) -> Revealed:
    """What was released to the actor, and the look is on record; for anybody else there is no such page."""
    listing = session.scalar(select(Listing).where(Listing.public_id == public_id))
    made = None if listing is None else queries_releases.newest_release_to(session, actor, listing.id)
    if listing is None or made is None:
        raise NotFound
    # The row is held until the look is noted: a release that is taken back meanwhile is seen by the one who waits.
    session.refresh(made, with_for_update={"read": True})
    authorize(policy.may_look, actor, made)
    is_over = listing.state not in SHOWN or queries_apart.is_hidden(session, actor, listing)
    if is_over or terms_of(made).standing(now) is not Standing.OPEN:
        raise Forbidden(Text("This release is not open any more. If you still need it, please ask again."))
    session.add(ListingReleaseRead(listing_release_id=made.id, read_by_account_id=actor.account_id, read_at=now))
    session.flush()
    return queries_releases.revealed(session, listing)


def _refuse_release(session: Session, request: ListingReader, listing: Listing) -> None:
    """Only of an offer that others see, only to who asked and still wants it, never to who must not learn of it."""
    service_confirmation.refuse_while_resting(session, listing.owner_account_id)
    if listing.state not in SHOWN or request.state not in DECIDABLE:
        raise Conflict(Text("This request is no longer open."))
    hiding = exclusions.hiding_from_account(session, request.account_id)
    if hiding.holds(organisation_id=listing.owner_organisation_id, account_id=listing.owner_account_id):
        raise Conflict(Text("This person is on the list of those who must not learn of it."))


def _standing(session: Session, request: ListingReader, *, now: datetime) -> ListingRelease | None:
    """A release that counts or waits already; one that has run out makes room."""
    statement = select(ListingRelease).where(
        ListingRelease.listing_id == request.listing_id,
        ListingRelease.account_id == request.account_id,
        ListingRelease.revoked_at.is_(None),
    )
    found = session.scalar(statement.with_for_update())
    if found is None or terms_of(found).standing(now) is not Standing.EXPIRED:
        return found
    found.revoked_at = now
    session.flush()
    return None


def _open(
    session: Session, actor: Actor, request: ListingReader, listing: Listing, made: ListingRelease, *, now: datetime
) -> None:
    """Who may see the place may read the page; they have a mail, and the record has a line."""
    until = max(made.ends_at, request.reads_until or made.ends_at)
    settle(request, actor.account_id, RequestState.ACCEPTED, now=now)
    request.reads_until = until
    audit.record(session, actor, "release.made", kind="listing", public_id=listing.public_id, now=now)
    tell_answer(session, request, listing, now=now)


def _fingerprint(made: ListingRelease) -> str:
    """Changes with everything that the person was shown."""
    return fingerprint(
        {
            "to": made.account_id,
            "of": made.listing_id,
            "for": made.purpose,
            "until": made.ends_at.astimezone(UTC).isoformat(),
        }
    )
