"""One door for every vector file: what it is, by its content, and the reader for it. Pure but for files."""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pyproj import CRS

from succession.geo import crs as systems
from succession.geo.findings import FileRefused, Finding
from succession.geo.formats import geopackage, shapefile
from succession.geo.formats.archives import gunzip, private_folder, unzip
from succession.geo.formats.gdal import GdalSource
from succession.geo.formats.geojson import GeoJsonSource
from succession.geo.formats.gml import GmlSource
from succession.geo.formats.kml import KmlSource
from succession.geo.formats.layers import Layer, Shape, choose
from succession.geo.formats.limits import DEFAULT_LIMITS, MIB, Limits
from succession.geo.formats.nas import NasSource
from succession.geo.formats.noted import Noted
from succession.geo.formats.packing import Candidate, candidates
from succession.geo.formats.parquet import GeoParquetSource
from succession.geo.formats.sniffing import SUFFIXES, Kind, kind_of
from succession.geo.formats.source import Source
from succession.geo.formats.table import CsvSource
from succession.i18n import Text

_READERS: dict[Kind, Callable[..., Source]] = {
    Kind.GEOJSON: GeoJsonSource,
    Kind.CSV: CsvSource,
    Kind.GEOPARQUET: GeoParquetSource,
    Kind.GML: GmlSource,
    Kind.KML: KmlSource,
    Kind.NAS: NasSource,
}


@dataclass(frozen=True, slots=True)
class _Wish:
    """What the person asked for, and within which limits."""

    layer: str | None
    crs: CRS | None
    limits: Limits


@contextmanager
def open_source(
    path: Path,
    *,
    file_name: str | None = None,
    layer: str | None = None,
    crs: str | None = None,
    limits: Limits = DEFAULT_LIMITS,
    temporary_folder: Path | None = None,
) -> Iterator[Source]:
    """The file at `path` (known to the person as `file_name`) as a source of records; raises `FileRefused`.

    `crs` replaces what the file says of itself. Whatever has to be unpacked is gone when the context ends.
    """
    wish = _Wish(layer, systems.named(crs) if crs else None, limits)
    _check_file(path, limits)
    with private_folder(temporary_folder) as folder:
        yield _opened(path, file_name or path.name, folder, wish)


def _check_file(path: Path, limits: Limits) -> None:
    if path.is_dir():
        if path.suffix.lower() == ".gdb":
            return
        raise FileRefused("file-is-folder", Text("This is a folder. Pack it into a zip or name the file in it."))
    if not path.is_file():
        raise FileRefused("file-missing", Text("There is no file “%(name)s”.", {"name": path.name[:100]}))
    if not os.access(path, os.R_OK):
        raise FileRefused("file-unreadable", Text("We may not read this file. Change its permissions."))
    if path.stat().st_size > limits.file_bytes:
        text = Text("The file is too large (at most %(limit)s MB). Split it.", {"limit": limits.file_bytes // MIB})
        raise FileRefused("file-too-large", text)


def _opened(path: Path, name: str, folder: Path, wish: _Wish) -> Source:
    """The reader for a file, a packed file or a folder of a geodatabase."""
    if path.is_dir():
        return _geodatabase(path, wish)
    kind = kind_of(path)
    if kind is Kind.ZIP:
        return _renamed(_unzipped(path, folder, wish), name, kind)
    if kind is Kind.GZIP:
        inner = gunzip(path, folder / "unpacked", wish.limits)
        if (inner_kind := kind_of(inner)) in (Kind.ZIP, Kind.GZIP):
            raise nested()
        return _renamed(_plain(inner, inner_kind, folder, wish), name, kind)
    return _renamed(_plain(path, kind, folder, wish), name, kind)


def _renamed(source: Source, name: str, kind: Kind) -> Source:
    """The source with a note if the file's name promises something else than it holds."""
    suffix = Path(name).suffix.lower()
    promised = SUFFIXES.get(suffix)
    if promised is None or kind in promised:
        return source
    text = Text(
        "The name of the file ends in %(suffix)s, but it is %(format)s; it was read as that.",
        {"suffix": suffix, "format": kind.value},
    )
    return Noted(source, (Finding("wrong-extension", text),))


def _plain(path: Path, kind: Kind, folder: Path, wish: _Wish) -> Source:
    """The reader for a file that is not packed."""
    if kind is Kind.SHAPEFILE:
        return _shapefile(path, folder, wish)
    if kind in (Kind.GEOPACKAGE, Kind.FLATGEOBUF):
        if kind is Kind.GEOPACKAGE:
            geopackage.check(path, wish.limits)
        link = folder / f"linked{'.gpkg' if kind is Kind.GEOPACKAGE else '.fgb'}"
        link.symlink_to(path.resolve())
        return GdalSource(link, kind, limits=wish.limits, layer=wish.layer, crs=wish.crs)
    return _READERS[kind](path, limits=wish.limits, layer=wish.layer, crs=wish.crs)


def _geodatabase(path: Path, wish: _Wish) -> Source:
    return GdalSource(path, Kind.FILE_GEODATABASE, limits=wish.limits, layer=wish.layer, crs=wish.crs)


def _shapefile(path: Path, folder: Path, wish: _Wish, name: str | None = None) -> Source:
    """A Shapefile; its one layer is called as the file is."""
    assembled = shapefile.assemble(path, folder / "shapefile")
    name = name or path.stem
    if wish.layer is not None and wish.layer not in (name, "data"):
        choose([Layer(name, Shape.AREAS, assembled.rows)], wish.layer)
    source = GdalSource(
        assembled.path, Kind.SHAPEFILE, limits=wish.limits, layer=None, crs=wish.crs, encoding=assembled.encoding
    )
    return Noted(source, assembled.notes, layer=name, layers=(name,))


def _unzipped(path: Path, folder: Path, wish: _Wish) -> Source:
    """The reader for what is in a zip archive."""
    target = folder / "archive"
    target.mkdir()
    found = candidates(unzip(path, target, wish.limits), target)
    if all(candidate.kind is Kind.SHAPEFILE for candidate in found):
        return _one_of_shapefiles(found, folder, wish)
    if len(found) > 1:
        by_name = [candidate for candidate in found if wish.layer in (candidate.name, candidate.path.stem)]
        if len(by_name) != 1:
            raise _several(found)
        return _packed(by_name[0], folder, _Wish(None, wish.crs, wish.limits))
    return _packed(found[0], folder, wish)


def _packed(candidate: Candidate, folder: Path, wish: _Wish) -> Source:
    match candidate.kind:
        case Kind.ZIP:
            raise nested()
        case Kind.GZIP:
            return _opened(candidate.path, candidate.name, folder, wish)
        case Kind.FILE_GEODATABASE:
            return _geodatabase(candidate.path, wish)
        case _:
            return _renamed(_plain(candidate.path, candidate.kind, folder, wish), candidate.name, candidate.kind)


def _one_of_shapefiles(found: Sequence[Candidate], folder: Path, wish: _Wish) -> Source:
    """The wanted Shapefile of an archive, or the one of areas with most rows."""
    layers = []
    for number, candidate in enumerate(found):
        one = shapefile.assemble(candidate.path, folder / f"survey{number}")
        shape = Shape.AREAS if one.kind == "Polygon" else Shape.OTHER
        layers.append(Layer(candidate.path.stem, shape, one.rows, one.kind))
    chosen, notes = choose(layers, wish.layer)
    candidate = found[layers.index(chosen)]
    source = _shapefile(candidate.path, folder, _Wish(None, wish.crs, wish.limits), chosen.name)
    return Noted(source, notes, layers=tuple(layer.name for layer in layers))


def nested() -> FileRefused:
    """The refusal of an archive within an archive."""
    return FileRefused(
        "archive-nested", Text("The archive holds another archive. Unpack it first and send the file in it.")
    )


def _several(found: Sequence[Candidate]) -> FileRefused:
    names = ", ".join(candidate.name for candidate in found[:20])
    text = Text(
        "The archive holds several files that could be meant (%(names)s). Name one with --layer, or pack it alone.",
        {"names": names},
    )
    return FileRefused("archive-several-files", text)
