"""What a file is by its content, whatever it is called. Pure."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from xml.parsers import expat

from succession.geo.findings import FileRefused
from succession.i18n import Text

_HEAD = 4096
_XML_HEAD = 1024 * 1024


class Kind(StrEnum):
    """The kinds of file that we can open; the value is the name that people know."""

    GEOPACKAGE = "GeoPackage"
    SHAPEFILE = "Shapefile"
    FLATGEOBUF = "FlatGeobuf"
    GEOPARQUET = "GeoParquet"
    FILE_GEODATABASE = "FileGDB"
    GEOJSON = "GeoJSON"
    GML = "GML"
    KML = "KML"
    NAS = "ALKIS NAS"
    CSV = "CSV"
    ZIP = "Zip"
    GZIP = "Gzip"


SUFFIXES: dict[str, frozenset[Kind]] = {
    ".gpkg": frozenset({Kind.GEOPACKAGE}),
    ".shp": frozenset({Kind.SHAPEFILE}),
    ".fgb": frozenset({Kind.FLATGEOBUF}),
    ".parquet": frozenset({Kind.GEOPARQUET}),
    ".geoparquet": frozenset({Kind.GEOPARQUET}),
    ".geojson": frozenset({Kind.GEOJSON}),
    ".json": frozenset({Kind.GEOJSON}),
    ".gml": frozenset({Kind.GML, Kind.NAS}),
    ".xml": frozenset({Kind.GML, Kind.NAS, Kind.KML}),
    ".kml": frozenset({Kind.KML}),
    ".csv": frozenset({Kind.CSV}),
    ".txt": frozenset({Kind.CSV}),
    ".tsv": frozenset({Kind.CSV}),
    ".zip": frozenset({Kind.ZIP}),
    ".kmz": frozenset({Kind.ZIP}),
    ".gz": frozenset({Kind.GZIP}),
}
"""Which kinds a suffix promises; a file of another kind is read all the same and the report says so."""

_MAGIC: tuple[tuple[bytes, Kind], ...] = (
    (b"SQLite format 3\0", Kind.GEOPACKAGE),
    (b"fgb\x03", Kind.FLATGEOBUF),
    (b"PAR1", Kind.GEOPARQUET),
    (b"PK\x03\x04", Kind.ZIP),
    (b"PK\x05\x06", Kind.ZIP),
    (b"\x1f\x8b", Kind.GZIP),
    (b"\x00\x00\x27\x0a", Kind.SHAPEFILE),
)

_FOREIGN: tuple[tuple[bytes, Text], ...] = (
    (b"%PDF", Text("a PDF document")),
    (b"\x89PNG", Text("a picture")),
    (b"\xff\xd8\xff", Text("a picture")),
    (b"II*\0", Text("a picture")),
    (b"MM\0*", Text("a picture")),
    (b"\xd0\xcf\x11\xe0", Text("an old Office document")),
    (b"7z\xbc\xaf", Text("a 7-Zip archive")),
    (b"Rar!", Text("a RAR archive")),
    (b"BZh", Text("a bzip2 archive")),
    (b"\xfd7zXZ", Text("an xz archive")),
    (b"PARE", Text("an encrypted Parquet file")),
)


def kind_of(path: Path) -> Kind:
    """The kind of the file at `path`; raises `FileRefused` if it is none that we can read."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if not head:
        raise FileRefused("file-empty", Text("The file is empty."))
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    for magic, name in _FOREIGN:
        if head.startswith(magic):
            raise _unknown(name)
    if _is_dbase_table(path, head):
        raise FileRefused(
            "shapefile-incomplete",
            Text("This is only the table (.dbf) of a Shapefile. Pack .shp, .shx, .dbf and .prj together into a zip."),
        )
    return _kind_of_text(path, head)


def _is_dbase_table(path: Path, head: bytes) -> bool:
    return path.suffix.lower() == ".dbf" and head[0] in (0x02, 0x03, 0x30, 0x83, 0x8B)


def _kind_of_text(path: Path, head: bytes) -> Kind:
    """XML, JSON or a table, by its first character."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        start = head.decode("utf-16", "ignore").lstrip()
    elif b"\0" in head:
        raise _unknown(Text("a file of an unknown kind"))
    else:
        start = head.removeprefix(b"\xef\xbb\xbf").decode("latin-1").lstrip()
    if start.startswith("<"):
        return _kind_of_xml(path)
    if start.startswith(("{", "[")):
        return Kind.GEOJSON
    if not start:
        raise FileRefused("file-empty", Text("The file holds nothing but blanks."))
    return Kind.CSV


def _unknown(name: Text) -> FileRefused:
    return FileRefused(
        "unknown-format",
        Text(
            "This is %(name)s. We cannot read that. Use GeoPackage, a zipped Shapefile, GeoJSON, GML, KML, "
            "FlatGeobuf, GeoParquet, CSV with WKT or ALKIS NAS.",
            {"name": name},
        ),
    )


@dataclass(slots=True)
class _Root:
    """The first element of an XML document."""

    name: str = ""
    namespaces: str = ""


class _RootSeen(Exception):
    """Raised to stop reading once the root is known."""


def _kind_of_xml(path: Path) -> Kind:
    """GML, KML or NAS by the root element; a DOCTYPE is refused before any other program sees the file."""
    root = _root_of(path)
    local = root.name.rpartition(":")[2]
    if local == "kml" or "/kml/" in root.namespaces:
        return Kind.KML
    if "/adv/gid/" in root.namespaces:
        return Kind.NAS
    if "opengis.net/gml" in root.namespaces or local in ("FeatureCollection", "SpatialDataset"):
        return Kind.GML
    if local in ("ServiceExceptionReport", "ExceptionReport"):
        text = Text("This is the error message of a map service, not its data. Download the data again.")
        raise FileRefused("service-error", text)
    raise _unknown(Text("an XML file of another kind (“%(root)s”)", {"root": local[:60]}))


def _root_of(path: Path) -> _Root:
    root = _Root()

    def doctype(*_: object) -> None:
        raise FileRefused(
            "xml-entities",
            Text(
                "The XML file declares a document type or entities. That is not safe and not needed; "
                "export it again without."
            ),
        )

    def start(name: str, attributes: dict[str, str]) -> None:
        root.name = name
        root.namespaces = " ".join(value for key, value in attributes.items() if key.startswith("xmlns"))
        raise _RootSeen

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = doctype
    parser.StartElementHandler = start
    try:
        with path.open("rb") as file:
            parser.Parse(file.read(_XML_HEAD), False)
    except _RootSeen:
        return root
    except (expat.ExpatError, LookupError, ValueError) as error:
        raise xml_broken() from error
    raise xml_broken()


def xml_broken(line: int | None = None) -> FileRefused:
    """The refusal of a document that is not well-formed XML."""
    if line:
        text = Text(
            "The XML file is damaged or incomplete (line %(line)s). Export or download it again.", {"line": str(line)}
        )
    else:
        text = Text("The XML file is damaged or incomplete. Export or download it again.")
    return FileRefused("xml-broken", text)
