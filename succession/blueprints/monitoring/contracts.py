"""The office's agenda, the lessee's own list, and one contract with all its promises."""

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy.orm import Session

from succession.accounts.actor import Role
from succession.blueprints.monitoring.blueprint import bp, now, today, tried
from succession.blueprints.monitoring.forms import EndForm, LesseeForm
from succession.errors import NotFound
from succession.extensions import reading
from succession.monitoring import policy, queries, queries_report, service_findings
from succession.monitoring.outcomes import Ending
from succession.monitoring.queries import Held
from succession.web.gate import also_while_acting, current_actor, requires
from succession.web.numbers import of_a_page
from succession.web.paging import page_number, page_of

ON_A_PAGE = 25


@bp.get("/promises")
@requires(Role.LANDOWNER)
def agenda() -> ResponseReturnValue:
    """What the office has to look at next, or everything with `?all=1`."""
    number, is_all = page_number(), "all" in request.args
    rows = queries.agenda(
        reading(),
        current_actor(),
        today=today(),
        limit=ON_A_PAGE + 1,
        offset=(number - 1) * ON_A_PAGE,
        only_open=not is_all,
    )
    owners = queries_report.owners(reading(), current_actor())
    page = page_of(rows, number=number, size=ON_A_PAGE)
    return render_template("monitoring/agenda.html", page=page, is_all=is_all, owners=owners, year=today().year)


@bp.get("/my-promises")
@requires()
@also_while_acting
def own() -> ResponseReturnValue:
    """What somebody has promised with the land they have."""
    return render_template("monitoring/own.html", contracts=queries.own(reading(), current_actor(), today=today()))


@bp.get("/promises/<uuid:contract_id>")
@requires()
@also_while_acting
def contract(contract_id: UUID) -> ResponseReturnValue:
    """One contract with everything that was promised, for both of its sides."""
    return _page(contract_id, LesseeForm(formdata=None))


@bp.post("/promises/<uuid:contract_id>/lessee")
@requires(Role.LANDOWNER)
def change_lessee(contract_id: UUID) -> ResponseReturnValue:
    """Somebody else has the land from a day on."""
    form = LesseeForm()
    queries.contract_of(reading(), current_actor(), contract_id)
    refused = tried(
        form,
        lambda session: service_findings.change_lessee(
            session,
            current_actor(),
            contract_id,
            name=form.name.data or "",
            email=form.email.data or "",
            since_on=form.since_on.data or today(),
            note=form.note.data or "",
            now=now(),
        ),
    )
    if refused:
        return _page(contract_id, form), refused
    flash(gettext("Saved. From that day on the new lessee keeps the promises."))
    return redirect(url_for(".contract", contract_id=contract_id))


@bp.route("/promises/<uuid:contract_id>/<uuid:promise_id>/end", methods=["GET", "POST"])
@requires(Role.LANDOWNER)
def end(contract_id: UUID, promise_id: UUID) -> ResponseReturnValue:
    """A promise is not watched any more."""
    held = queries.held(reading(), current_actor(), contract_id, today=today())
    line = next((one for one in held.promises if one.promise.public_id == promise_id), None)
    if line is None or not policy.may_watch(current_actor(), held.parties):
        raise NotFound
    form = EndForm(data={"revision": line.promise.revision, "ended_on": today()})
    status = 200
    if request.method == "POST":
        status = tried(form, lambda session: _ended(session, form, promise_id)) or 0
        if not status:
            flash(gettext("Saved. This promise is not watched any more."))
            return redirect(url_for(".contract", contract_id=contract_id))
    return render_template("monitoring/end.html", held=held, line=line, form=form), status


def _ended(session: Session, form: EndForm, promise_id: UUID) -> None:
    service_findings.end(
        session,
        current_actor(),
        promise_id,
        Ending(form.because.data),
        on=form.ended_on.data or today(),
        note=form.note.data or "",
        revision=of_a_page(form.revision.data),
        now=now(),
    )


def _page(contract_id: UUID, form: LesseeForm) -> str:
    held: Held = queries.held(reading(), current_actor(), contract_id, today=today())
    may_watch = policy.may_watch(current_actor(), held.parties)
    return render_template("monitoring/contract.html", held=held, form=form, may_watch=may_watch)
