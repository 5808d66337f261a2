"""Letters and papers of an award as answers: set now, with the owner's own head, kept nowhere."""

from datetime import datetime
from pathlib import Path

from flask import Response
from flask_babel import gettext

from succession.awards.notice_kinds import NoticeKind
from succession.awards.queries import Desk
from succession.awards.sheets import Sheet, result_sentence
from succession.awards.standstill import day_of
from succession.calls.models import Call
from succession.config import Contact
from succession.letters.rendering import PAPER, Letterhead, as_one_pdf, as_pdf
from succession.letters.values import Addressee, Letter
from succession.web.context import settings

TEMPLATES = {NoticeKind.CHOSEN: "awards/chosen", NoticeKind.NOT_CHOSEN: "awards/not_chosen"}


def owner_head(call: Call, owner_name: str) -> Letterhead:
    """The owner writes, not the network: its name, and whom the call names as the one to ask."""
    own = settings()
    contact = Contact(
        name=owner_name,
        phone=call.contact_phone or own.contact.phone,
        hours="" if call.contact_phone else own.contact.hours,
        email=call.contact_email or own.contact.email,
        address=", ".join(line.strip() for line in call.contact_address.splitlines() if line.strip())
        or own.contact.address,
    )
    return Letterhead(owner_name, own.base_url, contact)


def result_letter(sheet: Sheet, *, now: datetime) -> Letter:
    """The letter that tells somebody the result; it bears the day on which it leaves."""
    return Letter(
        TEMPLATES[sheet.kind],
        Addressee(sheet.recipient.name, sheet.recipient.address),
        sheet.span.dispatched_on if sheet.span else day_of(now),
        {
            "sheet": sheet,
            "result": result_sentence(sheet.lot, sheet.decided, is_chosen=sheet.is_chosen),
        },
    )


def letters_answer(letters: list[tuple[Letter, str]], call: Call, owner_name: str, name: str) -> Response:
    """Several letters in one file to print."""
    title = gettext("Letters for the call “%(title)s”", title=call.title)
    return pdf_answer(as_one_pdf(letters, title, owner_head(call, owner_name)), name)


def letter_answer(letter: Letter, language: str, call: Call, owner_name: str, name: str) -> Response:
    """One letter."""
    return pdf_answer(as_pdf(letter, language, owner_head(call, owner_name)), name)


def paper_answer(letter: Letter, desk: Desk, owner_name: str, name: str) -> Response:
    """A paper that is no letter; what leaves the office is in German."""
    return pdf_answer(as_pdf(letter, "de", owner_head(desk.call, owner_name), style=PAPER), name)


def pdf_answer(made: bytes, name: str) -> Response:
    """The file; nobody keeps a copy."""
    response = Response(made, mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="{Path(name).name}"'
    response.headers["Cache-Control"] = "no-store"
    return response
