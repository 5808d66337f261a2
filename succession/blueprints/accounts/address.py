"""Changing one's e-mail address: asked for with the password, confirmed by the new one, taken back by the former."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from succession.accounts import limits, queries_people, service_email, service_limits
from succession.accounts.actor import Actor
from succession.accounts.models_people import Purpose
from succession.blueprints.accounts.blueprint import bp, moment
from succession.blueprints.accounts.forms import ChangeAddressForm
from succession.blueprints.accounts.password import proven
from succession.errors import Refused, TooMany
from succession.extensions import own_transaction, reading, unit_of_work
from succession.web import gate
from succession.web.errors import say
from succession.web.fields import Form
from succession.web.gate import current_actor, public, requires
from succession.web.links import fresh_link


@bp.get("/account/email")
@requires()
def change_address() -> ResponseReturnValue:
    """The new address, with the password."""
    return _change_page(ChangeAddressForm(formdata=None))


@bp.post("/account/email")
@requires()
def change_address_submit() -> ResponseReturnValue:
    """A link is on its way to the new address; until it is used nothing changes."""
    form = ChangeAddressForm()
    if not form.validate():
        return _change_page(form), 422
    try:
        _ask(form)
    except (Refused, TooMany) as refusal:
        form.refuse(say(refusal.text))
        return _change_page(form), refusal.status, refusal.headers
    flash(gettext("We have written to the new address. Open the link in that mail within two days."))
    return redirect(url_for(".account"))


@bp.get("/new-email/<token>")
@public
def new_address(token: str) -> ResponseReturnValue:
    """A button, so that no mail program confirms by looking."""
    email = service_email.new_address(reading(), current_actor(), token, Purpose.EMAIL, now=moment())
    return render_template("accounts/new_address.html", form=Form(formdata=None), token=token, email=email)


@bp.post("/new-email/<token>")
@public
def new_address_submit(token: str) -> ResponseReturnValue:
    """The account has its new address; the former one is told."""
    with unit_of_work() as work:
        service_email.confirm_change(work, current_actor(), token, fresh_link(), now=moment())
    flash(gettext("Your new e-mail address counts from now on. Sign in with it."))
    return redirect(url_for(".account"))


@bp.get("/former-email/<token>")
@public
def former_address(token: str) -> ResponseReturnValue:
    """A button, and what it does."""
    email = service_email.new_address(reading(), current_actor(), token, Purpose.UNDO_EMAIL, now=moment())
    return render_template("accounts/former_address.html", form=Form(formdata=None), token=token, email=email)


@bp.post("/former-email/<token>")
@public
def former_address_submit(token: str) -> ResponseReturnValue:
    """The account has its former address, nobody is signed in, and a new password is set by mail."""
    with unit_of_work() as work:
        service_email.undo_change(work, Actor.visitor(), token, fresh_link(), now=moment())
    gate.end_session()
    flash(gettext("Your former address counts again. We have sent you a link: set a new password with it."))
    return redirect(url_for(".forgotten_sent"))


def _ask(form: ChangeAddressForm) -> None:
    actor = current_actor()
    proven(form.password.data)
    with own_transaction() as own:
        service_limits.count(own, limits.ADDRESS_CHANGES_OF_A_PERSON, actor.account_id or 0, now=moment())
    with unit_of_work() as work:
        service_email.ask_for_change(work, actor, form.email.data or "", fresh_link(), now=moment())


def _change_page(form: ChangeAddressForm) -> str:
    account = queries_people.own_account(reading(), current_actor())
    return render_template("accounts/change_address.html", form=form, account=account)
