"""What waits for a person's own yes: what others would see, the letter, the code, the call, or their own click."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy.orm import Session

from succession.accounts import queries_file
from succession.accounts import queries_representation as queries
from succession.accounts import service_confirmation as service
from succession.accounts.actor import Actor
from succession.accounts.models_representation import Confirmation, ConfirmedAct
from succession.blueprints.representation import letters
from succession.blueprints.representation.blueprint import bp, moment
from succession.blueprints.representation.forms import CallForm, CodeForm
from succession.blueprints.representation.wording import QUESTIONS
from succession.errors import Conflict, Refused
from succession.extensions import own_transaction, reading, unit_of_work
from succession.listings import service as listings_service
from succession.listings import service_releases
from succession.profiles import service as profiles_service
from succession.web.errors import say
from succession.web.fields import Form
from succession.web.gate import also_while_acting, current_actor, requires

Performer = Callable[..., Any]
PERFORMERS: dict[ConfirmedAct, Performer] = {
    ConfirmedAct.PUBLISH_LISTING: listings_service.publish_confirmed,
    ConfirmedAct.PUBLISH_SEARCH: profiles_service.publish_confirmed,
    ConfirmedAct.REVEAL: service_releases.release_confirmed,
}
"""What happens once the person has said yes: `(session, actor, confirmation, *, now)`, in the same transaction."""


@bp.get("/confirmations/<uuid:confirmation_id>")
@requires()
@also_while_acting
def confirmation(confirmation_id: UUID) -> ResponseReturnValue:
    """What exactly others would see, and how the person can say yes."""
    return _page(confirmation_id)


@bp.post("/confirmations/<uuid:confirmation_id>/letter")
@requires()
def confirmation_letter(confirmation_id: UUID) -> ResponseReturnValue:
    """The letter with a fresh code, for who keeps the file."""
    with unit_of_work() as session:
        fresh = service.print_letter(session, current_actor(), confirmation_id, now=moment())
    row = queries.confirmation(reading(), confirmation_id)
    return letters.answer(
        "accounts/confirmation",
        queries.account(reading(), row.account_id),
        agent=current_actor().name,
        act_title=QUESTIONS[row.act],
        shown=service.shown_lines(row),
        code=fresh.code,
        expires_on=fresh.expires_at.date(),
    )


@bp.post("/confirmations/<uuid:confirmation_id>/code")
@requires()
@also_while_acting
def confirm_code(confirmation_id: UUID) -> ResponseReturnValue:
    """The code is right: what was confirmed happens."""
    form = CodeForm()
    if not form.validate():
        return _page(confirmation_id, code_form=form), 422
    now, typed = moment(), form.code.data or ""
    try:
        with own_transaction() as session:
            service.reserve_try(session, current_actor(), confirmation_id, now=now)
        with unit_of_work() as session:
            row, doing = service.confirm_by_code(session, current_actor(), confirmation_id, typed, now=now)
            _perform(session, doing, row, now=now)
    except (Refused, Conflict) as refusal:
        form.refuse(say(refusal.text))
        return _page(confirmation_id, code_form=form), refusal.status
    return _done(confirmation_id)


@bp.post("/confirmations/<uuid:confirmation_id>/call")
@requires()
@also_while_acting
def confirm_call(confirmation_id: UUID) -> ResponseReturnValue:
    """The person said yes on the phone: what was confirmed happens."""
    form = CallForm()
    if not form.validate() or form.call is None:
        return _page(confirmation_id, call_form=form), 422
    now = moment()
    try:
        with unit_of_work() as session:
            row, doing = service.confirm_by_phone(session, current_actor(), confirmation_id, form.call, now=now)
            _perform(session, doing, row, now=now)
    except (Refused, Conflict) as refusal:
        form.refuse(say(refusal.text))
        return _page(confirmation_id, call_form=form), refusal.status
    return _done(confirmation_id)


@bp.post("/confirmations/<uuid:confirmation_id>/yes")
@requires()
def confirm_oneself(confirmation_id: UUID) -> ResponseReturnValue:
    """The person says yes themselves: what was confirmed happens."""
    now = moment()
    with unit_of_work() as session:
        row, doing = service.confirm_oneself(session, current_actor(), confirmation_id, now=now)
        _perform(session, doing, row, now=now)
    return _done(confirmation_id)


@bp.post("/confirmations/<uuid:confirmation_id>/no")
@requires()
@also_while_acting
def drop(confirmation_id: UUID) -> ResponseReturnValue:
    """Nothing happens, and nobody waits any more."""
    with unit_of_work() as session:
        service.drop(session, current_actor(), confirmation_id, now=moment())
    flash(gettext("Good, nothing is published and nobody learns anything."))
    return redirect(url_for(".confirmation", confirmation_id=confirmation_id))


def _perform(session: Session, actor: Actor, row: Confirmation, *, now: datetime) -> None:
    PERFORMERS[row.act](session, actor, row, now=now)


def _done(confirmation_id: UUID) -> ResponseReturnValue:
    flash(gettext("Thank you. It is done, exactly as confirmed."))
    return redirect(url_for(".confirmation", confirmation_id=confirmation_id))


def _page(confirmation_id: UUID, *, code_form: Form | None = None, call_form: Form | None = None) -> str:
    """For the person, who acts for them, and who keeps the file."""
    found = queries_file.confirmation_view(reading(), current_actor(), confirmation_id, now=moment())
    return render_template(
        "representation/confirmation.html",
        view=found,
        row=found.row,
        question=QUESTIONS[found.row.act],
        shown=service.shown_lines(found.row),
        code_form=code_form or CodeForm(formdata=None),
        call_form=call_form or CallForm(formdata=None),
        refused=code_form or call_form,
    )
