"""Parcels, farmsteads and imports: what may be known without the exact place. No Flask."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CHAR, CheckConstraint, ForeignKey, Index, Numeric, String, UniqueConstraint, func, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from succession.db import Base, OwnedMixin, PublicIdMixin, TextEnum, one_of, owned_by_one
from succession.i18n import Text


class LandUse(StrEnum):
    """What grows on a parcel, in the words of the cadastre made plain."""

    ARABLE = "arable"
    GRASSLAND = "grassland"
    PERMANENT_CROP = "permanent_crop"
    GARDEN = "garden"
    FOREST = "forest"
    WATER = "water"
    OTHER = "other"

    @property
    def label(self) -> Text:
        """What a person reads."""
        return _LAND_USES[self]


_LAND_USES = {
    LandUse.ARABLE: Text("arable land"),
    LandUse.GRASSLAND: Text("grassland"),
    LandUse.PERMANENT_CROP: Text("orchard or permanent crop"),
    LandUse.GARDEN: Text("garden land"),
    LandUse.FOREST: Text("woodland"),
    LandUse.WATER: Text("water"),
    LandUse.OTHER: Text("other land"),
}


class ImportState(StrEnum):
    """Where an import stands; `checked` and `refused` wait for a person, `done` and `failed` are final."""

    UPLOADED = "uploaded"
    CHECKING = "checking"
    CHECKED = "checked"
    REFUSED = "refused"
    IMPORTING = "importing"
    DONE = "done"
    FAILED = "failed"

    @property
    def label(self) -> Text:
        """What a person reads."""
        return _STATES[self]


_STATES = {
    ImportState.UPLOADED: Text("not read yet"),
    ImportState.CHECKING: Text("is being read"),
    ImportState.CHECKED: Text("waits for your word"),
    ImportState.REFUSED: Text("cannot be taken over as it is"),
    ImportState.IMPORTING: Text("is being taken over"),
    ImportState.DONE: Text("taken over"),
    ImportState.FAILED: Text("went wrong"),
}


class LandImport(PublicIdMixin, OwnedMixin, Base):
    """One file that came in or was refused, with where it comes from and the report on its rows."""

    __tablename__ = "land_import"
    __table_args__ = (
        owned_by_one(),
        one_of("state", ImportState),
        UniqueConstraint("started_by_account_id", "idempotency_key"),
    )

    started_by_account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"), index=True)
    state: Mapped[ImportState] = mapped_column(TextEnum(ImportState))
    file_name: Mapped[str] = mapped_column(String(255))
    content_hash: Mapped[str | None] = mapped_column(CHAR(64))
    stored_name: Mapped[str | None] = mapped_column(String(64))
    format: Mapped[str | None] = mapped_column(String(40))
    layer: Mapped[str | None] = mapped_column(String(255))
    crs: Mapped[str | None] = mapped_column(String(255))
    source: Mapped[str] = mapped_column(String(255), server_default=text("''"))
    source_on: Mapped[date | None]
    licence: Mapped[str] = mapped_column(String(120), server_default=text("''"))
    attribution: Mapped[str] = mapped_column(String(255), server_default=text("''"))
    choices: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default=text("'{}'::jsonb"))
    rows_read: Mapped[int] = mapped_column(server_default=text("0"))
    rows_declared: Mapped[int | None]
    report: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    idempotency_key: Mapped[UUID | None]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    finished_at: Mapped[datetime | None]


def _unique_key_of(column: str) -> Index:
    """A key stands once for an owner; parcels without one cost no entry."""
    return Index(
        f"uq_parcel_{column}_parcel_key",
        column,
        "parcel_key",
        unique=True,
        postgresql_where=text("parcel_key IS NOT NULL"),
    )


class Parcel(PublicIdMixin, OwnedMixin, Base):
    """A parcel of the cadastre or a field block; where exactly it lies is in `land/exact.py`."""

    __tablename__ = "parcel"
    __table_args__ = (
        owned_by_one(),
        *(_unique_key_of(column) for column in ("owner_organisation_id", "owner_account_id")),
        one_of("land_use", LandUse),
        CheckConstraint("official_area_m2 >= 0", name="official_area_not_negative"),
        CheckConstraint("soil_points BETWEEN 0 AND 120", name="soil_points_in_range"),
        CheckConstraint("length(parcel_key) = 20", name="parcel_key_complete"),
    )

    parcel_key: Mapped[str | None] = mapped_column(String(20))
    reference: Mapped[str | None] = mapped_column(String(200))
    name: Mapped[str | None] = mapped_column(String(160))
    official_area_m2: Mapped[Decimal | None] = mapped_column(Numeric(14, 2))
    land_use: Mapped[LandUse | None] = mapped_column(TextEnum(LandUse))
    crop_code: Mapped[str | None] = mapped_column(String(32))
    crop_name: Mapped[str | None] = mapped_column(String(160))
    soil_points: Mapped[Decimal | None] = mapped_column(Numeric(5, 2))
    land_import_id: Mapped[int | None] = mapped_column(ForeignKey(LandImport.id, ondelete="SET NULL"), index=True)
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    updated_at: Mapped[datetime] = mapped_column(server_default=func.now())


class Site(PublicIdMixin, OwnedMixin, Base):
    """The premises of a business, such as a farmstead; where exactly it stands is in `land/exact.py`."""

    __tablename__ = "site"
    __table_args__ = (owned_by_one(),)

    name: Mapped[str] = mapped_column(String(160))
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
