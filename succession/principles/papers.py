"""The papers that are made from a set: its text for the gazette, and the application form. Pure but for fonts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

from succession.letters import fonts
from succession.letters.rendering import Letterhead, OwnFiles, as_html
from succession.letters.values import Addressee, Letter
from succession.principles.document import PrincipleDocument
from succession.principles.gazette import gazette
from succession.principles.paper_form import paper_form
from succession.principles.texts import in_language

STYLE = Path(__file__).with_name("papers.css")
MOST_LOTS = 12


@dataclass(frozen=True, slots=True)
class CallWords:
    """What a form says of its call; nothing of it is needed, as the form can be looked at before there is one."""

    title: str = ""
    closes: str = ""
    address: str = ""
    lots: Sequence[str] = ()


NO_CALL = CallWords()


def gazette_pdf(
    document: PrincipleDocument, language: str, letterhead: Letterhead, *, owner: str, is_draft: bool, day: date
) -> bytes:
    """The set in plain language, as a council prints it."""
    values = {
        "sections": gazette(document, language),
        "name": in_language(document.name, language),
        "summary": in_language(document.summary, language),
        "identifier": document.identifier,
        "sources": document.sources,
        "owner": owner,
        "is_draft": is_draft,
    }
    return _set("principles/gazette", values, language, letterhead, day)


def paper_form_pdf(
    document: PrincipleDocument,
    language: str,
    letterhead: Letterhead,
    *,
    owner: str,
    day: date,
    call: CallWords = NO_CALL,
) -> bytes:
    """The application form with tick boxes and room for figures; of a call, with its lots and its last day."""
    form = paper_form(document, language)
    values = {"form": form, "owner": owner, "call": call, "lots": list(call.lots)[:MOST_LOTS]}
    return _set("principles/paper_form", values, language, letterhead, day)


def _set(template: str, values: Mapping[str, Any], language: str, letterhead: Letterhead, day: date) -> bytes:
    letter = Letter(template, Addressee("", ""), day, values)
    known, fetcher = FontConfiguration(), OwnFiles()
    sheet = CSS(string=fonts.style_sheet() + STYLE.read_text(encoding="utf-8"), font_config=known, url_fetcher=fetcher)
    words = as_html(letter, language, letterhead)
    made: bytes = HTML(string=words, url_fetcher=fetcher).write_pdf(
        stylesheets=[sheet], font_config=known, pdf_variant="pdf/ua-1"
    )
    return made
