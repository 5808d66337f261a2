"""The narrow table of published offers that matching reads: codes, as the catalogue of facts has them. No Flask."""

from geoalchemy2 import Geometry
from sqlalchemy import BigInteger, Column, DateTime, ForeignKey, Index, Integer, SmallInteger, Table

from succession.db import Base
from succession.facts.offer import OFFER_FIELDS
from succession.facts.wishes import OFFER_WISHES, wish_column
from succession.geo.crs import STORAGE_EPSG

published_offer = Table(
    "published_offer",
    Base.metadata,
    Column("id", BigInteger, ForeignKey("listing.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("place", Integer, ForeignKey("place_area.id", ondelete="RESTRICT"), nullable=False),
    Column("kind", SmallInteger, nullable=False),
    Column("published", DateTime(timezone=True), nullable=False),
    *(Column(field.name, SmallInteger) for field in OFFER_FIELDS if field.is_matched),
    *(Column(wish_column(value.name), SmallInteger) for wish in OFFER_WISHES for value in wish.values),
    *(Column(f"weight_{wish.criterion}", SmallInteger, nullable=False, server_default="0") for wish in OFFER_WISHES),
    Column("must", Integer, nullable=False),
    Column("weight_sum", SmallInteger, nullable=False),
    Index("ix_published_offer_place_kind", "place", "kind"),
)
"""A row for each offer that can be matched now; `must` has a bit for each must-have, in the order of OFFER_WISHES."""

listing_public_outline = Table(
    "listing_public_outline",
    Base.metadata,
    Column("listing_id", Integer, ForeignKey("listing.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("geom", Geometry("MULTIPOLYGON", srid=STORAGE_EPSG, spatial_index=False), nullable=False),
)
"""The outline of each offer whose owner has chosen to show the place itself; everybody may read it."""
