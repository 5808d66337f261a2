"""One's own account: name, language, how to be reached, what one comes for, which menu is shown."""

from flask import abort, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from succession.accounts import queries_people, service_limits, service_profile, service_sessions
from succession.accounts.actor import Role
from succession.accounts.limits import NEW_NAMES_OF_A_PERSON
from succession.accounts.models import Account, Language, Way
from succession.accounts.policy_people import SELF_SERVICE, may_see_invitations
from succession.accounts.service_profile import Profile
from succession.blueprints.accounts.blueprint import bp, moment
from succession.blueprints.accounts.forms import ROLE_SENTENCES, ProfileForm
from succession.errors import Refused
from succession.extensions import own_transaction, reading, unit_of_work
from succession.web import gate
from succession.web.errors import say
from succession.web.gate import current_actor, requires
from succession.web.landing import landing_url


@bp.get("/account")
@requires()
def account() -> ResponseReturnValue:
    """Everything about one's account, with ways to each part of it."""
    found = queries_people.own_account(reading(), current_actor())
    return _page(found)


@bp.get("/account/contact")
@requires()
def profile() -> ResponseReturnValue:
    """Name, language, and how to be reached."""
    found = queries_people.own_account(reading(), current_actor())
    return render_template("accounts/profile.html", form=ProfileForm(formdata=None, obj=found))


@bp.post("/account/contact")
@requires()
def profile_submit() -> ResponseReturnValue:
    """The words are kept."""
    form = ProfileForm()
    if form.validate():
        try:
            with own_transaction() as work:
                service_limits.count(work, NEW_NAMES_OF_A_PERSON, current_actor().account_id or 0, now=moment())
            with unit_of_work() as work:
                service_profile.change_profile(work, current_actor(), _values(form), now=moment())
        except Refused as refusal:
            form.refuse(say(refusal.text))
        else:
            session.pop("language", None)  # what was chosen here counts, not an earlier link
            flash(gettext("Saved."))
            return redirect(url_for(".account"))
    return render_template("accounts/profile.html", form=form), 422


@bp.post("/account/roles")
@requires()
def add_role() -> ResponseReturnValue:
    """The person also comes for this."""
    role = _role(request.form.get("role"))
    with unit_of_work() as work:
        service_profile.add_role(work, current_actor(), role, now=moment())
    flash(gettext("Added. The menu has new entries."))
    return redirect(url_for(".account"))


@bp.post("/account/desk")
@requires()
def choose_desk() -> ResponseReturnValue:
    """The menu shows what belongs to one role, or to all."""
    chosen = request.form.get("role")
    role = _role(chosen) if chosen else None
    with unit_of_work() as work:
        service_sessions.choose_desk(work, current_actor(), role, gate.held_token() or "", now=moment())
    return redirect(landing_url(current_actor(), desk=role))


def _page(found: Account) -> str:
    actor = current_actor()
    addable = [(role, ROLE_SENTENCES[role]) for role in SELF_SERVICE if role not in actor.roles | actor.withheld]
    held = sorted(actor.roles | actor.withheld, key=list(Role).index)
    return render_template(
        "accounts/account.html",
        account=found,
        held=held,
        addable=addable,
        may_invite=may_see_invitations(actor, None),
    )


def _role(word: str | None) -> Role:
    """A role by its word; anything else is no form of ours."""
    if word not in set(Role):
        abort(400)
    return Role(word)


def _values(form: ProfileForm) -> Profile:
    return Profile(
        name=form.name.data or "",
        language=Language(form.language.data),
        phone=form.phone.data or "",
        postal_address=form.postal_address.data or "",
        call_hours=form.call_hours.data or "",
        takes_voicemail=bool(form.takes_voicemail.data),
        preferred_contact=Way(form.preferred_contact.data),
    )
