"""The page about acting for one person: its state, the next step, the letter, and the person's yes."""

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from succession.accounts import queries_file
from succession.accounts import queries_representation as queries
from succession.accounts import service_file as service
from succession.blueprints.representation import letters
from succession.blueprints.representation.blueprint import bp, moment
from succession.blueprints.representation.forms import CallForm, CodeForm
from succession.blueprints.representation.wording import ELSEWHERE, ROOMS
from succession.errors import Conflict, Refused
from succession.extensions import own_transaction, reading, unit_of_work
from succession.web.errors import say
from succession.web.fields import Form
from succession.web.gate import current_actor, requires


@bp.get("/people-i-help/<uuid:representation_id>")
@requires()
def file(representation_id: UUID) -> ResponseReturnValue:
    """How far it is, and what can be done; the person can see who looked."""
    view = queries_file.file_view(reading(), current_actor(), representation_id, now=moment())
    if view.is_keeper:
        with own_transaction() as session:
            service.note_look(session, current_actor(), view.person.public_id, now=moment())
    return page(representation_id)


@bp.post("/people-i-help/<uuid:representation_id>/letter")
@requires()
def mandate_letter(representation_id: UUID) -> ResponseReturnValue:
    """The letter that asks the person, with a fresh code."""
    with unit_of_work() as session:
        fresh = service.print_mandate(session, current_actor(), representation_id, now=moment())
    view = queries_file.file_view(reading(), current_actor(), representation_id, now=moment())
    found = view.helping
    return letters.answer(
        "accounts/mandate",
        view.person,
        agent=found.agent,
        scopes=list(found.scopes),
        ends_on=found.ends_on,
        code=fresh.code,
        expires_on=fresh.expires_at.date(),
    )


@bp.post("/people-i-help/<uuid:representation_id>/code")
@requires()
def mandate_code(representation_id: UUID) -> ResponseReturnValue:
    """The person has said yes: their code is right."""
    form = CodeForm()
    if not form.validate():
        return page(representation_id, code_form=form), 422
    actor, now = current_actor(), moment()
    try:
        with own_transaction() as session:
            service.reserve_mandate_try(session, actor, representation_id, now=now)
        with unit_of_work() as session:
            service.agree_by_code(session, actor, representation_id, form.code.data or "", now=now)
    except (Refused, Conflict) as refusal:
        form.refuse(say(refusal.text))
        return page(representation_id, code_form=form), refusal.status
    return _agreed(representation_id)


@bp.post("/people-i-help/<uuid:representation_id>/call")
@requires()
def mandate_call(representation_id: UUID) -> ResponseReturnValue:
    """The person has said yes on the phone."""
    form = CallForm()
    if not form.validate() or form.call is None:
        return page(representation_id, call_form=form), 422
    try:
        with unit_of_work() as session:
            service.agree_by_phone(session, current_actor(), representation_id, form.call, now=moment())
    except (Refused, Conflict) as refusal:
        form.refuse(say(refusal.text))
        return page(representation_id, call_form=form), refusal.status
    return _agreed(representation_id)


def page(representation_id: UUID, *, code_form: Form | None = None, call_form: Form | None = None) -> str:
    """The page, with a form that was refused if there is one."""
    view = queries_file.file_view(reading(), current_actor(), representation_id, now=moment())
    return render_template(
        "representation/file.html",
        view=view,
        helping=view.helping,
        rooms=ROOMS,
        elsewhere=ELSEWHERE,
        looks=queries.looks(reading(), view.person.id, most=20) if view.is_keeper else [],
        code_form=code_form or CodeForm(formdata=None),
        call_form=call_form or CallForm(formdata=None),
        refused=code_form or call_form,
    )


def _agreed(representation_id: UUID) -> ResponseReturnValue:
    flash(gettext("The person's yes is entered. You can now act for them."))
    return redirect(url_for(".file", representation_id=representation_id))
