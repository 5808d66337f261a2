"""Tables as text (CSV) with the geometry as WKT or hexadecimal WKB in one column. Pure but for the file."""

import codecs
import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TextIO

from pyproj import CRS
from pyproj.exceptions import CRSError

from succession.geo import crs as systems
from succession.geo.findings import FileRefused, Finding
from succession.geo.formats.columns import storable
from succession.geo.formats.gdal import too_many_columns, too_many_rows
from succession.geo.formats.limits import Limits
from succession.geo.formats.sniffing import Kind
from succession.geo.formats.source import BATCH_SIZE, FieldValue, Record
from succession.geo.formats.wkb import Read, read_one, read_wkt
from succession.i18n import Text

_DELIMITERS = ";,\t|"
_SAMPLE = 100
_WKT = re.compile(
    r"\s*(?:SRID\s*=\s*(\d{1,6})\s*;)?\s*((?:MULTI)?(?:POLYGON|POINT|LINESTRING|SURFACE|CURVE)|GEOMETRYCOLLECTION|CURVEPOLYGON)"
    r"\s*(?:Z|M|ZM)?\s*(?:\(|EMPTY)",
    re.IGNORECASE,
)
_SEPARATOR_LINE = re.compile(r"sep=.\s*", re.IGNORECASE)
"""A first line that only tells Excel how to part the columns."""
_HEX = re.compile(r"\s*0[01][0-9A-Fa-f]{40,}\s*")


@dataclass(frozen=True, slots=True)
class Layout:
    """How the table is written and where its geometry stands."""

    encoding: str
    delimiter: str
    header: tuple[str, ...]
    geometry_column: int
    srid: int


class CsvSource:
    """One table with a row a parcel."""

    format = Kind.CSV.value
    layer: str | None = None
    layers: tuple[str, ...] = ()
    declared: int | None = None
    crs_is_implied = False

    def __init__(self, path: Path, *, limits: Limits, layer: str | None, crs: CRS | None) -> None:
        self._path, self._limits = path, limits
        if layer is not None:
            text = Text("A CSV file has no layers, so “%(wanted)s” is not in it.", {"wanted": layer[:100]})
            raise FileRefused("unknown-layer", text)
        csv.field_size_limit(limits.csv_field_characters)
        self._layout = layout = _layout(path)
        if len(layout.header) > limits.columns:
            raise too_many_columns(limits)
        self.columns = tuple(name for index, name in enumerate(layout.header) if index != layout.geometry_column)
        self.crs = crs if crs is not None else _by_srid(layout.srid)
        self.notes: tuple[Finding, ...] = ()
        if layout.encoding == "cp1252":
            text = Text("The file is not written in UTF-8; it was read as Windows text (cp1252).")
            self.notes = (Finding("encoding-guessed", text),)

    def batches(self, size: int = BATCH_SIZE) -> Iterator[list[Record]]:
        """Every line behind the header that is not blank."""
        batch: list[Record] = []
        lines = islice(_lines(self._path, self._layout.encoding, self._layout.delimiter), 1, None)
        for row, cells in enumerate(lines, start=1):
            if row > self._limits.rows:
                raise too_many_rows(self._limits)
            batch.append(self._record(row, cells))
            if len(batch) >= size:
                yield batch
                batch = []
        if batch:
            yield batch

    def _record(self, row: int, cells: list[str]) -> Record:
        layout = self._layout
        if len(cells) != len(layout.header):
            text = Text(
                "This line has %(found)s columns, the first line has %(expected)s.",
                {"found": len(cells), "expected": len(layout.header)},
            )
            return Record(row, None, {}, (Finding("columns-differ", text),))
        values: dict[str, FieldValue] = {
            name: storable(cell.strip()) or None
            for index, (name, cell) in enumerate(zip(layout.header, cells, strict=True))
            if index != layout.geometry_column
        }
        cell = cells[layout.geometry_column]
        if not cell.strip():
            return Record(row, None, values)
        read = self._geometry(cell)
        return Record(row, read.geometry, values, read.refusals, read.findings)

    def _geometry(self, cell: str) -> Read:
        if _HEX.fullmatch(cell) and len(cell.strip()) % 2 == 0:
            return read_one(bytes.fromhex(cell.strip()))
        match = _WKT.match(cell)
        srid = int(match[1]) if match and match[1] else 0
        if srid and srid != self._layout.srid:
            text = Text(
                "This row is in another coordinate system (SRID %(srid)s) than the first one.", {"srid": str(srid)}
            )
            return Read(None, (Finding("crs-differs", text),))
        return read_wkt(cell[match.start(2) :] if match else cell)


def _by_srid(srid: int) -> CRS | None:
    if not srid:
        return None
    try:
        return systems.usable(CRS.from_epsg(srid))
    except CRSError:
        return None


def _layout(path: Path) -> Layout:
    """The encoding that fits all bytes and the delimiter under which one column holds geometry."""
    encoding = _encoding(path)
    best: tuple[int, Layout] | None = None
    for delimiter in _DELIMITERS:
        sample = list(islice(_lines(path, encoding, delimiter), _SAMPLE + 1))
        found = _geometry_column(sample)
        if found is not None and (best is None or found[0] > best[0]):
            hits, column, srid = found
            best = (hits, Layout(encoding, delimiter, _names(sample[0]), column, srid))
    if best is None:
        text = Text(
            "No column of this table holds areas as WKT, such as POLYGON ((…)). "
            "Where the columns are separated by commas, the WKT must stand in quotation marks."
        )
        raise FileRefused("csv-no-geometry", text)
    layout = best[1]
    if any(_WKT.match(name) for name in layout.header):
        raise FileRefused("csv-no-header", Text("The first line of the table must hold the names of the columns."))
    return layout


def _names(header: list[str]) -> tuple[str, ...]:
    """Column names that are all there and all different."""
    names: list[str] = []
    for index, cell in enumerate(header, start=1):
        name = storable(cell.strip()) or f"column {index}"
        names.append(name if name not in names else f"{name} ({index})")
    return tuple(names)


def _geometry_column(sample: list[list[str]]) -> tuple[int, int, int] | None:
    """(rows with geometry, column, SRID of the first of them) for the column with most, among rows of full width."""
    if not sample:
        return None
    width = len(sample[0])
    hits: dict[int, int] = {}
    srids: dict[int, int] = {}
    for cells in sample:
        if len(cells) != width:
            continue
        for column, cell in enumerate(cells):
            match = _WKT.match(cell)
            if match or _HEX.fullmatch(cell):
                hits[column] = hits.get(column, 0) + 1
                srids.setdefault(column, int(match[1]) if match and match[1] else 0)
    if not hits:
        return None
    column = max(hits, key=lambda key: hits[key])
    return hits[column], column, srids[column]


def _encoding(path: Path) -> str:
    """UTF-8 (with or without mark) or UTF-16 if all bytes fit, else Windows text; a NUL byte is no text."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as file:
        head = file.read(2)
        if head in (b"\xff\xfe", b"\xfe\xff"):
            return "utf-16"
        file.seek(0)
        try:
            while chunk := file.read(1 << 20):
                if b"\0" in chunk:
                    raise _broken()
                decoder.decode(chunk)
            decoder.decode(b"", True)
        except UnicodeDecodeError:
            return "cp1252"
    return "utf-8-sig"


def _lines(path: Path, encoding: str, delimiter: str) -> Iterator[list[str]]:
    """All lines that are not blank, cut into cells."""
    try:
        with path.open(encoding=encoding, errors="replace", newline="") as file:
            for cells in csv.reader(_short_enough(file), delimiter=delimiter):
                if any(cell.strip() for cell in cells):
                    yield cells
    except (csv.Error, UnicodeError) as error:
        raise _broken() from error


def _short_enough(file: TextIO) -> Iterator[str]:
    """The lines of a file, none longer than a field may be: one endless line would fill the memory."""
    most = csv.field_size_limit()
    first = True
    while line := file.readline(most + 1):
        if len(line) > most:
            raise _broken()
        if not (first and _SEPARATOR_LINE.fullmatch(line)):
            yield line
        first = False


def _broken() -> FileRefused:
    text = Text("This file cannot be read as a table of text. Save it again as CSV (UTF-8).")
    return FileRefused("csv-broken", text)
