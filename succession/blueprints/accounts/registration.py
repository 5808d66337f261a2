"""Registering, confirming the address, and asking for another link."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from succession.accounts import limits, service, service_limits, service_registration
from succession.accounts.actor import Actor, Role
from succession.accounts.models import Language
from succession.accounts.service_registration import Registration
from succession.blueprints.accounts.blueprint import bp, moment, network_address, this_browser
from succession.blueprints.accounts.forms import ConfirmForm, EmailForm, RegistrationForm
from succession.blueprints.accounts.signing_in import arrive, signed_in
from succession.blueprints.accounts.terms import terms_version
from succession.errors import Refused, TooMany
from succession.extensions import own_transaction, reading, unit_of_work
from succession.web.context import settings
from succession.web.errors import say
from succession.web.gate import current_actor, public
from succession.web.language import current_language
from succession.web.links import fresh_link
from succession.web.own_paths import own_path


@bp.get("/register")
@public
def register() -> ResponseReturnValue:
    """The form; whoever was invited somewhere comes with their address filled in."""
    email = request.args.get("email", "")[:200]
    form = RegistrationForm(formdata=None, next=own_path(request.args.get("next")) or "", email=email)
    return render_template("accounts/register.html", form=form)


@bp.post("/register")
@public
def register_submit() -> ResponseReturnValue:
    """Writes to the address, whether it has an account or not; the page that follows is the same."""
    form = RegistrationForm()
    if form.validate():
        try:
            _register(form)
        except (Refused, TooMany) as refusal:
            form.refuse(say(refusal.text))
            return render_template("accounts/register.html", form=form), refusal.status, refusal.headers
        return redirect(url_for(".registered"))
    return render_template("accounts/register.html", form=form), 422


@bp.get("/register/sent")
@public
def registered() -> ResponseReturnValue:
    """Look into your mailbox."""
    return render_template("accounts/registered.html")


@bp.get("/confirm")
@public
def confirmation() -> ResponseReturnValue:
    """Another link, for whoever did not get one or was too late."""
    return render_template("accounts/confirmation.html", form=EmailForm(formdata=None))


@bp.post("/confirm")
@public
def confirmation_submit() -> ResponseReturnValue:
    """Another link is sent, if the address waits for one."""
    form = EmailForm()
    if not form.validate():
        return render_template("accounts/confirmation.html", form=form), 422
    count_use_of_links()
    with unit_of_work() as work:
        service_registration.ask_for_confirmation(
            work, current_actor(), form.email.data or "", fresh_link(), now=moment()
        )
    return redirect(url_for(".registered"))


@bp.get("/confirm/<token>")
@public
def confirm(token: str) -> ResponseReturnValue:
    """The page asks for the password: so nobody confirms what a stranger began with their address."""
    email = service_registration.waiting(reading(), current_actor(), token, now=moment())
    form = ConfirmForm(formdata=None, next=own_path(request.args.get("next")) or "")
    return render_template("accounts/confirm.html", form=form, token=token, email=email)


@bp.post("/confirm/<token>")
@public
def confirm_submit(token: str) -> ResponseReturnValue:
    """The address is confirmed and the person is signed in."""
    form, visitor = ConfirmForm(), Actor.visitor()
    email = service_registration.waiting(reading(), visitor, token, now=moment())
    credentials = service.Credentials(email, form.password.data or "", network_address(), this_browser())
    if form.validate():
        try:
            with own_transaction() as own:
                service.reserve_try(own, visitor, credentials, now=moment())
            with unit_of_work() as work:
                service_registration.confirm(work, visitor, token, credentials.password, now=moment())
        except (Refused, TooMany) as refusal:
            form.refuse(say(refusal.text))
        else:
            person = signed_in(credentials)  # empties the browser's session, so the word of welcome comes after it
            flash(gettext("Your address is confirmed. Welcome."))
            return arrive(person, next_path=form.next.data)
    return render_template("accounts/confirm.html", form=form, token=token, email=email), 422


def count_use_of_links() -> None:
    """Asking for links is braked by network, for known and unknown addresses alike."""
    with own_transaction() as own:
        service_limits.count(own, limits.LINKS_OF_A_NETWORK, network_address(), now=moment())


def _register(form: RegistrationForm) -> None:
    with own_transaction() as own:
        service_limits.count(own, limits.REGISTRATIONS_OF_A_NETWORK, network_address(), now=moment())
    values = Registration(
        email=form.email.data or "",
        name=form.name.data or "",
        password=form.password.data or "",
        roles=tuple(Role(role) for role in form.roles.data or ()),
        language=Language(current_language()),
        terms_version=terms_version(),
        site_name=settings().site_name,
    )
    link = fresh_link(next_path=own_path(form.next.data))
    with unit_of_work() as work:
        service_registration.register(work, current_actor(), values, link, now=moment())
