"""Takes out of a full record what tells of a special category; what is left can still be checked. Pure."""

from collections.abc import Mapping
from typing import Any

from succession.allocation.points_catalogue import catalogue as read_catalogue
from succession.awards.record_frame import frame_of_case
from succession.awards.record_hiding import affected_fields, sealed_because

Data = Mapping[str, Any]


def is_stripped(full: Data) -> bool:
    """Whether nothing of the kind is left."""
    return not any("opening" in line and _tells(line, *_special(full)) for line in full["lines"])


def stripped(full: Data) -> dict[str, Any]:
    """The record without these statements, and without points and sums, from which they could be worked out."""
    special = _special(full)
    return {**full, "lines": [_closed(line) if _tells(line, *special) else dict(line) for line in full["lines"]]}


def _special(full: Data) -> tuple[frozenset[str | None], bool]:
    """The fields, and whether points and sums follow from them."""
    record = frame_of_case(full, "$")
    document = record.first("principles")[1]["document"]
    catalogue = read_catalogue(document["catalogue"], "$.catalogue")
    reasons = sealed_because(document, catalogue)
    return affected_fields(document, catalogue), any(one.because == "special_category" for one in reasons)


def _tells(line: Data, fields: frozenset[str | None], counts: bool) -> bool:
    if line["line"] == "value":
        return line["field"] in fields
    return counts and line["line"] in ("points", "sum", "order", "unproven")


def _closed(line: Data) -> dict[str, Any]:
    return {key: value for key, value in line.items() if key != "opening"}
