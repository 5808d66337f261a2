"""What can be asked of public areas around one location, and of the counts that the k-rule reads."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID, uuid5

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from succession.facts.branches import Branch
from succession.geo.crs import STORAGE_EPSG
from succession.geo.grid import SIZES_M, Cell, cell_at
from succession.places.areas import AreaLevel
from succession.places.levels import LEAST_ALIKE, SETTING, Node, Step, counted
from succession.places.models import Place, PlaceArea
from succession.places.models_reference import ReferenceCount

AREA_IDS = UUID("0f2f2b2e-52a5-5f0e-8f6c-9d3f2b7a1c44")
"""The namespace in which an area's code gives its public id."""


@dataclass(frozen=True, slots=True)
class Around:
    """One area that holds a location. A square has no number until somebody is shown in it."""

    level: int
    code: str
    place_name: str
    place_id: int | None
    id: int | None = None
    cell: Cell | None = None

    @property
    def public_id(self) -> UUID:
        """The same whether or not there is a row for it."""
        return uuid5(AREA_IDS, self.code)


@dataclass(frozen=True, slots=True)
class CountLine:
    """One number of the reference table, with the name of its area."""

    area_code: str
    area_name: str
    level: int | None
    branch: Branch
    number: float
    source: str
    counted_on: date
    is_estimate: bool


def least_alike(session: Session) -> int:
    """k: the operator's, else the usual one."""
    return int(session.info.get(SETTING, LEAST_ALIKE))


def around(session: Session, x: float, y: float, *, finest: int = AreaLevel.PLACE) -> list[Around]:
    """The areas that hold the location, from fine to coarse, each inside the next; empty outside all of them.

    A square of the grid is among them only if it lies whole within the area of level 4. Otherwise somebody who saw
    the place once in the square and once in the area could cut one with the other and know more than either says.
    """
    point = func.ST_SetSRID(func.ST_MakePoint(x, y), STORAGE_EPSG)
    statement = (
        select(PlaceArea.id, PlaceArea.level, PlaceArea.code, Place.name, PlaceArea.place_id)
        .outerjoin(Place, Place.id == PlaceArea.place_id)
        .where(PlaceArea.level >= AreaLevel.PLACE, func.ST_Covers(PlaceArea.geom, point))
        .order_by(PlaceArea.level, PlaceArea.id)
    )
    # A point on a border lies in two areas of a level: the first of them, and what lies above that one.
    divided: dict[int, Around] = {}
    for row in session.execute(statement):
        divided.setdefault(row.level, Around(row.level, row.code, row.name or "", row.place_id, row.id))
    if AreaLevel.PLACE not in divided:
        return []
    chain = list(divided.values())
    return [*_squares(session, x, y, finest, chain[0]), *chain]


def _squares(session: Session, x: float, y: float, finest: int, within: Around) -> list[Around]:
    """The squares from the finest wanted level up that lie whole within the area."""
    found = []
    for level, size_m in enumerate(SIZES_M, start=1):
        if level < finest:
            continue
        cell = cell_at(x, y, size_m)
        outline = func.ST_GeomFromWKB(cell.outline.wkb, STORAGE_EPSG)
        is_inside = select(func.ST_Covers(PlaceArea.geom, outline)).where(PlaceArea.id == within.id)
        if session.scalar(is_inside):
            made = session.scalar(select(PlaceArea.id).where(PlaceArea.code == cell.code))
            found.append(replace(within, level=level, code=cell.code, id=made, cell=cell))
    return found


def steps(session: Session, chain: Sequence[Around], branches: Iterable[Branch]) -> list[Step]:
    """The same areas with how many of each group there are in them, as the k-rule reads them."""
    wanted = tuple(branches)
    nodes = [
        Node(*row)
        for row in session.execute(
            select(PlaceArea.id, PlaceArea.parent_id, PlaceArea.level, PlaceArea.code).where(
                PlaceArea.level >= AreaLevel.PLACE
            )
        )
    ]
    divided = next((one.id for one in chain if one.level == AreaLevel.PLACE), None)
    squares = {one.code: -one.level for one in chain if one.cell is not None}
    nodes += [Node(number, divided, -number, code) for code, number in squares.items()]
    stated: dict[str, dict[Branch, float]] = {}
    rows = select(ReferenceCount.area_code, ReferenceCount.branch, ReferenceCount.number)
    for code, branch, number in session.execute(rows.where(ReferenceCount.branch.in_(wanted))):
        stated.setdefault(code, {})[branch] = number
    numbers = counted(nodes, stated, wanted)
    return [Step(one.level, numbers.get(squares.get(one.code, one.id or 0), {})) for one in chain]


def is_estimated(session: Session, branch: Branch) -> bool:
    """Whether any number of this group is an estimate, so that pages can say so."""
    statement = select(ReferenceCount.is_estimate).where(ReferenceCount.branch == branch, ReferenceCount.is_estimate)
    return bool(session.scalar(statement.limit(1)))


def has_reference(session: Session) -> bool:
    """Whether there is any number at all."""
    return session.scalar(select(ReferenceCount.area_code).limit(1)) is not None


def area_codes(session: Session) -> dict[str, str]:
    """The codes of all areas that divide the region, with the names that maps show."""
    rows = session.execute(
        select(PlaceArea.code, PlaceArea.shown_name)
        .where(PlaceArea.level >= AreaLevel.PLACE)
        .order_by(PlaceArea.level, PlaceArea.shown_name)
    )
    return {row.code: row.shown_name for row in rows}


def reference_lines(session: Session, *, only_counted: bool = False, most: int | None = None) -> list[CountLine]:
    """The reference table with the names of its areas: counted numbers before estimates, then by area and group."""
    statement = (
        select(ReferenceCount, PlaceArea.shown_name, PlaceArea.level)
        .outerjoin(PlaceArea, PlaceArea.code == ReferenceCount.area_code)
        .order_by(ReferenceCount.is_estimate, PlaceArea.shown_name, ReferenceCount.area_code, ReferenceCount.branch)
        .limit(most)
    )
    if only_counted:
        statement = statement.where(~ReferenceCount.is_estimate)
    return [
        CountLine(
            one.area_code, name or one.area_code, level, one.branch, one.number, one.source, one.counted_on,
            one.is_estimate,
        )
        for one, name, level in session.execute(statement)
    ]  # fmt: skip


def reference_size(session: Session) -> tuple[int, int]:
    """How many numbers are counted, and how many are estimates."""
    estimates = func.count().filter(ReferenceCount.is_estimate)
    counted_ones, guessed = session.execute(
        select(func.count().filter(~ReferenceCount.is_estimate), estimates).select_from(ReferenceCount)
    ).one()
    return int(counted_ones), int(guessed)
