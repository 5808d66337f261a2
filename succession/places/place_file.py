"""An operator's list of places: a CSV file read row by row, each wrong row named with its reason. Pure."""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass

from succession.config import Region
from succession.i18n import AnyText, Text

COLUMNS = ("name", "lat", "lon", "population")
_MOST_ROWS = 20_000
_LONGEST_NAME = 100
_MOST_INHABITANTS = 5_000_000


@dataclass(frozen=True, slots=True)
class OperatorPlace:
    """A place that the gazetteer lacks, as an operator states it; `population` 0 means unknown."""

    name: str
    latitude: float
    longitude: float
    population: int = 0


@dataclass(frozen=True, slots=True)
class RowProblem:
    """Why a row cannot be taken; row 1 is the first after the heading, row 0 the file as a whole."""

    row: int
    reason: AnyText


@dataclass(frozen=True, slots=True)
class PlaceFile:
    """What a file holds: its places, or why not."""

    places: tuple[OperatorPlace, ...]
    problems: tuple[RowProblem, ...]


def read(content: bytes, region: Region) -> PlaceFile:
    """The places of a CSV file with the columns name, lat, lon and perhaps population; `;` and decimal commas too."""
    lines = _decoded(content)
    delimiter = ";" if lines.partition("\n")[0].count(";") > lines.partition("\n")[0].count(",") else ","
    reader = csv.DictReader(io.StringIO(lines), delimiter=delimiter, skipinitialspace=True)
    heading = {(name or "").strip().lower(): name for name in reader.fieldnames or ()}
    missing = [column for column in COLUMNS[:3] if column not in heading]
    if missing:
        return PlaceFile((), (RowProblem(0, Text("The file lacks the column “%(name)s”.", {"name": missing[0]})),))
    places: list[OperatorPlace] = []
    problems: list[RowProblem] = []
    try:
        for number, row in enumerate(reader, start=1):
            if number > _MOST_ROWS:
                most = Text("The file has more than %(most)s rows. Please split it.", {"most": _MOST_ROWS})
                return PlaceFile((), (RowProblem(0, most),))
            outcome = _place({column: row.get(heading.get(column, ""), "") or "" for column in COLUMNS}, region)
            if isinstance(outcome, OperatorPlace):
                places.append(outcome)
            else:
                problems.append(RowProblem(number, outcome))
    except csv.Error as error:
        broken = Text("The file cannot be read as CSV: %(reason)s", {"reason": str(error)})
        return PlaceFile((), (*problems, RowProblem(0, broken)))
    if not places and not problems:
        problems.append(RowProblem(0, Text("The file has no rows below its heading.")))
    return PlaceFile(tuple(places), tuple(problems))


def _decoded(content: bytes) -> str:
    """UTF-8 with or without mark, else the Windows code page, which takes almost every byte."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _place(row: Mapping[str, str], region: Region) -> OperatorPlace | Text:
    """The place that a row states, or what is wrong with it."""
    name = " ".join(row["name"].split())
    if not any(character.isalpha() for character in name) or len(name) > _LONGEST_NAME:
        return Text("The name is missing, or longer than %(most)s characters.", {"most": _LONGEST_NAME})
    latitude, longitude = _number(row["lat"]), _number(row["lon"])
    if latitude is None or longitude is None:
        return Text("“lat” and “lon” must be numbers in degrees, such as 53.07 and 11.43.")
    if not region.contains(longitude, latitude):
        if region.contains(latitude, longitude):
            return Text("“lat” and “lon” seem to be swapped.")
        return Text("The place lies outside the region.")
    population = _number(row["population"].replace(" ", "")) if row["population"].strip() else 0.0
    if population is None or population != int(population) or not 0 <= population <= _MOST_INHABITANTS:
        return Text("“population” must be a whole number, or empty.")
    return OperatorPlace(name, latitude, longitude, int(population))


def _number(typed: str) -> float | None:
    """A finite number with point or comma; None if it is none."""
    try:
        number = float(typed.strip().replace(",", "."))
    except ValueError:
        return None
    return number if abs(number) < float("inf") else None
