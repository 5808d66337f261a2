"""GeoParquet, read in batches with Arrow. Pure but for the file."""

import json
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from pyproj import CRS
from pyproj.exceptions import CRSError

from succession.geo import crs as systems
from succession.geo.findings import FileRefused, Finding
from succession.geo.formats.columns import is_plain, plain_values, rows
from succession.geo.formats.gdal import damaged, too_many_columns, too_many_rows
from succession.geo.formats.limits import MIB, Limits
from succession.geo.formats.sniffing import Kind
from succession.geo.formats.source import BATCH_SIZE, Record
from succession.geo.formats.wkb import read_all
from succession.i18n import Text

_FAILURES = (pa.ArrowException, OSError, ValueError, OverflowError, KeyError, TypeError, MemoryError)


class GeoParquetSource:
    """The primary geometry column of a GeoParquet file and its plain columns."""

    format = Kind.GEOPARQUET.value
    layer: str | None = None
    layers: tuple[str, ...] = ()

    def __init__(self, path: Path, *, limits: Limits, layer: str | None, crs: CRS | None) -> None:
        self._path, self._limits = path, limits
        if layer is not None:
            text = Text("A GeoParquet file has no layers, so “%(wanted)s” is not in it.", {"wanted": layer[:100]})
            raise FileRefused("unknown-layer", text)
        try:
            with pq.ParquetFile(path) as file:
                schema, metadata = file.schema_arrow, file.metadata
                self.declared: int | None = metadata.num_rows
                unpacked = sum(metadata.row_group(index).total_byte_size for index in range(metadata.num_row_groups))
        except _FAILURES as error:
            raise damaged() from error
        self._geometry, column = _primary(schema)
        self.columns = tuple(field.name for field in schema if field.name != self._geometry and is_plain(field.type))
        if len(schema) > limits.columns:
            raise too_many_columns(limits)
        if self.declared is not None and self.declared > limits.rows:
            raise too_many_rows(limits)
        if unpacked > limits.unpacked_bytes:
            text = Text(
                "Unpacked, the file would be too large (at most %(limit)s MB).", {"limit": limits.unpacked_bytes // MIB}
            )
            raise FileRefused("file-too-large", text)
        self.crs_is_implied = crs is None and "crs" not in column
        self.crs = crs if crs is not None else _stated(column)
        self.notes: tuple[Finding, ...] = ()

    def batches(self, size: int = BATCH_SIZE) -> Iterator[list[Record]]:
        """All rows, a batch of each row group at a time."""
        row = 1
        try:
            with pq.ParquetFile(self._path) as file:
                for batch in file.iter_batches(
                    batch_size=size, columns=[self._geometry, *self.columns], use_threads=False
                ):
                    records = self._records(batch, row)
                    row += len(records)
                    yield records
        except _FAILURES as error:
            raise damaged() from error

    def _records(self, batch: pa.RecordBatch, first_row: int) -> list[Record]:
        columns = [plain_values(batch.column(batch.schema.get_field_index(name))) for name in self.columns]
        geometries = batch.column(batch.schema.get_field_index(self._geometry))
        if isinstance(geometries, pa.ExtensionArray):
            geometries = geometries.storage
        read = read_all(geometries.to_pylist())
        return [
            Record(first_row + index, one.geometry, values, one.refusals, one.findings)
            for index, (one, values) in enumerate(zip(read, rows(self.columns, columns, batch.num_rows), strict=True))
        ]


def _primary(schema: pa.Schema) -> tuple[str, dict[str, object]]:
    """The name of the geometry column and what the file says about it."""
    try:
        stated = json.loads((schema.metadata or {})[b"geo"])
        name = stated["primary_column"]
        column = stated["columns"][name]
        field = schema.field(name)
    except (KeyError, TypeError, ValueError, RecursionError) as error:
        text = Text(
            "This Parquet file has no “geo” metadata, so it is no GeoParquet. Export it as GeoParquet or GeoPackage."
        )
        raise FileRefused("parquet-without-geometry", text) from error
    kind = field.type.storage_type if isinstance(field.type, pa.BaseExtensionType) else field.type
    binary = pa.types.is_binary(kind) or pa.types.is_large_binary(kind)
    if not isinstance(column, dict) or str(column.get("encoding", "WKB")).upper() != "WKB" or not binary:
        text = Text("The geometry in this GeoParquet file is not written as WKB. Export it with the encoding WKB.")
        raise FileRefused("parquet-encoding", text)
    return name, column


def _stated(column: dict[str, object]) -> CRS | None:
    """The system in the metadata; a missing one means longitude and latitude, null means unknown."""
    stated = column.get("crs", "OGC:CRS84")
    if stated is None:
        return None
    try:
        if isinstance(stated, dict):
            return systems.stated(CRS.from_json_dict(stated))
        return systems.stated(CRS.from_wkt(str(stated))) if "[" in str(stated) else systems.named(str(stated))
    except (CRSError, ValueError, TypeError):
        return None
