"""Signing in and out, and the language of the pages."""

from flask import abort, flash, g, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_wtf.csrf import CSRFError

from succession.accounts import queries, service
from succession.accounts.actor import Actor
from succession.accounts.demo_logins import DEMO_LOGINS, DEMO_PASSWORD, DEMO_WORK
from succession.accounts.tokens import new_token
from succession.blueprints.accounts.blueprint import bp, moment, network_address, this_browser
from succession.blueprints.accounts.forms import SignInForm
from succession.blueprints.second_factor import step as second_step
from succession.errors import Refused, TooMany
from succession.extensions import own_transaction, reading, unit_of_work
from succession.web import gate, kept_form
from succession.web.context import settings
from succession.web.errors import note_refusal, say, stale_form
from succession.web.gate import SignInNeeded, also_while_acting, current_actor, public
from succession.web.landing import landing_url
from succession.web.language import LANGUAGES
from succession.web.negotiation import wants_json
from succession.web.own_paths import own_path


@bp.get("/sign-in")
@public
def sign_in() -> ResponseReturnValue:
    """The form; in development a link fills in one of the demo accounts."""
    form = SignInForm(formdata=None, next=own_path(request.args.get("next")) or "")
    chosen = request.args.get("as", "")
    if not settings().is_production and chosen in DEMO_LOGINS:
        form.email.data, form.password.filled = chosen, DEMO_PASSWORD
    return _form_page(form)


@bp.post("/sign-in")
@public
def sign_in_submit() -> ResponseReturnValue:
    """Signs in with a fresh session, or shows the form again with what was typed."""
    form = SignInForm()
    if not form.validate():
        return _form_page(form), 422
    browser = this_browser(is_lasting=bool(form.is_lasting.data))
    credentials = service.Credentials(form.email.data or "", form.password.data or "", network_address(), browser)
    try:
        person = signed_in(credentials)
    except (Refused, TooMany) as refusal:
        form.refuse(say(refusal.text))
        return _form_page(form), refusal.status, refusal.headers
    return arrive(person, next_path=form.next.data, kept=form.kept.data)


@bp.post("/sign-out")
@public
@also_while_acting
def sign_out() -> ResponseReturnValue:
    """Ends the session here and in any copy of its cookie, also between the two steps."""
    actor = gate.half_person() or current_actor()
    token = gate.end_session()
    if token is not None:
        with unit_of_work() as work:
            service.sign_out(work, actor, token, now=moment())
    flash(gettext("You are signed out."))
    return redirect(landing_url(current_actor()))


@bp.get("/language/<language>")
@public
def choose_language(language: str) -> ResponseReturnValue:
    """The pages of this browser are in that language; a link, because nothing but its own cookie changes."""
    if language not in LANGUAGES:
        abort(404)
    session["language"] = language
    return redirect(own_path(request.args.get("next")) or landing_url(current_actor()))


def signed_in(credentials: service.Credentials) -> Actor:
    """Counts the try, looks at the password, ends the former session of this browser and begins a new one."""
    now, token = moment(), new_token()
    actor = gate.half_person() or current_actor()
    former = gate.held_token()  # asked after the actor: a token that is too old is gone by then
    with own_transaction() as own:
        service.reserve_try(own, Actor.visitor(), credentials, now=now)
    with unit_of_work() as work:
        if former is not None:
            service.sign_out(work, actor, former, now=now)
        person = service.sign_in(work, Actor.visitor(), credentials, token=token, now=now)
    gate.start_session(token)
    session.permanent = credentials.browser.is_lasting
    return person


def arrive(person: Actor, *, next_path: str | None = None, kept: str | None = None) -> ResponseReturnValue:
    """Where a person goes after the password was right: to the second step, back to what they had typed, or to the page
    they came for.
    """
    if gate.half_person() is not None:
        if kept_form.kept(kept) is not None:
            return second_step.begin(next_path, kept)
        return redirect(url_for("second_factor.step", next=own_path(next_path)))
    form = kept_form.kept(kept)
    if form is not None:
        return kept_form.returned_page(form)
    flash(gettext("You are signed in as %(name)s.", name=person.name))
    return redirect(own_path(next_path) or landing_url(current_actor()))


@bp.app_errorhandler(SignInNeeded)
def _form_of_somebody_signed_out(needed: SignInNeeded) -> ResponseReturnValue:
    """A form whose sender was signed out meanwhile: sign in here, and what was typed comes back."""
    if wants_json():
        return {"status": needed.status, "message": say(needed.text)}, needed.status
    form = SignInForm(formdata=None, kept=kept_form.keep())
    if form.kept.data:
        form.refuse(gettext("You were signed out meanwhile. Sign in here: what you typed is kept and comes back."))
    else:
        form.refuse(say(needed.text))
    return _form_page(form), needed.status


@bp.errorhandler(CSRFError)
def _stale_sign_in(error: CSRFError) -> ResponseReturnValue:
    """A sign-in form that was open for too long comes back with the address that was typed."""
    if request.endpoint != "accounts.sign_in_submit":
        return stale_form(error)
    note_refusal("request.forged_or_old_form", 400)
    form = SignInForm()
    form.next.data = own_path(form.next.data) or ""
    form.refuse(gettext("This page was open for too long. Please enter your password once more."))
    return _form_page(form), 400


def _form_page(form: SignInForm) -> str:
    """The sign-in page; outside production with the demo accounts."""
    accounts = [] if settings().is_production else queries.demo_accounts(reading())
    demo = [(account, DEMO_WORK[account.email]) for account in accounts if account.email is not None]
    has_ended = g.get("session_has_ended", False)
    return render_template("accounts/sign_in.html", form=form, demo_accounts=demo, session_has_ended=has_ended)
