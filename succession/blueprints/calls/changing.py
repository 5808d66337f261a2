"""What is done with a call in public: changed with notice to all, and the result of the public draw."""

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from succession.blueprints.calls.blueprint import bp, now, owners_only
from succession.blueprints.calls.forms import ChangeForm, DrawForm
from succession.blueprints.calls.own import Overview, overview_of
from succession.calls import service_draw, service_reopening
from succession.calls.service_reopening import Reopening
from succession.errors import Conflict, Refused
from succession.extensions import unit_of_work
from succession.i18n import PLACE_OF_TIMES
from succession.web.choices import options
from succession.web.errors import say
from succession.web.gate import current_actor


@bp.get("/my-calls/<uuid:call_id>/change")
@owners_only
def ask_change(call_id: UUID) -> ResponseReturnValue:
    """What changes, why, and until when people can apply then."""
    found = overview_of(call_id)
    return render_template("calls/change.html", view=found, call=found.call, form=_form(found))


@bp.post("/my-calls/<uuid:call_id>/change")
@owners_only
def change(call_id: UUID) -> ResponseReturnValue:
    """The call says something else, everybody reads it, and applicants are told."""
    found = overview_of(call_id)
    form = _form(found)
    closes_at = form.closes_at() if form.validate() else None
    if closes_at is not None:
        wanted = Reopening(
            form.reason.data or "",
            closes_at,
            summary=form.summary.data or "",
            public_draw_on=form.draw_on.data,
            removed_lots=tuple(int(number) for number in form.removed.data or ()),
        )
        try:
            with unit_of_work() as session:
                service_reopening.reopen(session, current_actor(), call_id, wanted, now=now())
            flash(gettext("The call is changed. Everybody can read what, and applicants are told."))
            return redirect(url_for(".overview", call_id=call_id))
        except (Refused, Conflict) as refusal:
            form.refuse(say(refusal.text))
    return render_template("calls/change.html", view=found, call=found.call, form=form), 422


@bp.get("/my-calls/<uuid:call_id>/draw")
@owners_only
def ask_draw(call_id: UUID) -> ResponseReturnValue:
    """The result of the public draw, once it was held."""
    found = overview_of(call_id)
    return render_template("calls/draw.html", call=found.call, form=DrawForm(formdata=None))


@bp.post("/my-calls/<uuid:call_id>/draw")
@owners_only
def enter_draw(call_id: UUID) -> ResponseReturnValue:
    """The result stands for good; secret and seed are public."""
    form = DrawForm()
    found = overview_of(call_id)
    if form.validate():
        try:
            with unit_of_work() as session:
                service_draw.enter_draw(session, current_actor(), call_id, form.result.data or "", now=now())
            flash(gettext("The result is entered. Secret and seed are public now."))
            return redirect(url_for(".overview", call_id=call_id))
        except (Refused, Conflict) as refusal:
            form.refuse(say(refusal.text))
    return render_template("calls/draw.html", call=found.call, form=form), 422


def _form(found: Overview) -> ChangeForm:
    closes = found.call.closes_at
    local = None if closes is None else closes.astimezone(PLACE_OF_TIMES)
    data = {
        "closes_on": local and local.date(),
        "closes_clock": f"{local:%H:%M}" if local else "",
        "summary": found.call.summary,
        "draw_on": found.call.public_draw_on,
    }
    form = ChangeForm(data=data)
    form.removed.choices = options((str(lot.number), f"{lot.number}: {lot.name}") for lot in found.prepared.lots)
    return form
