"""Passkeys: made on one's own pages, and used as the second step."""

import secrets
from datetime import UTC, datetime

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from succession.accounts import passkeys, queries_second_factor, service_second_factor, service_second_step
from succession.accounts.actor import Actor
from succession.accounts.passkeys import Answer, Site
from succession.accounts.queries import email_of
from succession.accounts.second_factor import Way
from succession.accounts.service_second_step import Tokens
from succession.accounts.tokens import new_token
from succession.blueprints.second_factor.blueprint import bp, own_token_hash, site
from succession.blueprints.second_factor.forms import CodeForm, PasskeyForm
from succession.blueprints.second_factor.step import arrive, begin
from succession.errors import NotFound, Refused
from succession.extensions import own_transaction, reading, unit_of_work
from succession.i18n import Text
from succession.web import gate
from succession.web.errors import say
from succession.web.freshness import fresh_password
from succession.web.gate import current_actor, half_signed, requires

CHALLENGE_BYTES = 32


@bp.get("/account/second-factor/passkey")
@requires()
@fresh_password
def new_passkey() -> ResponseReturnValue:
    """A name for the device, and the button that asks the device."""
    _site()
    return render_template("second_factor/passkey.html", form=PasskeyForm(formdata=None))


@bp.post("/account/second-factor/passkey/question")
@requires()
@fresh_password
def question_for_new() -> ResponseReturnValue:
    """What the device is asked."""
    actor, challenge = current_actor(), _asked(current_actor())
    assert actor.account_public_id is not None
    return passkeys.question_for_new(
        _site(),
        user_id=actor.account_public_id.bytes,
        user_name=email_of(reading(), actor),
        known=queries_second_factor.passkeys_of(reading(), actor.account_id or 0),
        challenge=challenge,
    )


@bp.post("/account/second-factor/passkey")
@requires()
@fresh_password
def add_passkey() -> ResponseReturnValue:
    """The device counts from now on."""
    form, actor, now = PasskeyForm(), current_actor(), datetime.now(UTC)
    if not form.validate():
        return render_template("second_factor/passkey.html", form=form), 422
    key = passkeys.new_key(_answer(actor, form.answer.data or "", now))
    try:
        if key is None:
            raise Refused(Text("The device did not answer rightly. Please try again."))
        with unit_of_work() as work:
            label = form.label.data or ""
            service_second_factor.add_passkey(work, actor, own_token_hash(), key, label, now=now)
    except Refused as refusal:
        form.refuse(say(refusal.text))
        return render_template("second_factor/passkey.html", form=form), refusal.status
    flash(gettext("The device is set up. From now on we ask for it when you sign in."))
    return redirect(url_for("second_factor.index"))


@bp.post("/sign-in/second-step/passkey/question")
@half_signed
def question() -> ResponseReturnValue:
    """What the device is asked when somebody signs in."""
    person = _half_person()
    known = queries_second_factor.passkeys_of(reading(), person.account_id or 0)
    return passkeys.question(_site(), known=known, challenge=_asked(person))


@bp.post("/sign-in/second-step/passkey")
@half_signed
def step_with_passkey() -> ResponseReturnValue:
    """The person is signed in, or learns that the device was not recognised."""
    form, person, now = CodeForm(), _half_person(), datetime.now(UTC)
    tokens = Tokens(gate.held_token() or "", new_token())
    with own_transaction() as work:
        service_second_step.reserve_try(work, person, now=now)
    answer = _answer(person, form.code.data or "", now)
    try:
        with unit_of_work() as work:
            service_second_step.pass_with_passkey(work, person, tokens, answer, now=now)
    except Refused as refusal:
        flash(say(refusal.text))
        return begin(form.next.data, form.kept.data, wanted=Way.PASSKEY), refusal.status
    return arrive(tokens, form.next.data, form.kept.data)


def _site() -> Site:
    found = site()
    if found is None:
        raise NotFound(Text("Passkeys need a site with a name. Please choose another way."))
    return found


def _half_person() -> Actor:
    person = gate.half_person()
    assert person is not None  # the gate lets nobody else in
    return person


def _asked(actor: Actor) -> bytes:
    """A fresh question, kept with the session on the server."""
    challenge = secrets.token_bytes(CHALLENGE_BYTES)
    with unit_of_work() as work:
        service_second_step.set_challenge(work, actor, own_token_hash(), challenge, now=datetime.now(UTC))
    return challenge


def _answer(actor: Actor, text: str, now: datetime) -> Answer:
    """The device's answer beside the question that was asked; the question is spent by this, right or wrong."""
    with own_transaction() as work:
        challenge = service_second_step.take_challenge(work, actor, own_token_hash(), now=now)
    return Answer(_site(), text, challenge)
