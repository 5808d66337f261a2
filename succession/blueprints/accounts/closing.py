"""Closing one's account: what goes, what stays and why; the password; the rest is done by the privacy room."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from succession.blueprints.accounts.blueprint import bp, moment
from succession.blueprints.accounts.forms import CloseForm
from succession.blueprints.accounts.password import proven
from succession.errors import Conflict, Refused, TooMany
from succession.extensions import reading, unit_of_work
from succession.privacy import queries, service
from succession.web import gate
from succession.web.errors import say
from succession.web.gate import current_actor, requires


@bp.get("/account/close")
@requires()
def close() -> ResponseReturnValue:
    """What goes, what stays, and why."""
    return _page(CloseForm(formdata=None))


@bp.post("/account/close")
@requires()
def close_submit() -> ResponseReturnValue:
    """Nobody can sign in any more, and the data go."""
    form = CloseForm()
    if not form.validate():
        return _page(form), 422
    try:
        proven(form.password.data)
        with unit_of_work() as work:
            service.request_erasure(work, current_actor(), now=moment())
    except (Refused, TooMany, Conflict) as refusal:
        form.refuse(say(refusal.text))
        return _page(form), refusal.status, refusal.headers
    gate.end_session()
    return redirect(url_for("privacy.farewell"))


def _page(form: CloseForm) -> str:
    overview = queries.overview(reading(), current_actor(), now=moment())
    return render_template("accounts/close.html", form=form, overview=overview)
