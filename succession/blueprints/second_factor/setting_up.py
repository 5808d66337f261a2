"""What is set up as a second step, setting up an app, a printed list and emergency codes, and taking things away."""

from datetime import UTC, datetime
from uuid import UUID

import segno
from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from succession.accounts import queries_second_factor, second_factor, service_second_factor
from succession.accounts.queries import email_of
from succession.accounts.second_factor import Way
from succession.blueprints.second_factor.blueprint import bp, own_token_hash, site
from succession.blueprints.second_factor.forms import CodeForm
from succession.errors import Refused
from succession.extensions import reading, unit_of_work
from succession.web.context import settings
from succession.web.errors import say
from succession.web.freshness import fresh_password
from succession.web.gate import current_actor, requires
from succession.web.keys import keys


@bp.get("/account/second-factor")
@requires()
def index() -> ResponseReturnValue:
    """What is set up, and what else there is."""
    actor = current_actor()
    details = queries_second_factor.details(reading(), actor, actor.account_id or 0)
    return render_template("second_factor/index.html", details=details, has_name=site() is not None, Way=Way)


@bp.post("/account/second-factor/app/begin")
@requires()
@fresh_password
def begin_app() -> ResponseReturnValue:
    """A fresh secret waits for its first code."""
    with unit_of_work() as work:
        service_second_factor.begin_app(work, current_actor(), own_token_hash(), keys())
    return redirect(url_for("second_factor.app"))


@bp.get("/account/second-factor/app")
@requires()
@fresh_password
def app() -> ResponseReturnValue:
    """The picture for the app, and a field for the code that it then shows."""
    return _app_page(CodeForm(formdata=None))


@bp.post("/account/second-factor/app")
@requires()
@fresh_password
def confirm_app() -> ResponseReturnValue:
    """The app counts from now on."""
    form = CodeForm()
    if not form.validate():
        return _app_page(form), 422
    try:
        with unit_of_work() as work:
            service_second_factor.confirm_app(
                work, current_actor(), own_token_hash(), keys(), form.code.data or "", now=datetime.now(UTC)
            )
    except Refused as refusal:
        form.refuse(say(refusal.text))
        return _app_page(form), refusal.status
    flash(gettext("The app is set up. From now on we ask for its code when you sign in."))
    return redirect(url_for("second_factor.index"))


@bp.get("/account/second-factor/list")
@requires()
@fresh_password
def printed_list() -> ResponseReturnValue:
    """What a printed list is, and the button that makes one."""
    return render_template("second_factor/list.html", form=CodeForm(formdata=None), codes=())


@bp.post("/account/second-factor/list")
@requires()
@fresh_password
def draft_list() -> ResponseReturnValue:
    """Shows the new list, this once; it counts when its first code has been entered."""
    now = datetime.now(UTC)
    with unit_of_work() as work:
        codes = service_second_factor.draft_list(work, current_actor(), keys(), now=now)
    shown = [(number, second_factor.in_groups(code)) for number, code in enumerate(codes, start=1)]
    return render_template("second_factor/list.html", form=CodeForm(formdata=None), codes=shown, made_on=now)


@bp.post("/account/second-factor/list/confirm")
@requires()
@fresh_password
def confirm_list() -> ResponseReturnValue:
    """The list counts from now on, and a former one no longer."""
    form = CodeForm()
    try:
        if form.validate():
            with unit_of_work() as work:
                service_second_factor.confirm_list(
                    work, current_actor(), own_token_hash(), keys(), form.code.data or "", now=datetime.now(UTC)
                )
            flash(gettext("The list is set up. From now on we ask for the next code on it when you sign in."))
            return redirect(url_for("second_factor.index"))
    except Refused as refusal:
        form.refuse(say(refusal.text))
    return render_template("second_factor/list.html", form=form, codes=(), is_waiting=True), 422


@bp.post("/account/second-factor/recovery")
@requires()
@fresh_password
def recovery_codes() -> ResponseReturnValue:
    """Shows ten new emergency codes, this once."""
    now = datetime.now(UTC)
    with unit_of_work() as work:
        codes = service_second_factor.renew_recovery_codes(work, current_actor(), keys(), now=now)
    shown = [second_factor.in_groups(code) for code in codes]
    return render_template("second_factor/recovery.html", codes=shown, made_on=now)


@bp.get("/account/second-factor/remove/<any(app,passkey,printed,recovery):way>")
@requires()
@fresh_password
def removing(way: str) -> ResponseReturnValue:
    """Asks whether it shall really go."""
    actor = current_actor()
    details = queries_second_factor.details(reading(), actor, actor.account_id or 0)
    key = next((one for one in details.passkeys if str(one.public_id) == request.args.get("key")), None)
    return render_template("second_factor/remove.html", way=Way(way), key=key, own=details.own)


@bp.post("/account/second-factor/remove/<any(app,passkey,printed,recovery):way>")
@requires()
@fresh_password
def remove(way: str) -> ResponseReturnValue:
    """It is gone."""
    key = request.form.get("key", type=UUID)
    with unit_of_work() as work:
        service_second_factor.remove(work, current_actor(), Way(way), key, now=datetime.now(UTC))
    flash(gettext("Removed."))
    return redirect(url_for("second_factor.index"))


def _app_page(form: CodeForm) -> str:
    """With the picture while a secret waits; without, the page begins anew."""
    sealed = queries_second_factor.pending_secret(reading(), own_token_hash())
    secret = keys().open(sealed) if sealed is not None else None
    picture = None
    if secret is not None:
        account = email_of(reading(), current_actor())
        address = second_factor.totp_address(secret, account=account, issuer=settings().site_name)
        picture = segno.make(address, micro=False).svg_data_uri(scale=5, border=4, light="#fff")
    spaced = " ".join(secret[i : i + 4] for i in range(0, len(secret), 4)) if secret else ""
    return render_template("second_factor/app.html", form=form, picture=picture, secret=spaced)
