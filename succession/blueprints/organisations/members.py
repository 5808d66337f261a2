"""Who belongs to an organisation: inviting, another role, taking out, leaving."""

from datetime import UTC, datetime
from uuid import UUID

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from succession.accounts import policy_organisations as policy
from succession.accounts import queries_organisations as queries
from succession.accounts import service_members as service
from succession.accounts.duties import MembershipRole
from succession.accounts.models import Organisation
from succession.blueprints.organisations.blueprint import bp, signed_in
from succession.blueprints.organisations.forms import InvitationForm, RoleForm
from succession.errors import Conflict, NotFound, Refused
from succession.extensions import reading, unit_of_work
from succession.web.errors import say
from succession.web.gate import current_actor
from succession.web.links import fresh_link


@bp.get("/<uuid:organisation_id>/invitations/new")
@signed_in
def ask_invitation(organisation_id: UUID) -> ResponseReturnValue:
    """The form for an invitation."""
    return _invitation_page(organisation_id, InvitationForm(formdata=None, role=MembershipRole.CLERK.value))


@bp.post("/<uuid:organisation_id>/invitations/new")
@signed_in
def invite(organisation_id: UUID) -> ResponseReturnValue:
    """The person has a mail."""
    form = InvitationForm()
    form.prepare()
    if not form.validate():
        return _invitation_page(organisation_id, form), 422
    try:
        with unit_of_work() as session:
            email, role = form.email.data or "", MembershipRole(form.role.data)
            now = datetime.now(UTC)
            service.invite(session, current_actor(), organisation_id, email, role, link=fresh_link(), now=now)
    except Refused as refusal:
        form.refuse(say(refusal.text))
        return _invitation_page(organisation_id, form), refusal.status
    flash(gettext("The invitation to %(email)s is on its way.", email=email))
    return redirect(url_for(".show", organisation_id=organisation_id))


@bp.post("/<uuid:organisation_id>/invitations/<uuid:invitation_id>/withdrawal")
@signed_in
def withdraw(organisation_id: UUID, invitation_id: UUID) -> ResponseReturnValue:
    """The link no longer works."""
    with unit_of_work() as session:
        service.withdraw(session, current_actor(), organisation_id, invitation_id, now=datetime.now(UTC))
    flash(gettext("The invitation is taken back."))
    return redirect(url_for(".show", organisation_id=organisation_id))


@bp.get("/<uuid:organisation_id>/members/<uuid:person_id>")
@signed_in
def member(organisation_id: UUID, person_id: UUID) -> ResponseReturnValue:
    """One member, for an administrator."""
    return _member_page(organisation_id, person_id, RoleForm(formdata=None))


@bp.post("/<uuid:organisation_id>/members/<uuid:person_id>")
@signed_in
def change_role(organisation_id: UUID, person_id: UUID) -> ResponseReturnValue:
    """The member has another role."""
    form = RoleForm()
    form.prepare()
    if not form.validate():
        return _member_page(organisation_id, person_id, form), 422
    try:
        with unit_of_work() as session:
            role, now = MembershipRole(form.role.data), datetime.now(UTC)
            service.change_role(session, current_actor(), organisation_id, person_id, role, now=now)
    except Conflict as refusal:
        form.refuse(say(refusal.text))
        return _member_page(organisation_id, person_id, form), refusal.status
    flash(gettext("Saved."))
    return redirect(url_for(".show", organisation_id=organisation_id))


@bp.post("/<uuid:organisation_id>/members/<uuid:person_id>/removal")
@signed_in
def remove(organisation_id: UUID, person_id: UUID) -> ResponseReturnValue:
    """The member no longer belongs to it."""
    try:
        with unit_of_work() as session:
            service.remove(session, current_actor(), organisation_id, person_id, now=datetime.now(UTC))
    except Conflict as refusal:
        form = RoleForm(formdata=None)
        form.refuse(say(refusal.text))
        return _member_page(organisation_id, person_id, form), refusal.status
    flash(gettext("The person is taken out. What they did stays with the organisation."))
    return redirect(url_for(".show", organisation_id=organisation_id))


@bp.get("/<uuid:organisation_id>/leaving")
@signed_in
def ask_leaving(organisation_id: UUID) -> ResponseReturnValue:
    """Asks before the person leaves."""
    return _leaving_page(organisation_id)


@bp.post("/<uuid:organisation_id>/leaving")
@signed_in
def leave(organisation_id: UUID) -> ResponseReturnValue:
    """The person no longer belongs to it."""
    try:
        with unit_of_work() as session:
            service.leave(session, current_actor(), organisation_id, now=datetime.now(UTC))
    except Conflict as refusal:
        return _leaving_page(organisation_id, say(refusal.text)), refusal.status
    flash(gettext("You have left the organisation."))
    return redirect(url_for(".mine"))


def _invitation_page(organisation_id: UUID, form: InvitationForm) -> str:
    form.prepare()
    actor = current_actor()
    found = queries.organisation(reading(), actor, organisation_id)
    if not policy.may_invite(actor, found):
        abort(403)
    return render_template("organisations/invite.html", form=form, organisation=found)


def _member_page(organisation_id: UUID, person_id: UUID, form: RoleForm) -> str:
    session, actor = reading(), current_actor()
    found = queries.organisation(session, actor, organisation_id)
    if not policy.may_administer(actor, found):
        abort(403)
    line = next((one for one in queries.members(session, actor, found) if one.public_id == person_id), None)
    if line is None:
        raise NotFound
    form.prepare()
    form.role.data = form.role.data or line.role.value
    return render_template("organisations/member.html", form=form, organisation=found, member=line)


def _leaving_page(organisation_id: UUID, refusal: str = "") -> str:
    actor = current_actor()
    found: Organisation = queries.organisation(reading(), actor, organisation_id)
    if not policy.may_belong(actor, found):
        abort(404)
    return render_template("organisations/leave.html", organisation=found, refusal=refusal)
