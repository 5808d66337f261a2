"""Where one is signed in, and signing out there."""

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from succession.accounts import queries_people, service_sessions
from succession.accounts.browsers import in_words
from succession.blueprints.accounts.blueprint import bp, moment
from succession.extensions import reading, unit_of_work
from succession.web import gate
from succession.web.fields import Form
from succession.web.gate import current_actor, requires


@bp.get("/account/sessions")
@requires()
def sessions() -> ResponseReturnValue:
    """Every browser in which one is signed in, and how long still."""
    found = queries_people.browsers(reading(), current_actor(), gate.held_token(), now=moment())
    rows = [(browser, in_words(browser.session.browser)) for browser in found]
    return render_template("accounts/sessions.html", browsers=rows, form=Form(formdata=None))


@bp.post("/account/sessions/<uuid:session_id>/end")
@requires()
def end_session(session_id: UUID) -> ResponseReturnValue:
    """That browser is signed out."""
    with unit_of_work() as work:
        service_sessions.end_one(work, current_actor(), session_id, now=moment())
    flash(gettext("That browser is signed out."))
    return redirect(url_for(".sessions"))


@bp.post("/account/sign-out-everywhere")
@requires()
def sign_out_everywhere() -> ResponseReturnValue:
    """Every browser is signed out, this one too."""
    with unit_of_work() as work:
        service_sessions.end_all(work, current_actor(), now=moment())
    gate.end_session()
    flash(gettext("You are signed out everywhere."))
    return redirect(url_for(".sign_in"))
