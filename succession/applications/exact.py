"""Where an applicant's farmstead exactly stands or is planned: only distances leave this room, never the point."""

from geoalchemy2 import Geometry
from geoalchemy2.elements import WKBElement
from sqlalchemy import CHAR, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from succession.applications.models import Application
from succession.applications.states import LONGEST_NAME, FarmsteadKind
from succession.db import Base, TextEnum, one_of
from succession.geo.crs import STORAGE_EPSG


class ApplicationPlace(Base):
    """The point from which distances count: in the working copy, and as it was sent."""

    __tablename__ = "application_place"
    __table_args__ = (one_of("kind", FarmsteadKind),)

    application_id: Mapped[int] = mapped_column(ForeignKey(Application.id, ondelete="CASCADE"), primary_key=True)
    is_sent: Mapped[bool] = mapped_column(primary_key=True)
    kind: Mapped[FarmsteadKind] = mapped_column(TextEnum(FarmsteadKind))
    label: Mapped[str] = mapped_column(String(LONGEST_NAME))
    """As the applicant chose it: a place's name, or coordinates."""
    geom: Mapped[WKBElement] = mapped_column(Geometry("POINT", srid=STORAGE_EPSG), nullable=False)
    salt: Mapped[str] = mapped_column(CHAR(64))
