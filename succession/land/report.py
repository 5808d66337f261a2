"""What an import has to say: one outcome for every row, reasons where there are any, and the sums. Pure."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from typing import Any

from succession.geo.findings import Finding
from succession.i18n import AnyText, Text, as_json, from_json

MOST_ROWS = 1000
Document = dict[str, Any]


class Outcome(StrEnum):
    """What becomes of a row; `held_back` is a good row of a file that is not taken because of other rows."""

    IMPORTED = "imported"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    REFUSED = "refused"
    HELD_BACK = "held_back"

    @property
    def label(self) -> Text:
        """What a person reads."""
        return _OUTCOMES[self]


_OUTCOMES = {
    Outcome.IMPORTED: Text("new"),
    Outcome.UPDATED: Text("updated"),
    Outcome.UNCHANGED: Text("unchanged"),
    Outcome.REFUSED: Text("refused"),
    Outcome.HELD_BACK: Text("held back"),
}


@dataclass(frozen=True, slots=True)
class RowReport:
    """One row that has something to say; `row` counts from 1, as a person counts."""

    row: int
    outcome: Outcome
    reasons: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Counts:
    """How many rows had which outcome; the first five add up to `read`."""

    read: int = 0
    imported: int = 0
    updated: int = 0
    unchanged: int = 0
    refused: int = 0
    held_back: int = 0
    repaired: int = 0
    warnings: int = 0

    @property
    def taken(self) -> int:
        """The rows that are in the register afterwards."""
        return self.imported + self.updated + self.unchanged

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(**{name: getattr(self, name) + getattr(other, name) for name in Counts.__slots__})


@dataclass(frozen=True, slots=True)
class Share:
    """What of a file is one owner's; without a name the rows that name no owner for whom there is a mandate."""

    owner: str | None
    counts: Counts
    area_ha: Decimal


@dataclass(frozen=True, slots=True)
class Report:
    """The whole import. `reasons` say why the file as a whole was refused, `notes` what else there is to know."""

    file: str
    format: str | None = None
    layer: str | None = None
    crs: str | None = None
    counts: Counts = Counts()
    area_ha: Decimal = Decimal(0)
    rows: tuple[RowReport, ...] = ()
    rows_left_out: int = 0
    reasons: tuple[Finding, ...] = ()
    notes: tuple[Finding, ...] = ()
    columns: Mapping[str, str] | None = None
    layers: tuple[str, ...] = ()
    present_columns: tuple[str, ...] = ()
    dry_run: bool = False
    shares: tuple[Share, ...] = ()

    @property
    def is_refused(self) -> bool:
        """Nothing came in: the file as a whole or at least one row was refused."""
        counts = self.counts
        return bool(self.reasons) or (counts.refused > 0 and counts.taken == 0)


def decided(counts: Counts, *, skip_refused: bool) -> Counts:
    """The counts after the rule "all or none": a refused row holds the good ones back, unless it is left out."""
    if counts.refused == 0 or skip_refused:
        return counts
    return replace(counts, imported=0, updated=0, unchanged=0, held_back=counts.taken)


def together(rows: Iterable[RowReport]) -> tuple[tuple[RowReport, ...], int]:
    """The rows of several owners in the order of the file, refused ones kept first, and how many were left out."""
    by_weight = sorted(rows, key=lambda row: (row.outcome is not Outcome.REFUSED, row.row))
    kept = by_weight[:MOST_ROWS]
    return tuple(sorted(kept, key=lambda row: row.row)), len(by_weight) - len(kept)


def held_back(rows: tuple[RowReport, ...]) -> tuple[RowReport, ...]:
    """The same rows where all but the refused ones are held back."""
    return tuple(row if row.outcome is Outcome.REFUSED else replace(row, outcome=Outcome.HELD_BACK) for row in rows)


def guessed_crs(report: Report) -> str | None:
    """The coordinate system that a refusal guesses, if any: what a form may offer first."""
    refused = [reason for row in report.rows if row.outcome is Outcome.REFUSED for reason in row.reasons]
    for reason in (*report.reasons, *refused):
        guess = _guess_within(reason.text)
        if guess is not None:
            return guess
    return None


def _guess_within(text: AnyText) -> str | None:
    for name, value in text.values.items():
        if name == "guess" and isinstance(value, str):
            return value
        if isinstance(value, Text) and (guess := _guess_within(value)) is not None:
            return guess
    return None


def document(report: Report, render: Callable[[AnyText], str]) -> Document:
    """The report as plain data with finished sentences: what `--json` prints."""
    counts = report.counts
    return {
        "file": report.file,
        "format": report.format,
        "layer": report.layer,
        "crs": report.crs,
        "read": counts.read,
        "imported": counts.imported,
        "updated": counts.updated,
        "unchanged": counts.unchanged,
        "repaired": counts.repaired,
        "refused": counts.refused,
        "held_back": counts.held_back,
        "warnings": counts.warnings,
        "area_ha": round(float(report.area_ha), 4),
        "dry_run": report.dry_run,
        "columns": dict(report.columns or {}),
        "reasons": _findings(report.reasons, render),
        "notes": _findings(report.notes, render),
        "rows": [
            {"row": row.row, "outcome": row.outcome.value, "reasons": _findings(row.reasons, render)}
            for row in report.rows
        ],
        "rows_left_out": report.rows_left_out,
        **({"owners": [_share(share) for share in report.shares]} if report.shares else {}),
    }


def _share(share: Share) -> Document:
    counts = {name: getattr(share.counts, name) for name in Counts.__slots__}
    return {"owner": share.owner, **counts, "area_ha": round(float(share.area_ha), 4)}


def _findings(reasons: tuple[Finding, ...], render: Callable[[AnyText], str]) -> list[Document]:
    return [{"code": reason.code, "message": render(reason.text)} for reason in reasons]


def packed(report: Report) -> Document:
    """The report as plain data that keeps sentences untranslated, so that it can be read in any language later."""
    counts = report.counts
    return {
        "file": report.file,
        "format": report.format,
        "layer": report.layer,
        "crs": report.crs,
        "counts": {name: getattr(counts, name) for name in Counts.__slots__},
        "area_ha": str(report.area_ha),
        "rows": [[row.row, row.outcome.value, pack_findings(row.reasons)] for row in report.rows],
        "rows_left_out": report.rows_left_out,
        "reasons": pack_findings(report.reasons),
        "notes": pack_findings(report.notes),
        "columns": dict(report.columns or {}),
        "layers": list(report.layers),
        "present_columns": list(report.present_columns),
        "dry_run": report.dry_run,
        "shares": [_packed_share(share) for share in report.shares],
    }


def _packed_share(share: Share) -> Document:
    counts = {name: getattr(share.counts, name) for name in Counts.__slots__}
    return {"owner": share.owner, "counts": counts, "area_ha": str(share.area_ha)}


def unpacked(data: Document) -> Report:
    """The report that `packed` has written."""
    return Report(
        file=data["file"],
        format=data["format"],
        layer=data["layer"],
        crs=data["crs"],
        counts=Counts(**data["counts"]),
        area_ha=Decimal(data["area_ha"]),
        rows=tuple(
            RowReport(row, Outcome(outcome), unpack_findings(findings)) for row, outcome, findings in data["rows"]
        ),
        rows_left_out=data["rows_left_out"],
        reasons=unpack_findings(data["reasons"]),
        notes=unpack_findings(data["notes"]),
        columns=data["columns"],
        layers=tuple(data["layers"]),
        present_columns=tuple(data["present_columns"]),
        dry_run=data["dry_run"],
        shares=tuple(
            Share(share["owner"], Counts(**share["counts"]), Decimal(share["area_ha"]))
            for share in data.get("shares", ())
        ),
    )


def pack_findings(reasons: tuple[Finding, ...]) -> list[Document]:
    """Reasons as plain data."""
    return [{"code": reason.code, "sentence": as_json(reason.text)} for reason in reasons]


def unpack_findings(data: list[Document]) -> tuple[Finding, ...]:
    """The reasons that `pack_findings` has written."""
    return tuple(Finding(entry["code"], from_json(entry["sentence"])) for entry in data)
