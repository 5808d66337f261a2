"""What an import is asked to do. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from succession.geo.intake import Rules
from succession.land.owner import Owner


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a file comes from: shown wherever its parcels are shown on a map."""

    source: str = ""
    source_on: date | None = None
    licence: str = ""
    attribution: str = ""


@dataclass(frozen=True, slots=True)
class ImportRequest:
    """One file, whose parcels it holds, and how it is to be read.

    `record_id` is the import that was begun on a page; without it a new one is kept. `columns` says which column of
    the file fills a field, where the names do not tell by themselves. Where an office brings in land for several
    owners, `owner` is the office, and `owner_column` names the owner of each row.
    """

    path: Path
    owner: Owner
    file_name: str | None = None
    layer: str | None = None
    crs: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    owner_column: str | None = None
    rules: Rules = field(default_factory=Rules)
    provenance: Provenance = Provenance()
    dry_run: bool = False
    skip_refused: bool = False
    record_id: int | None = None

    @property
    def shown_name(self) -> str:
        """The name by which the person knows the file."""
        return self.file_name or self.path.name

    def for_owner(self, owner: Owner) -> "ImportRequest":
        """The same request for this owner."""
        return replace(self, owner=owner)
