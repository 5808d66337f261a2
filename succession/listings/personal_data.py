"""What the room of offers holds on a person: their own offers; those of organisations belong to the organisation."""

from datetime import timedelta

from sqlalchemy import ColumnElement, select

from succession.facts.offer import OFFER_FIELDS
from succession.i18n import Text
from succession.listings import personal_data_releases as releases
from succession.listings.models import Listing, ListingParcel, ListingPublication, ListingWish
from succession.listings.models_files import ListingFile
from succession.listings.models_published import listing_public_outline, published_offer
from succession.listings.states import ListingState
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

OFFERS = DataClass(
    key="offers",
    title=Text("Your offers"),
    purpose=Text("So that somebody is found who takes over what you hand on."),
    ground=LegalGround.CONTRACT,
    keeping=Text(
        "Until you delete the offer or close your account. Drafts that nobody touches and offers that have ended: "
        "24 months, and we write to you before."
    ),
    recipients=Text("everybody sees the published part; the exact place only those to whom you release it"),
)
TWO_YEARS = timedelta(days=730)


def _published_by(person: Person) -> ColumnElement[bool]:
    return published_offer.c.id.in_(select(Listing.id).where(Listing.owner_account_id == person.account_id))


def _outlined_by(person: Person) -> ColumnElement[bool]:
    own = select(Listing.id).where(Listing.owner_account_id == person.account_id)
    return listing_public_outline.c.listing_id.in_(own)


REGISTER: tuple[Marked, ...] = (
    *releases.REGISTER,
    Marked(
        table=published_offer,
        plain=(),
        personal=tuple(column.name for column in published_offer.columns),
        data_class=OFFERS,
        # The same once more in codes, for matching: the export has it in words.
        concerns=(Concern(_published_by, OnErasure.DELETE, is_exported=False),),
    ),
    Marked(
        table=listing_public_outline,
        plain=(),
        personal=("listing_id", "geom"),
        data_class=OFFERS,
        # The parcels and premises themselves are in the export; this is their outline once more, as shown.
        concerns=(Concern(_outlined_by, OnErasure.DELETE, is_exported=False),),
    ),
    Marked(
        table=table_of(ListingPublication),
        plain=("public_id", "state", "owner_kind", "place_area_id"),
        personal=(
            "listing_id",
            "reference",
            "title",
            "description",
            "is_confidential",
            "kind",
            "service_level",
            "facts",
            "wishes",
            "published_at",
            "confirmed_at",
        ),
        data_class=OFFERS,
        concerns=(
            Concern(under(ListingPublication.listing_id, Listing.id, Listing.owner_account_id), OnErasure.DELETE),
        ),
    ),
    Marked(
        table=table_of(ListingWish),
        plain=(),
        personal=("listing_id", "criterion", "importance", "values"),
        data_class=OFFERS,
        concerns=(Concern(under(ListingWish.listing_id, Listing.id, Listing.owner_account_id), OnErasure.DELETE),),
    ),
    Marked(
        table=table_of(ListingFile),
        plain=("position",),
        personal=("listing_id", "stored_file_id"),
        data_class=OFFERS,
        concerns=(Concern(under(ListingFile.listing_id, Listing.id, Listing.owner_account_id), OnErasure.DELETE),),
    ),
    Marked(
        table=table_of(ListingParcel),
        plain=(),
        personal=("listing_id", "parcel_id"),
        data_class=OFFERS,
        concerns=(Concern(under(ListingParcel.listing_id, Listing.id, Listing.owner_account_id), OnErasure.DELETE),),
    ),
    Marked(
        table=table_of(Listing),
        plain=("id", "public_id", "owner_organisation_id", "idempotency_key", "version"),
        personal=(
            "owner_account_id",
            "created_by_account_id",
            "reference",
            "kind",
            "state",
            "title",
            "description",
            "service_level",
            "is_confidential",
            "teaser",
            "wanted_level",
            "puts_trade_first",
            "published_level",
            "finest_level",
            "site_id",
            "place_id",
            "created_at",
            "updated_at",
            "published_at",
            "confirmed_at",
            "ended_at",
            *(field.name for field in OFFER_FIELDS),
        ),
        data_class=OFFERS,
        concerns=(
            Concern(names(Listing.owner_account_id), OnErasure.DELETE),
            Concern(
                lambda person: (
                    (Listing.created_by_account_id == person.account_id)
                    & Listing.owner_account_id.is_distinct_from(person.account_id)
                ),
                OnErasure.CLEAR,
                clears={"created_by_account_id": None},
                is_exported=False,
            ),
        ),
        retention=(
            Retention(
                "updated_at",
                TWO_YEARS,
                warns=True,
                whom=Listing.owner_account_id,
                only=(Listing.state == ListingState.DRAFT) & Listing.owner_account_id.is_not(None),
            ),
            Retention(
                "ended_at",
                TWO_YEARS,
                warns=True,
                whom=Listing.owner_account_id,
                only=Listing.owner_account_id.is_not(None),
            ),
        ),
    ),
)
