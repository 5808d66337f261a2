"""What everybody may read of a call: one document, and the outlines of lots of public bodies. No Flask."""

from datetime import datetime
from typing import Any
from uuid import UUID

from geoalchemy2 import Geometry
from sqlalchemy import Column, ForeignKey, Index, Integer, Table, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from succession.calls.states import CallKind, CallState
from succession.db import Base, TextEnum, one_of
from succession.geo.crs import STORAGE_EPSG


class CallPublication(Base):
    """What the public reads. It holds no secret, no lessee and no exact place but those of public bodies."""

    __tablename__ = "call_publication"
    __table_args__ = (
        one_of("kind", CallKind),
        one_of("state", CallState),
        UniqueConstraint("public_id"),
        Index("ix_call_publication_closes_at", "closes_at"),
    )

    call_id: Mapped[int] = mapped_column(ForeignKey("call.id", ondelete="CASCADE"), primary_key=True)
    public_id: Mapped[UUID]
    title: Mapped[str]
    owner_name: Mapped[str]
    kind: Mapped[CallKind] = mapped_column(TextEnum(CallKind))
    state: Mapped[CallState] = mapped_column(TextEnum(CallState))
    opens_at: Mapped[datetime]
    closes_at: Mapped[datetime]
    published_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    place_area_id: Mapped[int | None] = mapped_column(ForeignKey("place_area.id", ondelete="RESTRICT"), index=True)
    """Where the land lies, no finer than the public may know it."""
    document: Mapped[dict[str, Any]] = mapped_column(JSONB)


call_lot_outline = Table(
    "call_lot_outline",
    Base.metadata,
    Column("lot_id", Integer, ForeignKey("call_lot.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("call_id", Integer, ForeignKey("call.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("number", Integer, nullable=False),
    Column("geom", Geometry("MULTIPOLYGON", srid=STORAGE_EPSG, spatial_index=False), nullable=False),
)
"""The outline of each lot of a public body, copied when its call is published; everybody may read it."""
