"""Writing doors of requests: a seeker asks to get to know an offer, its owner answers; nobody sees an address (P11)."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from succession.accounts import service_confirmation
from succession.accounts.actor import Actor, authorize
from succession.audit import service as audit
from succession.errors import Conflict, NotFound, Refused, TooMany
from succession.facts import discretion
from succession.facts.refusals import GivesAway
from succession.i18n import PLACE_OF_TIMES, Text
from succession.listings import mails_requests as mails
from succession.listings import policy, queries_apart
from succession.listings import queries_requests as queries
from succession.listings.lifecycle import SHOWN
from succession.listings.models import Listing
from succession.listings.models_releases import ListingReader, ListingRelease
from succession.listings.release_states import (
    ASKS_AGAIN,
    DECIDABLE,
    LONGEST_RELEASE,
    LONGEST_REQUEST,
    MOST_REQUESTS_A_DAY,
    RequestState,
)
from succession.outbox import service as outbox

A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class NewRequest:
    """Why somebody would like to get to know an offer."""

    message: str
    is_confirmed: bool = False


def ask(session: Session, actor: Actor, public_id: UUID, new: NewRequest, *, now: datetime) -> ListingReader:
    """The owner has the request, once, and a mail about it. An offer that hides from the actor does not exist.

    A request to somebody on the actor's own list does not arrive, and looks like any other that waits: a refusal would
    say whose offer it is.
    """
    queries_apart.refuse_hidden(session, actor, public_id)
    listing = session.scalar(select(Listing).where(Listing.public_id == public_id, Listing.state.in_(SHOWN)))
    if listing is None:
        raise NotFound
    authorize(policy.may_ask, actor, listing)
    message = _checked(new, actor)
    before = queries.own_request(session, actor, listing.id)
    if before is not None and before.state not in ASKS_AGAIN:
        if before.state is RequestState.DECLINED:
            raise Conflict(before.state.told)
        return before
    _brake(session, actor, now=now)
    values = {
        "listing_id": listing.id,
        "account_id": actor.own_account_id,
        "state": RequestState.ASKED,
        "message": message,
        "asked_at": now,
        "decided_at": None,
        "decided_by_account_id": None,
        "reads_until": None,
    }
    made = session.scalar(
        insert(ListingReader)
        .values(values)
        .on_conflict_do_update(
            index_elements=["listing_id", "account_id"], set_=values, where=ListingReader.state.in_(ASKS_AGAIN)
        )
        .returning(ListingReader)
        .execution_options(populate_existing=True)
    )
    if made is None:  # the same form, a moment earlier
        return session.scalars(select(ListingReader).where(_same(listing, actor))).one()
    _tell_owner(session, actor, listing, now=now)
    return made


def take_back(session: Session, actor: Actor, public_id: UUID, *, now: datetime) -> None:
    """The request is no longer open; whatever it had opened is closed."""
    request = session.scalar(select(ListingReader).where(ListingReader.public_id == public_id).with_for_update())
    if request is None:
        raise NotFound
    authorize(policy.may_take_back, actor, request, hidden=True)
    if request.state not in DECIDABLE:
        return
    request.state, request.decided_at, request.reads_until = RequestState.WITHDRAWN, None, None
    _close_release(session, request, actor.account_id, now=now)
    listing = session.get_one(Listing, request.listing_id)
    audit.record(session, actor, "request.taken_back", kind="listing", public_id=listing.public_id, now=now)


def accept(session: Session, actor: Actor, public_id: UUID, until_on: date, *, now: datetime) -> ListingReader:
    """The person may read the whole page of a confidential offer until the end of that day, and has a mail about it."""
    request, listing = _to_decide(session, actor, public_id)
    service_confirmation.refuse_while_resting(session, listing.owner_account_id)
    ends_at = end_of(until_on, now=now)
    if request.state not in DECIDABLE:
        raise Conflict(Text("This request is no longer open."))
    was = request.state
    settle(request, actor.account_id, RequestState.ACCEPTED, now=now)
    request.reads_until = ends_at
    if was is RequestState.ASKED:
        audit.record(session, actor, "request.accepted", kind="listing", public_id=listing.public_id, now=now)
        tell_answer(session, request, listing, now=now)
    return request


def decline(session: Session, actor: Actor, public_id: UUID, *, now: datetime) -> ListingReader:
    """The answer is no, in neutral words; the same if it was given before."""
    request, listing = _to_decide(session, actor, public_id)
    if request.state is RequestState.DECLINED:
        return request
    if request.state is not RequestState.ASKED:
        raise Conflict(Text("This request is no longer open."))
    settle(request, actor.account_id, RequestState.DECLINED, now=now)
    audit.record(session, actor, "request.declined", kind="listing", public_id=listing.public_id, now=now)
    tell_answer(session, request, listing, now=now)
    return request


def end(session: Session, actor: Actor, public_id: UUID, *, now: datetime) -> ListingReader:
    """The person reads neither the page nor what was released, from their next request on. They are not written to."""
    request, listing = _to_decide(session, actor, public_id)
    if request.state is RequestState.ACCEPTED:
        _close_release(session, request, actor.account_id, now=now)
        settle(request, actor.account_id, RequestState.ENDED, now=now)
        audit.record(session, actor, "request.ended", kind="listing", public_id=listing.public_id, now=now)
    return request


def settle(request: ListingReader, by_account_id: int | None, state: RequestState, *, now: datetime) -> None:
    """The owner's answer stands in the row."""
    request.state, request.decided_at, request.decided_by_account_id = state, now, by_account_id
    if state is not RequestState.ACCEPTED:
        request.reads_until = None


def tell_answer(session: Session, request: ListingReader, listing: Listing, *, now: datetime) -> None:
    """A mail that there is an answer; what it is stands behind the sign-in."""
    notice = mails.answered(reference=listing.reference)
    outbox.enqueue(session, notice, account_id=request.account_id, now=now)


def end_of(day: date, *, now: datetime) -> datetime:
    """The last moment of the day where people live; refused if it is past or farther than a year away."""
    moment = datetime.combine(day + A_DAY, time(), tzinfo=PLACE_OF_TIMES)
    if not now < moment <= now + LONGEST_RELEASE:
        raise Refused(Text("Please choose a day from today on, at most a year away."))
    return moment


def _tell_owner(session: Session, actor: Actor, listing: Listing, *, now: datetime) -> None:
    if not queries.reaches_owner(session, listing, actor.own_account_id):
        whose = actor.on_behalf_of or actor.account_public_id
        audit.record(session, actor, "request.made", kind="account", public_id=whose, now=now)
        return
    audit.record(session, actor, "request.made", kind="listing", public_id=listing.public_id, now=now)
    for account_id in queries.whom_to_tell(session, listing, actor.own_account_id):
        notice = mails.somebody_asks(reference=listing.reference, offer_id=listing.public_id)
        outbox.enqueue(session, notice, account_id=account_id, now=now)


def _to_decide(session: Session, actor: Actor, public_id: UUID) -> tuple[ListingReader, Listing]:
    request = queries.request_to_decide(session, actor, public_id, lock=True)
    listing = session.get_one(Listing, request.listing_id)
    authorize(policy.may_decide, actor, listing)
    return request, listing


def _close_release(session: Session, request: ListingReader, by_account_id: int | None, *, now: datetime) -> None:
    """What was released to the person goes with the contact."""
    standing = update(ListingRelease).where(
        ListingRelease.listing_id == request.listing_id,
        ListingRelease.account_id == request.account_id,
        ListingRelease.revoked_at.is_(None),
    )
    session.execute(standing.values(revoked_at=now, revoked_by_account_id=by_account_id))


def _checked(new: NewRequest, actor: Actor) -> str:
    """Tidy, not too long, and nothing by which one would be written to before both agree."""
    message = new.message.strip()
    if not message:
        raise Refused(Text("Please write in a sentence or two why you would like to get to know the offer."))
    if len(message) > LONGEST_REQUEST:
        raise Refused(Text("At most %(most)s characters, please.", {"most": LONGEST_REQUEST}))
    found = () if new.is_confirmed else discretion.findings(message, (actor.name,))
    if found:
        raise GivesAway(found)
    return message


def _brake(session: Session, actor: Actor, *, now: datetime) -> None:
    """Nobody writes to everybody."""
    since = select(func.count()).where(
        ListingReader.account_id == actor.own_account_id, ListingReader.asked_at > now - A_DAY
    )
    if (session.scalar(since) or 0) >= MOST_REQUESTS_A_DAY:
        most = {"most": MOST_REQUESTS_A_DAY}
        raise TooMany(
            Text("You can ask about at most %(most)s offers a day. Please go on tomorrow.", most), retry_after=3600
        )


def _same(listing: Listing, actor: Actor) -> ColumnElement[bool]:
    return (ListingReader.listing_id == listing.id) & (ListingReader.account_id == actor.own_account_id)
