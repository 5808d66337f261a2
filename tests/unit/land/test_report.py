from decimal import Decimal

from succession.geo.findings import Finding
from succession.i18n import Text, Texts
from succession.land.report import (
    Counts,
    Outcome,
    Report,
    RowReport,
    decided,
    document,
    guessed_crs,
    held_back,
    packed,
    unpacked,
)

KEYS = {
    "file", "format", "layer", "crs", "read", "imported", "updated", "unchanged", "repaired", "refused", "warnings",
    "area_ha", "rows", "rows_left_out",
}  # fmt: skip
NESTED = Text(
    "%(first)s %(second)s", {"first": Text("Outside."), "second": Text("Try %(guess)s.", {"guess": "EPSG:1"})}
)
REPORT = Report(
    file="land.gpkg",
    format="GeoPackage",
    counts=Counts(read=3, imported=2, refused=1),
    area_ha=Decimal("12.34567"),
    rows=(RowReport(2, Outcome.REFUSED, (Finding("outside-region", NESTED),)),),
    notes=(Finding("layers", Texts("%(num)d layer", "%(num)d layers", 2)),),
    columns={"reference": "FLIK"},
    layers=("a", "b"),
)


def plain(text):
    return text.msgid if isinstance(text, Text) else text.many


def test_a_report_survives_storage_with_its_sentences():
    assert unpacked(packed(REPORT)) == REPORT


def test_the_document_has_the_promised_keys():
    told = document(REPORT, plain)
    assert set(told) >= KEYS
    assert told["area_ha"] == 12.3457
    assert told["rows"] == [
        {
            "row": 2,
            "outcome": "refused",
            "reasons": [{"code": "outside-region", "message": "%(first)s %(second)s"}],
        }
    ]


def test_one_refused_row_holds_the_good_ones_back():
    counts = decided(Counts(read=5, imported=2, updated=1, unchanged=1, refused=1), skip_refused=False)
    assert (counts.taken, counts.held_back, counts.refused) == (0, 4, 1)
    rows = (RowReport(1, Outcome.IMPORTED, ()), RowReport(2, Outcome.REFUSED, ()))
    assert [row.outcome for row in held_back(rows)] == [Outcome.HELD_BACK, Outcome.REFUSED]


def test_leaving_refused_rows_out_takes_the_others():
    counts = Counts(read=3, imported=2, refused=1)
    assert decided(counts, skip_refused=True) == counts
    assert not Report("a", counts=counts).is_refused
    assert Report("a", counts=Counts(read=1, refused=1)).is_refused


def test_the_guess_of_a_refusal_is_found_however_deep_it_stands():
    assert guessed_crs(REPORT) == "EPSG:1"
    assert guessed_crs(Report("a")) is None
