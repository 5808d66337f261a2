"""The letters about a decision: who gets one, the day of dispatch, one file to print, and that they have left."""

from uuid import UUID

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from succession.awards import queries_outward, queries_sheets, service_notices
from succession.awards.outward import LotAt
from succession.awards.queries import Desk
from succession.awards.queries_sheets import Ground
from succession.awards.standstill import day_of
from succession.blueprints.awards.blueprint import bp, who_work
from succession.blueprints.awards.forms_outward import DispatchForm
from succession.blueprints.awards.outward_pages import before_decision, letter_desk, moment, outward_page
from succession.blueprints.awards.setting import letters_answer, result_letter
from succession.blueprints.awards.showing import desk_of, tried
from succession.errors import Conflict, NotFound, Refused
from succession.extensions import reading, unit_of_work
from succession.web.errors import say
from succession.web.gate import current_actor

IN_ONE_FILE = 25
"""Setting a letter takes a third of a second; nobody shall wait longer than a moment for a file."""


@bp.get("/my-calls/<uuid:call_id>/lots/<int:number>/letters")
@who_work
def letters(call_id: UUID, number: int) -> ResponseReturnValue:
    """Where the letters are: planned, printed, left."""
    desk = desk_of(call_id, number)
    return before_decision(desk, "letters") or _page(desk, DispatchForm(formdata=None))


@bp.post("/my-calls/<uuid:call_id>/lots/<int:number>/letters")
@who_work
def plan_letters(call_id: UUID, number: int) -> ResponseReturnValue:
    """The day of dispatch is chosen."""
    form, now, at = DispatchForm(), moment(), LotAt(call_id, number)
    status = tried(
        form,
        lambda session: service_notices.plan(
            session, current_actor(), at, dispatched_on=form.dispatched_on.data or day_of(now), now=now
        ),
    )
    if status:
        return _page(letter_desk(call_id, number), form), status
    flash(gettext("The day is in the letters. Print them now; they name this day."))
    return redirect(url_for(".letters", call_id=call_id, number=number))


@bp.post("/my-calls/<uuid:call_id>/lots/<int:number>/letters/left")
@who_work
def letters_left(call_id: UUID, number: int) -> ResponseReturnValue:
    """All letters have left; mails go out, the Wartefrist runs."""
    form, at, now = DispatchForm(formdata=None), LotAt(call_id, number), moment()
    try:
        with unit_of_work() as session:
            service_notices.confirm(session, current_actor(), at, now=now)
    except (Refused, Conflict) as refusal:
        form.refuse(say(refusal.text))
        return _page(letter_desk(call_id, number), form), refusal.status
    flash(gettext("It is on record. Everybody who applied online has a mail, and the Wartefrist runs."))
    return redirect(url_for(".letters", call_id=call_id, number=number))


@bp.get("/my-calls/<uuid:call_id>/lots/<int:number>/letters.pdf")
@who_work
def letters_file(call_id: UUID, number: int) -> ResponseReturnValue:
    """Letters to print, twenty-five in a file."""
    desk = letter_desk(call_id, number)
    found, part = _ground(desk), max(1, request.args.get("part", 1, type=int))
    if found.standstill is None:
        raise NotFound
    everybody = queries_sheets.recipients(reading(), current_actor(), found)
    wanted = everybody[(part - 1) * IN_ONE_FILE : part * IN_ONE_FILE]
    if not wanted:
        raise NotFound
    sheets = queries_sheets.office_sheets(reading(), current_actor(), found, wanted)
    set_now = [(result_letter(sheet, now=moment()), language) for sheet, language in sheets]
    return letters_answer(set_now, desk.call, found.owner_name, f"briefe-los-{number}-{part}.pdf")


def _ground(desk: Desk) -> Ground:
    course = queries_outward.standing_course(reading(), desk.lot)
    return queries_sheets.ground(reading(), desk, course.decision, now=moment())


def _page(desk: Desk, form: DispatchForm) -> str:
    course = queries_outward.standing_course(reading(), desk.lot)
    found = _ground(desk)
    told = queries_sheets.recipients(reading(), current_actor(), found)
    return outward_page(
        "letters",
        desk,
        "letters",
        course=course,
        form=form,
        told=told,
        chosen=found.chosen,
        span=course.span,
        is_today=course.span is not None and course.span.dispatched_on == day_of(moment()),
        parts=range(1, (len(told) + IN_ONE_FILE - 1) // IN_ONE_FILE + 1),
    )
