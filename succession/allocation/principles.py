"""Principle sets as documents: one canonical form, an id that changes with every letter, and what differs. Pure.

The canonical form is that of RFC 8785 (JSON Canonicalization Scheme) with three additions, so that it does not depend
on how somebody typed it: texts in Unicode normal form C, numbers that are not whole as text "p/q", and whole numbers
that a double cannot hold as text.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from hashlib import sha256
from typing import Any
from unicodedata import normalize

from succession.records.documents import DocumentError

GREATEST_WHOLE = 2**53 - 1
"""RFC 8785 writes numbers as doubles, which hold every whole number up to here."""


@dataclass(frozen=True, slots=True)
class Change:
    """What differs at one place; None where nothing stands there."""

    path: str
    before: Any
    after: Any


def canonical(document: Mapping[str, Any]) -> bytes:
    """The one way to write the document; members sorted by UTF-16 code units, no spaces."""
    return _written(document, "$").encode("utf-8")


def identifier(document: Mapping[str, Any]) -> str:
    """The id of a principle set: SHA-256 of its canonical form, as lower-case hex."""
    return sha256(canonical(document)).hexdigest()


def changes(before: Any, after: Any, path: str = "$") -> Iterator[Change]:
    """Place by place, in the order of the documents; members of lists that have an `id` are compared by it."""
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        for key in [*before, *(key for key in after if key not in before)]:
            yield from changes(before.get(key), after.get(key), f"{path}.{key}")
    elif _by_id(before) is not None and _by_id(after) is not None:
        yield from changes(_by_id(before), _by_id(after), path)
        if [one for one in _ids(before) if one in _ids(after)] != [one for one in _ids(after) if one in _ids(before)]:
            yield Change(f"{path}(order)", _ids(before), _ids(after))
    elif _written(before, path) != _written(after, path):
        yield Change(path, before, after)


def _written(value: Any, path: str) -> str:
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, str):
        return _text(value, path)
    if isinstance(value, int | Decimal | Fraction):
        return _number(Fraction(value))
    if isinstance(value, Mapping):
        return "{" + ",".join(_members(value, path)) + "}"
    if isinstance(value, Sequence):
        return "[" + ",".join(_written(one, f"{path}[{place}]") for place, one in enumerate(value)) + "]"
    raise DocumentError(path, f"a {type(value).__name__} cannot stand in a document")


def _members(value: Mapping[str, Any], path: str) -> list[str]:
    """Two names that look the same after normalisation are one too many."""
    named: dict[str, str] = {}
    for key, member in value.items():
        name = normalize("NFC", key)
        if name in named:
            raise DocumentError(f"{path}.{key}", "this field stands there twice")
        named[name] = _text(key, path) + ":" + _written(member, f"{path}.{key}")
    return [named[name] for name in sorted(named, key=lambda name: name.encode("utf-16-be"))]


def _text(value: str, path: str) -> str:
    """RFC 8785 escapes what JSON must escape and nothing else, as Python does."""
    try:
        value.encode("utf-8")
    except UnicodeEncodeError as error:
        raise DocumentError(path, "holds half a character (an unpaired surrogate)") from error
    return json.dumps(normalize("NFC", value), ensure_ascii=False)


def _number(value: Fraction) -> str:
    """Whole numbers as they are, as far as doubles hold them; everything else as text."""
    whole = value.denominator == 1 and abs(value) <= GREATEST_WHOLE
    return str(value) if whole else f'"{value}"'


def _ids(value: Any) -> list[str]:
    return [one["id"] for one in value]


def _by_id(value: Any) -> dict[str, Any] | None:
    """The members by their id; None where it is no list of such."""
    if not isinstance(value, list) or not value:
        return None
    if not all(isinstance(one, Mapping) and isinstance(one.get("id"), str) for one in value):
        return None
    found = {one["id"]: one for one in value}
    return found if len(found) == len(value) else None
