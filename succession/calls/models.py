"""Calls with their lots and the parcels in them. No Flask."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CHAR,
    DDL,
    BigInteger,
    CheckConstraint,
    Computed,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Numeric,
    String,
    UniqueConstraint,
    event,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from succession.calls import guards
from succession.calls.limits import LONGEST_SUMMARY, LONGEST_TITLE, LONGEST_WORDS
from succession.calls.states import RUNNING, CallKind, CallState, PriceKind, Procedure
from succession.db import Base, PublicIdMixin, TextEnum, one_of
from succession.principles.models import PrincipleSet

_RUNNING = ", ".join(f"'{state.value}'" for state in RUNNING)
_LOOSE = "'draft', 'published', 'cancelled'"


class Call(PublicIdMixin, Base):
    """One call of one owner. What applicants rely on is frozen when it is published; `calls/guards.py` watches that."""

    __tablename__ = "call"
    __table_args__ = (
        one_of("kind", CallKind),
        one_of("state", CallState),
        one_of("procedure", Procedure),
        one_of("price_kind", PriceKind),
        UniqueConstraint("id", "is_running"),
        UniqueConstraint("created_by_account_id", "idempotency_key"),
        CheckConstraint(f"length(title) BETWEEN 1 AND {LONGEST_TITLE}", name="title_short"),
        CheckConstraint(f"length(summary) <= {LONGEST_SUMMARY}", name="summary_short"),
        CheckConstraint(f"length(public_interest) <= {LONGEST_WORDS}", name="public_interest_short"),
        CheckConstraint(f"length(de_minimis_note) <= {LONGEST_WORDS}", name="de_minimis_note_short"),
        CheckConstraint("closes_at > opens_at", name="closes_after_opening"),
        CheckConstraint("term_years BETWEEN 1 AND 99", name="term_in_range"),
        CheckConstraint("standstill_days BETWEEN 1 AND 90", name="standstill_in_range"),
        CheckConstraint("revision >= 1", name="revision_counts"),
        CheckConstraint(
            "(frozen_at IS NULL) = (frozen_document IS NULL) AND (frozen_at IS NULL) = (frozen_hash IS NULL)",
            name="frozen_as_a_whole",
        ),
        CheckConstraint(
            f"state IN ({_LOOSE}) OR (frozen_at IS NOT NULL AND principle_set_id IS NOT NULL"
            " AND opens_at IS NOT NULL AND closes_at IS NOT NULL AND lottery_commitment IS NOT NULL)",
            name="runs_on_what_is_frozen",
        ),
        CheckConstraint(
            "state <> 'cancelled' OR (cancelled_at IS NOT NULL AND length(cancelled_reason) > 0)",
            name="cancelled_with_a_reason",
        ),
        CheckConstraint("public_draw_result IS NULL OR frozen_at IS NOT NULL", name="drawn_after_freezing"),
        Index("ix_call_state_closes_at", "state", "closes_at"),
    )

    owner_organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id", ondelete="RESTRICT"), index=True)
    created_by_account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"), index=True)
    idempotency_key: Mapped[UUID | None]
    state: Mapped[CallState] = mapped_column(TextEnum(CallState), server_default=CallState.DRAFT.value)
    is_running: Mapped[bool] = mapped_column(Computed(f"state IN ({_RUNNING})", persisted=True))
    title: Mapped[str]
    summary: Mapped[str] = mapped_column(server_default=text("''"))
    kind: Mapped[CallKind] = mapped_column(TextEnum(CallKind))
    procedure: Mapped[Procedure] = mapped_column(TextEnum(Procedure), server_default=Procedure.SINGLE_LOTS.value)
    price_kind: Mapped[PriceKind] = mapped_column(TextEnum(PriceKind), server_default=PriceKind.FIXED.value)
    principle_set_id: Mapped[int | None] = mapped_column(ForeignKey(PrincipleSet.id, ondelete="RESTRICT"), index=True)
    term_from: Mapped[date | None]
    term_years: Mapped[int | None]
    extension: Mapped[str] = mapped_column(String(300), server_default=text("''"))
    opens_at: Mapped[datetime | None]
    closes_at: Mapped[datetime | None]
    reference_on: Mapped[date | None]
    """The day whose state counts for everything that is measured."""
    lottery_secret: Mapped[str | None] = mapped_column(CHAR(64))
    """Told to nobody before the public draw has been held."""
    lottery_commitment: Mapped[str | None] = mapped_column(CHAR(64))
    public_draw_name: Mapped[str] = mapped_column(String(200), server_default=text("''"))
    public_draw_on: Mapped[date | None]
    public_draw_result: Mapped[str | None] = mapped_column(String(200))
    public_interest: Mapped[str] = mapped_column(server_default=text("''"))
    """Why the owner asks less than the reference rent, in words."""
    de_minimis_note: Mapped[str] = mapped_column(server_default=text("''"))
    contact_name: Mapped[str] = mapped_column(String(120), server_default=text("''"))
    contact_email: Mapped[str] = mapped_column(String(254), server_default=text("''"))
    contact_phone: Mapped[str] = mapped_column(String(60), server_default=text("''"))
    contact_address: Mapped[str] = mapped_column(String(300), server_default=text("''"))
    """Where an application on paper goes."""
    standstill_days: Mapped[int] = mapped_column(server_default=text("14"))
    frozen_document: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    frozen_hash: Mapped[str | None] = mapped_column(CHAR(64))
    frozen_at: Mapped[datetime | None]
    revision: Mapped[int] = mapped_column(server_default=text("1"))
    published_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]
    cancelled_reason: Mapped[str] = mapped_column(String(1000), server_default=text("''"))
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    updated_at: Mapped[datetime] = mapped_column(server_default=func.now())


class CallLot(PublicIdMixin, Base):
    """What one applicant may get: one or more parcels, with a price."""

    __tablename__ = "call_lot"
    __table_args__ = (
        UniqueConstraint("call_id", "number"),
        UniqueConstraint("id", "call_id"),
        CheckConstraint("number >= 1", name="number_counts"),
        CheckConstraint("price_cents_year >= 0", name="price_not_negative"),
        CheckConstraint("reference_rent_cents_year >= 0", name="reference_rent_not_negative"),
        CheckConstraint(
            "reference_rent_cents_year IS NULL OR (length(reference_source) > 0 AND reference_on IS NOT NULL)",
            name="reference_has_a_source",
        ),
        CheckConstraint("length(remark) <= 1000", name="remark_short"),
    )

    call_id: Mapped[int] = mapped_column(ForeignKey(Call.id, ondelete="CASCADE"), index=True)
    number: Mapped[int]
    name: Mapped[str] = mapped_column(String(120))
    price_cents_year: Mapped[int | None] = mapped_column(BigInteger)
    """Per year; where the call is a sale, once."""
    reference_rent_cents_year: Mapped[int | None] = mapped_column(BigInteger)
    """The same for the usual price of the place."""
    reference_source: Mapped[str] = mapped_column(String(200), server_default=text("''"))
    reference_on: Mapped[date | None]
    facts: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default=text("'{}'::jsonb"))
    """What conditions of the principles on the lot read."""
    remark: Mapped[str] = mapped_column(server_default=text("''"))


class CallLotParcel(Base):
    """A parcel in a lot. `is_running` follows the call, so that no parcel stands in two running calls."""

    __tablename__ = "call_lot_parcel"
    __table_args__ = (
        ForeignKeyConstraint(["lot_id", "call_id"], [CallLot.id, CallLot.call_id], ondelete="CASCADE"),
        ForeignKeyConstraint(
            ["call_id", "is_running"], [Call.id, Call.is_running], onupdate="CASCADE", ondelete="CASCADE"
        ),
        UniqueConstraint("call_id", "parcel_id"),
        Index("uq_call_lot_parcel_running", "parcel_id", unique=True, postgresql_where=text("is_running")),
        CheckConstraint("area_m2 > 0", name="area_there"),
    )

    lot_id: Mapped[int] = mapped_column(primary_key=True)
    parcel_id: Mapped[int] = mapped_column(ForeignKey("parcel.id", ondelete="RESTRICT"), primary_key=True, index=True)
    call_id: Mapped[int]
    is_running: Mapped[bool] = mapped_column(server_default=text("false"))
    area_m2: Mapped[Decimal] = mapped_column(Numeric(14, 2))
    """The official area where it is known, else the computed one."""
    label: Mapped[str] = mapped_column(String(200))
    """What the parcel was called when it was put in."""


event.listen(Call.__table__, "after_create", DDL(f"{guards.ON_FROZEN_CALL};\n{guards.ON_CALL}"))  # type: ignore[no-untyped-call]
event.listen(CallLot.__table__, "after_create", DDL(f"{guards.LOTS_OF_FROZEN_CALL};\n{guards.ON_LOT}"))  # type: ignore[no-untyped-call]
event.listen(CallLotParcel.__table__, "after_create", DDL(guards.ON_PARCEL))  # type: ignore[no-untyped-call]
