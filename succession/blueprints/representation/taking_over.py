"""Taking one's file over with the code from a letter; open to all, because nobody can sign in yet."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from succession.accounts import service_file as service
from succession.accounts import service_limits
from succession.accounts.limits import TAKE_OVERS_OF_A_NETWORK
from succession.accounts.service_file import OwnHands
from succession.blueprints.representation.blueprint import bp, moment
from succession.blueprints.representation.forms import TakeOverForm
from succession.errors import Conflict, Refused, TooMany
from succession.extensions import own_transaction, unit_of_work
from succession.web.context import settings
from succession.web.errors import say
from succession.web.gate import current_actor, public


@bp.get("/take-over")
@public
def take_over() -> ResponseReturnValue:
    """Asks for the code, an address and a password."""
    return render_template("representation/take_over.html", form=TakeOverForm(formdata=None))


@bp.post("/take-over")
@public
def take_over_submit() -> ResponseReturnValue:
    """The person can sign in from now on."""
    form = TakeOverForm()
    if not form.validate():
        return render_template("representation/take_over.html", form=form), 422
    try:
        _take_over(form)
    except (Refused, Conflict, TooMany) as refusal:
        form.refuse(say(refusal.text))
        return render_template("representation/take_over.html", form=form), refusal.status, refusal.headers
    flash(gettext("The file is yours now. Please sign in with your address and password."))
    return redirect(url_for("accounts.sign_in"))


def _take_over(form: TakeOverForm) -> None:
    now = moment()
    with own_transaction() as session:
        service_limits.count(session, TAKE_OVERS_OF_A_NETWORK, request.remote_addr or "", now=now)
    own = OwnHands(
        form.email.data or "", form.password.data or "", settings().site_name, keeps_help=bool(form.keeps_help.data)
    )
    with unit_of_work() as session:
        service.take_over(session, current_actor(), form.code.data or "", own, now=now)
