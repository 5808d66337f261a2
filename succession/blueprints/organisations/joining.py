"""The link in an invitation: what it is about, for everybody who has it; accepting, for the person it is for."""

from datetime import UTC, datetime

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from succession.accounts import queries as accounts
from succession.accounts import queries_organisations as queries
from succession.accounts import service_members as service
from succession.accounts.addresses import looked_up
from succession.accounts.tokens import LONGEST_TOKEN, hash_token
from succession.blueprints.organisations.blueprint import bp, signed_in
from succession.errors import NotFound
from succession.extensions import reading, unit_of_work
from succession.web.gate import current_actor, public


@bp.get("/invitations/<token>")
@public
def invitation(token: str) -> ResponseReturnValue:
    """Who invites, and what to do next: sign in, make an account, or accept. Looking at it changes nothing."""
    session, actor = reading(), current_actor()
    found, name = queries.invitation_behind(session, _hash(token), now=datetime.now(UTC))
    is_own = False
    if actor.account_id is not None:
        is_own = looked_up(accounts.email_of(session, actor)).lower() == looked_up(found.email).lower()
    here = url_for(".invitation", token=token)
    return render_template(
        "organisations/invitation.html", invitation=found, organisation_name=name, is_own=is_own, token=token, own=here
    )


@bp.post("/invitations/<token>")
@signed_in
def accept(token: str) -> ResponseReturnValue:
    """The person belongs to the organisation."""
    with unit_of_work() as session:
        joined = service.accept(session, current_actor(), _hash(token), now=datetime.now(UTC))
    flash(gettext("Welcome. You now work for “%(name)s”.", name=joined.name))
    return redirect(url_for(".show", organisation_id=joined.public_id))


def _hash(token: str) -> bytes:
    if len(token) > LONGEST_TOKEN:
        raise NotFound
    return hash_token(token)
