"""What requests, releases and looks hold on a person: of both sides, because both are told the same."""

from datetime import timedelta

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import InstrumentedAttribute as Attribute

from succession.i18n import Text
from succession.listings.models import Listing
from succession.listings.models_releases import ListingReader, ListingRelease, ListingReleaseRead
from succession.marks import (
    Concern,
    DataClass,
    LegalGround,
    Marked,
    OnErasure,
    Person,
    Retention,
    names,
    table_of,
    under,
)

CONTACTS = DataClass(
    key="contacts",
    title=Text("Requests, and what was released to whom"),
    purpose=Text("So that both sides know who has asked, what was shown to whom, and when somebody looked."),
    ground=LegalGround.CONTRACT,
    keeping=Text("24 months after the request or the end of the release."),
    recipients=Text("the other side of the contact"),
)
TWO_YEARS = timedelta(days=730)


def _elsewhere(column: Attribute[int | None], own: Attribute[int]) -> Concern:
    """Where a person has decided about somebody else's row, their number goes and the row stays."""
    return Concern(
        lambda person: (column == person.account_id) & (own != person.account_id),
        OnErasure.CLEAR,
        clears={column.key: None},
        is_exported=False,
    )


def _looks_of(person: Person) -> ColumnElement[bool]:
    """The looks at what was released to the person, and at what they released."""
    of_offers = select(Listing.id).where(Listing.owner_account_id == person.account_id)
    releases = select(ListingRelease.id).where(
        or_(ListingRelease.account_id == person.account_id, ListingRelease.listing_id.in_(of_offers))
    )
    return ListingReleaseRead.listing_release_id.in_(releases)


REGISTER: tuple[Marked, ...] = (
    Marked(
        table=table_of(ListingReleaseRead),
        plain=("id", "listing_release_id"),
        personal=("read_by_account_id", "read_at"),
        data_class=CONTACTS,
        concerns=(
            Concern(_looks_of, OnErasure.DELETE, hides=("read_by_account_id",)),
            Concern(
                names(ListingReleaseRead.read_by_account_id),
                OnErasure.CLEAR,
                clears={"read_by_account_id": None},
                is_exported=False,
            ),
        ),
        retention=(Retention("read_at", TWO_YEARS),),
    ),
    Marked(
        table=table_of(ListingRelease),
        plain=("id", "public_id", "listing_id"),
        personal=(
            "account_id",
            "purpose",
            "released_at",
            "ends_at",
            "released_by_account_id",
            "is_confirmed",
            "revoked_at",
            "revoked_by_account_id",
        ),
        data_class=CONTACTS,
        concerns=(
            Concern(
                names(ListingRelease.account_id),
                OnErasure.DELETE,
                hides=("released_by_account_id", "revoked_by_account_id"),
            ),
            Concern(
                under(ListingRelease.listing_id, Listing.id, Listing.owner_account_id),
                OnErasure.DELETE,
                hides=("account_id",),
            ),
            _elsewhere(ListingRelease.released_by_account_id, ListingRelease.account_id),
            _elsewhere(ListingRelease.revoked_by_account_id, ListingRelease.account_id),
        ),
        retention=(Retention("ends_at", TWO_YEARS),),
    ),
    Marked(
        table=table_of(ListingReader),
        plain=("id", "public_id", "listing_id"),
        personal=("account_id", "state", "message", "asked_at", "decided_at", "decided_by_account_id", "reads_until"),
        data_class=CONTACTS,
        concerns=(
            Concern(names(ListingReader.account_id), OnErasure.DELETE, hides=("decided_by_account_id",)),
            Concern(
                under(ListingReader.listing_id, Listing.id, Listing.owner_account_id),
                OnErasure.DELETE,
                hides=("account_id",),
            ),
            _elsewhere(ListingReader.decided_by_account_id, ListingReader.account_id),
        ),
        retention=(Retention("asked_at", TWO_YEARS),),
    ),
)
