"""Which row is which parcel: twins within the file, the same parcel in the register, and what is new about it.

The rule, within one owner: an equal 20-character key; else outlines at most half a metre apart; else a reference that
is unique in the file and in the register. Everything is decided by sets in the database, so that 50,000 rows cost
seconds and no memory.
"""

from collections.abc import Sequence

from sqlalchemy import text
from sqlalchemy.orm import Session

from succession.land.staging import FIELDS

SAME_SHAPE_M = 0.5

_SAME_SHAPE = "({0}.geom = {1}.geom OR st_hausdorffdistance({0}.geom, {1}.geom) <= :tolerance)"

# Outlines at most half a metre apart have envelopes whose centres are at most that far apart in x and in y: so they lie
# in one of the four squares of a metre that the corners of a small square around the other's centre fall into.
_CORNERS = """
(VALUES (-:tolerance, -:tolerance), (-:tolerance, :tolerance), (:tolerance, -:tolerance), (:tolerance, :tolerance))
    AS corner(dx, dy)
"""

# A row that stands twice, letter for letter, is found by grouping; of the others only those are compared that have
# their centre in the same square.
_TWINS = """
CREATE TEMPORARY TABLE land_twin ON COMMIT DROP AS
WITH good AS MATERIALIZED (
    SELECT row, parcel_key, centre_x, centre_y, floor(centre_x) AS square_x, floor(centre_y) AS square_y
    FROM land_staging WHERE NOT refused
), same_key AS (
    SELECT parcel_key, min(row) AS first FROM good
    WHERE parcel_key IS NOT NULL GROUP BY parcel_key HAVING count(*) > 1
), same_centre AS (
    SELECT centre_x, centre_y, min(row) AS first FROM good
    WHERE parcel_key IS NULL GROUP BY centre_x, centre_y HAVING count(*) > 1
), exact AS MATERIALIZED (
    SELECT row, min(first) AS first FROM (
        SELECT g.row, k.first FROM good g JOIN same_key k ON k.parcel_key = g.parcel_key
        UNION ALL
        SELECT g.row, c.first
        FROM same_centre c
        JOIN good g ON g.centre_x = c.centre_x AND g.centre_y = c.centre_y AND g.parcel_key IS NULL
        JOIN land_staging a ON a.row = g.row
        JOIN land_staging b ON b.row = c.first
        WHERE a.geom = b.geom
    ) found WHERE row > first GROUP BY row
), near AS MATERIALIZED (
    SELECT DISTINCT a.row, b.row AS first
    FROM good a
    CROSS JOIN {corners}
    JOIN good b ON b.square_x = floor(a.centre_x + corner.dx) AND b.square_y = floor(a.centre_y + corner.dy)
    WHERE b.row < a.row AND (a.parcel_key IS NULL OR b.parcel_key IS NULL)
), close AS (
    SELECT DISTINCT ON (a.row) a.row, b.row AS first
    FROM near JOIN land_staging a ON a.row = near.row JOIN land_staging b ON b.row = near.first
    WHERE NOT EXISTS (SELECT 1 FROM exact WHERE exact.row = a.row) AND {same_shape}
    ORDER BY a.row, b.row
)
SELECT found.row, found.first, {same_shape} AND {equal} AS is_copy
FROM (SELECT row, first FROM exact UNION ALL SELECT row, first FROM close) found
JOIN land_staging a ON a.row = found.row
JOIN land_staging b ON b.row = found.first
"""

_MATCHES = """
CREATE TEMPORARY TABLE land_match (
    row integer PRIMARY KEY, parcel_id integer NOT NULL UNIQUE, same_shape boolean NOT NULL
) ON COMMIT DROP
"""

_WAITING = """
land_staging s
WHERE NOT s.refused
  AND NOT EXISTS (SELECT 1 FROM land_twin t WHERE t.row = s.row)
  AND NOT EXISTS (SELECT 1 FROM land_match m WHERE m.row = s.row)
"""

# Every table that a join may run through has its index and fresh statistics: right after a large import the database
# knows nothing of the register's new size, and would compare everything with everything.
_KNOWN = """
CREATE TEMPORARY TABLE land_known ON COMMIT DROP AS
SELECT p.id AS parcel_id, p.parcel_key, p.reference,
    floor((st_xmin(l.geom) + st_xmax(l.geom)) / 2) AS square_x,
    floor((st_ymin(l.geom) + st_ymax(l.geom)) / 2) AS square_y
FROM parcel p JOIN parcel_location l ON l.parcel_id = p.id
WHERE p.{owner_column} = :owner
"""
_KNOWN_INDEXES = (
    "CREATE UNIQUE INDEX ON land_known (parcel_id)",
    "CREATE INDEX ON land_known (parcel_key)",
    "CREATE INDEX ON land_known (square_x, square_y)",
    "ANALYZE land_known",
)

_BY_KEY = """
INSERT INTO land_match (row, parcel_id, same_shape)
SELECT s.row, k.parcel_id, {same_as_stored}
FROM (SELECT * FROM {waiting} AND s.parcel_key IS NOT NULL) s
JOIN land_known k ON k.parcel_key = s.parcel_key
JOIN parcel_location l ON l.parcel_id = k.parcel_id
"""

_BY_SHAPE = """
WITH near AS (
    SELECT DISTINCT s.row, k.parcel_id,
        CASE WHEN l.geom = s.geom THEN 0 ELSE st_hausdorffdistance(l.geom, s.geom) END AS distance
    FROM (SELECT * FROM {waiting}) s
    CROSS JOIN {corners}
    JOIN land_known k
      ON k.square_x = floor(s.centre_x + corner.dx) AND k.square_y = floor(s.centre_y + corner.dy)
    JOIN parcel_location l ON l.parcel_id = k.parcel_id
    WHERE NOT EXISTS (SELECT 1 FROM land_match m WHERE m.parcel_id = k.parcel_id)
), ranked AS (
    SELECT row, parcel_id,
        row_number() OVER (PARTITION BY row ORDER BY distance, parcel_id) AS best_of_row,
        row_number() OVER (PARTITION BY parcel_id ORDER BY distance, row) AS best_of_parcel
    FROM near WHERE distance <= :tolerance
)
INSERT INTO land_match (row, parcel_id, same_shape)
SELECT row, parcel_id, true FROM ranked WHERE best_of_row = 1 AND best_of_parcel = 1
"""

_BY_REFERENCE = """
INSERT INTO land_match (row, parcel_id, same_shape)
SELECT f.row, r.parcel_id, false
FROM (
    SELECT s.reference, min(s.row) AS row FROM land_staging s
    WHERE NOT s.refused AND s.reference IS NOT NULL AND NOT EXISTS (SELECT 1 FROM land_twin t WHERE t.row = s.row)
    GROUP BY s.reference HAVING count(*) = 1
) f
JOIN (
    SELECT k.reference, min(k.parcel_id) AS parcel_id, min(k.parcel_key) AS parcel_key FROM land_known k
    WHERE k.reference IS NOT NULL
    GROUP BY k.reference HAVING count(*) = 1
) r ON r.reference = f.reference
JOIN (SELECT * FROM {waiting}) s ON s.row = f.row
WHERE (s.parcel_key IS NULL OR r.parcel_key IS NULL)
  AND NOT EXISTS (SELECT 1 FROM land_match m WHERE m.parcel_id = r.parcel_id)
"""

_OUTCOMES = """
CREATE TEMPORARY TABLE land_outcome ON COMMIT DROP AS
SELECT s.row, m.parcel_id, coalesce(m.same_shape, false) AS same_shape,
    CASE
        WHEN s.refused OR NOT t.is_copy THEN 'refused'
        WHEN t.is_copy THEN 'unchanged'
        WHEN m.row IS NULL THEN 'imported'
        WHEN m.same_shape AND {equal} THEN 'unchanged'
        ELSE 'updated'
    END AS outcome
FROM land_staging s
LEFT JOIN land_twin t ON t.row = s.row
LEFT JOIN land_match m ON m.row = s.row
LEFT JOIN parcel p ON p.id = m.parcel_id
"""


def recognise(session: Session, *, organisation_id: int | None, account_id: int | None, fields: Sequence[str]) -> None:
    """Every staged row has its outcome in `land_outcome`; `fields` are those that the file has a column for."""
    tolerance = {"tolerance": SAME_SHAPE_M}
    same = {"same_shape": _SAME_SHAPE.format("a", "b"), "equal": _equal("a", "b", fields)}
    session.execute(text(_TWINS.format(corners=_CORNERS, **same)), tolerance)  # nosemgrep: raw-sql-with-values
    _execute(session, "CREATE UNIQUE INDEX ON land_twin (row)", "ANALYZE land_twin")
    owner_column, owner = (
        ("owner_account_id", account_id) if organisation_id is None else ("owner_organisation_id", organisation_id)
    )
    session.execute(text(_KNOWN.format(owner_column=owner_column)), {"owner": owner})  # nosemgrep: raw-sql-with-values
    _execute(session, *_KNOWN_INDEXES, _MATCHES)
    pieces = {"corners": _CORNERS, "waiting": _WAITING, "same_as_stored": _SAME_SHAPE.format("s", "l")}
    for statement in (_BY_KEY, _BY_SHAPE, _BY_REFERENCE):
        session.execute(text(statement.format(**pieces)), tolerance)  # nosemgrep: raw-sql-with-values
        _execute(session, "ANALYZE land_match")
    session.execute(text(_OUTCOMES.format(equal=_equal("s", "p", fields))))  # nosemgrep: raw-sql-with-values
    _execute(session, "CREATE UNIQUE INDEX ON land_outcome (row)", "ANALYZE land_outcome")


def _execute(session: Session, *statements: str) -> None:
    for statement in statements:
        session.execute(text(statement))


def _equal(left: str, right: str, fields: Sequence[str]) -> str:
    """That all `fields` say the same; a key that the left side lacks is no contradiction."""
    named = [name for name in FIELDS if name in fields and name != "parcel_key"]
    terms = [f"{left}.{name} IS NOT DISTINCT FROM {right}.{name}" for name in named]
    terms.append(f"({left}.parcel_key IS NULL OR {left}.parcel_key IS NOT DISTINCT FROM {right}.parcel_key)")
    return f"({' AND '.join(terms)})"
