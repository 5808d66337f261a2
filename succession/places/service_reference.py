"""Writing doors of the reference counts: a coordinator's numbers, and estimates until there are any; new squares."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session, aliased

from succession.accounts.actor import Actor, authorize
from succession.audit import service as audit
from succession.geo.crs import AREA_EPSG, STORAGE_EPSG
from succession.places import estimates, policy
from succession.places.areas import AreaLevel, shown_area_name
from succession.places.estimates import Land, estimated
from succession.places.models import Place, PlaceArea
from succession.places.models_reference import ReferenceCount
from succession.places.queries_levels import Around, has_reference
from succession.places.reference_file import Count

SQUARE_METRES_PER_KM2 = 1_000_000
AT_ONCE = 5_000


@dataclass(frozen=True, slots=True)
class CountsTaken:
    """The outcome of a file; a number that replaces an estimate is a changed one."""

    new: int
    changed: int
    unchanged: int


def import_counts(session: Session, actor: Actor, counts: Sequence[Count], *, now: datetime) -> CountsTaken:
    """The reference table holds these numbers; others stay as they were. Offers are shown accordingly afterwards."""
    authorize(policy.may_keep_reference, actor, None)
    before = {(row.area_code, row.branch): row for row in session.scalars(select(ReferenceCount))}
    new = changed = 0
    for count in counts:
        row = before.get((count.area_code, count.branch))
        values = (float(count.number), count.source, count.counted_on, False)
        if row is None:
            session.add(ReferenceCount(area_code=count.area_code, branch=count.branch, **_values(values)))
            new += 1
        elif (row.number, row.source, row.counted_on, row.is_estimate) != values:
            row.number, row.source, row.counted_on, row.is_estimate = values
            changed += 1
    session.flush()
    if new or changed:
        audit.record(session, actor, "reference.imported", kind="reference", now=now)
    return CountsTaken(new, changed, len(counts) - new - changed)


def ensure_estimates(session: Session, actor: Actor) -> int:
    """Where nothing is counted at all there are estimates for every area of level 4; how many numbers were added."""
    authorize(policy.may_keep_reference, actor, None)
    if has_reference(session):
        return 0
    values = [
        {
            "area_code": land.code,
            "branch": branch,
            "number": number,
            "source": estimates.SOURCE,
            "counted_on": estimates.STATED_ON,
            "is_estimate": True,
        }
        for land in _lands(session)
        for branch, number in estimated(land).items()
    ]
    for start in range(0, len(values), AT_ONCE):
        session.execute(insert(ReferenceCount).on_conflict_do_nothing(), values[start : start + AT_ONCE])
    return len(values)


def area_row(session: Session, found: Around) -> PlaceArea:
    """The row of the area; a square gets one when somebody is first shown in it, the same for everybody after."""
    if found.id is None and found.cell is not None:
        x, y = found.cell.reference
        statement = insert(PlaceArea).values(
            public_id=found.public_id,
            level=found.level,
            code=found.code,
            name=found.place_name,
            shown_name=shown_area_name(found.level, found.place_name),
            geom=func.ST_GeomFromWKB(found.cell.outline.wkb, STORAGE_EPSG),
            reference=func.ST_SetSRID(func.ST_MakePoint(x, y), STORAGE_EPSG),
            place_id=found.place_id,
            parent_id=select(PlaceArea.id)
            .where(PlaceArea.level == AreaLevel.PLACE, PlaceArea.place_id == found.place_id)
            .scalar_subquery(),
        )
        session.execute(statement.on_conflict_do_nothing())
    return session.scalars(select(PlaceArea).where(PlaceArea.code == found.code)).one()


def _lands(session: Session) -> list[Land]:
    """What is known of each area of level 4: its size, the inhabitants of the places in it, its state."""
    inside, named = aliased(Place), aliased(Place)
    area_m2 = func.ST_Area(func.ST_Transform(PlaceArea.geom, AREA_EPSG))
    statement = (
        select(PlaceArea.code, area_m2, func.coalesce(func.sum(inside.population), 0), named.state)
        .join(named, named.id == PlaceArea.place_id)
        .outerjoin(inside, func.ST_Covers(PlaceArea.geom, inside.location))
        .where(PlaceArea.level == AreaLevel.PLACE)
        .group_by(PlaceArea.id, named.id)
        .order_by(PlaceArea.id)
    )
    return [
        Land(code, size_m2 / SQUARE_METRES_PER_KM2, int(people), state)
        for code, size_m2, people, state in session.execute(statement)
    ]


def _values(values: tuple[object, ...]) -> dict[str, object]:
    return dict(zip(("number", "source", "counted_on", "is_estimate"), values, strict=True))
