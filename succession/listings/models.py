"""Offers with their exact facts, wishes and parcels, and what is published of them. No Flask."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    CheckConstraint,
    ForeignKey,
    Index,
    Numeric,
    SmallInteger,
    String,
    UniqueConstraint,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from succession.db import Base, OwnedMixin, PublicIdMixin, TextEnum, one_of, owned_by_one
from succession.facts.importance import Importance
from succession.facts.kinds import Kind
from succession.facts.limits import conditions
from succession.facts.offer import OFFER_FIELDS
from succession.listings.states import (
    LONGEST_DESCRIPTION,
    LONGEST_TEASER,
    LONGEST_TITLE,
    ListingState,
    OwnerKind,
    ServiceLevel,
)


class Listing(PublicIdMixin, OwnedMixin, Base):
    """One offer: a business, land, or both. Every fact may stay open (null)."""

    __tablename__ = "listing"
    __table_args__ = (
        owned_by_one(),
        one_of("kind", Kind),
        one_of("state", ListingState),
        one_of("service_level", ServiceLevel),
        UniqueConstraint("reference"),
        UniqueConstraint("created_by_account_id", "idempotency_key"),
        CheckConstraint(f"length(title) <= {LONGEST_TITLE}", name="title_short"),
        CheckConstraint(f"length(description) <= {LONGEST_DESCRIPTION}", name="description_short"),
        CheckConstraint(f"length(teaser) <= {LONGEST_TEASER}", name="teaser_short"),
        CheckConstraint("version >= 1", name="version_counts"),
        CheckConstraint("wanted_level BETWEEN 0 AND 7", name="wanted_level_known"),
        CheckConstraint("published_level BETWEEN 0 AND 7", name="published_level_known"),
        CheckConstraint("finest_level BETWEEN 0 AND 7", name="finest_level_known"),
        CheckConstraint(
            "state NOT IN ('published', 'reserved') OR published_at IS NOT NULL", name="published_has_a_time"
        ),
        *(CheckConstraint(rule, name=f"{name}_allowed") for name, rule in conditions(OFFER_FIELDS).items()),
    )

    created_by_account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"), index=True)
    idempotency_key: Mapped[UUID | None]
    reference: Mapped[str] = mapped_column(String(8))
    kind: Mapped[Kind] = mapped_column(TextEnum(Kind))
    state: Mapped[ListingState] = mapped_column(
        TextEnum(ListingState), server_default=ListingState.DRAFT.value, index=True
    )
    title: Mapped[str] = mapped_column(server_default=text("''"))
    description: Mapped[str] = mapped_column(server_default=text("''"))
    service_level: Mapped[ServiceLevel] = mapped_column(TextEnum(ServiceLevel), server_default=ServiceLevel.LINK.value)
    is_confidential: Mapped[bool] = mapped_column(server_default=text("false"))
    teaser: Mapped[str] = mapped_column(server_default=text("''"))
    """All that strangers read of a confidential offer besides kind and area, in the owner's words."""
    wanted_level: Mapped[int | None] = mapped_column(SmallInteger)
    """How exactly its owner wants the place to be shown, 0 the place itself; null: as is usual for such an offer."""
    puts_trade_first: Mapped[bool] = mapped_column(server_default=text("true"))
    """Where naming the trade would single the business out: a wider area (true), or no trade (false)."""
    published_level: Mapped[int | None] = mapped_column(SmallInteger)
    """The coarsest level at which it was ever shown; it never gets finer again."""
    finest_level: Mapped[int | None] = mapped_column(SmallInteger)
    """The finest level at which it was ever shown: what is told later is read together with that area."""
    site_id: Mapped[int | None] = mapped_column(ForeignKey("site.id", ondelete="SET NULL"), index=True)
    place_id: Mapped[int | None] = mapped_column(ForeignKey("place.id", ondelete="RESTRICT"), index=True)
    """The place the owner names where neither premises nor parcels say where it is."""
    version: Mapped[int] = mapped_column(server_default=text("1"))
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    updated_at: Mapped[datetime] = mapped_column(server_default=func.now())
    published_at: Mapped[datetime | None]
    confirmed_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]

    takeover_models: Mapped[list[str] | None] = mapped_column(ARRAY(String))
    available_from: Mapped[date | None]
    price: Mapped[Decimal | None] = mapped_column(Numeric(12, 2))
    land_rent: Mapped[Decimal | None] = mapped_column(Numeric(12, 2))
    premises_rent: Mapped[Decimal | None] = mapped_column(Numeric(12, 2))
    instalments: Mapped[bool | None]
    area_ha: Mapped[Decimal | None] = mapped_column(Numeric(9, 4))
    land_uses: Mapped[list[str] | None] = mapped_column(ARRAY(String))
    soil_points: Mapped[Decimal | None] = mapped_column(Numeric(5, 2))
    contiguity: Mapped[str | None]
    access: Mapped[str | None]
    water: Mapped[str | None]
    drainage: Mapped[str | None]
    restrictions: Mapped[list[str] | None] = mapped_column(ARRAY(String))
    farmstead_land_km: Mapped[Decimal | None] = mapped_column(Numeric(5, 1))
    leased_area_ha: Mapped[Decimal | None] = mapped_column(Numeric(9, 4))
    leased_secured_percent: Mapped[int | None]
    trades: Mapped[list[str] | None] = mapped_column(ARRAY(String))
    organic: Mapped[str | None]
    livestock: Mapped[list[str] | None] = mapped_column(ARRAY(String))
    buildings: Mapped[list[str] | None] = mapped_column(ARRAY(String))
    dwelling_rooms: Mapped[int | None]
    who_stays: Mapped[str | None]
    school_km: Mapped[Decimal | None] = mapped_column(Numeric(5, 1))
    machines: Mapped[str | None]
    stock_included: Mapped[bool | None]
    staff: Mapped[int | None]
    turnover: Mapped[Decimal | None] = mapped_column(Numeric(12, 2))
    profit: Mapped[Decimal | None] = mapped_column(Numeric(12, 2))
    licence_bound: Mapped[bool | None]
    licence_holder: Mapped[str | None]
    transition_months: Mapped[int | None]
    trial_year: Mapped[bool | None]
    mentoring: Mapped[bool | None]


class ListingParcel(Base):
    """A parcel that belongs to an offer."""

    __tablename__ = "listing_parcel"

    listing_id: Mapped[int] = mapped_column(ForeignKey(Listing.id, ondelete="CASCADE"), primary_key=True)
    parcel_id: Mapped[int] = mapped_column(ForeignKey("parcel.id", ondelete="CASCADE"), primary_key=True, index=True)


class ListingWish(Base):
    """What the owner asks of a successor; a wish that does not matter has no row."""

    __tablename__ = "listing_wish"
    __table_args__ = (
        one_of("importance", Importance),
        CheckConstraint("importance <> 'none'", name="counts"),
    )

    listing_id: Mapped[int] = mapped_column(ForeignKey(Listing.id, ondelete="CASCADE"), primary_key=True)
    criterion: Mapped[str] = mapped_column(String(40), primary_key=True)
    importance: Mapped[Importance] = mapped_column(TextEnum(Importance))
    values: Mapped[dict[str, int]] = mapped_column(JSONB, server_default=text("'{}'::jsonb"))
    """Codes by the names of the wish's value fields."""


class ListingPublication(Base):
    """What everybody may read of an offer. It holds neither the owner nor any exact figure or place."""

    __tablename__ = "listing_publication"
    __table_args__ = (
        one_of("kind", Kind),
        one_of("state", ListingState),
        one_of("service_level", ServiceLevel),
        one_of("owner_kind", OwnerKind),
        CheckConstraint("state IN ('published', 'reserved')", name="state_shown"),
        UniqueConstraint("public_id"),
        Index("ix_listing_publication_kind_published_at", "kind", "published_at"),
        Index(
            "ix_listing_publication_words",
            text("lower(title || ' ' || description) gin_trgm_ops"),
            postgresql_using="gin",
        ),
    )

    listing_id: Mapped[int] = mapped_column(ForeignKey(Listing.id, ondelete="CASCADE"), primary_key=True)
    public_id: Mapped[UUID]
    reference: Mapped[str] = mapped_column(String(8))
    title: Mapped[str]
    description: Mapped[str]
    is_confidential: Mapped[bool] = mapped_column(server_default=text("false"))
    """Then title, facts and wishes are empty, and the description is the teaser."""
    kind: Mapped[Kind] = mapped_column(TextEnum(Kind))
    state: Mapped[ListingState] = mapped_column(TextEnum(ListingState))
    service_level: Mapped[ServiceLevel] = mapped_column(TextEnum(ServiceLevel))
    owner_kind: Mapped[OwnerKind] = mapped_column(TextEnum(OwnerKind))
    place_area_id: Mapped[int] = mapped_column(ForeignKey("place_area.id", ondelete="RESTRICT"), index=True)
    facts: Mapped[dict[str, int]] = mapped_column(JSONB)
    """Code by field name, of every fact that is stated."""
    wishes: Mapped[dict[str, Any]] = mapped_column(JSONB)
    """By criterion: {"must": bool, "values": {name: code}}; no weights."""
    published_at: Mapped[datetime]
    confirmed_at: Mapped[datetime]
