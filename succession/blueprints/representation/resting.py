"""Files that rest, for coordinators: also of people who have an account and no advisor."""

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from succession.accounts import queries, queries_file
from succession.accounts import service_file as service
from succession.accounts.actor import Role
from succession.accounts.representation import FreezeReason
from succession.blueprints.representation.blueprint import bp, moment
from succession.blueprints.representation.forms import RestByAddressForm
from succession.extensions import reading, unit_of_work
from succession.web.fields import Form
from succession.web.gate import current_actor, requires


@bp.get("/resting-files")
@requires(Role.COORDINATOR)
def resting() -> ResponseReturnValue:
    """All files that rest, and a form to let another one rest."""
    return _page(RestByAddressForm(formdata=None))


@bp.post("/resting-files")
@requires(Role.COORDINATOR)
def rest_by_address() -> ResponseReturnValue:
    """The file of the person with that address rests."""
    form = RestByAddressForm()
    if not form.validate():
        return _page(form), 422
    person = queries.account_by_email(reading(), form.email.data or "")
    if person is None:
        form.refuse(gettext("There is no account with this address."))
        return _page(form), 422
    reason, words = FreezeReason(form.reason.data), form.note.data or ""
    with unit_of_work() as session:
        service.freeze(session, current_actor(), person.public_id, reason, words, now=moment())
    flash(gettext("The file rests. What others could see is being withdrawn now."))
    return redirect(url_for(".resting"))


@bp.post("/resting-files/<uuid:person_id>/open")
@requires(Role.COORDINATOR)
def open_again(person_id: UUID) -> ResponseReturnValue:
    """The file is open again."""
    with unit_of_work() as session:
        service.lift(session, current_actor(), person_id, now=moment())
    flash(gettext("The file is open again. Offers and searches stay withdrawn until they are published anew."))
    return redirect(url_for(".resting"))


def _page(form: Form) -> str:
    files = queries_file.resting_files(reading(), current_actor())
    return render_template("representation/resting.html", form=form, files=files)
