"""Columns of an Arrow batch as plain Python values. Pure."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from math import isfinite

import pyarrow as pa

from succession.geo.formats.source import FieldValue

MOST_CHARACTERS = 10_000

_UNREADABLE = (UnicodeDecodeError, ValueError, OverflowError, pa.ArrowException)


def is_plain(kind: pa.DataType) -> bool:
    """Whether values of this type can stand in a table cell: no pictures, no structures."""
    if pa.types.is_dictionary(kind):
        return is_plain(kind.value_type)
    if pa.types.is_list(kind) or pa.types.is_large_list(kind):
        return is_plain(kind.value_type) and not pa.types.is_nested(kind.value_type)
    return not (
        pa.types.is_nested(kind) or pa.types.is_binary(kind) or pa.types.is_large_binary(kind) or pa.types.is_null(kind)
    )


def plain_values(column: pa.Array) -> list[FieldValue]:
    """One column's values; what cannot be shown as text, number or date is shown as text."""
    if isinstance(column, pa.ExtensionArray):
        column = column.storage
    try:
        return [plain(value) for value in column.to_pylist()]
    except _UNREADABLE:
        return [_one_by_one(column, index) for index in range(len(column))]


def _one_by_one(column: pa.Array, index: int) -> FieldValue:
    try:
        return plain(column[index].as_py())
    except _UNREADABLE:
        pass
    if pa.types.is_string(column.type) or pa.types.is_large_string(column.type):
        return plain(column[index].as_buffer().to_pybytes().decode("utf-8", "replace"))
    return None


def plain(value: object) -> FieldValue:
    """A value as text, number, date or nothing."""
    match value:
        case bool():
            shown: FieldValue = int(value)
        case None | int():
            shown = value
        case float() | Decimal():
            shown = float(value) if isfinite(value) else None
        case datetime():
            shown = value.date()
        case date():
            shown = value
        case list():
            shown = storable(", ".join(_shown(item) for item in value))
        case _:
            shown = storable(str(value))
    return shown


def storable(text: str) -> str:
    """Text that any database takes: no NUL, no half characters, no novel."""
    text = text[:MOST_CHARACTERS]
    return (
        text
        if text.isascii() and "\0" not in text
        else text.replace("\0", "").encode("utf-8", "replace").decode("utf-8")
    )


def rows(names: Sequence[str], columns: Sequence[list[FieldValue]], length: int) -> list[dict[str, FieldValue]]:
    """Columns turned into one mapping a row."""
    if not columns:
        return [{} for _ in range(length)]
    return [dict(zip(names, values, strict=True)) for values in zip(*columns, strict=True)]


def _shown(item: object) -> str:
    return "" if item is None else str(item)
