"""What no principles need: figures so large or so fine that results could be neither written nor drawn. Pure."""

import re
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from succession.records.documents import DocumentError, number

LARGEST = 10**15
MOST_CRITERIA = 100
"""The longest catalogue known has twelve; every page of the editor adds them up for all sample farms."""
_FIGURE = re.compile(r"-?\d+/0*[1-9]\d*|-?\d+(\.\d+)?([eE][+-]?\d{1,3})?")


def refuse_absurd(catalogue: Mapping[str, Any], path: str) -> None:
    """`DocumentError` with the place of a figure that nobody can mean, or where there are too many criteria."""
    if len(catalogue["criteria"]) > MOST_CRITERIA:
        raise DocumentError(f"{path}.criteria", f"at most {MOST_CRITERIA} criteria are possible")
    waiting: list[tuple[str, Any]] = [(path, catalogue)]
    while waiting:
        place, part = waiting.pop()
        match part:
            case Mapping():
                waiting += [(f"{place}.{key}", value) for key, value in part.items()]
            case list():
                waiting += [(f"{place}[{index}]", value) for index, value in enumerate(part)]
            case str() if _FIGURE.fullmatch(part):
                _refuse(number(part, place), place)
            case int() | Decimal() if not isinstance(part, bool):
                _refuse(Fraction(part), place)


def _refuse(figure: Fraction, path: str) -> None:
    if abs(figure) > LARGEST or figure.denominator > LARGEST:
        raise DocumentError(path, f"no figure is larger or finer than {LARGEST}")
