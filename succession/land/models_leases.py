"""Leases on parcels: who leases, for how much, from when until when. No Flask."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, func, text
from sqlalchemy.dialects.postgresql import ExcludeConstraint
from sqlalchemy.orm import Mapped, mapped_column

from succession.db import Base, PublicIdMixin
from succession.land.models import Parcel

LONGEST_LESSEE = 160
LONGEST_LEASE_NOTE = 1_000
LONGEST_NOTICE_MONTHS = 60


class Lease(PublicIdMixin, Base):
    """One lease of one parcel. A lease without an end runs until notice is given; two never overlap on a parcel."""

    __tablename__ = "lease"
    __table_args__ = (
        ExcludeConstraint(
            ("parcel_id", "="),
            (text("daterange(starts_on, ends_on, '[]')"), "&&"),
            name="ex_lease_one_at_a_time",
        ),
        CheckConstraint("ends_on >= starts_on", name="ends_after_start"),
        CheckConstraint("rent_cents_year >= 0", name="rent_not_negative"),
        CheckConstraint(f"notice_months BETWEEN 0 AND {LONGEST_NOTICE_MONTHS}", name="notice_in_range"),
        CheckConstraint(f"length(note) <= {LONGEST_LEASE_NOTE}", name="note_short"),
        Index("ix_lease_ends_on", "ends_on"),
    )

    parcel_id: Mapped[int] = mapped_column(ForeignKey(Parcel.id, ondelete="CASCADE"), index=True)
    lessee_name: Mapped[str] = mapped_column(String(LONGEST_LESSEE), server_default=text("''"))
    """Never shown to anybody but the owner and those who work for them."""
    rent_cents_year: Mapped[int | None]
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    """The last day of the lease."""
    notice_months: Mapped[int | None]
    note: Mapped[str] = mapped_column(server_default=text("''"))
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    updated_at: Mapped[datetime] = mapped_column(server_default=func.now())
