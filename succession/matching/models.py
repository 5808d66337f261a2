"""The stored means of the pool: what an unknown counts in the rank score. No Flask."""

from datetime import datetime
from decimal import Decimal

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Numeric, String, func
from sqlalchemy.orm import Mapped, mapped_column

from succession.db import Base, PublicIdMixin, TextEnum, one_of
from succession.matching.criteria.criterion import Side


class PoolMeans(PublicIdMixin, Base):
    """One sample of published pairs; every answer that uses it names its public id. Never changed, only followed."""

    __tablename__ = "pool_means"
    __table_args__ = (CheckConstraint("pairs >= 0", name="pairs_not_negative"),)

    made_at: Mapped[datetime] = mapped_column(server_default=func.now(), index=True)
    seed: Mapped[int] = mapped_column(BigInteger)
    pairs: Mapped[int]


class PoolMean(Base):
    """The mean satisfaction of one criterion over all pairs of the sample in which it is known."""

    __tablename__ = "pool_mean"
    __table_args__ = (
        one_of("side", Side),
        CheckConstraint("mean BETWEEN 0 AND 1", name="mean_is_a_share"),
        CheckConstraint("statements >= 0", name="statements_not_negative"),
    )

    pool_means_id: Mapped[int] = mapped_column(ForeignKey(PoolMeans.id, ondelete="CASCADE"), primary_key=True)
    side: Mapped[Side] = mapped_column(TextEnum(Side), primary_key=True)
    criterion: Mapped[str] = mapped_column(String(40), primary_key=True)
    mean: Mapped[Decimal] = mapped_column(Numeric(4, 3))
    statements: Mapped[int]
