"""The web door of "Who must not learn of it?": one list for everything that somebody publishes."""

from datetime import UTC, datetime
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from succession.accounts.actor import Role
from succession.blueprints.exclusions import forms
from succession.errors import Refused
from succession.exclusions import queries, service
from succession.exclusions.kinds import ExclusionKind
from succession.exclusions.service import NewEntry
from succession.extensions import reading, unit_of_work
from succession.web.errors import say
from succession.web.fields import Form
from succession.web.gate import current_actor, requires

bp = Blueprint("exclusions", __name__)
who_publish = requires(Role.SEEKER, Role.TRANSFEROR, Role.LANDOWNER)
KINDS = ",".join(ExclusionKind)


@bp.get("/who-must-not-know")
@who_publish
def index() -> ResponseReturnValue:
    """The list by kind, what it does and what it cannot do."""
    session, actor = reading(), current_actor()
    owner = queries.list_owner(session, actor, _organisation())
    return render_template(
        "exclusions/index.html",
        lines=queries.entries(session, actor, owner),
        kinds=tuple(ExclusionKind),
        organisations=queries.organisations_with_lists(session, actor),
        organisation=_organisation(),
    )


@bp.get(f"/who-must-not-know/add/<any({KINDS}):kind>")
@who_publish
def new(kind: str) -> ResponseReturnValue:
    """One question: who."""
    queries.list_owner(reading(), current_actor(), _organisation())
    return _page(ExclusionKind(kind), forms.form_for(reading(), ExclusionKind(kind)))


@bp.post(f"/who-must-not-know/add/<any({KINDS}):kind>")
@who_publish
def add(kind: str) -> ResponseReturnValue:
    """The list has one line more."""
    form = forms.form_for(reading(), ExclusionKind(kind))
    if not forms.makes_sense(form):
        return _page(ExclusionKind(kind), form), 422
    try:
        _add(forms.entry_from(form, ExclusionKind(kind)))
    except Refused as refusal:
        form.refuse(say(refusal.text))
        return _page(ExclusionKind(kind), form), refusal.status
    flash(gettext("It is on the list. It holds from now on, for everything you publish."))
    return redirect(url_for("exclusions.index", organisation=_organisation()))


@bp.post("/who-must-not-know/<uuid:entry_id>/remove")
@who_publish
def remove(entry_id: UUID) -> ResponseReturnValue:
    """The list has one line less."""
    with unit_of_work() as session:
        service.remove_entry(session, current_actor(), entry_id, now=datetime.now(UTC))
    flash(gettext("It is taken off the list."))
    return redirect(url_for("exclusions.index", organisation=_organisation()))


def _add(entry: NewEntry) -> None:
    with unit_of_work() as session:
        owner = queries.list_owner(session, current_actor(), _organisation())
        service.add_entry(session, current_actor(), owner, entry, now=datetime.now(UTC))


def _organisation() -> UUID | None:
    """Whose list is meant, from the address; nonsense means one's own."""
    try:
        return UUID(request.args.get("organisation", ""))
    except ValueError:
        return None


def _page(kind: ExclusionKind, form: Form) -> str:
    return render_template("exclusions/new.html", kind=kind, form=form, organisation=_organisation())
