"""The answer of somebody who was asked to act for a person."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from succession.accounts import queries_representation as queries
from succession.accounts import service_representation as service
from succession.accounts.tokens import hash_token
from succession.blueprints.representation.blueprint import bp, moment
from succession.extensions import reading, unit_of_work
from succession.web.gate import current_actor, requires


@bp.get("/help/<token>")
@requires()
def asked(token: str) -> ResponseReturnValue:
    """Who asks, and what saying yes means."""
    session = reading()
    row = queries.asked_by_token(session, hash_token(token))
    found = queries.helping(session, row.public_id, now=moment())
    return render_template("representation/asked.html", helping=found, token=token)


@bp.post("/help/<token>/yes")
@requires()
def accept(token: str) -> ResponseReturnValue:
    """From now on this person acts for the other."""
    with unit_of_work() as session:
        row = service.accept(session, current_actor(), token, now=moment())
        found = queries.helping(session, row.public_id, now=moment())
    flash(gettext("Thank you. You can now enter things for %(name)s.", name=found.person))
    return redirect(url_for(".people"))


@bp.post("/help/<token>/no")
@requires()
def decline(token: str) -> ResponseReturnValue:
    """The person is told, and the link is dead."""
    with unit_of_work() as session:
        service.decline(session, current_actor(), token, now=moment())
    flash(gettext("We have told them. Nothing else happens."))
    return redirect(url_for(".people"))
