"""Reading doors of published calls. Everything is read with the rights of the public role only."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, cast, func, or_, select
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Session

from succession.calls.models_published import CallPublication, call_lot_outline
from succession.calls.states import BY_THE_CLOCK, CallKind, CallState, state_at
from succession.db import public_reading
from succession.errors import NotFound
from succession.geo.crs import LONLAT_EPSG
from succession.i18n import Text
from succession.land import drawings
from succession.land.drawings import Picture
from succession.places.areas import AreaLevel, area_label
from succession.places.models import Place, PlaceArea

_OUTLINES = """
SELECT o.geom, 'arable' AS kind FROM call_lot_outline o
JOIN call_publication p ON p.call_id = o.call_id WHERE p.public_id = :call
"""


class When(StrEnum):
    """Which calls are looked for."""

    OPEN = "open"
    COMING = "coming"
    PAST = "past"

    @property
    def label(self) -> Text:
        """What a person reads."""
        return _WHEN[self]


_WHEN = {When.OPEN: Text("Open now"), When.COMING: Text("Coming"), When.PAST: Text("Deadline over")}


@dataclass(frozen=True, slots=True)
class PublicCall:
    """A call as the public reads it."""

    public_id: UUID
    title: str
    owner_name: str
    kind: CallKind
    state: CallState
    opens_at: datetime
    closes_at: datetime
    published_at: datetime
    changed_at: datetime
    area: Text | None
    document: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Wanted:
    """The filters of the list."""

    when: When = When.OPEN
    kind: CallKind | None = None
    words: str = ""


def calls(
    session: Session, wanted: Wanted, *, now: datetime, offset: int = 0, most: int | None = None
) -> list[PublicCall]:
    """Published calls: open ones by deadline, coming ones by opening, past ones by deadline, the latest first."""
    order = {
        When.OPEN: CallPublication.closes_at.asc(),
        When.COMING: CallPublication.opens_at.asc(),
        When.PAST: CallPublication.closes_at.desc(),
    }[wanted.when]
    statement = _shown().where(*_conditions(wanted, now)).order_by(order, CallPublication.public_id)
    with public_reading(session) as reader:
        return [_call(row, now) for row in reader.execute(statement.offset(offset).limit(most))]


def counts(session: Session, *, now: datetime) -> dict[When, int]:
    """How many there are of each."""
    with public_reading(session) as reader:
        return {
            when: reader.scalar(
                select(func.count()).select_from(CallPublication).where(*_conditions(Wanted(when), now))
            )
            or 0
            for when in When
        }


def published_call(session: Session, public_id: UUID, *, now: datetime) -> PublicCall:
    """One published call."""
    with public_reading(session) as reader:
        row = reader.execute(_shown().where(CallPublication.public_id == public_id)).one_or_none()
        if row is None:
            raise NotFound(Text("There is no such call, or it is not public."))
        return _call(row, now)


def latest(session: Session, *, now: datetime, most: int) -> list[PublicCall]:
    """What was published last, for the feed."""
    statement = _shown().order_by(CallPublication.published_at.desc(), CallPublication.public_id).limit(most)
    with public_reading(session) as reader:
        return [_call(row, now) for row in reader.execute(statement)]


def outlines(session: Session, public_id: UUID) -> dict[str, Any]:
    """The outlines of the lots as GeoJSON, as far as everybody may see them."""
    outline = call_lot_outline.c
    geometry = cast(func.ST_AsGeoJSON(func.ST_Transform(outline.geom, LONLAT_EPSG), 6), JSONB)
    statement = (
        select(outline.number, geometry)
        .join(CallPublication, CallPublication.call_id == outline.call_id)
        .where(CallPublication.public_id == public_id)
        .order_by(outline.number)
    )
    with public_reading(session) as reader:
        features = [
            {"type": "Feature", "id": number, "geometry": shape, "properties": {"label": str(number)}}
            for number, shape in reader.execute(statement)
        ]
    return {"type": "FeatureCollection", "features": features}


def picture(session: Session, public_id: UUID) -> Picture | None:
    """The outlines of the lots as a drawing; None where everybody may only know the area."""
    with public_reading(session) as reader:
        return drawings.picture(reader, _OUTLINES, call=public_id)


def is_public_file(session: Session, public_id: UUID, file_public_id: UUID) -> bool:
    """Whether the document belongs to a published call."""
    with public_reading(session) as reader:
        document = reader.scalar(select(CallPublication.document).where(CallPublication.public_id == public_id))
    return document is not None and any(one["id"] == str(file_public_id) for one in document["files"])


def _shown() -> Select[CallPublication, int, str]:
    return (
        select(CallPublication, PlaceArea.level, Place.name)
        .outerjoin(PlaceArea, PlaceArea.id == CallPublication.place_area_id)
        .outerjoin(Place, Place.id == PlaceArea.place_id)
    )


def _call(row: Any, now: datetime) -> PublicCall:
    published, level, place = row
    return PublicCall(
        published.public_id,
        published.title,
        published.owner_name,
        published.kind,
        state_at(published, now),
        published.opens_at,
        published.closes_at,
        published.published_at,
        published.changed_at,
        None if level is None else area_label(AreaLevel(level), place or ""),
        published.document,
    )


def _conditions(wanted: Wanted, now: datetime) -> list[ColumnElement[bool]]:
    by_clock = CallPublication.state.in_([state.value for state in BY_THE_CLOCK])
    opens, closes = CallPublication.opens_at, CallPublication.closes_at
    when = {
        When.OPEN: and_(by_clock, opens <= now, closes > now),
        When.COMING: and_(by_clock, opens > now),
        When.PAST: or_(~by_clock, closes <= now),
    }[wanted.when]
    found = [when]
    if wanted.kind is not None:
        found.append(CallPublication.kind == wanted.kind)
    if wanted.words:
        words = "".join(sign for sign in wanted.words if sign not in "\\%_")
        pattern = f"%{words}%"
        found.append(or_(CallPublication.title.ilike(pattern), CallPublication.owner_name.ilike(pattern)))
    return found
