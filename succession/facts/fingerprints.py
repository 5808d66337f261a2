"""A short mark of what a form was shown, so that a second saver is told that something has changed meanwhile. Pure."""

import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import Any


def fingerprint(values: Mapping[str, Any]) -> str:
    """The same for equal values, whatever their order; different for different ones."""
    plain = {name: _plain(value) for name, value in values.items()}
    return sha256(json.dumps(plain, sort_keys=True).encode()).hexdigest()[:20]


def _plain(value: Any) -> Any:
    match value:
        case bool() | None | str():
            return value
        case int() | Decimal():
            return str(Decimal(value).normalize())
        case date():
            return value.isoformat()
        case list() | tuple() | set() | frozenset():
            return sorted((_plain(item) for item in value), key=str)
        case Mapping():
            return {str(key): _plain(item) for key, item in value.items()}
        case _:
            return str(value)
