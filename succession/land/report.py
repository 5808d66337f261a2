"""What an import has to say: one outcome for every row, reasons where there are any, and the sums. Pure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from typing import Any

from succession.geo.findings import Finding
from succession.i18n import AnyText, PlainValue, Text, Texts, Value

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

# What comes back from storage was literal when it was written; these two are only moulds for it.
_ONE = Text("new")
_COUNTED = Texts("%(num)d parcel", "%(num)d parcels", 0)


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
    dry_run: bool = False

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


def held_back(rows: tuple[RowReport, ...]) -> tuple[RowReport, ...]:
    """The same rows where all but the refused ones are held back."""
    return tuple(row if row.outcome is Outcome.REFUSED else replace(row, outcome=Outcome.HELD_BACK) for row in rows)


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
    }


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
        "dry_run": report.dry_run,
    }


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
        dry_run=data["dry_run"],
    )


def pack_findings(reasons: tuple[Finding, ...]) -> list[Document]:
    """Reasons as plain data."""
    return [{"code": reason.code, **_packed_text(reason.text)} for reason in reasons]


def unpack_findings(data: list[Document]) -> tuple[Finding, ...]:
    """The reasons that `pack_findings` has written."""
    return tuple(Finding(entry["code"], _unpacked_text(entry)) for entry in data)


def _packed_text(text: AnyText) -> Document:
    values = {name: _packed_value(value) for name, value in text.values.items()}
    if isinstance(text, Texts):
        return {"one": text.one, "many": text.many, "count": text.count, "values": values}
    return {"text": text.msgid, "values": values}


def _packed_value(value: Value) -> Any:
    match value:
        case Text():
            return _packed_text(value)
        case str() | int() | float() | None:
            return value
        case Decimal():
            return {"decimal": str(value)}
        case _:
            return value.isoformat()


def _unpacked_text(entry: Document) -> AnyText:
    values = {name: _unpacked_value(value) for name, value in entry["values"].items()}
    if "text" in entry:
        return replace(_ONE, msgid=entry["text"], values=values)
    return replace(_COUNTED, one=entry["one"], many=entry["many"], count=entry["count"], values=values)


def _unpacked_value(value: Any) -> Value:
    if not isinstance(value, dict):
        plain: PlainValue = value
        return plain
    if "decimal" in value:
        return Decimal(value["decimal"])
    text = _unpacked_text(value)
    assert isinstance(text, Text)
    return text
