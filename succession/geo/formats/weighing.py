"""How much a file holds once it is unpacked, told without unpacking it. Pure but for the file."""

import gzip
import zipfile
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from succession.geo.findings import FileRefused
from succession.geo.formats.archives import BROKEN
from succession.geo.formats.sniffing import Kind, kind_of

_BYTES_A_ROW = 100
"""What a row of a Parquet file counts at least: equal values in it take no room."""


def is_light(path: Path, most: int) -> bool:
    """Whether the file has at most `most` bytes, packed and unpacked; one that will be refused at once is light."""
    if path.stat().st_size > most:
        return False
    try:
        match kind_of(path):
            case Kind.ZIP:
                with zipfile.ZipFile(path) as archive:
                    return sum(member.file_size for member in archive.infolist()) <= most
            case Kind.GZIP:
                with gzip.open(path) as source:
                    return len(source.read(most + 1)) <= most
            case Kind.GEOPARQUET:
                return int(pq.read_metadata(path).num_rows) * _BYTES_A_ROW <= most
            case _:
                return True
    except (FileRefused, pa.ArrowException, OSError, *BROKEN):
        return True
