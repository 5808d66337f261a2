"""The open format `award-1` as lines: how they are written, chained by hashes, and hide values in commitments. Pure.

A record is a ledger. Every line stands on a line of its own in the file and carries the hash of the line before and of
itself, so whoever changes a byte is told on which line. The full and the public form have the same lines and the same
hashes: the full one adds to some lines an `opening`, that is, what a commitment of the line hides.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from itertools import count, product
from string import ascii_uppercase
from typing import Any

from succession.allocation.lottery import SEPARATOR
from succession.allocation.principles import canonical

FORMAT = "award-1"
Line = Mapping[str, Any]

SHORTEST_SALT = 32
"""Characters of hex, so 16 bytes: nobody tries all of them."""


def value_text(value: Any) -> str:
    """The one way to write a value before it is hashed; a text stands in quotation marks."""
    wrapped = canonical({"": value}).decode("utf-8")
    return wrapped.removeprefix('{"":').removesuffix("}")


def commitment(salt: str, value: Any) -> str:
    """SHA-256 of salt, U+001F and the value: fixes the value and does not tell it."""
    return commitment_of_text(salt, value_text(value))


def commitment_of_text(salt: str, text: str) -> str:
    """The same for a value that is written already."""
    return sha256(f"{salt}{SEPARATOR}{text}".encode()).hexdigest()


def line_hash(before: str, line: Line) -> str:
    """SHA-256 of the hash before, U+001F and the line without its hash and without its opening."""
    kept = {key: value for key, value in line.items() if key not in ("hash", "opening")}
    return sha256(f"{before}{SEPARATOR}".encode() + canonical(kept)).hexdigest()


def chained(identifier: str, lines: Sequence[Line]) -> list[dict[str, Any]]:
    """The lines with their hashes; the chain begins with the id of the record, and its end is the record's hash."""
    found: list[dict[str, Any]] = []
    before = identifier
    for line in lines:
        before = line_hash(before, line)
        found.append({**line, "hash": before})
    return found


def without_openings(lines: Sequence[Line]) -> list[dict[str, Any]]:
    """The lines as the public form has them."""
    return [{key: value for key, value in line.items() if key != "opening"} for line in lines]


def hidden(salt: str, value: Any) -> dict[str, Any]:
    """The part of a line that hides a value, with its opening."""
    return {"commitment": commitment(salt, value), "opening": {"value": value, "salt": salt}}


def plain(value: Any) -> Any:
    """A value in its canonical form: figures that are not whole become texts."""
    return json.loads(canonical({"": value}))[""]


def written(case: Mapping[str, Any]) -> str:
    """The file of one record: the frame, then a line for each line of the ledger, and the end."""
    around = {key: value for key, value in case.items() if key != "lines"}
    head = canonical(around).decode("utf-8").removesuffix("}")
    body = ",\n".join(canonical(line).decode("utf-8") for line in case["lines"])
    return f'{{"format":"{FORMAT}","cases":[\n{head},"lines":[\n{body}\n]}}]}}\n'


LINES_BEFORE = 2
"""Lines of the file before the first line of the ledger."""


def line_of_file(place: int) -> int:
    """On which line of the file, counted from 1, a line of the ledger stands, counted from 0."""
    return place + LINES_BEFORE + 1


def letters() -> Iterator[str]:
    """A, B … Z, AA, AB and so on."""
    for length in count(1):
        for combination in product(ascii_uppercase, repeat=length):
            yield "".join(combination)
