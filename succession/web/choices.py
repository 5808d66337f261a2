"""The options of a field to choose from."""

from collections.abc import Iterable
from typing import Any

from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs


def options(pairs: Iterable[tuple[str, Any]]) -> list[Any]:
    """Options from pairs of value and label."""
    return [SelectChoice(value, label) for value, label in pairs]


def as_options(choices: Any) -> Any:
    """The same list with its pairs made options; anything else stays what it is."""
    if not isinstance(choices, list | tuple):
        return choices
    return [SelectChoice(*choice) if isinstance(choice, tuple) else choice for choice in choices]
