"""Where rows of a file cover one another, or parcels that their owner already has."""

from sqlalchemy import text
from sqlalchemy.orm import Session

from succession.geo.crs import AREA_EPSG

# Neighbours share their border; outlines that cross by less than this are drawn inexactly, not overlapping.
DEPTH_M = 0.1
MOST_PER_ROW = 3

# Only the same owner's parcels are looked at: an answer about somebody else's would tell where they lie.
_OTHERS = """
CREATE TEMPORARY TABLE land_other ON COMMIT DROP AS
SELECT l.parcel_id, l.geom
FROM land_known k JOIN parcel_location l ON l.parcel_id = k.parcel_id
WHERE l.geom && (SELECT st_setsrid(st_extent(geom), st_srid(min(geom))) FROM land_staging)
  AND NOT EXISTS (SELECT 1 FROM land_match m WHERE m.parcel_id = k.parcel_id)
"""

_OVERLAPS = """
CREATE TEMPORARY TABLE land_overlap ON COMMIT DROP AS
WITH inner_part AS MATERIALIZED (
    SELECT s.row, s.geom, st_buffer(s.geom, -:depth, 'quad_segs=1 join=mitre') AS shrunk
    FROM land_staging s JOIN land_outcome o ON o.row = s.row
    WHERE o.outcome <> 'refused' AND NOT EXISTS (SELECT 1 FROM land_twin t WHERE t.row = s.row)
)
SELECT a.row, b.row AS other_row, NULL::integer AS parcel_id,
    st_area(st_transform(st_intersection(a.geom, b.geom), {area})) AS area_m2
FROM inner_part a
CROSS JOIN LATERAL (
    SELECT b.row, b.geom FROM land_staging b
    WHERE b.geom && a.shrunk AND b.row < a.row AND NOT b.refused
      AND NOT EXISTS (SELECT 1 FROM land_twin t WHERE t.row = b.row)
      AND st_intersects(a.shrunk, b.geom)
    LIMIT :most
) b
UNION ALL
SELECT a.row, NULL, l.parcel_id, st_area(st_transform(st_intersection(a.geom, l.geom), {area}))
FROM inner_part a
CROSS JOIN LATERAL (
    SELECT l.parcel_id, l.geom FROM land_other l WHERE l.geom && a.shrunk AND st_intersects(a.shrunk, l.geom)
    LIMIT :most
) l
"""


def find_overlaps(session: Session) -> None:
    """Up to three neighbours that each row covers are in `land_overlap`, with the area in common."""
    session.execute(text(_OTHERS))
    session.execute(text("CREATE INDEX ON land_other USING gist (geom)"))
    session.execute(text("ANALYZE land_other"))
    session.execute(text(_OVERLAPS.format(area=AREA_EPSG)), {"depth": DEPTH_M, "most": MOST_PER_ROW})
    session.execute(text("CREATE INDEX ON land_overlap (row)"))
    session.execute(text("ANALYZE land_overlap"))
