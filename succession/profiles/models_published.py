"""The narrow table of published searches that matching reads: codes, as the catalogue of facts has them. No Flask."""

from sqlalchemy import BigInteger, Column, DateTime, ForeignKey, Index, Integer, SmallInteger, Table

from succession.db import Base
from succession.facts.seeker import SEEKER_FIELDS
from succession.facts.wishes import SEARCH_WISHES, wish_column

published_search = Table(
    "published_search",
    Base.metadata,
    Column("id", BigInteger, ForeignKey("search.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("place", Integer, ForeignKey("place_area.id", ondelete="RESTRICT"), nullable=False),
    Column("radius_km", SmallInteger, nullable=False),
    Column("kinds", Integer, nullable=False),
    Column("published", DateTime(timezone=True), nullable=False),
    *(Column(field.name, SmallInteger) for field in SEEKER_FIELDS if field.is_matched),
    *(Column(wish_column(value.name), SmallInteger) for wish in SEARCH_WISHES for value in wish.values),
    *(Column(f"weight_{wish.criterion}", SmallInteger, nullable=False, server_default="0") for wish in SEARCH_WISHES),
    Column("must", Integer, nullable=False),
    Column("weight_sum", SmallInteger, nullable=False),
    Index("ix_published_search_place_radius_km", "place", "radius_km"),
    Index("ix_published_search_radius_km", "radius_km"),
)
"""A row for each search that can be matched now; `kinds` has a bit for each code of Kind, `must` as for offers."""
