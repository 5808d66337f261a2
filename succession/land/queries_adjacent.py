"""Which groups of parcels lie side by side: yes or no leaves this room, no place."""

from collections.abc import Mapping, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from succession.land.exact import ParcelLocation

SHARED_EDGE_M = 1.0
"""Parcels that touch in a corner, or along less than this, are not side by side: no tractor gets through."""

TOLERANCE_M = 0.1
"""Edges of two surveys seldom lie on one another; so far apart they still count as one edge."""


def adjacent_groups(session: Session, groups: Mapping[int, Sequence[int]]) -> list[tuple[int, int]]:
    """Pairs of keys whose parcels share an edge of at least a metre, planar in the storage projection, sorted.

    The shared edge is the part of one outline that lies within the tolerance of the other parcel. Edges of several
    pairs of parcels are not added up: one must be long enough alone.
    """
    wanted = {parcel: key for key, parcels in groups.items() for parcel in parcels}
    one, other = aliased(ParcelLocation), aliased(ParcelLocation)
    edge = func.ST_Length(func.ST_Intersection(func.ST_Boundary(one.geom), func.ST_Buffer(other.geom, TOLERANCE_M)))
    statement = (
        select(one.parcel_id, other.parcel_id)
        .where(
            one.parcel_id.in_(wanted),
            other.parcel_id.in_(wanted),
            one.parcel_id < other.parcel_id,
            func.ST_DWithin(one.geom, other.geom, TOLERANCE_M),
            edge >= SHARED_EDGE_M,
        )
        .order_by(one.parcel_id, other.parcel_id)
    )
    pairs = (sorted((wanted[first], wanted[second])) for first, second in session.execute(statement))
    return sorted({(first, second) for first, second in pairs if first != second})
