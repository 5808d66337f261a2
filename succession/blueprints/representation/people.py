"""The people for whom I enter: the list, a new file on paper, beginning and stopping to act."""

from datetime import timedelta
from uuid import UUID

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from succession.accounts import queries_representation as queries
from succession.accounts import service_file
from succession.accounts import service_representation as service
from succession.accounts.actor import Role
from succession.accounts.representation import LONGEST, day_of
from succession.blueprints.representation.blueprint import bp, moment
from succession.blueprints.representation.forms import FileForm
from succession.errors import Refused
from succession.extensions import reading, unit_of_work
from succession.web import gate
from succession.web.errors import say
from succession.web.gate import also_while_acting, current_actor, requires


@bp.get("/people-i-help")
@requires()
def people() -> ResponseReturnValue:
    """Everybody for whom I may act or keep a file, with the next step."""
    session, actor = reading(), current_actor()
    found = queries.helped_by(session, actor, now=moment())
    return render_template("representation/people.html", people=found, soon=day_of(moment()) + timedelta(days=30))


@bp.get("/people-i-help/new")
@requires(Role.ADVISOR)
def new_file() -> ResponseReturnValue:
    """Asks for name and address of somebody without e-mail."""
    end = day_of(moment()) + LONGEST - timedelta(days=1)
    return render_template("representation/new_file.html", form=FileForm(formdata=None, ends_on=end, scopes=["write"]))


@bp.post("/people-i-help/new")
@requires(Role.ADVISOR)
def open_file() -> ResponseReturnValue:
    """The file is there; next comes the letter."""
    form = FileForm()
    if not form.validate():
        return render_template("representation/new_file.html", form=form), 422
    try:
        with unit_of_work() as session:
            row = service_file.open_file(session, current_actor(), form.file, now=moment())
    except Refused as refusal:
        form.refuse(say(refusal.text))
        return render_template("representation/new_file.html", form=form), refusal.status
    flash(gettext("The file is there. Now the person needs the letter with the code."))
    return redirect(url_for(".file", representation_id=row.public_id))


@bp.post("/acting/<uuid:representation_id>/start")
@requires()
@also_while_acting
def start(representation_id: UUID) -> ResponseReturnValue:
    """The browser acts in the person's name from now on."""
    token = gate.held_token() or ""
    with unit_of_work() as session:
        name = service.start_acting(session, current_actor(), representation_id, token, now=moment())
    g.pop("actor", None)
    flash(gettext("You now act for %(name)s. The line on top of each page says so.", name=name))
    roles = current_actor().roles
    seeks_only = roles == {Role.SEEKER}
    return redirect(url_for("profiles.searches" if seeks_only else "listings.mine"))


@bp.post("/acting/stop")
@requires()
@also_while_acting
def stop() -> ResponseReturnValue:
    """The browser acts for nobody any more."""
    with unit_of_work() as session:
        service.stop_acting(session, current_actor(), gate.held_token() or "", now=moment())
    g.pop("actor", None)
    flash(gettext("You act for yourself again."))
    return redirect(url_for(".people"))
