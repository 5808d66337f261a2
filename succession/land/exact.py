"""Where parcels and premises exactly lie: the public role has no right here, and few modules may import this one."""

from geoalchemy2 import Geometry
from geoalchemy2.elements import WKBElement
from sqlalchemy import Computed, Double, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from succession.db import Base
from succession.land.models import Parcel, Site

STORAGE_SRID = 25832


class ParcelLocation(Base):
    """The outline of a parcel; the area is computed by the database in the equal-area projection."""

    __tablename__ = "parcel_location"

    parcel_id: Mapped[int] = mapped_column(ForeignKey(Parcel.id, ondelete="CASCADE"), primary_key=True)
    geom: Mapped[WKBElement] = mapped_column(Geometry("MULTIPOLYGON", srid=STORAGE_SRID), nullable=False)
    area_m2: Mapped[float] = mapped_column(
        Double, Computed("st_area(st_transform(geom, 3035))", persisted=True), nullable=False
    )


class SiteLocation(Base):
    """The point where a farmstead, workshop or shop stands."""

    __tablename__ = "site_location"

    site_id: Mapped[int] = mapped_column(ForeignKey(Site.id, ondelete="CASCADE"), primary_key=True)
    geom: Mapped[WKBElement] = mapped_column(Geometry("POINT", srid=STORAGE_SRID), nullable=False)
