"""Reading doors of offers: one's own with everything, others' as they are published."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from succession.accounts.actor import Actor
from succession.accounts.duties import Duty
from succession.accounts.models import Account, Organisation, OrganisationKind
from succession.errors import Forbidden, NotFound
from succession.facts import discretion
from succession.facts.discretion import Finding
from succession.facts.kinds import Kind
from succession.facts.limits import ExactValue
from succession.facts.offer import OFFER_FIELDS
from succession.geo.crs import LONLAT_EPSG
from succession.i18n import Text
from succession.land.models import Parcel, Site
from succession.listings import completeness, policy, summaries
from succession.listings.holders import Holder
from succession.listings.models import Listing, ListingParcel, ListingPublication, ListingWish
from succession.listings.models_published import listing_public_outline
from succession.listings.publishing import OfferStatements, stated_wishes
from succession.listings.states import ListingState, OwnerKind, ServiceLevel
from succession.listings.stub import heading
from succession.places.areas import area_label
from succession.places.models import Place, PlaceArea

CHANGES_OF_OFFERS = 7_302_030
"""The first key of the advisory lock under which one owner's offers change; the second is the owner."""

NAMES_THAT_ARE_PUBLIC = frozenset({OrganisationKind.MUNICIPALITY, OrganisationKind.PARISH})


@dataclass(frozen=True, slots=True)
class ListingDetails:
    """An offer with all that its owner has said about it."""

    listing: Listing
    statements: OfferStatements
    parcels: tuple[Parcel, ...]
    site: Site | None
    place: Place | None

    @property
    def has_place(self) -> bool:
        """Whether there is something to find the public area by."""
        return bool(self.parcels or self.site or self.place)

    @property
    def missing(self) -> tuple[completeness.Missing, ...]:
        """What has to be added before publishing."""
        return completeness.missing(
            self.statements,
            title=self.listing.title,
            description=self.listing.description,
            has_place=self.has_place,
        )


@dataclass(frozen=True, slots=True)
class OfferLine:
    """One's own offer in a list, with what to do next."""

    public_id: UUID
    reference: str
    title: str
    kind: Kind
    state: ListingState
    updated_at: datetime
    confirmed_at: datetime | None
    missing: tuple[completeness.Missing, ...]


@dataclass(frozen=True, slots=True)
class PublicOffer:
    """An offer as everybody reads it."""

    public_id: UUID
    reference: str
    title: str
    description: str
    kind: Kind
    state: ListingState
    service_level: ServiceLevel
    owner_kind: OwnerKind
    facts: dict[str, int]
    wishes: dict[str, Any]
    published_at: datetime
    confirmed_at: datetime
    area: Text | None
    area_public_id: UUID | None
    area_level: int | None
    """All three are missing only in a preview of an offer that has no place yet."""
    is_exact: bool = False
    """Whether its owner shows the place itself: then everybody may see the outline."""
    is_confidential: bool = False
    is_stub: bool = False
    """Whether this is all that strangers see of a confidential offer."""

    @property
    def heading(self) -> Text:
        """What stands over it; a confidential offer has no title for strangers."""
        return heading(self.title, self.reference)

    @property
    def highlights(self) -> tuple[Text, ...]:
        """The phrases that tell most."""
        return summaries.highlights(self.kind, self.facts)

    @property
    def groups(self) -> tuple[summaries.Group, ...]:
        """All facts by topic."""
        return summaries.groups(self.kind, self.facts)

    @property
    def open_questions(self) -> tuple[Text, ...]:
        """What the owner has left open."""
        return summaries.open_questions(self.kind, self.facts)

    @property
    def wish_lines(self) -> tuple[summaries.WishLine, ...]:
        """What the owner wishes for."""
        return summaries.wish_lines(self.wishes)


def is_kept(session: Session, actor: Actor, public_id: UUID) -> bool:
    """Whether the offer is one of the actor's own."""
    return bool(session.scalar(select(exists().where(Listing.public_id == public_id, policy.kept_listings(actor)))))


def held(session: Session, actor: Actor, public_id: UUID) -> Listing:
    """One of the actor's own offers, to change it: who may only read it learns so before they fill in a form."""
    found = kept(session, actor, public_id)
    if not policy.may_hold(actor, holder_of(found)):
        raise Forbidden(Text("You may read this offer, but not change it."))
    return found


def kept(session: Session, actor: Actor, public_id: UUID, *, lock: bool = False) -> Listing:
    """One of the actor's own offers; somebody else's does not exist for them.

    With `lock` all changes to offers of this owner wait for each other: offers that share a parcel decide together in
    how wide an area they are shown.
    """
    statement = select(Listing).where(Listing.public_id == public_id, policy.kept_listings(actor))
    found = session.scalar(statement)
    if lock and found is not None:
        owner = found.owner_organisation_id or -(found.owner_account_id or 0)
        session.execute(select(func.pg_advisory_xact_lock(CHANGES_OF_OFFERS, owner)))
        found = session.scalar(statement.with_for_update().execution_options(populate_existing=True))
    if found is None:
        raise NotFound
    return found


def details(session: Session, listing: Listing) -> ListingDetails:
    """Everything said about an offer that the caller may see."""
    parcels = select(Parcel).join(ListingParcel, ListingParcel.parcel_id == Parcel.id)
    return ListingDetails(
        listing=listing,
        statements=statements_of(session, listing),
        parcels=tuple(session.scalars(parcels.where(ListingParcel.listing_id == listing.id).order_by(Parcel.id))),
        site=session.get(Site, listing.site_id) if listing.site_id is not None else None,
        place=session.get(Place, listing.place_id) if listing.place_id is not None else None,
    )


def statements_of(session: Session, listing: Listing) -> OfferStatements:
    """The exact facts and the wishes of an offer."""
    wishes = session.scalars(
        select(ListingWish).where(ListingWish.listing_id == listing.id).order_by(ListingWish.criterion)
    )
    return OfferStatements(listing.kind, exact_facts(listing), stated_wishes(wishes))


def exact_facts(listing: Listing) -> dict[str, ExactValue]:
    """The facts by name, as they are kept."""
    return {field.name: getattr(listing, field.name) for field in OFFER_FIELDS}


def my_offers(session: Session, actor: Actor) -> list[OfferLine]:
    """The actor's offers and those of their organisations, last changed first."""
    has_parcels = exists().where(ListingParcel.listing_id == Listing.id)
    statement = select(Listing, has_parcels).where(policy.kept_listings(actor))
    rows = session.execute(statement.order_by(Listing.updated_at.desc(), Listing.id.desc()))
    return [_line(listing, has_place=parcels or bool(listing.site_id or listing.place_id)) for listing, parcels in rows]


def holder_of(listing: Listing) -> Holder:
    """For whom the offer is kept."""
    return Holder(listing.owner_organisation_id, listing.owner_account_id)


def holder_for(session: Session, actor: Actor, organisation: UUID | None) -> Holder:
    """The actor themselves (or whom they act for), or the organisation they name; a foreign one does not exist."""
    if organisation is None:
        return Holder(account_id=actor.own_account_id)
    statement = select(Organisation.id).where(Organisation.public_id == organisation)
    organisation_id = session.scalar(statement.where(Organisation.id.in_(actor.organisation_ids)))
    if organisation_id is None:
        raise NotFound(Text("There is no such organisation."))
    return Holder(organisation_id)


def draft_count(session: Session, holder: Holder) -> int:
    """How many drafts a person or an organisation keeps."""
    owned = (
        Listing.owner_account_id == holder.account_id
        if holder.organisation_id is None
        else Listing.owner_organisation_id == holder.organisation_id
    )
    drafts = select(func.count()).select_from(Listing).where(owned, Listing.state == ListingState.DRAFT)
    return int(session.scalar(drafts) or 0)


def organisations_held(session: Session, actor: Actor) -> list[Organisation]:
    """The organisations for which the actor may make offers, by name."""
    statement = select(Organisation).where(
        Organisation.id.in_(actor.organisations_with(Duty.OFFER)),
        Organisation.kind.not_in((OrganisationKind.ADVISORY, OrganisationKind.MANAGING_OFFICE)),
    )
    return list(session.scalars(statement.order_by(Organisation.name, Organisation.id)))


def organisation_of(session: Session, listing: Listing) -> Organisation | None:
    """The organisation an offer belongs to; None where it is a person's."""
    if listing.owner_organisation_id is None:
        return None
    return session.get(Organisation, listing.owner_organisation_id)


def names_to_keep_quiet(session: Session, listing: Listing) -> Sequence[str]:
    """The names that should not stand in the text; a municipality's is that of its place, and no secret."""
    organisation = organisation_of(session, listing)
    if organisation is not None:
        return () if organisation.kind in NAMES_THAT_ARE_PUBLIC else (organisation.name,)
    return tuple(session.scalars(select(Account.name).where(Account.id == listing.owner_account_id)))


def findings(session: Session, listing: Listing) -> tuple[Finding, ...]:
    """What in title and description would give the owner or the place away."""
    names = names_to_keep_quiet(session, listing)
    return discretion.findings(f"{listing.title}\n{listing.teaser}\n{listing.description}", names)


def public_offer(reader: Session, public_id: UUID) -> PublicOffer | None:
    """What is published under this id; call it within `public_reading`."""
    outline = listing_public_outline.c.listing_id
    statement = (
        select(
            ListingPublication, PlaceArea.public_id, PlaceArea.level, Place.name, outline.is_not(None).label("shown")
        )
        .join(PlaceArea, PlaceArea.id == ListingPublication.place_area_id)
        .outerjoin(Place, Place.id == PlaceArea.place_id)
        .outerjoin(listing_public_outline, outline == ListingPublication.listing_id)
        .where(ListingPublication.public_id == public_id)
    )
    row = reader.execute(statement).one_or_none()
    if row is None:
        return None
    offer: ListingPublication = row[0]
    return PublicOffer(
        public_id=offer.public_id,
        reference=offer.reference,
        title=offer.title,
        description=offer.description,
        kind=offer.kind,
        state=offer.state,
        service_level=offer.service_level,
        owner_kind=offer.owner_kind,
        facts=offer.facts,
        wishes=offer.wishes,
        published_at=offer.published_at,
        confirmed_at=offer.confirmed_at,
        area=area_label(row.level, row.name or ""),
        area_public_id=row[1],
        area_level=row.level,
        is_exact=row.shown,
        is_confidential=offer.is_confidential,
        is_stub=offer.is_confidential,
    )


def public_outline(reader: Session, public_id: UUID) -> str | None:
    """The outline of an offer whose owner shows the place itself, as GeoJSON; call it within `public_reading`."""
    shape = func.ST_AsGeoJSON(func.ST_Transform(listing_public_outline.c.geom, LONLAT_EPSG), 6, 0)
    statement = select(shape).join(
        ListingPublication, ListingPublication.listing_id == listing_public_outline.c.listing_id
    )
    return reader.scalar(statement.where(ListingPublication.public_id == public_id))


def number_of(session: Session, public_id: UUID) -> int:
    """The number of an offer that the caller has already been let in to."""
    return session.scalars(select(Listing.id).where(Listing.public_id == public_id)).one()


def was_public(session: Session, public_id: UUID) -> bool:
    """Whether an offer was ever published under this id; drafts have never existed for others."""
    ever = Listing.public_id == public_id, Listing.published_at.is_not(None)
    return bool(session.scalar(select(exists().where(*ever))))


def _line(listing: Listing, *, has_place: bool) -> OfferLine:
    missing = completeness.missing(
        OfferStatements(listing.kind, exact_facts(listing)),
        title=listing.title,
        description=listing.description,
        has_place=has_place,
    )
    return OfferLine(
        public_id=listing.public_id,
        reference=listing.reference,
        title=listing.title,
        kind=listing.kind,
        state=listing.state,
        updated_at=listing.updated_at,
        confirmed_at=listing.confirmed_at,
        missing=missing,
    )
