"""Sentences that name an option of the command line, said as a page says them. Pure."""

from dataclasses import replace

from succession.geo.findings import Finding
from succession.i18n import AnyText, Text, Value
from succession.land.report import Report

# What geo says to both, and what a page says instead; the values are the same.
_ON_PAGES = {
    "It looks like %(guess)s: pass --crs %(guess)s, or choose it in the form.": Text(
        "It looks like %(guess)s. That is chosen in the form already."
    ),
    "It looks like %(guess)s: pass --crs %(guess)s, or choose it in the form "
    "(%(other)s fits too, ask who made the file).": Text(
        "It looks like %(guess)s. That is chosen in the form already (%(other)s fits too, ask who made the file)."
    ),
    "Ask who made the file and pass it as --crs EPSG:N, or choose it in the form.": Text(
        "Ask who made the file and choose it in the form."
    ),
    "No column of the file names the owners. Its columns are: %(columns)s. "
    "Say which it is with --owner-column, or choose it in the form.": Text(
        "No column of the file seems to name the owners. Its columns are: %(columns)s. Choose it below."
    ),
    "The file has %(count)s layers; “%(chosen)s” was taken. The others: %(others)s. Name another with --layer.": Text(
        "The file has %(count)s layers; “%(chosen)s” was taken. The others: %(others)s. You can choose another below."
    ),
}


def on_page(report: Report) -> Report:
    """The report in the words of a page."""
    return replace(
        report,
        reasons=_findings(report.reasons),
        notes=_findings(report.notes),
        rows=tuple(replace(row, reasons=_findings(row.reasons)) for row in report.rows),
    )


def _findings(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    return tuple(replace(finding, text=_text(finding.text)) for finding in findings)


def _text(text: AnyText) -> AnyText:
    """The sentence, and the sentences in it."""
    values: dict[str, Value] = {
        name: _one(value) if isinstance(value, Text) else value for name, value in text.values.items()
    }
    return _one(replace(text, values=values)) if isinstance(text, Text) else replace(text, values=values)


def _one(text: Text) -> Text:
    said = _ON_PAGES.get(text.msgid)
    return text if said is None else replace(text, msgid=said.msgid)
