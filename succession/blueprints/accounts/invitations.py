"""Inviting a person to join in a role, and joining by the link."""

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from succession.accounts import limits, queries_people, service_invitations, service_limits
from succession.accounts.actor import Actor, Role
from succession.accounts.models import Language
from succession.accounts.policy_people import may_invite
from succession.accounts.service_invitations import Newcomer
from succession.blueprints.accounts.blueprint import bp, moment
from succession.blueprints.accounts.forms import InvitationForm, JoinForm
from succession.blueprints.accounts.terms import terms_version
from succession.errors import Refused, TooMany
from succession.extensions import own_transaction, reading, unit_of_work
from succession.web.choices import options
from succession.web.context import settings
from succession.web.errors import say
from succession.web.gate import current_actor, public, requires
from succession.web.language import current_language
from succession.web.links import fresh_link


@bp.get("/invitations")
@requires(Role.ADVISOR, Role.COORDINATOR, Role.OPERATOR)
def invitations() -> ResponseReturnValue:
    """Whom one has invited, and a form for the next."""
    return _page(_form(fresh=True))


@bp.post("/invitations")
@requires(Role.ADVISOR, Role.COORDINATOR, Role.OPERATOR)
def invite() -> ResponseReturnValue:
    """A mail with a link is on its way."""
    form, actor = _form(), current_actor()
    if not form.validate():
        return _page(form), 422
    try:
        with own_transaction() as own:
            service_limits.count(own, limits.INVITATIONS_OF_A_PERSON, actor.account_id or 0, now=moment())
        with unit_of_work() as work:
            service_invitations.invite(
                work,
                actor,
                email=form.email.data or "",
                name=form.name.data or "",
                role=Role(form.role.data),
                link=fresh_link(),
                now=moment(),
            )
    except (Refused, TooMany) as refusal:
        form.refuse(say(refusal.text))
        return _page(form), refusal.status
    flash(gettext("The invitation is on its way. It is good for 14 days."))
    return redirect(url_for(".invitations"))


@bp.post("/invitations/<uuid:invitation_id>/withdraw")
@requires(Role.ADVISOR, Role.COORDINATOR, Role.OPERATOR)
def withdraw_invitation(invitation_id: UUID) -> ResponseReturnValue:
    """The link leads nowhere any more."""
    with unit_of_work() as work:
        service_invitations.withdraw(work, current_actor(), invitation_id, now=moment())
    flash(gettext("The invitation is withdrawn."))
    return redirect(url_for(".invitations"))


@bp.get("/join/<token>")
@public
def join(token: str) -> ResponseReturnValue:
    """Who invites, to what; a form for newcomers, a button for those who have an account."""
    return _join_page(token, None)


@bp.post("/join/<token>")
@public
def join_submit(token: str) -> ResponseReturnValue:
    """There is an account with the role, and the way leads to signing in."""
    form = JoinForm()
    if form.validate():
        try:
            with unit_of_work() as work:
                service_invitations.join(work, Actor.visitor(), token, _newcomer(form), now=moment())
        except Refused as refusal:
            form.refuse(say(refusal.text))
        else:
            flash(gettext("Welcome. Your account is ready: please sign in."))
            return redirect(url_for(".sign_in"))
    return _join_page(token, form), 422


@bp.post("/join/<token>/accept")
@requires()
def accept_invitation(token: str) -> ResponseReturnValue:
    """The person who is signed in holds the role too."""
    with unit_of_work() as work:
        service_invitations.accept(work, current_actor(), token, now=moment())
    flash(gettext("Added. The menu has new entries."))
    return redirect(url_for(".account"))


def _join_page(token: str, form: JoinForm | None) -> str:
    invitation, is_known = service_invitations.invited(reading(), current_actor(), token, now=moment())
    form = form or JoinForm(formdata=None, name=invitation.name)
    return render_template("accounts/join.html", form=form, token=token, invitation=invitation, is_known=is_known)


def _form(*, fresh: bool = False) -> InvitationForm:
    form = InvitationForm(formdata=None) if fresh else InvitationForm()
    form.role.choices = options((role.value, say(role.label)) for role in Role if may_invite(current_actor(), role))
    return form


def _page(form: InvitationForm) -> str:
    found = queries_people.invitations(reading(), current_actor())
    return render_template("accounts/invitations.html", form=form, invitations=found, now=moment())


def _newcomer(form: JoinForm) -> Newcomer:
    return Newcomer(
        name=form.name.data or "",
        password=form.password.data or "",
        language=Language(current_language()),
        terms_version=terms_version(),
        site_name=settings().site_name,
    )
