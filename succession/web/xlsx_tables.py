"""Tables as XLSX files: a bold first row, numbers as numbers, and no cell that a program would run. Pure."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from io import BytesIO

from xlsxwriter import Workbook

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WIDTH = 18


def as_xlsx(name: str, rows: Iterable[Sequence[object]]) -> bytes:
    """The file with one sheet; texts are never taken for formulas or addresses."""
    target = BytesIO()
    book = Workbook(target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet(_sheet_name(name))
    head = book.add_format({"bold": True, "text_wrap": True})
    for at, row in enumerate(rows):
        for column, cell in enumerate(row):
            if isinstance(cell, int | float | Decimal | Fraction) and not isinstance(cell, bool):
                sheet.write_number(at, column, float(cell))
            else:
                sheet.write_string(at, column, "" if cell is None else str(cell), head if at == 0 else None)
    sheet.set_column(0, 50, WIDTH)
    sheet.freeze_panes(1, 0)
    book.close()
    return target.getvalue()


def _sheet_name(name: str) -> str:
    """At most 31 signs, none of those that a sheet's name must not have."""
    return "".join(sign for sign in name if sign not in "[]:*?/\\'")[:31] or "1"
