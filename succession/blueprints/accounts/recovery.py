"""A password that was forgotten: a link by mail, and a new one."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from succession.accounts import service_recovery
from succession.accounts.actor import Actor
from succession.blueprints.accounts.blueprint import bp, moment, new_password
from succession.blueprints.accounts.forms import EmailForm, SetPasswordForm
from succession.blueprints.accounts.registration import count_use_of_links
from succession.errors import Refused
from succession.extensions import reading, unit_of_work
from succession.web.errors import say
from succession.web.gate import current_actor, public
from succession.web.links import fresh_link


@bp.get("/forgotten-password")
@public
def forgotten() -> ResponseReturnValue:
    """Where shall the link go?"""
    return render_template("accounts/forgotten.html", form=EmailForm(formdata=None))


@bp.post("/forgotten-password")
@public
def forgotten_submit() -> ResponseReturnValue:
    """The link is sent, if the address has an account; the page that follows is the same."""
    form = EmailForm()
    if not form.validate():
        return render_template("accounts/forgotten.html", form=form), 422
    count_use_of_links()
    with unit_of_work() as work:
        service_recovery.ask_for_reset(work, current_actor(), form.email.data or "", fresh_link(), now=moment())
    return redirect(url_for(".forgotten_sent"))


@bp.get("/forgotten-password/sent")
@public
def forgotten_sent() -> ResponseReturnValue:
    """Look into your mailbox."""
    return render_template("accounts/forgotten_sent.html")


@bp.get("/new-password/<token>")
@public
def set_password(token: str) -> ResponseReturnValue:
    """A new password, for whoever holds the link."""
    email = service_recovery.reset_allowed(reading(), current_actor(), token, now=moment())
    return render_template("accounts/set_password.html", form=SetPasswordForm(formdata=None), token=token, email=email)


@bp.post("/new-password/<token>")
@public
def set_password_submit(token: str) -> ResponseReturnValue:
    """The password is new, nobody is signed in any more, and the way leads to signing in."""
    form, visitor = SetPasswordForm(), Actor.visitor()
    email = service_recovery.reset_allowed(reading(), visitor, token, now=moment())
    if form.validate():
        try:
            with unit_of_work() as work:
                service_recovery.reset_password(work, visitor, token, new_password(form.password.data), now=moment())
        except Refused as refusal:
            form.refuse(say(refusal.text))
        else:
            flash(gettext("Your new password is set. Please sign in with it."))
            return redirect(url_for(".sign_in"))
    return render_template("accounts/set_password.html", form=form, token=token, email=email), 422
