"""The office's page on which the withdrawal of an application on paper is recorded."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext

from succession.accounts.actor import Role
from succession.applications import queries_envelopes, service_withdrawing
from succession.applications.service_withdrawing import Letter
from succession.blueprints.applications.blueprint import bp
from succession.calls import queries as calls
from succession.errors import SuccessionError
from succession.extensions import reading, unit_of_work
from succession.files.limits import LARGEST_DOCUMENT
from succession.i18n import PLACE_OF_TIMES
from succession.web.context import settings
from succession.web.errors import say
from succession.web.fields import DayField, Form, UploadField
from succession.web.gate import current_actor, requires

office_only = requires(Role.LANDOWNER)


class WithdrawalForm(Form):
    """The letter that withdraws."""

    arrived_on = DayField(lazy_gettext("On which day did the letter come in?"))
    scan = UploadField(
        lazy_gettext("Scan of the letter"), optional=True, hint=lazy_gettext("PDF, at most 20 MB and 200 pages.")
    )


@bp.get("/my-calls/<uuid:call_id>/envelopes/<int:number>/withdrawal")
@office_only
def withdrawal(call_id: UUID, number: int) -> ResponseReturnValue:
    """What it means, and the form."""
    here = datetime.now(UTC).astimezone(PLACE_OF_TIMES)
    return _page(call_id, number, WithdrawalForm(formdata=None, data={"arrived_on": here.date()}))


@bp.post("/my-calls/<uuid:call_id>/envelopes/<int:number>/withdrawal")
@office_only
def record_withdrawal(call_id: UUID, number: int) -> ResponseReturnValue:
    """It does not count any more."""
    request.max_content_length = LARGEST_DOCUMENT + 2**20
    form = WithdrawalForm()
    if not form.validate():
        return _page(call_id, number, form), 422
    try:
        with unit_of_work() as session:
            actor, now = current_actor(), datetime.now(UTC)
            service_withdrawing.withdraw(
                session, actor, call_id, number, _letter(form), folder=settings().files, now=now
            )
    except SuccessionError as refusal:
        form.refuse(say(refusal.text))
        return _page(call_id, number, form), refusal.status
    flash(gettext("The application is withdrawn. Where a lot was scored, score it again."))
    return redirect(url_for(".entry", call_id=call_id, number=number))


def _letter(form: WithdrawalForm) -> Letter:
    sent = request.files.get(form.scan.name)
    scan = (sent.filename or "", sent.read()) if sent is not None and sent.filename else None
    return Letter(form.arrived_on.data or datetime.now(PLACE_OF_TIMES).date(), scan)


def _page(call_id: UUID, number: int, form: Form, **more: Any) -> str:
    session, actor = reading(), current_actor()
    call = calls.call_for(session, actor, call_id)
    details = queries_envelopes.entry(session, actor, call, number)
    return render_template(
        "applications/withdrawal.html",
        call=call,
        application=details.application,
        envelope=queries_envelopes.envelope(session, actor, call, number),
        form=form,
        **more,
    )
