"""From an applicant's farmstead to the lots of a call; the land room measures."""

from geoalchemy2.shape import to_shape
from shapely import Point
from sqlalchemy.orm import Session

from succession.applications.exact import ApplicationPlace
from succession.calls import queries as calls
from succession.calls.models import Call
from succession.land import queries_distance


def of_place(session: Session, call: Call, place: ApplicationPlace) -> dict[int, int]:
    """Whole metres in a straight line to the nearest boundary of each lot, by the lot's number in the database."""
    point = to_shape(place.geom)
    assert isinstance(point, Point)
    parcels = {lot: [one.parcel_id for one in of] for lot, of in calls.parcels_of(session, call).items()}
    return queries_distance.nearest_m(session, parcels, x=point.x, y=point.y)
