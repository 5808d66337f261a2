"""What is said of a parcel that is entered one by one. Pure."""

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from shapely.geometry.base import BaseGeometry

from succession.land.models import LandUse


@dataclass(frozen=True, slots=True)
class NewParcel:
    """A parcel and its outline in storage coordinates."""

    outline: BaseGeometry
    name: str | None = None
    parcel_key: str | None = None
    reference: str | None = None
    official_area_m2: Decimal | None = None
    land_use: LandUse | None = None
    crop_name: str | None = None
    soil_points: Decimal | None = None
    public_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class NewSite:
    """A farmstead or workshop and where it stands, in storage coordinates."""

    name: str
    x: float
    y: float
    public_id: UUID | None = None
