"""The options of a field to choose from."""

from collections.abc import Iterable
from typing import Any

from wtforms import fields


def options(pairs: Iterable[tuple[str, Any]]) -> list[Any]:
    """Options from pairs of value and label."""
    return [fields.choices.SelectChoice(value, label) for value, label in pairs]
