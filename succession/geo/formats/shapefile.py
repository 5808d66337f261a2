"""A Shapefile's several files, checked against each other before GDAL reads them. Pure but for the files."""

import codecs
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pyproj import CRS
from pyproj.exceptions import CRSError

from succession.geo.findings import FileRefused, Finding
from succession.geo.formats.gdal import damaged
from succession.i18n import Text

_NEEDED = (".shx", ".dbf")
_LINKED = (".shp", *_NEEDED)
_TAKEN = (*_LINKED, ".prj", ".cpg")
_LONGEST_PRJ = 65_536

_LANGUAGE_DRIVERS = {
    0x01: "cp437", 0x02: "cp850", 0x03: "cp1252", 0x08: "cp865", 0x13: "cp932",
    0x1F: "cp852", 0x26: "cp866", 0x37: "cp850",
    0x4D: "cp936", 0x57: "cp1252", 0x58: "cp1252", 0x59: "cp1252", 0x64: "cp852",
    0x65: "cp866", 0x66: "cp865", 0x78: "cp950",
    0x7D: "cp1255", 0x7E: "cp1256", 0xC8: "cp1250", 0xC9: "cp1251", 0xCA: "cp1254", 0xCB: "cp1253",
}  # fmt: skip
"""Codepages by the language byte of the table's header."""

_SHAPES = {1: "Point", 3: "LineString", 5: "Polygon", 8: "MultiPoint", 31: "MultiPatch"}
"""Kinds of shape; ten and twenty more are the same with heights and measures."""


@dataclass(frozen=True, slots=True)
class Shapefile:
    """A complete Shapefile under one plain name in a private folder."""

    path: Path
    encoding: str
    rows: int
    kind: str
    notes: tuple[Finding, ...]


def assemble(shp: Path, folder: Path) -> Shapefile:
    """The Shapefile around `shp`, linked into `folder` under its lower-case suffixes; raises `FileRefused`."""
    siblings = _siblings(shp)
    missing = [suffix for suffix in _NEEDED if suffix not in siblings]
    if missing:
        text = Text(
            "The Shapefile is incomplete: %(missing)s is missing beside the .shp. "
            "Pack .shp, .shx, .dbf and .prj together into a zip.",
            {"missing": ", ".join(missing)},
        )
        raise FileRefused("shapefile-incomplete", text)
    folder.mkdir(parents=True, exist_ok=True)
    for suffix in _LINKED:
        (folder / f"data{suffix}").symlink_to(siblings[suffix].resolve())
    if ".prj" in siblings and (system := _wkt_of(siblings[".prj"])):
        (folder / "data.prj").write_text(system, encoding="utf-8")
    rows = _checked_rows(siblings)
    encoding, notes = _encoding(siblings)
    return Shapefile(folder / "data.shp", encoding, rows, _kind(siblings[".shp"]), notes)


def _siblings(shp: Path) -> dict[str, Path]:
    """The files of the same name, by lower-case suffix."""
    stem = shp.stem.casefold()
    found = {
        other.suffix.lower(): other
        for other in sorted(shp.parent.iterdir())
        if other.is_file() and other.stem.casefold() == stem and other.suffix.lower() in _TAKEN
    }
    return {**found, ".shp": shp}


def _wkt_of(prj: Path) -> str | None:
    """The text of a .prj if it describes a system; the reader behind us stumbles over any other."""
    with prj.open("rb") as file:
        text = file.read(_LONGEST_PRJ).decode("utf-8", "replace")
    try:
        CRS.from_wkt(text)
    except CRSError:
        return None
    return text


def _kind(shp: Path) -> str:
    with shp.open("rb") as file:
        header = file.read(36)
    if len(header) < 36:
        raise damaged()
    code: int = struct.unpack_from("<i", header, 32)[0]
    return _SHAPES.get(code, _SHAPES.get(code % 10, "Unknown"))


def _checked_rows(files: dict[str, Path]) -> int:
    """The number of rows on which geometry, index and table agree; a disagreement is refused."""
    shapes = _index(files)
    size = files[".dbf"].stat().st_size
    with files[".dbf"].open("rb") as file:
        header = file.read(32)
    if len(header) < 32:
        raise damaged()
    declared, header_length, record_length = struct.unpack_from("<IHH", header, 4)
    if record_length == 0 or header_length < 33:
        raise damaged()
    readable = max(0, size - header_length) // record_length
    if readable < declared:
        text = Text(
            "The table (.dbf) says it has %(declared)s rows, but only %(readable)s can be read. "
            "Export or copy the file again.",
            {"declared": int(declared), "readable": int(readable)},
        )
        raise FileRefused("table-rows-missing", text)
    if declared != shapes:
        text = Text(
            "The Shapefile has %(shapes)s areas but %(rows)s table rows. Its parts do not belong together.",
            {"shapes": shapes, "rows": int(declared)},
        )
        raise FileRefused("shapefile-rows-differ", text)
    return shapes


def _index(files: dict[str, Path]) -> int:
    """The number of entries of the .shx, all of which must point into the .shp."""
    end = files[".shp"].stat().st_size
    with files[".shx"].open("rb") as file:
        head = file.read(100)
        if len(head) < 100 or head[:4] != b"\x00\x00\x27\x0a":
            raise damaged()
        count = max(0, struct.unpack_from(">i", head, 24)[0] * 2 - 100) // 8
        read = 0
        while chunk := file.read(8 * 8192):
            for offset, length in struct.iter_unpack(">ii", chunk[: len(chunk) // 8 * 8]):
                read += 1
                if read <= count and not 100 <= offset * 2 <= offset * 2 + 8 + length * 2 <= end:
                    raise damaged()
    if read < count:
        raise damaged()
    return int(count)


def _encoding(files: dict[str, Path]) -> tuple[str, tuple[Finding, ...]]:
    """How the table's text is written: as the .cpg says if that fits, else UTF-8 if that fits, else by the header."""
    with files[".dbf"].open("rb") as file:
        language = file.read(32)[29]
    fallback = _LANGUAGE_DRIVERS.get(language, "cp1252")
    stated = _stated_encoding(files.get(".cpg"))
    is_utf8 = _fits_utf8(files[".dbf"])
    if stated is None:
        return ("UTF-8" if is_utf8 else fallback), ()
    if codecs.lookup(stated).name == "utf-8" and not is_utf8:
        text = Text(
            "The .cpg says UTF-8, but the table is written in %(encoding)s; it was read so.", {"encoding": fallback}
        )
        return fallback, (Finding("encoding-corrected", text),)
    return stated, ()


def _stated_encoding(cpg: Path | None) -> str | None:
    """The encoding in the .cpg, if Python knows it."""
    if cpg is None:
        return None
    with cpg.open("rb") as file:
        word = file.read(100).decode("ascii", "ignore").strip().removeprefix("ANSI ").strip()
    for name in (word, f"cp{word}", word.replace("8859", "8859-").replace("88591", "8859-1")):
        try:
            return codecs.lookup(name).name.upper() if name else None
        except (LookupError, ValueError):
            continue
    return None


def _fits_utf8(dbf: Path) -> bool:
    """Whether every text of the table can be UTF-8; a character cut off at the end of a field does not count."""
    return all(_is_utf8_or_cut(text) for text in _texts(dbf))


def _texts(dbf: Path) -> Iterator[bytes]:
    """Every cell that holds more than ASCII, and the part of the header with the column names."""
    with dbf.open("rb") as file:
        head = file.read(32)
        _, header_length, record_length = struct.unpack_from("<IHH", head, 4)
        descriptors = file.read(max(0, header_length - 32))
        widths = []
        for start in range(0, len(descriptors) - 31, 32):
            if descriptors[start] == 0x0D:
                break
            yield descriptors[start : start + 11].split(b"\0")[0]
            widths.append(descriptors[start + 16])
        while record := file.read(record_length):
            if record.isascii():
                continue
            position = 1
            for width in widths:
                cell = record[position : position + width]
                position += width
                if not cell.isascii():
                    yield cell.rstrip(b" \0")


def _is_utf8_or_cut(text: bytes) -> bool:
    try:
        text.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.reason == "unexpected end of data"
    return True
