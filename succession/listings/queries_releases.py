"""Reading doors of releases: to whom something was released, every look at it, and what it shows."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from succession.accounts.actor import Actor
from succession.accounts.models import Account, Organisation
from succession.errors import NotFound
from succession.land import queries_release as land
from succession.land.queries_release import ExactPlace
from succession.listings import policy
from succession.listings.models import Listing, ListingParcel
from succession.listings.models_releases import ListingRelease, ListingReleaseRead
from succession.listings.queries_requests import terms_of
from succession.listings.release_states import Standing, last_day
from succession.places.models import Place


@dataclass(frozen=True, slots=True)
class Look:
    """One look at a release."""

    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class ReleaseLine:
    """A release with every look at it; both sides read the same."""

    public_id: UUID
    name: str
    purpose: str
    released_at: datetime
    last_day: date
    revoked_at: datetime | None
    standing: Standing
    looks: tuple[Look, ...]


@dataclass(frozen=True, slots=True)
class OwnerContact:
    """Who the owner is and how they want to be reached; an e-mail address is never among it (P11)."""

    name: str
    organisation: str | None
    phone: str | None
    postal_address: str | None
    call_hours: str | None
    takes_voicemail: bool


@dataclass(frozen=True, slots=True)
class Revealed:
    """All that a release shows."""

    offer_id: UUID
    reference: str
    title: str
    contact: OwnerContact
    place: ExactPlace
    place_name: str | None


def releases_of(session: Session, actor: Actor, listing: Listing, *, now: datetime) -> list[ReleaseLine]:
    """To whom something of one's own offer was ever released, the newest first."""
    if not policy.may_keep(actor, listing):
        return []
    statement = select(ListingRelease, Account.name).join(Account, Account.id == ListingRelease.account_id)
    rows = session.execute(
        statement.where(ListingRelease.listing_id == listing.id).order_by(
            ListingRelease.released_at.desc(), ListingRelease.id.desc()
        )
    ).all()
    return [_line(session, release, name, now=now) for release, name in rows]


def release_to(session: Session, actor: Actor, listing_id: int, *, now: datetime) -> ReleaseLine | None:
    """The newest release of this offer to the actor (or to whom they act for), with its looks."""
    release = newest_release_to(session, actor, listing_id)
    if release is None:
        return None
    name = session.scalars(select(Account.name).where(Account.id == release.account_id)).one()
    return _line(session, release, name, now=now)


def newest_release_to(session: Session, actor: Actor, listing_id: int) -> ListingRelease | None:
    """The row behind it, whatever it is worth now."""
    statement = select(ListingRelease).where(
        ListingRelease.listing_id == listing_id, ListingRelease.account_id == actor.own_account_id
    )
    return session.scalar(statement.order_by(ListingRelease.released_at.desc(), ListingRelease.id.desc()).limit(1))


def kept_release(session: Session, actor: Actor, public_id: UUID, *, lock: bool = False) -> ListingRelease:
    """A release of one of the offers that the actor keeps; any other does not exist."""
    statement = (
        select(ListingRelease)
        .join(Listing, Listing.id == ListingRelease.listing_id)
        .where(ListingRelease.public_id == public_id, policy.kept_listings(actor))
    )
    if lock:
        statement = statement.with_for_update(of=ListingRelease).execution_options(populate_existing=True)
    found = session.scalar(statement)
    if found is None:
        raise NotFound
    return found


def released_preview(session: Session, actor: Actor, listing: Listing) -> Revealed:
    """What a release of one's own offer would show; somebody else's does not exist."""
    if not policy.may_keep(actor, listing):
        raise NotFound
    return revealed(session, listing)


def revealed(session: Session, listing: Listing) -> Revealed:
    """All that a release shows; the caller has checked that the one who reads it has one."""
    parcels = session.scalars(select(ListingParcel.parcel_id).where(ListingParcel.listing_id == listing.id)).all()
    named = select(Place.shown_name).where(Place.id == listing.place_id)
    return Revealed(
        offer_id=listing.public_id,
        reference=listing.reference,
        title=listing.title,
        contact=_contact(session, listing),
        place=land.exact_place(session, site_id=listing.site_id, parcel_ids=parcels),
        place_name=session.scalar(named) if listing.place_id is not None else None,
    )


def _contact(session: Session, listing: Listing) -> OwnerContact:
    """The person, or the organisation with the clerk who made the offer."""
    account = session.scalar(
        select(Account).where(Account.id == (listing.owner_account_id or listing.created_by_account_id))
    )
    organisation = None
    if listing.owner_organisation_id is not None:
        organisation = session.get(Organisation, listing.owner_organisation_id)
    at = organisation or account
    return OwnerContact(
        name=account.name if account is not None else "",
        organisation=organisation.name if organisation is not None else None,
        phone=(organisation.phone if organisation is not None else None) or (account.phone if account else None),
        postal_address=at.postal_address if at is not None else None,
        call_hours=account.call_hours if account is not None else None,
        takes_voicemail=account is not None and account.takes_voicemail,
    )


def _line(session: Session, release: ListingRelease, name: str, *, now: datetime) -> ReleaseLine:
    looks = (
        select(ListingReleaseRead.read_at, Account.name)
        .outerjoin(Account, Account.id == ListingReleaseRead.read_by_account_id)
        .where(ListingReleaseRead.listing_release_id == release.id)
        .order_by(ListingReleaseRead.id.desc())
    )
    return ReleaseLine(
        public_id=release.public_id,
        name=name,
        purpose=release.purpose,
        released_at=release.released_at,
        last_day=last_day(release.ends_at),
        revoked_at=release.revoked_at,
        standing=terms_of(release).standing(now),
        looks=tuple(Look(row.read_at, row.name or "–") for row in session.execute(looks)),
    )
