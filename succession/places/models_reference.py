"""How many businesses of each group there are in an area: what the k-rule counts with. No Flask."""

from datetime import date

from sqlalchemy import CheckConstraint, Double, String
from sqlalchemy.orm import Mapped, mapped_column

from succession.db import Base


class ReferenceCount(Base):
    """One number for an area (also a square of the grid that nobody is shown in yet) and a branch group."""

    __tablename__ = "reference_count"
    __table_args__ = (
        CheckConstraint("number >= 0", name="number_not_negative"),
        CheckConstraint("length(source) > 0", name="source_named"),
    )

    area_code: Mapped[str] = mapped_column(String(160), primary_key=True)
    branch: Mapped[str] = mapped_column(String(60), primary_key=True)
    number: Mapped[float] = mapped_column(Double)
    """Whole where it was counted; an estimate has fractions, so that small areas add up."""
    source: Mapped[str] = mapped_column(String(240))
    counted_on: Mapped[date]
    is_estimate: Mapped[bool]
    """Worked out from inhabitants and area, not counted: said wherever the number is shown."""
