"""Where parcels and premises exactly lie: the public role has no right here, and few modules may import this one."""

from typing import Any

from geoalchemy2 import Geometry
from geoalchemy2.elements import WKBElement
from sqlalchemy import Computed, Double, ForeignKey
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from succession.db import Base
from succession.geo.crs import AREA_EPSG, STORAGE_EPSG
from succession.land.models import LandImport, Parcel, Site


class ParcelLocation(Base):
    """The outline of a parcel; the area is computed by the database in the equal-area projection."""

    __tablename__ = "parcel_location"

    parcel_id: Mapped[int] = mapped_column(ForeignKey(Parcel.id, ondelete="CASCADE"), primary_key=True)
    geom: Mapped[WKBElement] = mapped_column(Geometry("MULTIPOLYGON", srid=STORAGE_EPSG), nullable=False)
    area_m2: Mapped[float] = mapped_column(
        Double, Computed(f"st_area(st_transform(geom, {AREA_EPSG}))", persisted=True), nullable=False
    )


class SiteLocation(Base):
    """The point where a farmstead, workshop or shop stands."""

    __tablename__ = "site_location"

    site_id: Mapped[int] = mapped_column(ForeignKey(Site.id, ondelete="CASCADE"), primary_key=True)
    geom: Mapped[WKBElement] = mapped_column(Geometry("POINT", srid=STORAGE_EPSG), nullable=False)


class ImportPreview(Base):
    """The outlines of a file that waits for a person's word, as a map shows them; gone when the word is given."""

    __tablename__ = "land_import_preview"

    land_import_id: Mapped[int] = mapped_column(ForeignKey(LandImport.id, ondelete="CASCADE"), primary_key=True)
    picture: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    features: Mapped[dict[str, Any]] = mapped_column(JSONB)
