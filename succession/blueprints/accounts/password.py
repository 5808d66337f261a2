"""Changing one's password."""

from flask import flash, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from succession.accounts import service_proof, service_recovery
from succession.accounts.tokens import new_token
from succession.blueprints.accounts.blueprint import bp, moment, network_address, new_password
from succession.blueprints.accounts.forms import ChangePasswordForm
from succession.errors import Refused, TooMany
from succession.extensions import own_transaction, unit_of_work
from succession.web import gate
from succession.web.errors import say
from succession.web.gate import current_actor, requires


@bp.get("/account/password")
@requires()
def change_password() -> ResponseReturnValue:
    """The present password and a new one."""
    return render_template("accounts/change_password.html", form=ChangePasswordForm(formdata=None))


@bp.post("/account/password")
@requires()
def change_password_submit() -> ResponseReturnValue:
    """The password is new; every other browser is signed out."""
    form = ChangePasswordForm()
    if form.validate():
        try:
            _change(form)
        except (Refused, TooMany) as refusal:
            form.refuse(say(refusal.text))
            return render_template("accounts/change_password.html", form=form), refusal.status, refusal.headers
        flash(gettext("Your new password is set. You are signed out everywhere else."))
        return redirect(url_for(".account"))
    return render_template("accounts/change_password.html", form=form), 422


def proven(password: str | None) -> None:
    """Counts the try and looks at the password of the person who is signed in; refuses a wrong one."""
    now, address, actor = moment(), network_address(), current_actor()
    with own_transaction() as own:
        service_proof.reserve_proof(own, actor, address, now=now)
    with unit_of_work() as work:
        service_proof.prove_password(work, actor, password or "", address, now=now)


def _change(form: ChangePasswordForm) -> None:
    proven(form.old_password.data)
    token, fresh = gate.held_token() or "", new_token()
    with unit_of_work() as work:
        service_recovery.change_password(
            work, current_actor(), new_password(form.password.data), token=token, fresh_token=fresh, now=moment()
        )
    is_lasting = session.permanent
    gate.start_session(fresh)
    session.permanent = is_lasting
