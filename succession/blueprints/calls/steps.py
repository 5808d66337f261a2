"""The steps of a call: checked, published, taken back, cancelled."""

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from succession.blueprints.calls.blueprint import bp, now, owners_only
from succession.blueprints.calls.editing import address_of, draft
from succession.blueprints.calls.forms import ReasonForm
from succession.blueprints.calls.own import overview_of
from succession.blueprints.calls.public_view import preview_of
from succession.calls import queries, service_publishing
from succession.calls.refusals import NotReady
from succession.calls.requirements import Page
from succession.errors import Conflict, Refused
from succession.extensions import reading, unit_of_work
from succession.web.errors import say
from succession.web.gate import current_actor
from succession.web.language import current_language


@bp.get("/my-calls/<uuid:call_id>/check")
@owners_only
def check(call_id: UUID) -> ResponseReturnValue:
    """Everything once more, with what is still missing, before it becomes public."""
    return _check_page(call_id)


@bp.post("/my-calls/<uuid:call_id>/publish")
@owners_only
def publish(call_id: UUID) -> ResponseReturnValue:
    """Everybody reads the call from now on, and it is frozen."""
    draft(call_id)
    try:
        with unit_of_work() as session:
            service_publishing.publish(session, current_actor(), call_id, now=now())
    except NotReady:
        return _check_page(call_id), 422
    except (Refused, Conflict) as refusal:
        return _check_page(call_id, refusal=say(refusal.text)), refusal.status
    flash(gettext("The call is published. What applicants rely on is fixed from now on."))
    return redirect(url_for(".overview", call_id=call_id))


@bp.get("/my-calls/<uuid:call_id>/preview")
@owners_only
def preview(call_id: UUID) -> ResponseReturnValue:
    """What everybody would read."""
    found = overview_of(call_id)
    page = preview_of(reading(), found.call, now=now())
    return render_template(
        "calls/show.html", page=page, is_preview=True, picture=None, language_code=current_language()
    )


@bp.post("/my-calls/<uuid:call_id>/take-back")
@owners_only
def take_back(call_id: UUID) -> ResponseReturnValue:
    """A draft again; nobody reads it."""
    with unit_of_work() as session:
        service_publishing.take_back(session, current_actor(), call_id, now=now())
    flash(gettext("The call is a draft again. Nobody can read it."))
    return redirect(url_for(".overview", call_id=call_id))


@bp.get("/my-calls/<uuid:call_id>/cancel")
@owners_only
def ask_cancel(call_id: UUID) -> ResponseReturnValue:
    """Why it ends."""
    return render_template("calls/cancel.html", call=overview_of(call_id).call, form=ReasonForm(formdata=None))


@bp.post("/my-calls/<uuid:call_id>/cancel")
@owners_only
def cancel(call_id: UUID) -> ResponseReturnValue:
    """The call has ended without a contract; everybody reads why."""
    form = ReasonForm()
    call = overview_of(call_id).call
    if form.validate():
        try:
            with unit_of_work() as session:
                service_publishing.cancel(session, current_actor(), call_id, form.reason.data or "", now=now())
            flash(gettext("The call is cancelled. Everybody who has applied is told."))
            return redirect(url_for(".overview", call_id=call_id))
        except Refused as refusal:
            form.refuse(say(refusal.text))
    return render_template("calls/cancel.html", call=call, form=form), 422


def _check_page(call_id: UUID, *, refusal: str = "") -> str:
    found = draft(call_id)
    session = reading()
    return render_template(
        "calls/check.html",
        view=found,
        call=found.call,
        owner=queries.owner_of(session, found.call),
        chosen=queries.principle_set_of(session, found.call),
        gaps={one.number: one for one in found.prepared.gaps},
        address=lambda page: address_of(call_id, Page(page)),
        refusal=refusal,
    )
