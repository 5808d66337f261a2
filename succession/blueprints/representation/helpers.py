"""Who helps me: whom I have asked, what they did, and what waits for my yes."""

from datetime import timedelta
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from succession.accounts import queries_representation as queries
from succession.accounts import service_representation as service
from succession.accounts.representation import LONGEST, day_of
from succession.blueprints.representation.blueprint import bp, moment
from succession.blueprints.representation.forms import HelperForm
from succession.blueprints.representation.wording import ELSEWHERE, ROOMS
from succession.errors import Refused
from succession.extensions import reading, unit_of_work
from succession.web.errors import say
from succession.web.gate import current_actor, requires
from succession.web.links import fresh_link


@bp.get("/who-helps-me")
@requires()
def helpers() -> ResponseReturnValue:
    """Everybody who acts for me or was asked to, and what they looked at."""
    session, actor = reading(), current_actor()
    assert actor.account_id is not None
    return render_template(
        "representation/helpers.html",
        helpers=queries.helpers_of(session, actor, now=moment()),
        waiting=queries.waiting(session, actor.account_id),
        rooms=ROOMS,
        elsewhere=ELSEWHERE,
        looks=queries.looks(session, actor.account_id, most=50),
        freeze=queries.resting(session, actor.account_id),
    )


@bp.get("/who-helps-me/new")
@requires()
def new_helper() -> ResponseReturnValue:
    """Asks who it is and how far it reaches."""
    end = day_of(moment()) + LONGEST - timedelta(days=1)
    return render_template("representation/new_helper.html", form=HelperForm(formdata=None, ends_on=end))


@bp.post("/who-helps-me/new")
@requires()
def name_helper() -> ResponseReturnValue:
    """The one named gets a mail with a link."""
    form = HelperForm()
    if not form.validate():
        return render_template("representation/new_helper.html", form=form), 422
    try:
        with unit_of_work() as session:
            service.name_helper(session, current_actor(), form.helper, fresh_link(), now=moment())
    except Refused as refusal:
        form.refuse(say(refusal.text))
        return render_template("representation/new_helper.html", form=form), refusal.status
    flash(gettext("We have written to %(name)s. You see here when they have said yes.", name=form.name.data))
    return redirect(url_for(".helpers"))


@bp.get("/who-helps-me/<uuid:representation_id>/end")
@requires()
def ask_end(representation_id: UUID) -> ResponseReturnValue:
    """Asks either of the two before nobody can act on it any more."""
    actor = current_actor()
    found = queries.helping_of(reading(), actor, representation_id, now=moment())
    return render_template("representation/end.html", helping=found, is_agent=found.agent_id == actor.account_id)


@bp.post("/who-helps-me/<uuid:representation_id>/end")
@requires()
def end(representation_id: UUID) -> ResponseReturnValue:
    """Nobody acts on it any more, from now on."""
    with unit_of_work() as session:
        row = service.end(session, current_actor(), representation_id, now=moment())
    flash(gettext("That has ended. Nobody can act on it any more."))
    is_agent = row.agent_account_id == current_actor().account_id
    return redirect(url_for(".people" if is_agent else ".helpers"))
