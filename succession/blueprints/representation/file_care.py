"""Care for a file: let it rest and open it again, let somebody in, renew, hand it over, print its list."""

from datetime import timedelta
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from succession.accounts import queries_file
from succession.accounts import service_file as service
from succession.accounts.representation import LONGEST, FreezeReason, day_of
from succession.blueprints.representation import letters
from succession.blueprints.representation.blueprint import bp, moment
from succession.blueprints.representation.forms import EndForm, GuestForm, RestForm
from succession.blueprints.representation.wording import record_lines
from succession.errors import Conflict, Refused
from succession.extensions import reading, unit_of_work
from succession.web.errors import say
from succession.web.fields import Form
from succession.web.gate import current_actor, requires
from succession.web.links import fresh_link


@bp.get("/people-i-help/<uuid:representation_id>/rest")
@requires()
def ask_rest(representation_id: UUID) -> ResponseReturnValue:
    """Asks why, and says what will be true."""
    return _asking("rest", representation_id, RestForm(formdata=None))


@bp.post("/people-i-help/<uuid:representation_id>/rest")
@requires()
def rest(representation_id: UUID) -> ResponseReturnValue:
    """The file rests."""
    form = RestForm()
    if not form.validate():
        return _asking("rest", representation_id, form), 422
    person, reason = _person(representation_id), FreezeReason(form.reason.data)
    with unit_of_work() as session:
        service.freeze(session, current_actor(), person, reason, form.note.data or "", now=moment())
    flash(gettext("The file rests. What others could see is being withdrawn now."))
    return _back(representation_id)


@bp.post("/people-i-help/<uuid:representation_id>/open")
@requires()
def lift(representation_id: UUID) -> ResponseReturnValue:
    """The file is open again."""
    person = _person(representation_id)
    with unit_of_work() as session:
        service.lift(session, current_actor(), person, now=moment())
    flash(gettext("The file is open again. Offers and searches stay withdrawn until they are published anew."))
    return _back(representation_id)


@bp.get("/people-i-help/<uuid:representation_id>/let-in")
@requires()
def ask_guest(representation_id: UUID) -> ResponseReturnValue:
    """Asks who shall get at the file."""
    end = day_of(moment()) + LONGEST - timedelta(days=1)
    return _asking("let_in", representation_id, GuestForm(formdata=None, ends_on=end))


@bp.post("/people-i-help/<uuid:representation_id>/let-in")
@requires()
def let_in(representation_id: UUID) -> ResponseReturnValue:
    """The one named gets a mail with a link."""
    form = GuestForm()
    if not form.validate():
        return _asking("let_in", representation_id, form), 422
    person, proof = _person(representation_id), form.proof.data or ""
    try:
        with unit_of_work() as session:
            service.invite(session, current_actor(), person, form.helper, fresh_link(), proof=proof, now=moment())
    except (Refused, Conflict) as refusal:
        form.refuse(say(refusal.text))
        return _asking("let_in", representation_id, form), refusal.status
    flash(gettext("We have written to %(name)s.", name=form.name.data))
    return _back(representation_id)


@bp.get("/people-i-help/<uuid:representation_id>/renew")
@requires()
def ask_renewal(representation_id: UUID) -> ResponseReturnValue:
    """Asks until when."""
    end = day_of(moment()) + LONGEST - timedelta(days=1)
    return _asking("renew", representation_id, EndForm(formdata=None, ends_on=end))


@bp.post("/people-i-help/<uuid:representation_id>/renew")
@requires()
def renew(representation_id: UUID) -> ResponseReturnValue:
    """The same for another while, once the person has said yes again."""
    form = EndForm()
    if not form.validate() or form.ends_on.data is None:
        return _asking("renew", representation_id, form), 422
    try:
        with unit_of_work() as session:
            row = service.renew(session, current_actor(), representation_id, form.ends_on.data, now=moment())
    except Refused as refusal:
        form.refuse(say(refusal.text))
        return _asking("renew", representation_id, form), refusal.status
    flash(gettext("Now the person needs a new letter with a code."))
    return _back(row.public_id)


@bp.post("/people-i-help/<uuid:representation_id>/take-over-letter")
@requires()
def take_over_letter(representation_id: UUID) -> ResponseReturnValue:
    """The letter with which the person opens their file themselves."""
    person = _person(representation_id)
    with unit_of_work() as session:
        fresh = service.print_take_over(session, current_actor(), person, now=moment())
    view = queries_file.file_view(reading(), current_actor(), representation_id, now=moment())
    return letters.answer(
        "accounts/take_over",
        view.person,
        agent=view.helping.agent,
        code=fresh.code,
        expires_on=fresh.expires_at.date(),
    )


@bp.post("/people-i-help/<uuid:representation_id>/record-letter")
@requires()
def record_letter(representation_id: UUID) -> ResponseReturnValue:
    """The list of who looked at the file and what was changed, on paper."""
    person = _person(representation_id)
    with unit_of_work() as session:
        service.note_record_printed(session, current_actor(), person, now=moment())
    view = queries_file.file_view(reading(), current_actor(), representation_id, now=moment())
    return letters.answer("accounts/record", view.person, lines=record_lines(reading(), view.person))


def _person(representation_id: UUID) -> UUID:
    """Whose file it is; for strangers there is none."""
    return queries_file.file_view(reading(), current_actor(), representation_id, now=moment()).helping.person_public_id


def _asking(what: str, representation_id: UUID, form: Form) -> str:
    view = queries_file.file_view(reading(), current_actor(), representation_id, now=moment())
    return render_template(f"representation/{what}.html", view=view, helping=view.helping, form=form)


def _back(representation_id: UUID) -> ResponseReturnValue:
    return redirect(url_for(".file", representation_id=representation_id))
