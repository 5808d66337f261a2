"""What the land room holds on a person: their own parcels and premises, and the files they handed in."""

from typing import Any

from geoalchemy2 import functions as geo
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from succession.geo.crs import LONLAT_EPSG
from succession.land.exact import ParcelLocation, SiteLocation
from succession.land.models import LandImport, Parcel, Site


def export(session: Session, account_id: int) -> dict[str, Any]:
    """One's own parcels and premises with their exact places, and every file one handed in, for whomever."""
    parcels = session.execute(
        select(Parcel, ParcelLocation.area_m2, _lonlat(ParcelLocation))
        .outerjoin(ParcelLocation, ParcelLocation.parcel_id == Parcel.id)
        .where(Parcel.owner_account_id == account_id)
        .order_by(Parcel.id)
    )
    sites = session.execute(
        select(Site, _lonlat(SiteLocation))
        .outerjoin(SiteLocation, SiteLocation.site_id == Site.id)
        .where(Site.owner_account_id == account_id)
        .order_by(Site.id)
    )
    imports = session.scalars(
        select(LandImport)
        .where((LandImport.owner_account_id == account_id) | (LandImport.started_by_account_id == account_id))
        .order_by(LandImport.id)
    )
    return {
        "parcels": [
            {
                "name": parcel.name,
                "parcel_key": parcel.parcel_key,
                "reference": parcel.reference,
                "land_use": parcel.land_use.value if parcel.land_use else None,
                "crop_name": parcel.crop_name,
                "official_area_m2": None if parcel.official_area_m2 is None else str(parcel.official_area_m2),
                "soil_points": None if parcel.soil_points is None else str(parcel.soil_points),
                "area_m2": area_m2,
                "outline": outline,
            }
            for parcel, area_m2, outline in parcels
        ],
        "sites": [{"name": site.name, "point": point} for site, point in sites],
        "imports": [
            {"file_name": record.file_name, "state": record.state.value, "at": record.created_at.isoformat()}
            for record in imports
        ],
    }


def erase(session: Session, account_id: int) -> None:
    """One's own parcels, premises and imports are gone; imports for an organisation no longer name the person."""
    for model in (Parcel, Site, LandImport):
        session.execute(delete(model).where(model.owner_account_id == account_id))
    session.execute(
        update(LandImport).where(LandImport.started_by_account_id == account_id).values(started_by_account_id=None)
    )


def _lonlat(location: type[ParcelLocation | SiteLocation]) -> Any:
    return geo.ST_AsGeoJSON(geo.ST_Transform(location.geom, LONLAT_EPSG), 7)
