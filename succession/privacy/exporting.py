"""Reading all that is held on a person, table by table, as the register says: for their copy, and for the preview.

Numbers that never leave the server stay here: a key to something with a name becomes that name, else its public id.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any
from uuid import UUID

from geoalchemy2 import Geometry
from geoalchemy2 import functions as geo
from sqlalchemy import Column, ColumnElement, FromClause, Table, Text, cast, func, null, select
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Session

from succession.geo.crs import LONLAT_EPSG
from succession.marks import Concern, Marked, Person
from succession.privacy.register import REGISTER

SHOWN_BY = ("shown_name", "name", "public_id")
ADDRESS = re.compile(r"[^\s@<>\"',;:()\[\]]+@[^\s@<>\"',;:()\[\]]+\.[^\s@<>\"',;:()\[\]]+")
SOMEBODY_ELSES = "[…]"


@dataclass(frozen=True, slots=True)
class HeldTable:
    """What one table holds on a person: its rows as plain values, without other people's addresses."""

    name: str
    data_class_key: str
    rows: tuple[Mapping[str, Any], ...]


def held(session: Session, person: Person, register: tuple[Marked, ...] = REGISTER) -> Iterator[HeldTable]:
    """Everything that the register says is exported, in the order of the house: the account first."""
    for marked in reversed(register):
        concerns = [concern for concern in marked.concerns if concern.is_exported]
        if not concerns or marked.data_class is None or not marked.personal:
            continue
        rows = [row for concern in concerns for row in _rows(session, marked, concern, person)]
        yield HeldTable(marked.table.name, marked.data_class.key, tuple(rows))


def exported_columns(marked: Marked, concern: Concern) -> tuple[str, ...]:
    """The personal columns of a concern that go into the copy; keys to accounts are numbers of ours and stay."""
    return tuple(
        name for name in marked.personal if name not in concern.hides and not points_at_account(marked.table.c[name])
    )


def points_at_account(column: Column[Any]) -> bool:
    """Whether it holds the number of an account, be it the account's own."""
    return any(key.column.table.name == "account" for key in column.foreign_keys)


def without_other_addresses(value: Any, own: str | None) -> Any:
    """The value with every e-mail address but the person's own taken out, however deep it lies."""
    match value:
        case str():
            keep = (own or "").lower()
            return ADDRESS.sub(lambda found: found[0] if found[0].lower() == keep else SOMEBODY_ELSES, value)
        case dict():
            return {key: without_other_addresses(inner, own) for key, inner in value.items()}
        case list() | tuple():
            return [without_other_addresses(inner, own) for inner in value]
        case _:
            return value


def plain(value: Any) -> Any:
    """A value as JSON can hold it."""
    match value:
        case Enum():
            return value.value
        case datetime() | date():
            return value.isoformat()
        case Decimal() | UUID():
            return str(value)
        case bytes() | memoryview():
            return bytes(value).hex()
        case list() | tuple() | set() | frozenset():
            return [plain(inner) for inner in value]
        case dict():
            return {str(key): plain(inner) for key, inner in value.items()}
        case _:
            return value


def _rows(session: Session, marked: Marked, concern: Concern, person: Person) -> Iterator[dict[str, Any]]:
    names = exported_columns(marked, concern)
    columns = [_shown(marked.table.c[name]).label(name) for name in names]
    if "public_id" in marked.table.c and "public_id" not in names:
        columns.append(marked.table.c.public_id.label("public_id"))
    order = list(marked.table.primary_key.columns)
    statement = select(*columns).select_from(marked.table).where(concern.where(person)).order_by(*order)
    for row in session.execute(statement):
        yield {name: without_other_addresses(plain(value), person.email) for name, value in row._mapping.items()}


def _shown(column: Column[Any]) -> ColumnElement[Any]:
    """The column as a person can read it: a place as GeoJSON in degrees, a key as what it leads to."""
    if isinstance(column.type, Geometry):
        return cast(geo.ST_AsGeoJSON(geo.ST_Transform(column, LONLAT_EPSG), 7), JSONB)
    for key in column.foreign_keys:
        target = key.column.table
        assert isinstance(target, Table)
        return _name_of(target, key.column, column)
    return column


def _name_of(target: Table, key: Column[Any], column: Column[Any]) -> ColumnElement[Any]:
    other: FromClause = target.alias()
    shown = [cast(other.c[name], Text) for name in SHOWN_BY if name in target.c]
    return select(func.coalesce(*shown, null())).where(other.c[key.name] == column).scalar_subquery()
