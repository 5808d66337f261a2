"""The second step of signing in, and the password once more for who is signed in."""

from datetime import UTC, datetime

from flask import flash, redirect, render_template, request, session
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from succession.accounts import queries_second_factor, service, service_second_step
from succession.accounts.actor import Actor
from succession.accounts.queries import email_of
from succession.accounts.second_factor import FEW_CODES, Own, Way
from succession.accounts.service_second_step import Given, Tokens
from succession.accounts.tokens import new_token
from succession.blueprints.second_factor.blueprint import bp, own_token_hash, site
from succession.blueprints.second_factor.forms import CodeForm, PasswordForm
from succession.errors import Refused, TooMany
from succession.extensions import own_transaction, reading, unit_of_work
from succession.web import gate, kept_form
from succession.web.errors import say
from succession.web.gate import also_while_acting, current_actor, half_signed, requires
from succession.web.keys import keys
from succession.web.landing import landing_url
from succession.web.own_paths import own_path


@bp.get("/sign-in/second-step")
@half_signed
def step() -> ResponseReturnValue:
    """Asks for a code, or for a device; other ways are a link away."""
    person, own = _at_the_door()
    form = CodeForm(formdata=None, next=own_path(request.args.get("next")) or "")
    return _step_page(form, person, own, _chosen(own, request.args.get("way", "")))


@bp.post("/sign-in/second-step")
@half_signed
def step_submit() -> ResponseReturnValue:
    """The person is signed in, or sees the form again."""
    person, own = _at_the_door()
    form = CodeForm()
    way = _chosen(own, form.way.data or "")
    if "choose" in request.form:  # another way, with what was typed before signing in still in the page
        return begin(form.next.data, form.kept.data, wanted=way)
    if not form.validate() or way is None:
        return _step_page(form, person, own, way), 422
    now, tokens = datetime.now(UTC), Tokens(gate.held_token() or "", new_token())
    try:
        with own_transaction() as work:
            service_second_step.reserve_try(work, person, now=now)
        with unit_of_work() as work:
            given = Given(way, form.code.data or "")
            service_second_step.pass_with_code(work, person, tokens, given, keys(), now=now)
    except (Refused, TooMany) as refusal:
        form.refuse(say(refusal.text))
        return _step_page(form, person, own, way), refusal.status, refusal.headers
    return arrive(tokens, form.next.data, form.kept.data)


@bp.get("/account/password-check")
@requires()
def password_check() -> ResponseReturnValue:
    """Asks for the password once more."""
    form = PasswordForm(formdata=None, next=own_path(request.args.get("next")) or "")
    return render_template("second_factor/password_check.html", form=form)


@bp.post("/account/password-check")
@requires()
def password_check_submit() -> ResponseReturnValue:
    """Leads to the page that asked for it."""
    form, actor, now = PasswordForm(), current_actor(), datetime.now(UTC)
    if not form.validate():
        return render_template("second_factor/password_check.html", form=form), 422
    email = email_of(reading(), actor)
    credentials = service.Credentials(email, form.password.data or "", request.remote_addr or "")
    try:
        with own_transaction() as work:
            service.reserve_try(work, Actor.visitor(), credentials, now=now)
        with unit_of_work() as work:
            service_second_step.enter_password(work, actor, own_token_hash(), credentials, now=now)
    except (Refused, TooMany) as refusal:
        form.refuse(say(refusal.text))
        page = render_template("second_factor/password_check.html", form=form)
        return page, refusal.status, refusal.headers
    return redirect(own_path(form.next.data) or landing_url(actor))


@bp.get("/account/session")
@requires()
@also_while_acting
def stay() -> ResponseReturnValue:
    """A sign of life from a page that is open: how many seconds the person stays signed in now."""
    browser = gate.own_session()
    assert browser is not None  # signed in
    return {"seconds": int((browser.ends_at - datetime.now(UTC)).total_seconds())}


def begin(next_path: str | None, kept: str | None, *, wanted: Way | None = None) -> str:
    """The page of the second step right after the password, with what was typed before signing in."""
    person, own = _at_the_door()
    form = CodeForm(formdata=None, next=own_path(next_path) or "", kept=kept or "")
    return _step_page(form, person, own, _chosen(own, wanted or ""))


def arrive(tokens: Tokens, target: str | None, kept: str | None) -> ResponseReturnValue:
    """The browser holds the whole token, and the person arrives where they were going, or at what they had typed."""
    is_lasting = session.permanent
    gate.start_session(tokens.whole)
    session.permanent = is_lasting
    actor = current_actor()
    typed = kept_form.kept(kept)
    if typed is not None:
        return kept_form.returned_page(typed)
    left = queries_second_factor.own_factors(reading(), actor.account_id or 0)
    flash(gettext("You are signed in as %(name)s.", name=actor.name))
    if left.has_printed and left.printed_left <= FEW_CODES:
        flash(gettext("Your list of codes is nearly used up. Please print a new one soon."))
    return redirect(own_path(target) or landing_url(actor))


def _at_the_door() -> tuple[Actor, Own]:
    person = gate.half_person()
    assert person is not None  # the gate lets nobody else in
    assert person.account_id is not None
    return person, queries_second_factor.own_factors(reading(), person.account_id)


def _ways(own: Own) -> list[Way]:
    """The ways open here: passkeys only where the site has a name."""
    return [way for way in own.ways if way is not Way.PASSKEY or site() is not None]


def _chosen(own: Own, wanted: str) -> Way | None:
    ways = _ways(own)
    return next((way for way in ways if way == wanted), ways[0] if ways else None)


def _step_page(form: CodeForm, person: Actor, own: Own, way: Way | None) -> str:
    others = [one for one in _ways(own) if one is not way]
    return render_template("second_factor/step.html", form=form, person=person, own=own, way=way, others=others)
