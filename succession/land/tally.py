"""Reads the sums and the rows that have something to say off the waiting room of an import."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import text
from sqlalchemy.orm import Session

from succession.geo.findings import Finding
from succession.i18n import Text
from succession.land.report import MOST_ROWS, Counts, Outcome, RowReport, unpack_findings

_COUNTS = """
SELECT count(*) AS read,
    count(*) FILTER (WHERE o.outcome = 'imported') AS imported,
    count(*) FILTER (WHERE o.outcome = 'updated') AS updated,
    count(*) FILTER (WHERE o.outcome = 'unchanged') AS unchanged,
    count(*) FILTER (WHERE o.outcome = 'refused') AS refused,
    count(*) FILTER (WHERE o.outcome <> 'refused' AND s.repaired) AS repaired,
    count(*) FILTER (WHERE o.outcome <> 'refused' AND (s.warned OR w.row IS NOT NULL)) AS warnings,
    coalesce(sum(s.area_m2) FILTER (WHERE o.outcome <> 'refused' AND NOT coalesce(w.is_twin, false)), 0) AS area_m2,
    count(*) FILTER (WHERE s.findings IS NOT NULL OR w.row IS NOT NULL) AS noted
FROM land_staging s
JOIN land_outcome o ON o.row = s.row
LEFT JOIN (
    SELECT row, bool_or(is_twin) AS is_twin
    FROM (SELECT row, true AS is_twin FROM land_twin UNION ALL SELECT row, false FROM land_overlap) found
    GROUP BY row
) w ON w.row = s.row
"""

# Refused rows first: a thousand warnings must not hide the one row that holds everything back.
_NOTED = """
SELECT s.row, o.outcome, s.findings, t.first, t.is_copy
FROM land_staging s
JOIN land_outcome o ON o.row = s.row
LEFT JOIN land_twin t ON t.row = s.row
WHERE s.findings IS NOT NULL OR t.row IS NOT NULL OR EXISTS (SELECT 1 FROM land_overlap v WHERE v.row = s.row)
ORDER BY o.outcome <> 'refused', s.row
LIMIT :most
"""

_OVERLAPS = """
SELECT v.row, v.other_row, v.area_m2, coalesce(p.name, p.parcel_key, p.reference) AS label
FROM land_overlap v LEFT JOIN parcel p ON p.id = v.parcel_id
WHERE v.row = ANY(:rows)
ORDER BY v.row, v.area_m2 DESC, v.other_row, p.id
"""


@dataclass(frozen=True, slots=True)
class Tally:
    """What the waiting room says, before anybody decides whether it is taken."""

    counts: Counts
    area_ha: Decimal
    rows: tuple[RowReport, ...]
    rows_left_out: int


def tally(session: Session) -> Tally:
    """The sums over all rows, and at most a thousand rows with their reasons."""
    sums = session.execute(text(_COUNTS)).one()
    rows = _rows(session)
    counts = Counts(
        read=sums.read,
        imported=sums.imported,
        updated=sums.updated,
        unchanged=sums.unchanged,
        refused=sums.refused,
        repaired=sums.repaired,
        warnings=sums.warnings,
    )
    area_ha = (Decimal(sums.area_m2) / 10_000).quantize(Decimal("0.0001"))
    return Tally(counts, area_ha, rows, sums.noted - len(rows))


def _rows(session: Session) -> tuple[RowReport, ...]:
    """The rows with reasons, in the order of the file."""
    noted = session.execute(text(_NOTED), {"most": MOST_ROWS}).all()
    overlaps = _overlaps(session, [entry.row for entry in noted])
    reports = [
        RowReport(
            entry.row,
            Outcome(entry.outcome),
            (
                *unpack_findings(entry.findings or []),
                *([_twin(entry.first, is_copy=entry.is_copy)] if entry.first is not None else []),
                *overlaps[entry.row],
            ),
        )
        for entry in noted
    ]
    return tuple(sorted(reports, key=lambda report: report.row))


def _twin(first: int, *, is_copy: bool) -> Finding:
    """What to say about a row that is the same parcel as an earlier one."""
    if is_copy:
        return Finding("duplicate", Text("This is the same parcel as row %(row)s. It is taken once.", {"row": first}))
    return Finding(
        "duplicate-contradicts",
        Text(
            "This is the same parcel as row %(row)s, but the two rows say different things. "
            "Keep the right one and delete the other in your file.",
            {"row": first},
        ),
    )


def _overlaps(session: Session, rows: list[int]) -> dict[int, list[Finding]]:
    """What each row covers."""
    found: dict[int, list[Finding]] = defaultdict(list)
    for entry in session.execute(text(_OVERLAPS), {"rows": rows}):
        area = round(entry.area_m2, 1)
        if entry.other_row is not None:
            sentence = Text("It covers %(area)s m² of row %(row)s.", {"area": area, "row": entry.other_row})
        elif entry.label is not None:
            sentence = Text(
                "It covers %(area)s m² of the parcel “%(label)s” that is there already.",
                {"area": area, "label": entry.label},
            )
        else:
            sentence = Text("It covers %(area)s m² of a parcel that is there already.", {"area": area})
        found[entry.row].append(Finding("overlap", sentence))
    return found
