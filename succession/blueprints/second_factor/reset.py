"""Helping somebody back in who has lost everything: their second step is removed after it is known who asks."""

from datetime import UTC, datetime

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from succession.accounts import queries, service_second_factor
from succession.accounts.actor import Role
from succession.blueprints.second_factor.blueprint import bp
from succession.blueprints.second_factor.forms import ResetForm
from succession.extensions import reading, unit_of_work
from succession.web.freshness import fresh_password
from succession.web.gate import current_actor, requires


@bp.get("/people/second-factor-reset")
@requires(Role.COORDINATOR, Role.OPERATOR)
@fresh_password
def resetting() -> ResponseReturnValue:
    """Whose, and how it is known that it is them."""
    return render_template("second_factor/reset.html", form=ResetForm(formdata=None))


@bp.post("/people/second-factor-reset")
@requires(Role.COORDINATOR, Role.OPERATOR)
@fresh_password
def reset() -> ResponseReturnValue:
    """The person can sign in with the password alone, and is told."""
    form = ResetForm()
    account = queries.account_by_email(reading(), form.email.data or "") if form.validate() else None
    if account is None:
        if not form.errors:
            form.email.errors = [gettext("There is no account with this address.")]
        return render_template("second_factor/reset.html", form=form), 422
    with unit_of_work() as work:
        identified = form.identified.data or ""
        service_second_factor.reset(work, current_actor(), account, identified=identified, now=datetime.now(UTC))
    flash(gettext("Removed. The person has been told by mail."))
    return redirect(url_for("second_factor.resetting"))
