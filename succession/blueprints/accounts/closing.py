"""Closing one's account: what goes, what stays and why; the password; the rest is done by the privacy room."""

from flask import render_template
from flask.typing import ResponseReturnValue

from succession.blueprints.accounts.blueprint import bp
from succession.blueprints.accounts.forms import CloseForm
from succession.web.gate import requires


@bp.get("/account/close")
@requires()
def close() -> ResponseReturnValue:
    """What goes, what stays, and why."""
    return render_template("accounts/close.html", form=CloseForm(formdata=None), is_ready=False)
