"""Receipts as PDF: set now, kept nowhere."""

from datetime import UTC, datetime

from flask import Response

from succession.accounts.representation import day_of
from succession.applications.models import ApplicationSubmission
from succession.applications.queries import Details
from succession.letters.rendering import Letterhead, as_pdf
from succession.letters.values import Addressee, Letter
from succession.web.context import settings
from succession.web.language import current_language


def receipt(details: Details, sent: ApplicationSubmission) -> Response:
    """The receipt of what was sent, to the applicant."""
    own, application = settings(), details.application
    values = {
        "title": details.call.title,
        "owner": details.owner_name,
        "code": application.code,
        "number": sent.number,
        "arrived_at": sent.arrived_at,
        "hash": sent.hash,
        "lots": details.chosen,
        "is_paper": application.envelope_id is not None,
        "address": f"{own.base_url}/check-award",
        "contact_name": details.call.contact_name,
        "contact_phone": details.call.contact_phone,
    }
    addressee = Addressee(application.name, application.address)
    letter = Letter("applications/receipt", addressee, day_of(datetime.now(UTC)), values)
    made = as_pdf(letter, current_language(), Letterhead(own.site_name, own.base_url, own.contact))
    response = Response(made, mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="eingang-{application.code.lower()}.pdf"'
    response.headers["Cache-Control"] = "no-store"
    return response
