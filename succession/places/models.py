"""Places, the folded names they are found by, and the areas that may be shown of a location. No Flask."""

from geoalchemy2 import Geometry
from geoalchemy2.elements import WKBElement
from sqlalchemy import CheckConstraint, Double, ForeignKey, Index, SmallInteger, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from succession.db import Base, PublicIdMixin
from succession.geo.crs import STORAGE_EPSG


class Place(PublicIdMixin, Base):
    """A town or village; `population` 0 means unknown, `region_km` is 0 inside the region."""

    __tablename__ = "place"
    __table_args__ = (
        UniqueConstraint("source", "source_id"),
        CheckConstraint("population >= 0", name="population_not_negative"),
        CheckConstraint("region_km >= 0", name="region_km_not_negative"),
        Index("ix_place_location", "location", postgresql_using="gist"),
    )

    source: Mapped[str] = mapped_column(String(20))
    source_id: Mapped[str] = mapped_column(String(120))
    name: Mapped[str] = mapped_column(String(120))
    shown_name: Mapped[str] = mapped_column(String(240))
    population: Mapped[int] = mapped_column(server_default=text("0"))
    state: Mapped[str] = mapped_column(String(40), server_default=text("''"))
    longitude: Mapped[float] = mapped_column(Double)
    latitude: Mapped[float] = mapped_column(Double)
    location: Mapped[WKBElement] = mapped_column(Geometry("POINT", srid=STORAGE_EPSG, spatial_index=False))
    region_km: Mapped[int] = mapped_column(SmallInteger)


class PlaceName(Base):
    """One folded form of a place's name; an alternative one counts less than the name itself."""

    __tablename__ = "place_name"
    __table_args__ = (
        Index("ix_place_name_folded", "folded"),
        Index(
            "ix_place_name_folded_trigrams",
            "folded",
            postgresql_using="gin",
            postgresql_ops={"folded": "gin_trgm_ops"},
        ),
    )

    place_id: Mapped[int] = mapped_column(ForeignKey(Place.id, ondelete="CASCADE"), primary_key=True)
    folded: Mapped[str] = mapped_column(String(240, collation="C"), primary_key=True)
    is_alternative: Mapped[bool]


class PlaceArea(PublicIdMixin, Base):
    """A public area: all that strangers learn of a location. Each is nested in its parent, the next coarser one."""

    __tablename__ = "place_area"
    __table_args__ = (
        UniqueConstraint("code"),
        CheckConstraint("level BETWEEN 1 AND 7", name="level_known"),
        CheckConstraint("(level = 7) = (parent_id IS NULL)", name="parent_of_all_but_the_region"),
        CheckConstraint("st_covers(geom, reference)", name="reference_inside"),
        Index("ix_place_area_geom", "geom", postgresql_using="gist"),
        Index("ix_place_area_reference", "reference", postgresql_using="gist"),
    )

    level: Mapped[int] = mapped_column(SmallInteger)
    code: Mapped[str] = mapped_column(String(160))
    name: Mapped[str] = mapped_column(String(240))
    shown_name: Mapped[str] = mapped_column(String(260))
    geom: Mapped[WKBElement] = mapped_column(Geometry("MULTIPOLYGON", srid=STORAGE_EPSG, spatial_index=False))
    reference: Mapped[WKBElement] = mapped_column(Geometry("POINT", srid=STORAGE_EPSG, spatial_index=False))
    place_id: Mapped[int | None] = mapped_column(ForeignKey(Place.id, ondelete="RESTRICT"), index=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("place_area.id", ondelete="RESTRICT"), index=True)
