"""The copy that a person gets: a ZIP of JSON, CSV and files, with a page that says what is what. Pure.

Cells that a table program would take for a formula are defused.
"""

import csv
import io
import json
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import IO, Any

from succession.i18n import PLACE_OF_TIMES, load_translations, render
from succession.marks import DataClass, OwnFile
from succession.privacy.exporting import HeldTable

BYTE_ORDER_MARK = "\ufeff"
FORMULA_BEGINS = ("=", "+", "-", "@", "\t", "\r")
OLDEST_ZIP_YEAR = 1980


@dataclass(frozen=True, slots=True)
class Heading:
    """What the copy says about itself."""

    site_name: str
    contact: str
    made_at: datetime
    language: str


def write_package(
    target: IO[bytes],
    tables: Iterable[HeldTable],
    files: Iterable[OwnFile],
    classes: tuple[DataClass, ...],
    heading: Heading,
) -> None:
    """The whole copy is in `target`."""
    by_class: dict[str, dict[str, Any]] = {}
    stamp = heading.made_at.astimezone(PLACE_OF_TIMES).timetuple()[:6]
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:

        def put(name: str, content: str) -> None:
            package.writestr(zipfile.ZipInfo(name, stamp), content, zipfile.ZIP_DEFLATED)

        for table in tables:
            if table.rows:
                by_class.setdefault(table.data_class_key, {})[table.name] = list(table.rows)
                put(f"csv/{table.name}.csv", as_csv(table.rows))
        for key, content in by_class.items():
            put(f"json/{key}.json", json.dumps(content, ensure_ascii=False, indent=2) + "\n")
        for file in files:
            if file.is_exported and file.path.is_file():
                package.write(file.path, f"files/{file.name}")
        present = tuple(data_class for data_class in classes if data_class.key in by_class)
        put("LIESMICH.txt" if heading.language == "de" else "README.txt", _words(present, by_class, heading))


def as_csv(rows: Iterable[Mapping[str, Any]]) -> str:
    """The rows for a table program: with its byte order mark, semicolons, and nothing that it would compute."""
    listed = list(rows)
    columns = list(dict.fromkeys(name for row in listed for name in row))
    text = io.StringIO()
    text.write(BYTE_ORDER_MARK)
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([_cell(row.get(name)) for name in columns] for row in listed)
    return text.getvalue()


def defused(cell: str) -> str:
    """A text that no table program takes for a formula."""
    return f"'{cell}" if cell.startswith(FORMULA_BEGINS) else cell


def _cell(value: Any) -> str:
    match value:
        case None:
            return ""
        case str():
            return defused(value)
        case bool() | int() | float():
            return json.dumps(value)
        case _:
            return defused(json.dumps(value, ensure_ascii=False))


def _words(classes: tuple[DataClass, ...], by_class: Mapping[str, Mapping[str, Any]], heading: Heading) -> str:
    translations = load_translations(heading.language)

    def said(text: Any) -> str:
        return render(text, translations, heading.language)

    gettext = translations.gettext
    day = heading.made_at.astimezone(PLACE_OF_TIMES).strftime("%d.%m.%Y, %H:%M")
    lines = [
        gettext("Your data at %(site)s") % {"site": heading.site_name},
        gettext("As of %(moment)s") % {"moment": day},
        "",
        gettext("This folder holds a copy of all that we hold on you."),
        gettext("json: for programs. csv: the same as tables; semicolons, UTF-8, opens in any table program."),
        gettext("files: what you have uploaded."),
        gettext(
            "E-mail addresses of other people are replaced by […]. Passwords are not in here: we do not know them."
        ),
        gettext("A cell that begins with ' was changed so that no program computes with it."),
        "",
    ]
    for data_class in classes:
        lines += [
            said(data_class.title).upper(),
            *(
                f"  {label} {said(text)}"
                for label, text in (
                    (gettext("What for:"), data_class.purpose),
                    (gettext("Why we may:"), data_class.ground.label),
                    (gettext("How long:"), data_class.keeping),
                    (gettext("Who gets it:"), data_class.recipients),
                )
            ),
            f"  json/{data_class.key}.json",
            *(f"  csv/{name}.csv ({len(rows)})" for name, rows in by_class[data_class.key].items()),
            "",
        ]
    lines += [gettext("Questions? %(contact)s") % {"contact": heading.contact}, ""]
    return "\r\n".join(lines)
