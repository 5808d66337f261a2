"""Seekers with what they bring, their searches with what they wish, and what is published of both. No Flask."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, CheckConstraint, ForeignKey, Numeric, SmallInteger, String, UniqueConstraint, func, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from succession.db import Base, PublicIdMixin, TextEnum, one_of
from succession.facts.importance import Importance
from succession.facts.kinds import Kind
from succession.facts.limits import conditions
from succession.facts.seeker import SEEKER_FIELDS
from succession.profiles.states import (
    LARGEST_RADIUS_KM,
    LONGEST_INTRODUCTION,
    LONGEST_SEARCH_TITLE,
    SMALLEST_RADIUS_KM,
    SearchState,
)

KINDS_LISTED = ", ".join(f"'{kind.value}'" for kind in Kind)


class SeekerProfile(PublicIdMixin, Base):
    """What a seeker, or several together, bring. Every fact may stay open (null)."""

    __tablename__ = "seeker_profile"
    __table_args__ = (
        UniqueConstraint("account_id"),
        CheckConstraint(f"length(introduction) <= {LONGEST_INTRODUCTION}", name="introduction_short"),
        CheckConstraint("version >= 1", name="version_counts"),
        *(CheckConstraint(rule, name=f"{name}_allowed") for name, rule in conditions(SEEKER_FIELDS).items()),
    )

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    introduction: Mapped[str] = mapped_column(server_default=text("''"))
    version: Mapped[int] = mapped_column(server_default=text("1"))
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    updated_at: Mapped[datetime] = mapped_column(server_default=func.now())

    training: Mapped[str | None]
    experience_years: Mapped[int | None]
    licence: Mapped[str | None]
    equity: Mapped[Decimal | None] = mapped_column(Numeric(12, 2))
    financing: Mapped[str | None]
    concept: Mapped[str | None]
    labour: Mapped[str | None]
    start_from: Mapped[date | None]
    shared_months: Mapped[int | None]
    trial_ready: Mapped[bool | None]
    residence: Mapped[str | None]
    keep_staff: Mapped[str | None]
    keep_animals: Mapped[str | None]
    organic_plan: Mapped[str | None]
    open_farm: Mapped[bool | None]
    direct_sale: Mapped[bool | None]
    adults: Mapped[int | None]
    children: Mapped[int | None]
    school_children: Mapped[int | None]


class Search(PublicIdMixin, Base):
    """What a seeker looks for: kinds, a place and how far around it, and wishes."""

    __tablename__ = "search"
    __table_args__ = (
        one_of("state", SearchState),
        UniqueConstraint("profile_id", "idempotency_key"),
        CheckConstraint(f"length(title) <= {LONGEST_SEARCH_TITLE}", name="title_short"),
        CheckConstraint(f"radius_km BETWEEN {SMALLEST_RADIUS_KM} AND {LARGEST_RADIUS_KM}", name="radius_km_in_range"),
        CheckConstraint(f"kinds <@ ARRAY[{KINDS_LISTED}]::varchar[]", name="kinds_known"),
        CheckConstraint("version >= 1", name="version_counts"),
        CheckConstraint("state <> 'published' OR published_at IS NOT NULL", name="published_has_a_time"),
    )

    profile_id: Mapped[int] = mapped_column(ForeignKey(SeekerProfile.id, ondelete="CASCADE"), index=True)
    idempotency_key: Mapped[UUID | None]
    title: Mapped[str] = mapped_column(server_default=text("''"))
    """The seeker's own name for it; nobody else sees it."""
    state: Mapped[SearchState] = mapped_column(TextEnum(SearchState), server_default=SearchState.DRAFT.value)
    kinds: Mapped[list[str]] = mapped_column(ARRAY(String), server_default=text("'{}'"))
    place_id: Mapped[int | None] = mapped_column(ForeignKey("place.id", ondelete="RESTRICT"), index=True)
    radius_km: Mapped[int] = mapped_column(SmallInteger, server_default=text("25"))
    version: Mapped[int] = mapped_column(server_default=text("1"))
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    updated_at: Mapped[datetime] = mapped_column(server_default=func.now())
    published_at: Mapped[datetime | None]


class SearchWish(Base):
    """What the seeker asks of an offer; a wish that does not matter has no row."""

    __tablename__ = "search_wish"
    __table_args__ = (
        one_of("importance", Importance),
        CheckConstraint("importance <> 'none'", name="counts"),
    )

    search_id: Mapped[int] = mapped_column(ForeignKey(Search.id, ondelete="CASCADE"), primary_key=True)
    criterion: Mapped[str] = mapped_column(String(40), primary_key=True)
    importance: Mapped[Importance] = mapped_column(TextEnum(Importance))
    values: Mapped[dict[str, int]] = mapped_column(JSONB, server_default=text("'{}'::jsonb"))
    """Codes by the names of the wish's value fields."""


class SearchPublication(Base):
    """What owners of fitting offers may read of a seeker: neither name nor any exact figure."""

    __tablename__ = "search_publication"
    __table_args__ = (UniqueConstraint("public_id"),)

    search_id: Mapped[int] = mapped_column(ForeignKey(Search.id, ondelete="CASCADE"), primary_key=True)
    public_id: Mapped[UUID]
    introduction: Mapped[str]
    kinds: Mapped[list[str]] = mapped_column(ARRAY(String))
    place_area_id: Mapped[int] = mapped_column(ForeignKey("place_area.id", ondelete="RESTRICT"), index=True)
    radius_km: Mapped[int] = mapped_column(SmallInteger)
    facts: Mapped[dict[str, int]] = mapped_column(JSONB)
    """Code by field name, of every fact of the profile that is stated."""
    wishes: Mapped[dict[str, Any]] = mapped_column(JSONB)
    """By criterion: {"must": bool, "values": {name: code}}; no weights."""
    published_at: Mapped[datetime]
