"""What pages and papers of a simulation show, from one outlook."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from flask import Response

from succession.accounts.representation import day_of
from succession.i18n import Text
from succession.letters.rendering import PAPER, Letterhead, as_pdf
from succession.letters.values import Addressee, Letter
from succession.simulation import charts
from succession.simulation.charts import Expert, Slope
from succession.simulation.outlook import Outlook
from succession.simulation.shown import Shown, shown
from succession.web.context import settings


@dataclass(frozen=True, slots=True)
class Drawn:
    """The lines of one pair of sets, and how high their chart is."""

    lines: tuple[Slope, ...]
    height: int


@dataclass(frozen=True, slots=True)
class Page:
    """All that is shown."""

    shown: Shown
    drawn: tuple[Drawn, ...]
    experts: tuple[Expert, ...]
    on_whom: Text


def page_of(found: Outlook, on_whom: Text, language: str) -> Page:
    """In the reader's language."""
    words = shown(found, language)
    drawn = tuple(_drawn(charts.slopes(pair.movers)) for pair in words.pairs)
    return Page(words, drawn, charts.experts(found, language), on_whom)


def paper(page: Page, language: str, notes: Sequence[Text]) -> Response:
    """The same as a PDF, with what limits it."""
    now = datetime.now(UTC)
    letter = Letter("simulation/paper", Addressee("", ""), day_of(now), {"page": page, "notes": list(notes)})
    there = settings()
    head = Letterhead(there.site_name, there.base_url, there.contact)
    made = as_pdf(letter, language, head, style=PAPER)
    headers = {"Content-Disposition": "inline; filename=vergleich-vergabegrundsaetze.pdf"}
    return Response(made, mimetype="application/pdf", headers=headers)


def _drawn(lines: tuple[Slope, ...]) -> Drawn:
    return Drawn(lines, charts.height(lines))
