"""The notice of a call as a PDF: for the board, the gazette and whoever has no screen."""

from datetime import datetime

import segno
from markupsafe import Markup

from succession.blueprints.calls.public_view import PublicPage
from succession.config import Settings
from succession.letters.rendering import PAPER, Letterhead, as_pdf
from succession.letters.values import Addressee, Letter


def notice(page: PublicPage, language: str, settings: Settings, *, now: datetime) -> bytes:
    """The paper; everything on it stands on the public page, too."""
    address = f"{settings.base_url}/calls/{page.public_id}"
    letter = Letter(
        "calls/notice",
        Addressee("", ""),
        now.date(),
        {
            "page": page,
            "sections": page.sections(language),
            "address": address,
            "code": _drawn(address),
        },
    )
    return as_pdf(letter, language, Letterhead(settings.site_name, settings.base_url, settings.contact), style=PAPER)


def _drawn(address: str) -> Markup:
    """The address for a telephone's camera: our own drawing, no words of anybody."""
    return Markup(segno.make(address, error="m").svg_inline(scale=3, border=2))  # noqa: S704  # nosec B704
