"""Which of the files in an archive is the one to read. Pure but for the files."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from succession.geo.findings import FileRefused
from succession.geo.formats.sniffing import SUFFIXES, Kind, kind_of
from succession.i18n import Text

_COMPANIONS = frozenset({
    ".shx", ".dbf", ".prj", ".cpg", ".sbn", ".sbx", ".qix", ".qpj", ".qmd", ".qml", ".sld", ".lyr", ".lyrx", ".idx",
    ".atx", ".fix", ".xsd", ".gfs", ".pdf", ".html", ".htm", ".md", ".rtf", ".doc", ".docx", ".png", ".jpg", ".jpeg",
    ".tif", ".tiff", ".css", ".js", ".ini",
})  # fmt: skip
"""Suffixes of files that lie beside the data and are not read by themselves."""

_ORDER = (
    Kind.FILE_GEODATABASE, Kind.GEOPACKAGE, Kind.SHAPEFILE, Kind.FLATGEOBUF, Kind.GEOPARQUET,
    Kind.NAS, Kind.GML, Kind.GEOJSON, Kind.KML, Kind.GZIP, Kind.CSV, Kind.ZIP,
)  # fmt: skip
"""Where an archive holds the same data in several formats, the first of these is taken."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A file (or folder of a geodatabase) that can be read, with its name in the archive."""

    path: Path
    kind: Kind
    name: str


def candidates(files: Sequence[Path], root: Path) -> list[Candidate]:
    """All files of the archive's best kind; raises `FileRefused` if there is none that we can read."""
    folders = {folder for folder in (_geodatabase_of(path, root) for path in files) if folder is not None}
    found = [Candidate(folder, Kind.FILE_GEODATABASE, str(folder.relative_to(root))) for folder in sorted(folders)]
    refusal: FileRefused | None = None
    for path in files:
        name = str(path.relative_to(root))
        if name == "[Content_Types].xml":
            text = Text("This is an Office document. Save the table as CSV, with the geometry as WKT in one column.")
            raise FileRefused("unknown-format", text)
        if _geodatabase_of(path, root) is not None or _is_companion(path):
            continue
        try:
            kind = kind_of(path)
        except FileRefused as error:
            refusal = _weightier(refusal, error, path)
            continue
        if kind is not Kind.CSV or path.suffix.lower() in SUFFIXES:
            found.append(Candidate(path, kind, name))
    if not found:
        raise refusal or _nothing(files)
    best = min((candidate.kind for candidate in found), key=_ORDER.index)
    return [candidate for candidate in found if candidate.kind is best]


def _geodatabase_of(path: Path, root: Path) -> Path | None:
    """The folder ending in .gdb that a file lies in."""
    for parent in path.parents:
        if parent == root:
            return None
        if parent.suffix.lower() == ".gdb":
            return parent
    return None


def _is_companion(path: Path) -> bool:
    return path.suffix.lower() in _COMPANIONS or path.name.lower().endswith((".shp.xml", ".gdb.xml", ".aux.xml"))


def _weightier(known: FileRefused | None, new: FileRefused, path: Path) -> FileRefused:
    """Of two refusals the one about a file whose suffix says that it is meant."""
    return new if known is None or path.suffix.lower() in SUFFIXES else known


def _nothing(files: Sequence[Path]) -> FileRefused:
    if any(path.suffix.lower() in (".shx", ".dbf") for path in files):
        text = Text(
            "The Shapefile is incomplete: the .shp is missing in the zip. Pack .shp, .shx, .dbf and .prj together."
        )
        return FileRefused("shapefile-incomplete", text)
    names = ", ".join(path.name for path in files[:10])
    text = Text("The zip archive holds no file that we can read (it has: %(names)s).", {"names": names[:300]})
    return FileRefused("archive-without-data", text)
