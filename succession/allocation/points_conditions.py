"""Reads the conditions of a `points-1` document, and refuses fields that are not known. Pure."""

from collections.abc import Mapping
from typing import Any

from succession.allocation.conditions import NUMERIC, Condition, Test, comparable
from succession.records.documents import DocumentError, mapping, number, required, sequence, text

Document = Mapping[str, Any]

DESCRIPTIVE = frozenset({"name", "label", "note", "description", "reason", "source", "date", "measure"})
"""Fields that may stand anywhere in a catalogue and decide nothing."""


def only(document: Document, known: frozenset[str], path: str) -> None:
    """A misspelt field would silently decide nothing."""
    for key in document:
        if key not in known and key not in DESCRIPTIVE:
            raise DocumentError(f"{path}.{key}", "is not a field that is known here")


def conditions(document: Document, key: str, path: str) -> tuple[Condition, ...]:
    """A list of conditions; none where the field is absent."""
    at = f"{path}.{key}"
    listed = sequence(document.get(key, []), at)
    return tuple(condition(mapping(one, f"{at}[{place}]"), f"{at}[{place}]") for place, one in enumerate(listed))


def condition(document: Document, path: str, *, also: frozenset[str] = frozenset()) -> Condition:
    """A field and exactly one test."""
    tests = [test for test in Test if test in document]
    only(document, frozenset({"field", *Test}) | also, path)
    if len(tests) != 1:
        raise DocumentError(path, f"needs exactly one of {', '.join(Test)}")
    field = text(required(document, "field", path), f"{path}.field")
    value, at = document[tests[0]], f"{path}.{tests[0]}"
    if tests[0] in NUMERIC:
        return Condition(field, tests[0], number(value, at))
    if tests[0] is Test.ONE_OF:
        return Condition(field, tests[0], tuple(_plain(one, f"{at}[{k}]") for k, one in enumerate(sequence(value, at))))
    return Condition(field, tests[0], _plain(value, at))


def _plain(value: Any, path: str) -> Any:
    """A boolean, a number or a name."""
    if isinstance(value, bool):
        return value
    return comparable(value) if isinstance(value, str) else number(value, path)
