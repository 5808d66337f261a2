"""A table of values, one row an alternative and one column a criterion, as several open formats read it. Pure."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from succession.records.documents import DocumentError, number, required, sequence

Table = tuple[tuple[Fraction, ...], ...]


def table(case: Mapping[str, Any], path: str) -> Table:
    """The rows of `matrix`: at least one, all of the same length, at least one column."""
    at = f"{path}.matrix"
    rows = [
        tuple(number(value, f"{at}[{row}][{column}]") for column, value in enumerate(sequence(values, f"{at}[{row}]")))
        for row, values in enumerate(sequence(required(case, "matrix", path), at))
    ]
    if not rows:
        raise DocumentError(at, "has no row")
    for row, values in enumerate(rows):
        if not values:
            raise DocumentError(f"{at}[{row}]", "has no column")
        if len(values) != len(rows[0]):
            raise DocumentError(f"{at}[{row}]", f"has {len(values)} entries where the first row has {len(rows[0])}")
    return tuple(rows)
