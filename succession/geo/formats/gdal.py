"""Files that GDAL reads well: GeoPackage, Shapefile, FlatGeobuf, FileGDB. Pure but for the file."""

import logging
import warnings
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pyarrow as pa
import pyogrio
from pyogrio.raw import open_arrow
from pyproj import CRS
from pyproj.exceptions import CRSError

from succession.geo import crs as systems
from succession.geo.findings import FileRefused, Finding
from succession.geo.formats.columns import is_plain, plain_values, rows
from succession.geo.formats.layers import Layer, choose, shape_of
from succession.geo.formats.limits import Limits
from succession.geo.formats.sniffing import Kind
from succession.geo.formats.source import BATCH_SIZE, Record
from succession.geo.formats.wkb import read_all
from succession.i18n import Text

_OPTIONS: dict[str, str | bool] = {
    "CPL_LOG": "/dev/null",
    "CPL_VSIL_CURL_ALLOWED_EXTENSIONS": ".none",
    "OGR_SQLITE_LOAD_EXTENSIONS": "NO",
    "OGR_GPKG_NUM_THREADS": "1",
}
"""GDAL is not to write to the terminal, to fetch anything, or to load code that a file names."""

_OPEN_OPTIONS: dict[Kind, dict[str, str]] = {Kind.GEOPACKAGE: {"IMMUTABLE": "YES"}}

_FAILURES = (
    pyogrio.errors.DataSourceError,
    pyogrio.errors.DataLayerError,
    pyogrio.errors.CRSError,
    pyogrio.errors.FieldError,
    pyogrio.errors.GeometryError,
    pyogrio.errors.FeatureError,
    pa.ArrowException,
    OSError,
    RuntimeError,
    UnicodeError,
    ValueError,
    OverflowError,
    UnboundLocalError,
)
"""pyogrio itself stumbles (UnboundLocalError) over the name of a coordinate system that is no UTF-8."""


class GdalSource:
    """One layer of a file that GDAL reads."""

    def __init__(
        self, path: Path, kind: Kind, *, limits: Limits, layer: str | None, crs: CRS | None, encoding: str | None = None
    ) -> None:
        self._path, self._kind, self._limits, self._encoding = path, kind, limits, encoding
        self.format = kind.value
        with _quietly(), _as_refusal():
            found = [self._described(str(name), declared) for name, declared in pyogrio.list_layers(path)]
        if not found and kind is Kind.FLATGEOBUF:
            raise damaged()
        chosen, notes = choose([layer for layer in found if layer is not None], layer)
        self.layer: str | None = chosen.name
        self.layers = tuple(layer.name for layer in found if layer is not None)
        self.declared = chosen.rows
        self.notes: tuple[Finding, ...] = notes
        with _quietly(), _as_refusal():
            info = pyogrio.read_info(path, layer=chosen.name, encoding=encoding, **self._options())
        self.columns = tuple(str(name) for name in info["fields"])
        _check_size(self.columns, self.declared, limits)
        self.crs = crs if crs is not None else _stated(info["crs"])
        self.crs_is_implied = False

    def batches(self, size: int = BATCH_SIZE) -> Iterator[list[Record]]:
        """All rows of the layer in file order."""
        count = 0
        for records in self._batches(size):
            count += len(records)
            if count > self._limits.rows:
                raise too_many_rows(self._limits)
            yield records

    def _batches(self, size: int) -> Iterator[list[Record]]:
        options = self._options()
        with ExitStack() as stack:
            with _quietly(), _as_refusal():
                reader = open_arrow(
                    self._path, layer=self.layer, encoding=self._encoding, batch_size=size, use_pyarrow=True, **options
                )
                meta, stream = stack.enter_context(reader)
            row = 1
            while True:
                with _quietly(), _as_refusal():
                    batch = next(stream, None)
                    if batch is None:
                        return
                    parts = [batch.slice(start, size) for start in range(0, batch.num_rows, size)]
                    read = [
                        _records(part, meta["geometry_name"] or "wkb_geometry", row + size * n)
                        for n, part in enumerate(parts)
                    ]
                row += batch.num_rows
                yield from read

    def _described(self, name: str, declared: str | None) -> Layer | None:
        """The layer with its number of rows; None for a table without geometry."""
        if not declared:
            return None
        info = pyogrio.read_info(self._path, layer=name, force_feature_count=True, **self._options())
        rows = int(info["features"])
        return Layer(name, shape_of(declared), rows if rows >= 0 else None, declared)

    def _options(self) -> dict[str, str]:
        return _OPEN_OPTIONS.get(self._kind, {})


def too_many_rows(limits: Limits) -> FileRefused:
    """The refusal of a file with more rows than one import may have."""
    return FileRefused(
        "too-many-rows", Text("The file has more than %(limit)s rows. Split it.", {"limit": limits.rows})
    )


def too_many_columns(limits: Limits) -> FileRefused:
    """The refusal of a file with more columns than any real one has."""
    return FileRefused("too-many-columns", Text("The file has more than %(limit)s columns.", {"limit": limits.columns}))


def damaged() -> FileRefused:
    """The refusal of a file that breaks off or contradicts itself."""
    return FileRefused("file-damaged", Text("The file is damaged or incomplete. Export, copy or download it again."))


def _check_size(columns: tuple[str, ...], declared: int | None, limits: Limits) -> None:
    if len(columns) > limits.columns:
        raise too_many_columns(limits)
    if declared is not None and declared > limits.rows:
        raise too_many_rows(limits)


def _records(batch: pa.RecordBatch, geometry_name: str, first_row: int) -> list[Record]:
    """One Arrow batch as records."""
    geometry_index = batch.schema.get_field_index(geometry_name)
    names, columns = [], []
    for index, field in enumerate(batch.schema):
        if index != geometry_index and is_plain(field.type):
            names.append(field.name)
            columns.append(plain_values(batch.column(index)))
    geometries = batch.column(geometry_index)
    if isinstance(geometries, pa.ExtensionArray):
        geometries = geometries.storage
    read = read_all(geometries.to_pylist())
    values = rows(names, columns, batch.num_rows)
    return [
        Record(first_row + index, one.geometry, value, one.refusals, one.findings)
        for index, (one, value) in enumerate(zip(read, values, strict=True))
    ]


def _stated(crs: str | None) -> CRS | None:
    """The system that the file names."""
    if not crs:
        return None
    try:
        return systems.stated(CRS.from_user_input(crs))
    except CRSError:
        return None


@contextmanager
def _as_refusal() -> Iterator[None]:
    """Whatever GDAL or Arrow stumble over is one and the same to the person: the file is damaged."""
    try:
        yield
    except _FAILURES as error:
        raise damaged() from error


@contextmanager
def _quietly() -> Iterator[None]:
    """No log line and no warning of GDAL reaches the terminal; what matters is found out by counting."""
    pyogrio.set_gdal_config_options(_OPTIONS)
    logger = logging.getLogger("pyogrio")
    logger.propagate = False
    if not logger.handlers:
        logger.addHandler(logging.NullHandler())
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield
