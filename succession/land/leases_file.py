"""Reads a table of leases from an office: one line a lease, the parcel by its key or name. Pure.

Nothing is half read: the caller takes all rows or none, and every row that cannot be taken says why.
"""

import csv
import io
import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from succession.errors import Refused
from succession.i18n import AnyText, Text
from succession.land.models_leases import LONGEST_LESSEE, LONGEST_NOTICE_MONTHS

MOST_ROWS = 5_000
LARGEST_FILE = 2_000_000
HEADINGS: dict[str, tuple[str, ...]] = {
    "parcel": (
        *("flurstückskennzeichen", "flurstueckskennzeichen", "flurstück", "flurstueck", "parcel_key", "parcel", "key"),
        *("name", "bezeichnung", "kennzeichen", "schlag"),
    ),
    "lessee": ("pächter", "paechter", "pächterin", "pächter:in", "lessee", "tenant"),
    "rent": ("pacht", "jahrespacht", "pacht je jahr", "pacht €/jahr", "pachtzins", "rent", "rent_year"),
    "starts": ("von", "beginn", "pachtbeginn", "from", "starts_on", "start"),
    "ends": ("bis", "ende", "pachtende", "to", "ends_on", "end"),
    "notice": ("kündigungsfrist", "kuendigungsfrist", "frist", "notice", "notice_months"),
    "note": ("bemerkung", "notiz", "note", "remark"),
}
NEEDED = ("parcel", "starts")
_DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
_MONEY = re.compile(r"-?\d+(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class LeaseRow:
    """One lease as the table says it; `line` counts from the heading, which is line 1."""

    line: int
    parcel: str
    lessee: str
    rent_cents_year: int | None
    starts_on: date
    ends_on: date | None
    notice_months: int | None
    note: str


@dataclass(frozen=True, slots=True)
class RowProblem:
    """Why a line cannot be taken."""

    line: int
    text: AnyText


def read(content: bytes) -> tuple[tuple[LeaseRow, ...], tuple[RowProblem, ...]]:
    """The rows that can be understood, and what is wrong with the others; `Refused` where it is no such table."""
    if len(content) > LARGEST_FILE:
        raise Refused(Text("The file is too large: at most %(most)s MB.", {"most": LARGEST_FILE // 1_000_000}))
    lines = _table(content)
    if not lines:
        raise Refused(Text("The file is empty. Check that you chose the right one."))
    places = _places(lines[0])
    body = [(number, cells) for number, cells in enumerate(lines[1:], start=2) if any(cell.strip() for cell in cells)]
    if not body:
        raise Refused(Text("The file has a heading but no lease in it."))
    if len(body) > MOST_ROWS:
        raise Refused(Text("The file has more than %(most)s rows. Please divide it.", {"most": MOST_ROWS}))
    rows, problems = [], []
    for number, cells in body:
        values = {field: cells[place].strip() if place < len(cells) else "" for field, place in places.items()}
        try:
            rows.append(_row(number, values))
        except Refused as refusal:
            problems.append(RowProblem(number, refusal.text))
    return tuple(rows), tuple(problems)


def _table(content: bytes) -> list[list[str]]:
    """Lines and cells, whichever of the usual separators and encodings the office's program uses."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    if "\0" in text:
        raise Refused(Text("This is no table as text (CSV). In your spreadsheet, save it as CSV and try again."))
    heading = text.split("\n", 1)[0]
    separator = max(";\t,", key=heading.count)
    try:
        return [row for row in csv.reader(io.StringIO(text), delimiter=separator) if row]
    except csv.Error as error:
        raise Refused(
            Text("This is no table as text (CSV). In your spreadsheet, save it as CSV and try again.")
        ) from error


def _places(heading: list[str]) -> dict[str, int]:
    """In which column each thing stands; the first that has one of its names."""
    named = [" ".join(cell.casefold().split()) for cell in heading]
    found = {
        field: place
        for field, names in HEADINGS.items()
        for place in [next((number for number, cell in enumerate(named) if cell in names), None)]
        if place is not None
    }
    for field in NEEDED:
        if field not in found:
            raise Refused(
                Text(
                    "The table has no column “%(column)s”. The first line names the columns: "
                    "Flurstück, Pächter, Pacht, Beginn, Ende, Kündigungsfrist, Bemerkung.",
                    {"column": _COLUMN_NAMES[field]},
                )
            )
    return found


_COLUMN_NAMES = {"parcel": "Flurstück", "starts": "Beginn"}


def _row(line: int, values: dict[str, str]) -> LeaseRow:
    if not values["parcel"]:
        raise Refused(Text("The parcel is missing."))
    starts = _day(values["starts"])
    if starts is None:
        raise Refused(Text("The first day of the lease is missing."))
    ends = _day(values.get("ends", ""))
    if ends is not None and ends < starts:
        raise Refused(Text("The lease ends before it begins."))
    if len(values.get("lessee", "")) > LONGEST_LESSEE:
        raise Refused(Text("The name of the lessee is too long."))
    return LeaseRow(
        line,
        values["parcel"],
        values.get("lessee", ""),
        _cents(values.get("rent", "")),
        starts,
        ends,
        _months(values.get("notice", "")),
        values.get("note", "")[:1000],
    )


def _day(written: str) -> date | None:
    """A day as 30.09.2027 or 2027-09-30."""
    if not written:
        return None
    match = _DAY.fullmatch(written)
    try:
        return date(int(match[3]), int(match[2]), int(match[1])) if match else datetime.fromisoformat(written).date()
    except ValueError:
        raise Refused(Text("“%(text)s” is no day. Write it like 30.09.2027.", {"text": written[:40]})) from None


def _cents(written: str) -> int | None:
    """Euros a year, as offices write them."""
    if not written:
        return None
    figure = re.sub(r"[€\s]|EUR|Euro", "", written)
    if "," in figure:
        figure = figure.replace(".", "").replace(",", ".")
    elif re.fullmatch(r"\d{1,3}(\.\d{3})+", figure):
        figure = figure.replace(".", "")
    try:
        cents = (Decimal(figure) * 100).to_integral_value() if _MONEY.fullmatch(figure) else None
    except InvalidOperation:
        cents = None
    if cents is None or not 0 <= cents <= 2**31 - 1:
        raise Refused(Text("“%(text)s” is no rent in euros a year.", {"text": written[:40]}))
    return int(cents)


def _months(written: str) -> int | None:
    """A number of months; the words around it do not matter."""
    if not written:
        return None
    found = re.fullmatch(r"(\d{1,3})(\s*(Monate?|Mon\.?|months?))?", written, re.IGNORECASE)
    if found is None or int(found[1]) > LONGEST_NOTICE_MONTHS:
        raise Refused(Text("“%(text)s” is no notice period in months.", {"text": written[:40]}))
    return int(found[1])


def plain(named: str) -> str:
    """The same parcel, however its key is written: without blanks, marks between and filling marks."""
    return re.sub(r"[\s/._-]", "", named).casefold()
