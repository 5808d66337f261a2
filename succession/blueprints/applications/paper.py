"""The application form of a call on paper: for everybody, without signing in."""

from datetime import UTC, datetime
from uuid import UUID

from babel.dates import format_datetime
from flask import Response
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from succession.accounts.representation import day_of
from succession.blueprints.applications.blueprint import bp
from succession.calls import queries as calls
from succession.extensions import reading
from succession.i18n import PLACE_OF_TIMES
from succession.letters.rendering import Letterhead
from succession.principles.papers import CallWords, paper_form_pdf
from succession.web.context import settings
from succession.web.gate import public
from succession.web.language import current_language


@bp.get("/calls/<uuid:call_id>/paper-form.pdf")
@public
def paper_form(call_id: UUID) -> ResponseReturnValue:
    """The same questions as online, with the lots of the call, its deadline and where to send it."""
    call = calls.call_of_public(reading(), call_id)
    language, own = current_language(), settings()
    lots = [
        gettext("Lot %(number)s: %(name)s", number=lot.number, name=lot.name) for lot in calls.lots_of(reading(), call)
    ]
    closes = format_datetime(call.closes_at, format="short", tzinfo=PLACE_OF_TIMES, locale=language)
    made = paper_form_pdf(
        calls.principles_of(call),
        language,
        Letterhead(own.site_name, own.base_url, own.contact),
        owner=calls.owner_of(reading(), call).name,
        day=day_of(datetime.now(UTC)),
        call=CallWords(call.title, str(closes), call.contact_address, lots),
    )
    answer = Response(made, mimetype="application/pdf")
    answer.headers["Content-Disposition"] = 'attachment; filename="bewerbung-auf-papier.pdf"'
    return answer
