"""For owners: their own sets beside published ones, on their sample farms or on a past call; each trial is logged."""

from datetime import UTC, datetime
from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from succession.accounts.models import Organisation
from succession.blueprints.simulation.blueprint import bp, owners_only
from succession.blueprints.simulation.forms import WhatIfForm
from succession.blueprints.simulation.page import Page, page_of, paper
from succession.blueprints.simulation.public import SAMPLE
from succession.errors import Conflict, NotFound, Refused
from succession.extensions import reading, unit_of_work
from succession.i18n import Text
from succession.principles.texts import in_language
from succession.simulation import queries, service
from succession.simulation.models import Simulation
from succession.web.errors import say
from succession.web.gate import current_actor
from succession.web.language import current_language


@bp.get("/my-what-if")
@owners_only
def mine() -> ResponseReturnValue:
    """What was tried so far, and the form for more."""
    return _form_page(WhatIfForm(formdata=None))


@bp.post("/my-what-if")
@owners_only
def simulate() -> ResponseReturnValue:
    """The simulation is logged and shown."""
    form = WhatIfForm()
    owner = _owner()
    _prepare(form, owner)
    if not form.validate():
        return _form_page(form), 422
    try:
        with unit_of_work() as session:
            made = service.simulate(session, current_actor(), form.wanted(owner.id), now=datetime.now(UTC))
            address = url_for(".one", simulation_id=made.public_id)
    except (Refused, Conflict) as refusal:
        form.refuse(say(refusal.text))
        return _form_page(form), refusal.status
    return redirect(address)


@bp.get("/my-what-if/<uuid:simulation_id>")
@owners_only
def one(simulation_id: UUID) -> ResponseReturnValue:
    """One simulation, worked out from what the log holds."""
    found = queries.simulation_for(reading(), current_actor(), simulation_id)
    return render_template("simulation/one.html", found=found, page=_page(found))


@bp.get("/my-what-if/<uuid:simulation_id>/comparison.pdf")
@owners_only
def one_paper(simulation_id: UUID) -> ResponseReturnValue:
    """The same to print, for a session."""
    found = queries.simulation_for(reading(), current_actor(), simulation_id)
    kind = Text("For a public session.") if found.is_public else Text("Not for the public.")
    return paper(_page(found), current_language(), [kind])


def _page(found: Simulation) -> Page:
    outlook = queries.worked_out(reading(), current_actor(), found)
    return page_of(outlook, _on_whom(found), current_language())


def _on_whom(found: Simulation) -> Text:
    if found.call_id is None:
        return SAMPLE
    title = queries.call_title(reading(), found)
    values = {"title": title, "number": found.lot_number, "count": found.applicants}
    return Text(
        "Tried on the %(count)s applicants of the past call “%(title)s”, lot %(number)s. "
        "What a body judged then, and what nobody was asked then, is not counted here.",
        values,
    )


def _owner() -> Organisation:
    """The owner that was chosen, else the first one."""
    owners = queries.owners(reading(), current_actor())
    wanted = request.values.get("organisation", "")
    found = next((owner for owner in owners if str(owner.public_id) == wanted), None)
    if found is None and wanted:
        raise NotFound
    if found is None and not owners:
        raise NotFound
    return found or owners[0]


def _prepare(form: WhatIfForm, owner: Organisation) -> None:
    actor, language = current_actor(), current_language()
    sets = [
        (one.key, gettext("%(title)s (your own)", title=in_language(one.title, language)))
        if one.is_own
        else (one.key, in_language(one.title, language))
        for one in queries.choices(reading(), actor, owner.id)
    ]
    people = [
        (f"{call.public_id}/{lot.number}", gettext("%(title)s, lot %(number)s", title=call.title, number=lot.number))
        for call, lots in queries.past_calls(reading(), actor, owner.id, datetime.now(UTC))
        for lot in lots
    ]
    form.prepare(sets, people)
    form.organisation.data = str(owner.public_id)


def _form_page(form: WhatIfForm) -> str:
    actor = current_actor()
    owners = queries.owners(reading(), actor)
    if not owners:
        return render_template("simulation/mine.html", form=None, owners=[], lines=(), owner=None)
    owner = _owner()
    _prepare(form, owner)
    lines = queries.simulations_of(reading(), actor, organisation_id=owner.id)
    return render_template("simulation/mine.html", form=form, owners=owners, owner=owner, lines=lines)
