"""Reads the lines of a record: their fields, their order, and which belong to whom. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from succession.allocation.catalogue import Catalogue
from succession.awards.record_build import fields_of, place_of_letter
from succession.awards.record_lines import FORMAT, Line
from succession.records.documents import DocumentError, mapping, required, sequence, text

Data = Mapping[str, Any]

HIDDEN = frozenset({"commitment", "opening"})
_FIELDS: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "call": (frozenset(), frozenset()),
    "run": (frozenset({"commitment"}), frozenset({"opening", "number", "cause", "engine", "made_at"})),
    "principles": (frozenset({"id", "document"}), frozenset()),
    "lot": (frozenset({"facts"}), frozenset()),
    "lottery": (frozenset({"draw"}), frozenset()),
    "sealed": (frozenset({"because"}), frozenset()),
    "applicant": (frozenset({"letter", "state", "commitment"}), frozenset({"opening"})),
    "value": (frozenset({"letter", "field", "commitment"}), frozenset({"opening"})),
    "unproven": (frozenset({"letter", "commitment"}), frozenset({"opening"})),
    "points": (frozenset({"letter", "criterion"}), frozenset({"points", "step", "clause", "missing", "applies"})),
    "sum": (
        frozenset({"letter"}),
        frozenset(
            {
                *("groups", "total", "excluded_because", "below_threshold", "wave", "among_equals"),
                "lottery_id",
            }
        ),
    ),
    "offers": (frozenset({"criterion", "ranks"}), frozenset()),
    "order": (
        frozenset({"applies", "ranking"}),
        frozenset({"separated_by", "tied_on_total", "undecided", "single_applicant"}),
    ),
    "decision": (frozenset({"letter"}), frozenset()),
}
"""By kind of line: the fields that must be there, and those that may."""
OPEN_ENDED = frozenset({"call", "decision"})
"""What the office says about call and decision is carried along."""
MAY_HIDE = frozenset({"points", "sum", "order"})

STATES = ("admitted", "withdrawn")
HEAD = ("call", "run", "principles", "lot", "lottery", "sealed")


@dataclass(frozen=True, slots=True)
class Record:
    """The record as it stands; places are counted from 0 along the ledger."""

    identifier: str
    is_full: bool
    record_hash: str
    lines: Sequence[Line]

    def first(self, kind: str) -> tuple[int, Line]:
        """The only line of a kind."""
        found = [(place, line) for place, line in enumerate(self.lines) if line["line"] == kind]
        if len(found) != 1:
            raise DocumentError(at(len(self.lines) - 1), f"needs exactly one line {kind}")
        return found[0]

    def every(self, kind: str) -> Iterator[tuple[int, Line]]:
        """All lines of a kind."""
        return ((place, line) for place, line in enumerate(self.lines) if line["line"] == kind)

    @property
    def letters(self) -> dict[str, str]:
        """By letter whether somebody was admitted or withdrew."""
        return {line["letter"]: line["state"] for _, line in self.every("applicant")}


def at(place: int) -> str:
    """The path of a line."""
    return f"$.cases[0].lines[{place}]"


def frame(document: Data) -> Record:
    """The record of a document; DocumentError where even its frame is not as the format says."""
    if required(document, "format", "$") != FORMAT:
        raise DocumentError("$.format", f"must be {FORMAT}")
    cases = sequence(required(document, "cases", "$"), "$.cases")
    if len(cases) != 1:
        raise DocumentError("$.cases", "a file holds one record")
    return frame_of_case(mapping(cases[0], "$.cases[0]"), "$.cases[0]")


def frame_of_case(case: Data, path: str) -> Record:
    """The record of one case."""
    kind = required(case, "record", path)
    if kind not in ("full", "public"):
        raise DocumentError(f"{path}.record", "must be full or public")
    listed = sequence(required(case, "lines", path), f"{path}.lines")
    lines = [mapping(one, f"{path}.lines[{place}]") for place, one in enumerate(listed)]
    for place, line in enumerate(lines):
        if not isinstance(line.get("line"), str) or not isinstance(line.get("hash"), str):
            raise DocumentError(f"{path}.lines[{place}]", "needs its kind (`line`) and its `hash`")
    if not lines:
        raise DocumentError(f"{path}.lines", "a record has lines")
    return Record(
        identifier=text(required(case, "id", path), f"{path}.id"),
        is_full=kind == "full",
        record_hash=text(required(case, "record_hash", path), f"{path}.record_hash"),
        lines=lines,
    )


def check_fields(line: Line, place: int, *, is_full: bool) -> None:
    """A field that is missing, misspelt or of the wrong shape."""
    kind = line["line"]
    if kind not in _FIELDS:
        raise DocumentError(at(place), f"unknown kind of line {kind!r}")
    needed, possible = _FIELDS[kind]
    if kind in MAY_HIDE:
        possible |= HIDDEN
    for key in sorted(needed):
        required(line, key, at(place))
    for key in line:
        if kind not in OPEN_ENDED and key not in needed | possible | {"line", "hash"}:
            raise DocumentError(f"{at(place)}.{key}", "is not a field that is known here")
    if "opening" in line and not is_full:
        raise DocumentError(f"{at(place)}.opening", "has no place in a public record")
    if kind == "applicant" and line["state"] not in STATES:
        raise DocumentError(f"{at(place)}.state", f"must be one of {', '.join(STATES)}")
    for key in {"letter", "field", "criterion"} & set(line):
        if line[key] is not None or kind in _NAMED_BY:
            text(line[key], f"{at(place)}.{key}")


def check_order_of_lines(record: Record, catalogue: Catalogue, *, applies: bool) -> None:
    """Every letter has all its lines, in the order of the catalogue; none stands twice."""
    expected = [(kind, "") for kind in HEAD] + list(_expected(record, catalogue, applies=applies))
    for place, line in enumerate(record.lines):
        wanted = expected[place] if place < len(expected) else None
        if (line["line"], _names(line)) != wanted:
            told = "nothing more" if wanted is None else " ".join(one for one in wanted if one)
            raise DocumentError(at(place), f"another line was expected here: {told}")
    if len(expected) > len(record.lines):
        raise DocumentError(at(len(record.lines) - 1), "lines are missing at the end")


_NAMED_BY = {
    "applicant": ("letter",),
    "value": ("letter", "field"),
    "unproven": ("letter",),
    "points": ("letter", "criterion"),
    "sum": ("letter",),
}
"""What tells a line from others of its kind."""


def _names(line: Line) -> str:
    return " ".join(line[key] for key in _NAMED_BY.get(line["line"], ()))


def _expected(record: Record, catalogue: Catalogue, *, applies: bool) -> Iterator[tuple[str, str]]:
    letters = record.letters
    fields = _fields(record, catalogue)
    for letter in sorted(letters, key=place_of_letter):
        yield "applicant", letter
        yield from (("value", f"{letter} {field}") for field in fields)
        yield "unproven", letter
        if applies and letters[letter] == "admitted":
            yield from (("points", f"{letter} {criterion.identifier}") for criterion in catalogue.criteria)
            yield "sum", letter
    yield from (("offers", "") for _ in record.every("offers"))
    yield "order", ""
    yield "decision", ""


def _fields(record: Record, catalogue: Catalogue) -> list[str]:
    """The fields of the first letter, which everybody must have, and among them all that the principles read."""
    first = next(iter(record.letters), None)
    found = [line["field"] for _, line in record.every("value") if line["letter"] == first]
    read = fields_of(catalogue)
    return found if first is None or found[: len(read)] == read else read
