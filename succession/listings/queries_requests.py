"""Reading doors of requests: who has asked to get to know an offer, and what became of one's own."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from succession.accounts.actor import Actor
from succession.accounts.duties import MembershipRole
from succession.accounts.models import Account, Membership
from succession.errors import NotFound
from succession.exclusions import queries as exclusions
from succession.exclusions.owner import ListOwner
from succession.i18n import Text
from succession.listings import policy
from succession.listings.lifecycle import SHOWN
from succession.listings.models import Listing
from succession.listings.models_releases import ListingReader, ListingRelease
from succession.listings.release_states import ASKS_AGAIN, RequestState, Standing, Terms, last_day
from succession.listings.stub import heading

MOST_TOLD = 5
"""So many clerks of an organisation get a mail about a request."""


@dataclass(frozen=True, slots=True)
class RequestLine:
    """One request, as the owner of the offer sees it."""

    public_id: UUID
    account_id: int
    name: str
    message: str
    state: RequestState
    asked_at: datetime
    reads_until: date | None


@dataclass(frozen=True, slots=True)
class OwnRequest:
    """One's own request, as far as the owner has answered it."""

    public_id: UUID
    offer_id: UUID
    reference: str
    heading: Text
    state: RequestState
    asked_at: datetime
    reads_until: date | None
    release: Standing | None

    @property
    def is_open(self) -> bool:
        """Whether the exact place can be read now."""
        return self.release is Standing.OPEN


def requests_for(session: Session, actor: Actor, listing: Listing) -> list[RequestLine]:
    """Who has asked, those that wait first; people from whom the owner hides are left out, and who hides from them."""
    owner = ListOwner(listing.owner_organisation_id, listing.owner_account_id)
    if not policy.may_keep(actor, listing):
        return []
    statement = (
        select(ListingReader, Account.name)
        .join(Account, Account.id == ListingReader.account_id)
        .where(ListingReader.listing_id == listing.id)
        .order_by((ListingReader.state == RequestState.ASKED).desc(), ListingReader.asked_at.desc())
    )
    kept_away = exclusions.meant_by(session, owner).account_ids
    quiet = (exclusions.hiding_from_owner(session, owner) | exclusions.hiding_from(session, actor)).account_ids
    return [
        _line(request, name)
        for request, name in session.execute(statement).all()
        if request.account_id not in kept_away
        and not (request.state is RequestState.ASKED and request.account_id in quiet)
    ]


def request_to_decide(session: Session, actor: Actor, public_id: UUID, *, lock: bool = False) -> ListingReader:
    """A request for one of the offers that the actor keeps; any other does not exist."""
    statement = (
        select(ListingReader)
        .join(Listing, Listing.id == ListingReader.listing_id)
        .where(ListingReader.public_id == public_id, policy.kept_listings(actor))
    )
    if lock:
        statement = statement.with_for_update(of=ListingReader).execution_options(populate_existing=True)
    found = session.scalar(statement)
    if found is None:
        raise NotFound
    return found


def request_line(session: Session, request: ListingReader) -> RequestLine:
    """The same as a line; the caller has checked that the actor decides on it."""
    return _line(request, session.scalars(select(Account.name).where(Account.id == request.account_id)).one())


def my_requests(session: Session, actor: Actor, *, now: datetime) -> list[OwnRequest]:
    """The actor's own requests, the newest first. Who has been put on a list meanwhile reads a plain no.

    What an offer is called is said as long as others see it: later titles are a draft's.
    """
    statement = (
        select(ListingReader, Listing, ListingRelease)
        .join(Listing, Listing.id == ListingReader.listing_id)
        .outerjoin(
            ListingRelease,
            (ListingRelease.listing_id == Listing.id)
            & (ListingRelease.account_id == ListingReader.account_id)
            & ListingRelease.revoked_at.is_(None),
        )
        .where(ListingReader.account_id == actor.own_account_id)
        .order_by(ListingReader.asked_at.desc(), ListingReader.id.desc())
    )
    hiding = exclusions.hiding_from(session, actor)
    found = []
    rows: Sequence[Any] = session.execute(statement).all()
    for request, listing, release in rows:
        owner = {"organisation_id": listing.owner_organisation_id, "account_id": listing.owner_account_id}
        is_gone = hiding.holds(**owner) or listing.state not in SHOWN
        is_read = request.state is RequestState.ACCEPTED and not is_gone
        found.append(
            OwnRequest(
                public_id=request.public_id,
                offer_id=listing.public_id,
                reference=listing.reference,
                heading=_heading(listing, is_read=is_read, is_gone=is_gone),
                state=RequestState.DECLINED if hiding.holds(**owner) else request.state,
                asked_at=request.asked_at,
                reads_until=_read_until(request, listing) if is_read else None,
                release=None if release is None or is_gone else terms_of(release).standing(now),
            )
        )
    return found


def own_request(session: Session, actor: Actor, listing_id: int) -> ListingReader | None:
    """What the actor (or whom they act for) has asked about this offer."""
    statement = select(ListingReader).where(
        ListingReader.listing_id == listing_id, ListingReader.account_id == actor.own_account_id
    )
    return session.scalar(statement)


def own_request_about(session: Session, actor: Actor, public_id: UUID) -> RequestState | None:
    """Where the actor's request about an offer stands, if there is one that still says something."""
    if actor.own_account_id is None:
        return None
    statement = select(ListingReader.state).join(Listing, Listing.id == ListingReader.listing_id)
    mine = Listing.public_id == public_id, ListingReader.account_id == actor.own_account_id
    return session.scalar(statement.where(*mine, ListingReader.state.not_in(ASKS_AGAIN)))


def reaches_owner(session: Session, listing: Listing, account_id: int | None) -> bool:
    """Whether the owner learns of this person's request: not if the person's own list means the owner."""
    owner = ListOwner(listing.owner_organisation_id, listing.owner_account_id)
    return account_id not in exclusions.hiding_from_owner(session, owner).account_ids


def whom_to_tell(session: Session, listing: Listing, asker_id: int | None) -> Sequence[int]:
    """The accounts that hear of a request: the owner, or those clerks whom the person's own list does not mean."""
    told = _keepers(session, listing)
    return [one for one in told if asker_id not in exclusions.hiding_from_account(session, one).account_ids]


def _heading(listing: Listing, *, is_read: bool, is_gone: bool) -> Text:
    if is_gone:
        return Text("Offer %(reference)s", {"reference": listing.reference})
    return heading(listing.title if is_read or not listing.is_confidential else "", listing.reference)


def _keepers(session: Session, listing: Listing) -> Sequence[int]:
    if listing.owner_account_id is not None:
        return [listing.owner_account_id]
    working = (MembershipRole.CLERK, MembershipRole.ADMINISTRATOR)
    statement = select(Membership.account_id).where(
        Membership.organisation_id == listing.owner_organisation_id, Membership.role.in_(working)
    )
    made_it = Membership.account_id == listing.created_by_account_id
    return session.scalars(statement.order_by(made_it.desc(), Membership.id).limit(MOST_TOLD)).all()


def terms_of(release: ListingRelease) -> Terms:
    """What decides whether the release counts."""
    return Terms(release.released_at, release.ends_at, release.is_confirmed, release.revoked_at)


def _read_until(request: ListingReader, listing: Listing) -> date | None:
    """The last day of reading a confidential offer; others can be read by everybody anyway."""
    return last_day(request.reads_until) if request.reads_until is not None and listing.is_confidential else None


def _line(request: ListingReader, name: str) -> RequestLine:
    return RequestLine(
        request.public_id,
        request.account_id,
        name,
        request.message,
        request.state,
        request.asked_at,
        None if request.reads_until is None else last_day(request.reads_until),
    )
