"""Reading a file the way an import does."""

import csv
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from succession.geo.findings import FileRefused
from succession.geo.formats.opening import open_source
from succession.geo.formats.source import Source
from succession.geo.intake import Rules, Taken, take


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a file: rows and remarks, or the code of its refusal."""

    rows: list[Taken]
    source: Source | None
    refused: str | None
    error: FileRefused | None

    @property
    def notes(self) -> list[str]:
        return [note.code for note in self.source.notes] if self.source else []

    @property
    def refusals(self) -> list[list[str]]:
        return [[finding.code for finding in row.refusals] for row in self.rows]

    @property
    def findings(self) -> list[list[str]]:
        return [[finding.code for finding in row.findings] for row in self.rows]

    @property
    def names(self) -> list[Any]:
        return [row.values.get("name") for row in self.rows]


@pytest.fixture
def import_file(tmp_path: Path) -> Callable[..., Outcome]:
    """Read a file through all checks; afterwards no temporary file may be left."""
    private = tmp_path / "private"
    private.mkdir()

    def read(path: Path, rules: Rules | None = None, **options: Any) -> Outcome:
        rows: list[Taken] = []
        kept = None
        try:
            with open_source(path, temporary_folder=private, **options) as source:
                kept = source
                for batch in take(source, rules or Rules()):
                    rows.extend(batch)
        except FileRefused as error:
            return Outcome(rows, kept, error.code, error)
        finally:
            assert list(private.iterdir()) == []
        return Outcome(rows, kept, None, None)

    return read


@pytest.fixture(autouse=True)
def usual_length_of_fields():
    """The module csv keeps one limit for the whole process: a test that makes it small must not leave it so."""
    usual = csv.field_size_limit()
    yield
    csv.field_size_limit(usual)
