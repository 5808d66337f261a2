"""A letter as a PDF that a screen reader can read (PDF/UA), in the language of whom it goes to. Pure but for fonts.

Nothing is fetched from anywhere: a letter is made of its template, its style sheet and our own typefaces.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, partial
from pathlib import Path
from typing import Any

from babel.dates import format_date, format_datetime, format_time
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from weasyprint import CSS, HTML
from weasyprint.document import Document
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from succession.config import Contact
from succession.i18n import PLACE_OF_TIMES, Text, load_translations, render
from succession.letters import fonts
from succession.letters.values import Addressee, Letter

TEMPLATES = Path(__file__).parent.parent / "templates"
VARIANT = "pdf/ua-1"
STYLE = Path(__file__).with_name("letter.css")
PAPER = Path(__file__).with_name("paper.css")
"""For documents that are no letters: papers for a body, records, files."""


@dataclass(frozen=True, slots=True)
class Letterhead:
    """What all letters of an installation share."""

    site_name: str
    base_url: str
    contact: Contact


class NotOurs(FatalURLFetchingError):  # type: ignore[misc]  # WeasyPrint has no types
    """A letter wanted something from elsewhere."""


class OwnFiles(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no types
    """Answers for our typefaces and for nothing else."""

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:  # noqa: ARG002
        """The typeface; anything else is an error of ours that nobody may overlook."""
        found = fonts.font_file(url)
        if found is None:
            raise NotOurs(f"A letter may fetch nothing, and asked for {url[:80]}")
        return URLFetcherResponse(url, found, {"Content-Type": "font/woff2"})


def as_html(letter: Letter, language: str, letterhead: Letterhead) -> str:
    """The letter before it is set; a value that the template needs and does not get is an error."""
    names = {**letter.values, "letter": letter, "letterhead": letterhead, "language": language}
    return _environment(language).get_template(f"letters/{letter.template}.html").render(names)


def as_pdf(letter: Letter, language: str, letterhead: Letterhead, *, style: Path = STYLE) -> bytes:
    """The letter as a tagged PDF with its title and language."""
    made: bytes = _set(letter, language, letterhead, style).write_pdf(pdf_variant=VARIANT)
    return made


def as_one_pdf(letters: Sequence[tuple[Letter, str]], title: str, letterhead: Letterhead) -> bytes:
    """Several letters, each in the language of its reader, one after another in one file to print.

    Each counts its own pages and begins on a front page, so that printing on both sides mixes no two letters.
    """
    documents = [_set(letter, language, letterhead, STYLE) for letter, language in letters]
    empty = _set(Letter("empty", Addressee("", ""), date.min), "de", letterhead, STYLE).pages
    pages = []
    for document in documents:
        pages += document.pages + (empty if len(document.pages) % 2 else [])
    whole = documents[0].copy(pages)
    whole.metadata.title = title
    made: bytes = whole.write_pdf(pdf_variant=VARIANT)
    return made


def _set(letter: Letter, language: str, letterhead: Letterhead, style: Path) -> Document:
    known = FontConfiguration()
    fetcher = OwnFiles()
    sheet = fonts.style_sheet() + style.read_text(encoding="utf-8")
    css = CSS(string=sheet, font_config=known, url_fetcher=fetcher)
    page = HTML(string=as_html(letter, language, letterhead), url_fetcher=fetcher)
    return page.render(stylesheets=[css], font_config=known, pdf_variant=VARIANT)


@cache
def _environment(language: str) -> Environment:
    """Jinja without Flask; everything that goes in is escaped."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        extensions=["jinja2.ext.i18n"],
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=True,
    )
    translations = load_translations(language)
    environment.install_gettext_translations(translations, newstyle=True)  # type: ignore[attr-defined]
    environment.filters["say"] = partial(_say, language=language)
    environment.filters["day"] = partial(_day, language=language)
    environment.filters["moment"] = partial(_moment, language=language)
    environment.filters["minute"] = partial(_minute, language=language)
    return environment


def _say(value: Any, *, language: str) -> str:
    """A sentence in the letter's language; plain text stays as it is."""
    return value if isinstance(value, str) else render(value, load_translations(language), language)


def _day(value: date, *, language: str) -> str:
    return str(format_date(value, format="long", locale=language))


def _minute(value: datetime, *, language: str) -> str:
    """A deadline as people say it: to the minute."""
    local = value.astimezone(PLACE_OF_TIMES)
    time = str(format_time(local.time(), format="short", locale=language))
    said = Text("%(day)s, %(time)s", {"day": _day(local, language=language), "time": time})
    return _say(said, language=language)


def _moment(value: datetime, *, language: str) -> str:
    return str(format_datetime(value, format="medium", tzinfo=PLACE_OF_TIMES, locale=language))
