"""What is wrong with a GeoPackage, before GDAL opens it. Pure but for the file."""

import sqlite3
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

from succession.geo.findings import FileRefused
from succession.geo.formats.gdal import damaged
from succession.geo.formats.limits import MIB, Limits
from succession.i18n import Text

_LONGEST_VALUE = 32 * MIB
_STEPS_AT_ONCE = 100_000
_MOST_STEPS = 500_000_000
"""Instructions of SQLite; a view over two million rows with fifty columns needs fewer."""
_COMPUTED = """
SELECT c.table_name FROM gpkg_contents c JOIN sqlite_master m ON m.name = c.table_name COLLATE NOCASE
WHERE m.type = 'view' OR EXISTS (SELECT 1 FROM pragma_table_xinfo(m.name) WHERE hidden IN (2, 3))
"""


def check(path: Path, limits: Limits) -> None:
    """Refuse a GeoPackage that is cut off, still being written, or has layers that never end."""
    log = path.with_name(path.name + "-wal")
    if log.exists() and log.stat().st_size > 0:
        text = Text(
            "The GeoPackage is still open in another program (there is a file ending in -wal beside it). "
            "Close it there first."
        )
        raise FileRefused("file-in-use", text)
    with path.open("rb") as file:
        header = file.read(100)
    page = int.from_bytes(header[16:18], "big")
    page = 65536 if page == 1 else page
    pages = int.from_bytes(header[28:32], "big")
    if len(header) < 100 or path.stat().st_size < page * pages:
        raise damaged()
    address = f"file:{quote(str(path.resolve()))}?mode=ro&immutable=1"
    try:
        with closing(sqlite3.connect(address, uri=True)) as database:
            _check_computed(database, limits)
    except (sqlite3.Error, UnicodeError) as error:
        raise damaged() from error


def _check_computed(database: sqlite3.Connection, limits: Limits) -> None:
    """Refuse layers whose rows SQLite would compute without end or without measure, by reading them within bounds."""
    views = database.execute("SELECT sql FROM sqlite_master WHERE type = 'view'").fetchall()
    if any("recursive" in str(sql).casefold() for (sql,) in views):
        raise _endless()
    computed = [str(name).replace('"', '""') for (name,) in database.execute(_COMPUTED)]
    rounds = iter(range(_MOST_STEPS // _STEPS_AT_ONCE))
    database.set_progress_handler(lambda: next(rounds, None) is None, _STEPS_AT_ONCE)
    database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST_VALUE)
    database.text_factory = bytes
    try:
        for name in computed:
            rows = database.execute(f'SELECT * FROM "{name}"')  # nosec B608  # noqa: S608 - quoted just above
            if any(number > limits.rows for number, _ in enumerate(rows, start=1)):
                raise _endless()
    except sqlite3.Error as error:
        raise _endless() from error


def _endless() -> FileRefused:
    text = Text("The GeoPackage holds a layer that is computed (a view). Export its layers as tables.")
    return FileRefused("geopackage-view", text)
