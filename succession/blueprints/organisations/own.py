"""Organisations themselves: one's own, entering and changing one, checking those that wait."""

from datetime import UTC, datetime
from uuid import UUID

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from succession.accounts import policy_organisations as policy
from succession.accounts import queries_organisations as queries
from succession.accounts import service_organisations as service
from succession.accounts.duties import Duty
from succession.accounts.models import Organisation, OrganisationKind
from succession.blueprints.organisations.blueprint import bp, signed_in
from succession.blueprints.organisations.forms import DataForm, NewForm, RejectionForm, may_register_any
from succession.errors import Conflict, Refused
from succession.extensions import reading, unit_of_work
from succession.web.errors import say
from succession.web.gate import current_actor

MOST_ACTS = 30


@bp.get("")
@signed_in
def mine() -> ResponseReturnValue:
    """Where the person works, and what the people who run the network have to check."""
    session, actor = reading(), current_actor()
    checks = policy.may_verify(actor, None)
    return render_template(
        "organisations/mine.html",
        lines=queries.own_organisations(session, actor),
        may_enter=may_register_any(actor),
        waiting=queries.waiting(session, actor) if checks else None,
        unled=queries.without_administrator(session, actor) if checks else (),
    )


@bp.get("/new")
@signed_in
def new() -> ResponseReturnValue:
    """The form for an organisation."""
    form = NewForm(formdata=None)
    return _new_page(form)


@bp.post("/new")
@signed_in
def create() -> ResponseReturnValue:
    """It is there, and waits to be checked."""
    form, actor = NewForm(), current_actor()
    form.offer(actor)
    if not form.validate():
        return _new_page(form), 422
    values = form.values(OrganisationKind(form.kind.data))
    try:
        with unit_of_work() as session:
            made = service.register(session, actor, values, now=datetime.now(UTC))
    except (Refused, Conflict) as refusal:
        form.refuse(say(refusal.text))
        return _new_page(form), refusal.status
    flash(gettext("“%(name)s” is entered.", name=made.name))
    return redirect(url_for(".show", organisation_id=made.public_id))


@bp.get("/<uuid:organisation_id>")
@signed_in
def show(organisation_id: UUID) -> ResponseReturnValue:
    """Who belongs to it, which law holds, who manages it, what happened."""
    session, actor, now = reading(), current_actor(), datetime.now(UTC)
    found = queries.organisation(session, actor, organisation_id)
    with unit_of_work() as work:  # alone in this request, so that it cannot be lost with anything else
        service.note_look(work, actor, found, now=now)
    sees_history = policy.may_see_history(actor, found)
    return render_template(
        "organisations/show.html",
        organisation=found,
        members=queries.members(session, actor, found),
        invitations=queries.invitations(session, actor, found, now=now),
        mandates=queries.mandates_of(session, actor, found, now=now),
        history=queries.history(session, actor, found, most=MOST_ACTS) if sees_history else (),
        belongs=policy.may_belong(actor, found) and not actor.is_system,
        is_own_office=found.kind is OrganisationKind.MANAGING_OFFICE and actor.may_for(Duty.BELONG, found.id),
        may_administer=policy.may_administer(actor, found),
        may_invite=policy.may_invite(actor, found),
        may_give_mandate=policy.may_give_mandate(actor, found),
        may_verify=policy.may_verify(actor, found),
    )


@bp.get("/<uuid:organisation_id>/data")
@signed_in
def data(organisation_id: UUID) -> ResponseReturnValue:
    """The form with what is known."""
    found = _administered(organisation_id)
    form = DataForm(formdata=None, obj=found)
    form.prepare(found)
    form.data_law.data = found.data_law.value
    return render_template("organisations/data.html", form=form, organisation=found)


@bp.post("/<uuid:organisation_id>/data")
@signed_in
def change(organisation_id: UUID) -> ResponseReturnValue:
    """Its data are as given."""
    found = _administered(organisation_id)
    form = DataForm()
    form.prepare(found)
    if not form.validate():
        return render_template("organisations/data.html", form=form, organisation=found), 422
    with unit_of_work() as session:
        values = form.values(found.kind, name=found.name)
        service.change(session, current_actor(), organisation_id, values, now=datetime.now(UTC))
    flash(gettext("Saved."))
    return redirect(url_for(".show", organisation_id=organisation_id))


@bp.post("/<uuid:organisation_id>/verification")
@signed_in
def verify(organisation_id: UUID) -> ResponseReturnValue:
    """A coordinator says that it is who it says."""
    with unit_of_work() as session:
        found = service.verify(session, current_actor(), organisation_id, now=datetime.now(UTC))
    flash(gettext("“%(name)s” is checked. Its administrators have a mail about it.", name=found.name))
    return redirect(url_for(".mine"))


@bp.get("/<uuid:organisation_id>/rejection")
@signed_in
def ask_rejection(organisation_id: UUID) -> ResponseReturnValue:
    """Asks for the reason."""
    return _rejection_page(organisation_id, RejectionForm(formdata=None))


@bp.post("/<uuid:organisation_id>/rejection")
@signed_in
def reject(organisation_id: UUID) -> ResponseReturnValue:
    """It is gone again."""
    form = RejectionForm()
    if not form.validate():
        return _rejection_page(organisation_id, form), 422
    with unit_of_work() as session:
        reason = form.reason.data or ""
        service.turn_down(session, current_actor(), organisation_id, reason, now=datetime.now(UTC))
    flash(gettext("The organisation is taken out. The person who entered it has a mail with the reason."))
    return redirect(url_for(".mine"))


def _new_page(form: NewForm) -> str:
    actor = current_actor()
    if not may_register_any(actor):
        abort(403)
    form.offer(actor)
    return render_template("organisations/new.html", form=form)


def _administered(organisation_id: UUID) -> Organisation:
    actor = current_actor()
    found = queries.organisation(reading(), actor, organisation_id)
    if not policy.may_administer(actor, found):
        abort(403)
    return found


def _rejection_page(organisation_id: UUID, form: RejectionForm) -> str:
    actor = current_actor()
    if not policy.may_verify(actor, None):
        abort(404)
    found = queries.organisation(reading(), actor, organisation_id)
    return render_template("organisations/rejection.html", form=form, organisation=found)
