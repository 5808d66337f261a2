"""Carries the rows of the waiting room over into the register."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from succession.land.models import LandImport
from succession.land.staging import FIELDS

_NUMBER = """
CREATE TEMPORARY TABLE land_new ON COMMIT DROP AS
SELECT row, nextval(pg_get_serial_sequence('parcel', 'id'))::integer AS parcel_id
FROM land_outcome WHERE outcome = 'imported'
"""

_CHOOSE_CHANGED = """
CREATE TEMPORARY TABLE land_changed ON COMMIT DROP AS
SELECT row, parcel_id, same_shape FROM land_outcome WHERE outcome = 'updated'
"""
# With these no join of the statements below can come to compare everything with everything, however it is planned.
_INDEXES = (
    "CREATE UNIQUE INDEX ON land_new (row)",
    "CREATE UNIQUE INDEX ON land_changed (row)",
    "CREATE UNIQUE INDEX ON land_changed (parcel_id)",
    "ANALYZE land_new",
    "ANALYZE land_changed",
)

_NEW = """
INSERT INTO parcel (id, owner_organisation_id, owner_account_id, {columns}, land_import_id, created_at, updated_at)
SELECT n.parcel_id, :organisation, :account, {values}, :import_id, :now, :now
FROM land_staging s JOIN land_new n ON n.row = s.row
ORDER BY s.row
"""

_NEW_PLACES = """
INSERT INTO parcel_location (parcel_id, geom)
SELECT n.parcel_id, s.geom FROM land_staging s JOIN land_new n ON n.row = s.row
ORDER BY s.row
"""

_CHANGED = """
UPDATE parcel p SET {changes} land_import_id = :import_id, updated_at = :now
FROM land_staging s JOIN land_changed c ON c.row = s.row
WHERE p.id = c.parcel_id
"""

_MOVED = """
UPDATE parcel_location l SET geom = s.geom
FROM land_staging s JOIN land_changed c ON c.row = s.row
WHERE NOT c.same_shape AND l.parcel_id = c.parcel_id
"""


def take_over(session: Session, record: LandImport, fields: Sequence[str], *, now: datetime) -> None:
    """New rows are parcels, updated rows have changed theirs; what the file does not say stays as it was.

    An outline that lies within half a metre of the known one is not replaced: repeated imports do not make it drift.
    """
    values: dict[str, Any] = {
        "organisation": record.owner_organisation_id,
        "account": record.owner_account_id,
        "import_id": record.id,
        "now": now,
    }
    changes = "".join(f"{name} = {_changed(name)}, " for name in FIELDS if name in fields)
    columns = ", ".join(FIELDS)
    for statement in (_NUMBER, _CHOOSE_CHANGED, *_INDEXES):
        session.execute(text(statement))
    session.execute(text(_CHANGED.format(changes=changes)), values)  # nosemgrep: raw-sql-with-values
    session.execute(text(_MOVED))
    read = ", ".join(f"s.{name}" for name in FIELDS)
    session.execute(text(_NEW.format(columns=columns, values=read)), values)  # nosemgrep: raw-sql-with-values
    session.execute(text(_NEW_PLACES))
    session.expire_all()


def _changed(name: str) -> str:
    """The new value; a key once known is not forgotten because a file lacks it."""
    return "coalesce(s.parcel_key, p.parcel_key)" if name == "parcel_key" else f"s.{name}"
