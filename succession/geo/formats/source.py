"""What every reader of a vector file hands out: records in batches, and what there is to say about them. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from pyproj import CRS
from shapely.geometry.base import BaseGeometry

from succession.errors import Refused
from succession.i18n import AnyText

FieldValue = str | int | float | date | None
BATCH_SIZE = 2000


class FileRefused(Refused):
    """The whole file cannot be taken; `code` is stable, the sentence says what to do."""

    def __init__(self, code: str, text: AnyText) -> None:
        super().__init__(text)
        self.code = code


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to say about a row or the file; `code` is stable and in kebab-case."""

    code: str
    text: AnyText


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
    def columns(self) -> tuple[str, ...]: ...

    @property
    def declared(self) -> int | None: ...

    @property
    def notes(self) -> tuple[Finding, ...]: ...

    def batches(self, size: int = BATCH_SIZE) -> Iterator[list[Record]]:
        """All records in file order, at most `size` at a time; memory does not grow with the file."""
        ...
