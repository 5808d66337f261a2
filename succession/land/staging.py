"""The waiting room of an import: every row of the file in a temporary table that vanishes with the connection."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from psycopg import Connection
from psycopg.types.json import Jsonb
from sqlalchemy import text
from sqlalchemy.orm import Session

from succession.geo.crs import STORAGE_EPSG
from succession.geo.findings import Finding
from succession.land.report import pack_findings

FieldValue = str | Decimal | None

FIELDS = {
    "parcel_key": "text",
    "reference": "text",
    "name": "text",
    "official_area_m2": "numeric(14,2)",
    "land_use": "text",
    "crop_code": "text",
    "crop_name": "text",
    "soil_points": "numeric(5,2)",
}
"""The columns of a parcel that a file can fill, and their types while they wait."""

# The centre of the envelope lets a row find others of the same place by sorting, without looking at every neighbour.
_TABLE = f"""
CREATE TEMPORARY TABLE land_staging (
    row integer NOT NULL,
    owner_id integer,
    refused boolean NOT NULL,
    repaired boolean NOT NULL,
    warned boolean NOT NULL,
    findings jsonb,
    {", ".join(f"{name} {kind}" for name, kind in FIELDS.items())},
    area_m2 double precision,
    centre_x double precision,
    centre_y double precision,
    geom geometry(MultiPolygon, {STORAGE_EPSG})
) ON COMMIT DROP
"""
_COLUMNS = (
    "row",
    "owner_id",
    "refused",
    "repaired",
    "warned",
    "findings",
    *FIELDS,
    "area_m2",
    "centre_x",
    "centre_y",
    "geom",
)
_COPY = f"COPY land_staging ({', '.join(_COLUMNS)}) FROM STDIN (FORMAT BINARY)"
# As the binary form wants them; a geometry is read from the same bytes as a bytea, and takes the SRID of its column.
_TYPES = (
    *("int4", "int4", "bool", "bool", "bool", "jsonb"),
    *(kind.partition("(")[0] for kind in FIELDS.values()),
    *("float8", "float8", "float8", "bytea"),
)
_TABLES_OF_ONE_OWNER = (
    "land_staging",
    "land_twin",
    "land_known",
    "land_match",
    "land_outcome",
    "land_overlap",
    "land_new",
    "land_changed",
)
_TABLES = (*_TABLES_OF_ONE_OWNER, "land_everyone", "land_everyones_outcome")


@dataclass(frozen=True, slots=True)
class StagedRow:
    """One row as it was read, cleaned and understood."""

    row: int
    refused: bool
    repaired: bool
    warned: bool
    findings: tuple[Finding, ...]
    values: Mapping[str, FieldValue]
    area_m2: float | None
    centre: tuple[float, float] | tuple[None, None]
    wkb: bytes | None
    owner_id: int | None = None


# Compiling such statements costs more than running them; sorting 50,000 outlines wants more than a few megabytes.
_SETTINGS = ("SET LOCAL jit = off", "SET LOCAL work_mem = '64MB'", "SET LOCAL statement_timeout = '15min'")


def open_room(session: Session) -> None:
    """The table is there and empty."""
    leave_room(session)
    for setting in _SETTINGS:
        session.execute(text(setting))
    session.execute(text(_TABLE))


def copy_rows(session: Session, rows: Iterable[StagedRow]) -> None:
    """The rows are in the table, by COPY."""
    connection = session.connection().connection.driver_connection
    assert isinstance(connection, Connection)
    with connection.cursor() as cursor, cursor.copy(_COPY) as copy:
        copy.set_types(_TYPES)
        for row in rows:
            findings = Jsonb(pack_findings(row.findings)) if row.findings else None
            values = [row.values.get(name) for name in FIELDS]
            flags = (row.refused, row.repaired, row.warned)
            copy.write_row((row.row, row.owner_id, *flags, findings, *values, row.area_m2, *row.centre, row.wkb))


def close_door(session: Session) -> None:
    """All rows are in: the table is indexed and its statistics are fresh."""
    session.execute(text("CREATE UNIQUE INDEX ON land_staging (row)"))
    session.execute(text("ANALYZE land_staging (row, refused, parcel_key, reference, centre_x, centre_y)"))


def part(session: Session) -> list[int | None]:
    """The rows wait in a larger room now; returns the owners that they name, and None if there are rows without one."""
    session.execute(text("ALTER TABLE land_staging RENAME TO land_everyone"))
    session.execute(text("CREATE TEMPORARY TABLE land_everyones_outcome (row integer, outcome text) ON COMMIT DROP"))
    found = session.scalars(text("SELECT DISTINCT owner_id FROM land_everyone ORDER BY owner_id NULLS LAST"))
    return list(found)


def call_in(session: Session, owner_id: int | None) -> None:
    """Only the rows of this owner are in the waiting room, or only those without an owner."""
    _drop(session, _TABLES_OF_ONE_OWNER)
    session.execute(
        text("""
            CREATE TEMPORARY TABLE land_staging ON COMMIT DROP AS
            SELECT * FROM land_everyone WHERE owner_id IS NOT DISTINCT FROM CAST(:owner AS integer)"""),
        {"owner": owner_id},
    )
    close_door(session)


def remember_outcomes(session: Session) -> None:
    """What became of the rows in the room is kept until all owners have been called in."""
    session.execute(text("INSERT INTO land_everyones_outcome SELECT row, outcome FROM land_outcome"))


def call_everyone(session: Session) -> None:
    """All rows with their outcomes are in the waiting room, for a picture of the whole file."""
    _drop(session, _TABLES_OF_ONE_OWNER)
    session.execute(text("ALTER TABLE land_everyone RENAME TO land_staging"))
    session.execute(text("ALTER TABLE land_everyones_outcome RENAME TO land_outcome"))


def leave_room(session: Session) -> None:
    """No temporary table is left; at the end of a transaction that happens by itself."""
    _drop(session, _TABLES)


def _drop(session: Session, names: Iterable[str]) -> None:
    session.execute(text(f"DROP TABLE IF EXISTS {', '.join(f'pg_temp.{name}' for name in names)}"))
