"""How far a point lies from parcels: the one figure of an exact place that leaves this room."""

from collections.abc import Mapping, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from succession.geo.crs import STORAGE_EPSG
from succession.land.exact import ParcelLocation


def nearest_m(session: Session, parcels: Mapping[int, Sequence[int]], *, x: float, y: float) -> dict[int, int]:
    """Whole metres in a straight line from the point to the nearest boundary of each group of parcels.

    Planar in the storage projection; 0 within a parcel. A group whose parcels have no outline is left out.
    """
    wanted = {parcel for group in parcels.values() for parcel in group}
    point = func.ST_SetSRID(func.ST_MakePoint(x, y), STORAGE_EPSG)
    statement = select(ParcelLocation.parcel_id, func.ST_Distance(ParcelLocation.geom, point)).where(
        ParcelLocation.parcel_id.in_(wanted)
    )
    metres = {parcel: float(far) for parcel, far in session.execute(statement)}
    found = {key: [metres[parcel] for parcel in group if parcel in metres] for key, group in parcels.items()}
    return {key: round(min(distances)) for key, distances in found.items() if distances}
