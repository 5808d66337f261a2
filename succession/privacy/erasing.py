"""Taking a person out of all rooms, in the order of the register; and saying before what goes and what stays."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import ColumnElement, String, Table, cast, delete, func, or_, select, update
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Session

from succession.marks import Concern, DataClass, Hold, Marked, OnErasure, Person
from succession.privacy.register import REGISTER

SHORTEST_NAME = 6
"""A shorter name stands in too many texts by chance."""
MOST_MENTIONS = 200


@dataclass(frozen=True, slots=True)
class Share:
    """Of one data class: how many rows go, how many stay without the person, and what is held with a reason."""

    data_class: DataClass
    goes: int
    loses_name: int
    stays: int
    hold: Hold | None


def shares(session: Session, person: Person, register: tuple[Marked, ...] = REGISTER) -> list[Share]:
    """What an erasure would do now, by data class, without doing it; the account first."""
    found: dict[str, Share] = {}
    for marked in reversed(register):
        for concern in marked.concerns:
            assert marked.data_class is not None
            count = session.scalar(select(func.count()).select_from(marked.table).where(concern.where(person))) or 0
            former = found.get(marked.data_class.key, Share(marked.data_class, 0, 0, 0, None))
            found[marked.data_class.key] = _added(former, concern, count)
    return [share for share in found.values() if share.goes or share.loses_name or share.stays]


def erase(session: Session, person: Person, register: tuple[Marked, ...] = REGISTER) -> dict[str, int]:
    """Nothing personal is left of the person but what is declared to stay; how many rows went, by table."""
    session.flush()
    counts: dict[str, int] = {}
    for marked in register:
        for concern in marked.concerns:
            count = _applied(session, marked.table, concern, concern.where(person))
            if count and concern.on_erasure is OnErasure.DELETE:
                counts[marked.table.name] = counts.get(marked.table.name, 0) + count
    session.expire_all()
    return counts


def mentions(session: Session, person: Person, register: tuple[Marked, ...] = REGISTER) -> list[list[str]]:
    """Things of others whose texts name the person or their address: table and public id, for somebody to look at.

    Asked after the erasure: what is left is not the person's own.
    """
    wanted = [word for word in (person.name, person.email) if word and len(word) >= SHORTEST_NAME]
    found: list[list[str]] = []
    if not wanted:
        return found
    for marked in register:
        if "public_id" not in marked.table.c or not any(c.on_erasure is OnErasure.DELETE for c in marked.concerns):
            continue
        says = [_says(column, word) for column in _texts(marked) for word in wanted]
        if says:
            statement = select(marked.table.c.public_id).where(or_(*says)).limit(MOST_MENTIONS)
            found += [[marked.table.name, str(public_id)] for public_id in session.scalars(statement)]
    return found[:MOST_MENTIONS]


def _added(former: Share, concern: Concern, count: int) -> Share:
    goes, loses, stays, hold = former.goes, former.loses_name, former.stays, former.hold
    match concern.on_erasure:
        case OnErasure.DELETE:
            goes += count
        case OnErasure.CLEAR:
            loses += count
        case OnErasure.KEEP:
            stays, hold = stays + count, concern.hold
    return Share(former.data_class, goes, loses, stays, hold)


def _applied(session: Session, table: Table, concern: Concern, where: ColumnElement[bool]) -> int:
    match concern.on_erasure:
        case OnErasure.DELETE:
            gone = session.execute(delete(table).where(where).execution_options(synchronize_session=False))
        case OnErasure.CLEAR:
            changed = update(table).where(where).values(dict(concern.clears))
            gone = session.execute(changed.execution_options(synchronize_session=False))
        case OnErasure.KEEP:
            return 0
    return int(getattr(gone, "rowcount", 0))


def _texts(marked: Marked) -> Iterator[ColumnElement[str]]:
    for name in marked.personal:
        column = marked.table.c[name]
        if isinstance(column.type, String | JSONB):
            yield cast(column, String)


def _says(column: ColumnElement[str], word: str) -> ColumnElement[bool]:
    return func.lower(column).contains(word.lower(), autoescape=True)
