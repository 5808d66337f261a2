"""What goes into a mail: a template's name and plain values, stored as JSON until it is rendered. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from succession.i18n import Text, Texts, as_json, from_json
from succession.outbox.sealing import Sealed


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail before it has a recipient: `Mail("listings/published", {"title": …, "path": …})`.

    The template is `templates/mail/<area>/<name>.subject.txt` and `….body.txt`. Values are text, numbers, dates,
    sentences (`Text`), secrets (`Sealed`), and lists of them; links are paths on this site.
    """

    template: str
    values: Mapping[str, Any] = field(default_factory=dict)


def pack(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values as JSON can hold them."""
    return {name: _packed(value) for name, value in values.items()}


def unpack(stored: Mapping[str, Any]) -> dict[str, Any]:
    """The values as the template gets them."""
    return {name: _unpacked(value) for name, value in stored.items()}


def _packed(value: Any) -> Any:
    match value:
        case Text() | Texts():
            return {"text": as_json(value)}
        case Sealed():
            return {"sealed": value.ciphertext}
        case Decimal():
            return {"decimal": str(value)}
        case datetime():
            return {"moment": value.isoformat()}
        case date():
            return {"day": value.isoformat()}
        case UUID():
            return str(value)
        case list() | tuple():
            return [_packed(item) for item in value]
        case None | bool() | int() | float() | str():
            return value
        case _:
            raise TypeError(f"A mail cannot hold {type(value).__name__}.")


def _unpacked(stored: Any) -> Any:
    match stored:
        case {"text": text}:
            return from_json(text)
        case {"sealed": str(ciphertext)}:
            return Sealed(ciphertext)
        case {"decimal": str(number)}:
            return Decimal(number)
        case {"moment": str(moment)}:
            return datetime.fromisoformat(moment)
        case {"day": str(day)}:
            return date.fromisoformat(day)
        case list():
            return [_unpacked(item) for item in stored]
        case _:
            return stored
