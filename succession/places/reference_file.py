"""A coordinator's file of reference counts: a CSV read row by row, each wrong row named with its reason. Pure."""

import csv
import io
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from succession.facts.branches import Branch, every_branch
from succession.geo.grid import cell_of
from succession.i18n import Text
from succession.places.place_file import RowProblem

COLUMNS = ("area", "branch", "count", "source", "date")
MOST_ROWS = 50_000
_MOST = 1_000_000
_LONGEST_SOURCE = 240
_WHOLE = re.compile(r"\d{1,7}", re.ASCII)
_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)|(\d{1,2})\.(\d{1,2})\.(\d{4})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Count:
    """One number as the file states it."""

    area_code: str
    branch: Branch
    number: int
    source: str
    counted_on: date


@dataclass(frozen=True, slots=True)
class ReferenceFile:
    """What a file holds: its counts, or why not."""

    counts: tuple[Count, ...]
    problems: tuple[RowProblem, ...]


def read(content: bytes, codes: Collection[str], *, today: date) -> ReferenceFile:
    """The counts of a CSV file with the columns area, branch, count, source and date; `;` or `,` between them."""
    try:
        lines = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        lines = content.decode("cp1252", errors="replace")
    head = lines.partition("\n")[0]
    reader = csv.DictReader(io.StringIO(lines), delimiter=";" if head.count(";") >= head.count(",") else ",")
    heading = {(name or "").strip().lower(): name for name in reader.fieldnames or ()}
    missing = [column for column in COLUMNS if column not in heading]
    if missing:
        return ReferenceFile((), (RowProblem(0, Text("The file lacks the column “%(name)s”.", {"name": missing[0]})),))
    counts: dict[tuple[str, Branch], Count] = {}
    problems: list[RowProblem] = []
    try:
        for number, row in enumerate(reader, start=1):
            if number > MOST_ROWS:
                most = Text("The file has more than %(most)s rows. Please split it.", {"most": MOST_ROWS})
                return ReferenceFile((), (RowProblem(0, most),))
            given = {column: (row.get(heading[column]) or "").strip() for column in COLUMNS}
            outcome = _count(given, codes, today)
            if isinstance(outcome, Count) and (outcome.area_code, outcome.branch) in counts:
                outcome = Text("The same area and group stand in the file twice.")
            if isinstance(outcome, Count):
                counts[outcome.area_code, outcome.branch] = outcome
            else:
                problems.append(RowProblem(number, outcome))
    except csv.Error as error:
        broken = Text("The file cannot be read as CSV: %(reason)s", {"reason": str(error)})
        return ReferenceFile((), (*problems, RowProblem(0, broken)))
    if not counts and not problems:
        problems.append(RowProblem(0, Text("The file has no rows below its heading.")))
    return ReferenceFile(tuple(counts.values()), tuple(problems))


def _count(row: Mapping[str, str], codes: Collection[str], today: date) -> Count | Text:
    """The count that a row states, or what is wrong with it."""
    area, branch = row["area"], row["branch"].lower()
    if area not in codes and cell_of(area) is None:
        return Text("There is no area with the code “%(code)s”.", {"code": area[:60]})
    if branch not in every_branch():
        return Text("There is no group “%(branch)s”. The template lists all of them.", {"branch": branch[:60]})
    if not _WHOLE.fullmatch(row["count"]) or int(row["count"]) > _MOST:
        return Text("“count” must be a whole number, such as 12.")
    if not row["source"] or len(row["source"]) > _LONGEST_SOURCE:
        most = {"most": _LONGEST_SOURCE}
        return Text("“source” must say where the number is from, in at most %(most)s characters.", most)
    day = _day(row["date"])
    if day is None or day > today:
        return Text("“date” must be the day of the count, such as 2026-03-01, and not in the future.")
    return Count(area, branch, int(row["count"]), row["source"], day)


def _day(typed: str) -> date | None:
    match = _DAY.fullmatch(typed)
    if match is None:
        return None
    year, month, day = (match[1], match[2], match[3]) if match[1] else (match[6], match[5], match[4])
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
