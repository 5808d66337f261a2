"""What every reader of a vector file hands out: records in batches, and what there is to say about them. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from pyproj import CRS
from shapely.geometry.base import BaseGeometry

from succession.geo.findings import FileRefused, Finding

__all__ = ["BATCH_SIZE", "FieldValue", "FileRefused", "Finding", "Record", "Source"]

FieldValue = str | int | float | date | None
BATCH_SIZE = 2000


@dataclass(frozen=True, slots=True)
class Record:
    """One feature as the file has it: geometry in the file's own CRS and not yet cleaned."""

    row: int
    geometry: BaseGeometry | None
    values: Mapping[str, FieldValue] = field(default_factory=dict)
    refusals: tuple[Finding, ...] = ()
    findings: tuple[Finding, ...] = ()


class Source(Protocol):
    """An open file of features.

    `declared` is the number of rows the file says it has, None where it says nothing. `notes` is complete only
    after the last batch: some things are known when the end is reached.
    """

    @property
    def format(self) -> str: ...

    @property
    def layer(self) -> str | None: ...

    @property
    def layers(self) -> tuple[str, ...]: ...

    @property
    def crs(self) -> CRS | None: ...

    @property
    def crs_is_implied(self) -> bool:
        """Whether `crs` is only what the format means when a file says nothing (GeoJSON, KML, GeoParquet)."""
        ...

    @property
    def columns(self) -> tuple[str, ...]: ...

    @property
    def declared(self) -> int | None: ...

    @property
    def notes(self) -> tuple[Finding, ...]: ...

    def batches(self, size: int = BATCH_SIZE) -> Iterator[list[Record]]:
        """All records in file order, at most `size` at a time; memory does not grow with the file."""
        ...
