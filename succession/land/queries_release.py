"""The one door to an exact place for somebody else than its owner: behind a release that the caller has checked."""

from collections.abc import Sequence
from dataclasses import dataclass

from geoalchemy2 import functions as geo
from sqlalchemy import select
from sqlalchemy.orm import Session

from succession.geo.crs import LONLAT_EPSG
from succession.land import drawings
from succession.land.drawings import Picture
from succession.land.exact import ParcelLocation, SiteLocation
from succession.land.models import Parcel, Site

# The invisible frame keeps the surroundings of a single point in the picture.
_EVERYTHING = """
SELECT l.geom, coalesce(p.land_use, 'unknown') AS kind
FROM parcel_location l JOIN parcel p ON p.id = l.parcel_id WHERE p.id = ANY(:parcels)
UNION ALL SELECT geom, 'site' FROM site_location WHERE site_id = :site
UNION ALL SELECT st_envelope(st_buffer(geom, 1200)), 'frame' FROM site_location WHERE site_id = :site
"""


@dataclass(frozen=True, slots=True)
class ExactPlace:
    """Where an offer lies: a picture, one point in degrees, and what its parts are called."""

    picture: Picture | None
    longitude: float | None
    latitude: float | None
    site: str | None
    parcels: tuple[str, ...]


def exact_place(session: Session, *, site_id: int | None, parcel_ids: Sequence[int]) -> ExactPlace:
    """The premises and parcels of an offer as they are. It must go to nobody but the one it is released to."""
    numbers = list(parcel_ids)
    picture = drawings.picture(session, _EVERYTHING, parcels=numbers, site=site_id)
    premises = select(SiteLocation.geom).where(SiteLocation.site_id == site_id)
    largest = (
        select(geo.ST_PointOnSurface(ParcelLocation.geom))
        .where(ParcelLocation.parcel_id.in_(numbers))
        .order_by(ParcelLocation.area_m2.desc(), ParcelLocation.parcel_id)
        .limit(1)
    )
    point = None
    for statement in (premises, largest):
        found = statement.subquery()
        lonlat = geo.ST_Transform(found.c[0], LONLAT_EPSG)
        point = point or session.execute(select(geo.ST_X(lonlat), geo.ST_Y(lonlat)).select_from(found)).one_or_none()
    named = select(Parcel.name, Parcel.parcel_key, Parcel.reference).where(Parcel.id.in_(numbers)).order_by(Parcel.id)
    return ExactPlace(
        picture=picture,
        longitude=None if point is None else float(point[0]),
        latitude=None if point is None else float(point[1]),
        site=None if site_id is None else session.scalar(select(Site.name).where(Site.id == site_id)),
        parcels=tuple(filter(None, (row.name or row.parcel_key or row.reference for row in session.execute(named)))),
    )
