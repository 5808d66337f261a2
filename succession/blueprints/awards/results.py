"""The applicant's own result: every line with its reason, the letter as a file, and the objection."""

from datetime import UTC, datetime
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from succession.awards import policy_outward, queries_outward, queries_sheets, service_objections
from succession.awards.queries_sheets import OwnSheet
from succession.awards.sheets import result_sentence
from succession.blueprints.awards.blueprint import bp
from succession.blueprints.awards.forms_outward import ObjectionForm
from succession.blueprints.awards.setting import letter_answer, result_letter
from succession.calls import queries as calls
from succession.errors import Conflict, Refused
from succession.extensions import reading, unit_of_work
from succession.web.errors import say
from succession.web.gate import also_while_acting, current_actor, requires
from succession.web.language import current_language


def moment() -> datetime:
    """Now."""
    return datetime.now(UTC)


@bp.get("/my-applications/<uuid:application_id>/results")
@requires()
@also_while_acting
def own_result(application_id: UUID) -> ResponseReturnValue:
    """The results of all lots; where there is one, it is shown at once."""
    found = queries_outward.own_results(reading(), current_actor(), application_id)
    if len(found) == 1:
        return redirect(url_for(".result", application_id=application_id, number=found[0].number))
    return render_template("awards/results.html", found=found, application_id=application_id)


@bp.get("/my-applications/<uuid:application_id>/lots/<int:number>/result")
@requires()
@also_while_acting
def result(application_id: UUID, number: int) -> ResponseReturnValue:
    """The whole result of one lot."""
    own, now = _own(application_id, number), moment()
    span = queries_outward.span_of(own.standstill)
    objections = queries_outward.own_objections(reading(), own.application, own.standstill)
    is_open = own.decision.set_aside_at is None and not span.is_over(now)
    waits = any(one.answered_on is None for one in objections)
    return render_template(
        "awards/result.html",
        own=own,
        sheet=own.sheet,
        result=result_sentence(own.sheet.lot, own.sheet.decided, is_chosen=own.sheet.is_chosen),
        span=span,
        days_left=span.days_left(now),
        may_object=is_open and not waits and policy_outward.may_object(current_actor(), own.application),
        objections=objections,
    )


@bp.get("/my-applications/<uuid:application_id>/lots/<int:number>/result.pdf")
@requires()
@also_while_acting
def result_file(application_id: UUID, number: int) -> ResponseReturnValue:
    """The same as the letter."""
    own = _own(application_id, number)
    letter = result_letter(own.sheet, now=moment())
    return letter_answer(letter, current_language(), own.desk.call, own.sheet.lot.owner_name, "ergebnis.pdf")


@bp.get("/my-applications/<uuid:application_id>/lots/<int:number>/objection")
@requires()
@also_while_acting
def objection(application_id: UUID, number: int) -> ResponseReturnValue:
    """One field: what is wrong."""
    return _objection_page(_own(application_id, number), ObjectionForm(formdata=None))


@bp.post("/my-applications/<uuid:application_id>/lots/<int:number>/objection")
@requires()
@also_while_acting
def raise_objection(application_id: UUID, number: int) -> ResponseReturnValue:
    """The objection is in, or it is said why not."""
    now, form = moment(), ObjectionForm()
    if not form.validate():
        return _objection_page(_own(application_id, number), form), 422
    try:
        with unit_of_work() as session:
            service_objections.raise_online(
                session, current_actor(), application_id, number, form.body.data or "", now=now
            )
    except (Refused, Conflict) as refusal:
        form.refuse(say(refusal.text))
        return _objection_page(_own(application_id, number), form), refusal.status
    flash(gettext("Your objection has arrived. You get an answer in writing; until then nothing is signed."))
    return redirect(url_for(".result", application_id=application_id, number=number))


def _own(application_id: UUID, number: int) -> OwnSheet:
    return queries_sheets.own_sheet(
        reading(), current_actor(), application_id, number, current_language(), now=moment()
    )


def _objection_page(own: OwnSheet, form: ObjectionForm) -> str:
    span = queries_outward.span_of(own.standstill)
    owner = calls.owner_of(reading(), own.desk.call)
    return render_template("awards/objection.html", own=own, sheet=own.sheet, form=form, span=span, owner=owner)
