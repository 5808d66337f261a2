"""The register of processing (Art. 30 DSGVO), generated from the marks: for the page, as CSV and as PDF. Pure."""

import csv
import io
from dataclasses import dataclass

from succession.i18n import AnyText, Text, load_translations, render
from succession.marks import DataClass, Hold
from succession.privacy.packing import BYTE_ORDER_MARK, defused
from succession.privacy.register import REGISTER, data_classes

HEADINGS = (
    Text("Kind of data"),
    Text("What for"),
    Text("Why we may"),
    Text("How long"),
    Text("Who gets it"),
    Text("What stays after a deletion"),
    Text("Tables"),
)


@dataclass(frozen=True, slots=True)
class Line:
    """One kind of data with all that the register says of it; `tables` is for the operator."""

    data_class: DataClass
    holds: tuple[Hold, ...]
    tables: tuple[str, ...]


def lines() -> tuple[Line, ...]:
    """Every kind of data once, the account first."""
    return tuple(
        Line(
            data_class,
            tuple(_holds(data_class)),
            tuple(sorted(marked.table.name for marked in REGISTER if marked.data_class == data_class)),
        )
        for data_class in data_classes()
    )


def _holds(data_class: DataClass) -> list[Hold]:
    found: list[Hold] = []
    for marked in REGISTER:
        if marked.data_class == data_class:
            holds = [concern.hold for concern in marked.concerns if concern.hold is not None]
            found += [hold for hold in holds if hold not in found]
    return found


def cells(line: Line) -> tuple[tuple[AnyText, ...], tuple[str, ...]]:
    """The sentences of a line in the order of HEADINGS but for the last, which is the names of its tables."""
    data_class = line.data_class
    return (
        data_class.title,
        data_class.purpose,
        data_class.ground.label,
        data_class.keeping,
        data_class.recipients,
    ), line.tables


def as_csv(language: str) -> str:
    """The register for a table program."""
    translations = load_translations(language)

    def said(text: AnyText) -> str:
        return defused(render(text, translations, language))

    target = io.StringIO()
    target.write(BYTE_ORDER_MARK)
    writer = csv.writer(target, delimiter=";", lineterminator="\r\n")
    writer.writerow(said(heading) for heading in HEADINGS)
    for line in lines():
        sentences, tables = cells(line)
        holds = " ".join(f"{said(hold.reason)} {said(hold.until)}" for hold in line.holds)
        writer.writerow([*(said(sentence) for sentence in sentences), holds, ", ".join(tables)])
    return target.getvalue()
