"""Letters as answers: set now, with the installation's letterhead, kept nowhere."""

from flask import Response

from succession.accounts.models import Account
from succession.accounts.representation import day_of
from succession.blueprints.representation.blueprint import moment
from succession.letters.rendering import Letterhead, as_pdf
from succession.letters.values import Addressee, Letter
from succession.web.context import settings


def answer(template: str, person: Account, **values: object) -> Response:
    """The letter to the person as a file; nobody keeps a copy, because its code is in it."""
    own = settings()
    letter = Letter(template, Addressee(person.name, person.postal_address or ""), day_of(moment()), values)
    made = as_pdf(letter, person.language.value, Letterhead(own.site_name, own.base_url, own.contact))
    response = Response(made, mimetype="application/pdf")
    response.headers["Content-Disposition"] = 'attachment; filename="brief.pdf"'
    response.headers["Cache-Control"] = "no-store"
    return response
