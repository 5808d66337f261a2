"""Where rows of a file cover one another, or parcels that their owner already has.

The outlines come back from the waiting room from west to east, a batch at a time; only those that a later one may still
touch are kept. So memory does not grow with the file, and neighbours are compared by the thousand.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely
from psycopg import Connection
from sqlalchemy import text
from sqlalchemy.orm import Session

from succession.geo.crs import areas_m2

# Neighbours share their border; outlines that cross by less than this are drawn inexactly, not overlapping.
DEPTH_M = 0.1
MOST_PER_ROW = 3
BATCH = 2000
CHUNK = 64  # even if all outlines lie on one heap, this many times all of them fit into memory
ROUND = 50  # of so many neighbours of an outline, some are likely to cover it if any do

_TABLE = """
CREATE TEMPORARY TABLE land_overlap (
    row integer NOT NULL, other_row integer, parcel_id integer, area_m2 double precision NOT NULL
) ON COMMIT DROP
"""

# Only the same owner's parcels are looked at: an answer about somebody else's would tell where they lie.
_OUTLINES = """
SELECT s.row, 0, st_asbinary(s.geom), st_xmin(s.geom) AS west
FROM land_staging s JOIN land_outcome o ON o.row = s.row
WHERE o.outcome <> 'refused' AND NOT EXISTS (SELECT 1 FROM land_twin t WHERE t.row = s.row)
UNION ALL
SELECT 0, k.parcel_id, st_asbinary(l.geom), st_xmin(l.geom)
FROM land_known k JOIN parcel_location l ON l.parcel_id = k.parcel_id
WHERE l.geom && (SELECT st_setsrid(st_extent(geom), st_srid(min(geom))) FROM land_staging)
  AND NOT EXISTS (SELECT 1 FROM land_match m WHERE m.parcel_id = k.parcel_id)
ORDER BY west
"""

Integers = npt.NDArray[np.int64]
Outlines = npt.NDArray[np.object_]
Found = tuple[int, int | None, int | None, float]


@dataclass(frozen=True, slots=True)
class Strip:
    """Some outlines from west to east: the row of the file (or 0) and the parcel of the register (or 0) of each."""

    rows: Integers
    parcels: Integers
    outlines: Outlines

    def __add__(self, other: "Strip") -> "Strip":
        return Strip(
            np.concatenate([self.rows, other.rows]),
            np.concatenate([self.parcels, other.parcels]),
            np.concatenate([self.outlines, other.outlines]),
        )

    def reaching(self, east_of: float) -> "Strip":
        """Those that go on to the east of a line."""
        stays = shapely.bounds(self.outlines)[:, 2] >= east_of
        return Strip(self.rows[stays], self.parcels[stays], self.outlines[stays])


def find_overlaps(session: Session) -> None:
    """Up to three neighbours that each row covers are in `land_overlap`, with the area in common."""
    session.execute(text(_TABLE))
    connection = session.connection().connection.driver_connection
    assert isinstance(connection, Connection)
    found = list(_among(_strips(connection)))
    with connection.cursor() as cursor, cursor.copy("COPY land_overlap FROM STDIN") as copy:
        for one in found:
            copy.write_row(one)
    session.execute(text("CREATE INDEX ON land_overlap (row)"))
    session.execute(text("ANALYZE land_overlap"))


def _strips(connection: "Connection[tuple[object, ...]]") -> Iterator[Strip]:
    """All outlines in question, from west to east."""
    with connection.cursor(name="land_outlines", binary=True) as cursor:
        cursor.itersize = BATCH
        cursor.execute(_OUTLINES)
        while batch := cursor.fetchmany(BATCH):
            rows, parcels, encoded, _ = zip(*batch, strict=True)
            outlines = shapely.from_wkb(np.array(encoded, dtype=object))
            yield Strip(np.array(rows, dtype=np.int64), np.array(parcels, dtype=np.int64), outlines)


def _among(strips: Iterable[Strip]) -> Iterator[Found]:
    """What covers what, each pair once."""
    so_far: dict[int, int] = {}
    reaching: Strip | None = None
    for strip in strips:
        west = float(shapely.bounds(strip.outlines[:1])[0, 0])
        earlier = None if reaching is None else reaching.reaching(west)
        every = strip if earlier is None else earlier + strip
        yield from _covering(every, len(every.rows) - len(strip.rows), so_far)
        reaching = every


def _covering(every: Strip, first_new: int, so_far: dict[int, int]) -> Iterator[Found]:
    """The pairs of which the later one is new: those from `first_new` on."""
    tree = shapely.STRtree(every.outlines)
    inner = shapely.buffer(every.outlines[first_new:], -DEPTH_M, quad_segs=1, join_style="mitre")
    shapely.prepare(inner)
    for start in range(first_new, len(every.rows), CHUNK):
        chunk = inner[start - first_new : start - first_new + CHUNK]
        new, other = tree.query(chunk)
        new = new + start
        wanted = (other < new) & ((every.rows[new] > 0) | (every.rows[other] > 0))
        new, other = new[wanted], other[wanted]
        for one, two in _by_rounds(inner, new - first_new, every.outlines, other):
            yield from _told(every, one + first_new, two, so_far)


def _by_rounds(inner: Outlines, new: Integers, outlines: Outlines, other: Integers) -> Iterator[tuple[int, int]]:
    """The pairs that cover each other, at most three for each of `new`: looked for in rounds, so that a heap of
    outlines upon one another ends soon.
    """
    order = np.argsort(new, kind="stable")
    new, other = new[order], other[order]
    starts = np.searchsorted(new, new, side="left")
    rounds = (np.arange(len(new)) - starts) // ROUND
    hits: dict[int, int] = {}
    for number in range(int(rounds.max(initial=-1)) + 1):
        full = [one for one, count in hits.items() if count >= MOST_PER_ROW]
        chosen = (rounds == number) & ~np.isin(new, full)
        ones, twos = new[chosen], other[chosen]
        covers = shapely.intersects(inner[ones], outlines[twos])
        for one, two in zip(ones[covers].tolist(), twos[covers].tolist(), strict=True):
            hits[one] = hits.get(one, 0) + 1
            if hits[one] <= MOST_PER_ROW:
                yield one, two


def _told(every: Strip, one: int, two: int, so_far: dict[int, int]) -> Iterator[Found]:
    """One pair as it is kept: the later row of the file tells of the earlier one, or of the parcel in the register."""
    first, second = sorted((int(every.rows[one]), int(every.rows[two])))
    if so_far.get(second, 0) >= MOST_PER_ROW:
        return
    so_far[second] = so_far.get(second, 0) + 1
    shared = shapely.intersection(every.outlines[one], every.outlines[two])
    area = float(areas_m2(np.array([shared], dtype=object))[0])
    parcel = int(max(every.parcels[one], every.parcels[two])) or None
    yield second, first or None, parcel, area
