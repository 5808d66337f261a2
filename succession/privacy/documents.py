"""The register of processing as a PDF that a screen reader can read (PDF/UA). Pure but for fonts."""

from datetime import datetime
from pathlib import Path

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

from succession.config import Settings
from succession.i18n import PLACE_OF_TIMES
from succession.letters import fonts
from succession.letters.rendering import Letterhead, OwnFiles, as_html
from succession.letters.values import Addressee, Letter
from succession.privacy import processing

STYLE = Path(__file__).with_name("register.css")


def register_as_pdf(settings: Settings, language: str, *, now: datetime) -> bytes:
    """The register as it stands now, for the file of whoever is responsible."""
    day = now.astimezone(PLACE_OF_TIMES).date()
    letter = Letter(
        "privacy/register",
        Addressee("", ""),
        day,
        {"lines": processing.lines(), "headings": processing.HEADINGS[:-1]},
    )
    known, fetcher = FontConfiguration(), OwnFiles()
    sheet = CSS(string=fonts.style_sheet() + STYLE.read_text(encoding="utf-8"), font_config=known, url_fetcher=fetcher)
    words = as_html(letter, language, Letterhead(settings.site_name, settings.base_url, settings.contact))
    made: bytes = HTML(string=words, url_fetcher=fetcher).write_pdf(
        stylesheets=[sheet], font_config=known, pdf_variant="pdf/ua-1"
    )
    return made
