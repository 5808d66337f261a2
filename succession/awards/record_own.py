"""What one applicant gets of a full record: letter, own values, and the salts that open their commitments. Pure."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from succession.awards.record_frame import frame_of_case
from succession.awards.record_lines import commitment_of_text, line_of_file, value_text
from succession.records.documents import DocumentError, number


@dataclass(frozen=True, slots=True)
class OwnValue:
    """One hidden value. `line` is its line in the file of the record, `value` exactly what was hashed."""

    line: int
    field: str
    value: str
    salt: str
    commitment: str


@dataclass(frozen=True, slots=True)
class OwnLines:
    """All of one applicant."""

    letter: str
    record_hash: str
    values: tuple[OwnValue, ...]


def own_lines(full: Mapping[str, Any], code: str) -> OwnLines | None:
    """The lines of whoever applied under `code`; None if nobody did, or if they were taken out since."""
    record = frame_of_case(full, "$")
    letter = next(
        (line["letter"] for _, line in record.every("applicant") if line.get("opening", {}).get("value") == code), None
    )
    if letter is None:
        return None
    values = [
        OwnValue(
            line_of_file(place),
            line["field"],
            value_text(line["opening"]["value"]),
            line["opening"]["salt"],
            line["commitment"],
        )
        for place, line in record.every("value")
        if line["letter"] == letter and "opening" in line
    ]
    return OwnLines(letter, record.record_hash, tuple(values))


def fits(value: str, salt: str, committed: str) -> bool:
    """Whether value and salt give the commitment; the value as printed, or as somebody would type it."""
    typed = value.strip()
    ways = {typed, value_text(typed)}
    with suppress(DocumentError):  # not every value is a figure
        ways.add(value_text(number(typed.replace(",", "."), "")))
    return any(commitment_of_text(salt.strip().lower(), way) == committed for way in ways)
