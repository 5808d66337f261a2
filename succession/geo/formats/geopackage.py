"""What is wrong with a GeoPackage, before GDAL opens it. Pure but for the file."""

import sqlite3
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

from succession.geo.findings import FileRefused
from succession.geo.formats.gdal import damaged
from succession.i18n import Text


def check(path: Path) -> None:
    """Refuse a GeoPackage that is cut off, still being written, or has views that may never end."""
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
    if any("recursive" in view.casefold() for view in _views(path)):
        text = Text("The GeoPackage holds a recursive view. Export its layers as tables.")
        raise FileRefused("geopackage-view", text)


def _views(path: Path) -> list[str]:
    """The statements of all views; the file is opened without a lock and not changed."""
    address = f"file:{quote(str(path.resolve()))}?mode=ro&immutable=1"
    try:
        with closing(sqlite3.connect(address, uri=True)) as database:
            found = database.execute("SELECT sql FROM sqlite_master WHERE type = 'view'").fetchall()
    except (sqlite3.Error, UnicodeError) as error:
        raise damaged() from error
    return [str(sql) for (sql,) in found]
