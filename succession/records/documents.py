"""Open documents: JSON read without floats, exact rationals in and out, and every refusal with its place. Pure."""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

Answer = Callable[[Mapping[str, Any], str], dict[str, Any]]

LONGEST_NUMBER = 400
"""Characters; a longer literal is no figure of a decision. Exponents have at most three digits, to spare the memory."""

LARGEST_DECIMAL = 10**15
"""From here on a float has no room for places."""

_RATIONAL = re.compile(r"-?\d+/\d+|-?\d+(\.\d+)?([eE][+-]?\d{1,3})?")
_HALF_CHARACTER = re.compile("[\ud800-\udfff]")


class Fields(dict[str, Any]):
    """A part of an answer whose fields the format names, of which a case may expect some only, as at the top."""


class _Nothing:
    """Stands where a field is missing."""

    def __str__(self) -> str:
        return "nothing"


_NOTHING = _Nothing()


class DocumentError(ValueError):
    """A document that cannot be read; `path` says where."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason


def read(written: str) -> dict[str, Any]:
    """The document; numbers with a point or an exponent become decimals, never floats."""
    try:
        document = json.loads(
            written,
            parse_float=_decimal,
            parse_int=_whole,
            parse_constant=_no_number,
            object_pairs_hook=_each_key_once,
        )
    except json.JSONDecodeError as error:
        raise DocumentError(f"line {error.lineno}, column {error.colno}", f"this is not JSON ({error.msg})") from error
    except RecursionError as error:
        raise DocumentError("$", "the document is nested too deeply") from error
    if not isinstance(document, dict):
        raise DocumentError("$", "a document is an object with `format` and `cases`")
    _refuse_half_characters(document)
    return document


def _refuse_half_characters(document: dict[str, Any]) -> None:
    """JSON can write half a character (an unpaired surrogate); it has no bytes, so nothing could be hashed."""
    waiting: list[tuple[str, Any]] = [("$", document)]
    while waiting:
        path, part = waiting.pop()
        if isinstance(part, dict):
            waiting += [(path, key) for key in part]
            waiting += [(f"{path}.{key}", value) for key, value in part.items()]
        elif isinstance(part, list):
            waiting += [(f"{path}[{place}]", value) for place, value in enumerate(part)]
        elif isinstance(part, str) and _HALF_CHARACTER.search(part):
            raise DocumentError(path, "holds half a character, which no text can have")


def recompute(document: Mapping[str, Any], answers: Mapping[str, Answer]) -> dict[str, Any]:
    """`{"format", "cases": [{"id", "answer"}]}` for a document of one of the formats in `answers`."""
    name = required(document, "format", "$")
    if not isinstance(name, str) or name not in answers:
        raise DocumentError("$.format", f"unknown format {name!r}; known are {', '.join(sorted(answers))}")
    cases = []
    for path, case in each_case(document):
        cases.append({"id": required(case, "id", path), "answer": answers[name](case, path)})
    return {"format": name, "cases": cases}


def each_case(document: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Each case with its path."""
    for place, case in enumerate(sequence(required(document, "cases", "$"), "$.cases")):
        path = f"$.cases[{place}]"
        if not isinstance(case, dict):
            raise DocumentError(path, "a case is an object")
        yield path, case


def differences(document: Mapping[str, Any], computed: Mapping[str, Any]) -> list[str]:
    """The paths at which a computed key differs from the `expected` of its case.

    What is not computed at all is not compared; inside of what is, a name too few or too many is a difference.
    """
    found: list[str] = []
    for (path, case), result in zip(each_case(document), computed["cases"], strict=True):
        expected = mapping(case.get("expected", {}), f"{path}.expected")
        for key, value in expected.items():
            if key in result["answer"]:
                found += _different(value, result["answer"][key], f"{path}.expected.{key}")
    return found


def required(mapping: Mapping[str, Any], key: str, path: str) -> Any:
    """The value of a field that must be there."""
    if key not in mapping:
        raise DocumentError(f"{path}.{key}", "this field is missing")
    return mapping[key]


def sequence(value: Any, path: str) -> Sequence[Any]:
    """A list."""
    if not isinstance(value, list):
        raise DocumentError(path, "must be a list")
    return value


def mapping(value: Any, path: str) -> Mapping[str, Any]:
    """An object."""
    if not isinstance(value, dict):
        raise DocumentError(path, "must be an object")
    return value


def text(value: Any, path: str) -> str:
    """A text that is not empty."""
    if not isinstance(value, str) or not value:
        raise DocumentError(path, "must be a text that is not empty")
    return value


def yes_or_no(value: Any, path: str) -> bool:
    """True or false."""
    if not isinstance(value, bool):
        raise DocumentError(path, "must be true or false")
    return value


def number(value: Any, path: str) -> Fraction:
    """An exact number: a JSON number read as a decimal literal, or text as "0.8" or "4/5"."""
    if isinstance(value, bool):
        raise DocumentError(path, "must be a number")
    if isinstance(value, int | Decimal):
        return Fraction(value)
    if isinstance(value, str) and len(value) <= LONGEST_NUMBER and _RATIONAL.fullmatch(value):
        try:
            return Fraction(value)
        except ZeroDivisionError as error:
            raise DocumentError(path, "divides by 0") from error
    raise DocumentError(path, 'must be a number, or text like "0.8" or "4/5"')


def rational(value: Fraction | None) -> str | None:
    """A number as "p/q", a whole one as "3"."""
    return None if value is None else str(value)


def decimal(value: Fraction | None, places: int = 10) -> float | str | None:
    """A rounded number (half to even) where a format speaks in decimals; text where a float cannot hold it."""
    if value is None:
        return None
    rounded = round(value, places)
    if abs(rounded) < LARGEST_DECIMAL and Fraction(str(float(rounded))) == rounded:
        return float(rounded)
    return str(rounded)


def _different(expected: Any, computed: Any, path: str) -> list[str]:
    """Where two values differ."""
    if isinstance(expected, dict) and isinstance(computed, dict):
        keys = [*expected, *(key for key in computed if key not in expected)]
        if isinstance(computed, Fields):
            keys = [key for key in expected if key in computed]
        both = [(key, expected.get(key, _NOTHING), computed.get(key, _NOTHING)) for key in keys]
        return [place for key, one, other in both for place in _different(one, other, f"{path}.{key}")]
    if isinstance(expected, list) and isinstance(computed, list) and len(expected) == len(computed):
        pairs = enumerate(zip(expected, computed, strict=True))
        return [place for at, pair in pairs for place in _different(*pair, f"{path}[{at}]")]
    return [] if _plain(expected) == _plain(computed) else [f"{path}: expected {expected}, computed {computed}"]


def _plain(value: Any) -> Any:
    """A number however it is written, else the value itself."""
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, float):
        return Fraction(str(value))
    try:
        return number(value, "")
    except DocumentError:
        return value


def _decimal(literal: str) -> Decimal | str:
    """The exact value; what is no sensible number stays text, so that it is refused where it stands."""
    return Decimal(literal) if len(literal) <= LONGEST_NUMBER and _RATIONAL.fullmatch(literal) else literal


def _whole(literal: str) -> int | str:
    return int(literal) if len(literal) <= LONGEST_NUMBER else literal


def _no_number(literal: str) -> str:
    """NaN and Infinity stay text for the same reason."""
    return literal


def _each_key_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise DocumentError(key, "this field stands there twice")
        found[key] = value
    return found
