"""The options of a field to choose from."""

from collections.abc import Iterable
from typing import Any

from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs


def options(pairs: Iterable[tuple[str, Any]]) -> list[Any]:
    """Options from pairs of value and label."""
    return [SelectChoice(value, label) for value, label in pairs]
