"""Objections on the office's side: the list, one from paper, the answer and its letter."""

from uuid import UUID

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from succession.awards import queries, queries_outward, queries_sheets, service_objections
from succession.awards.models_notices import Objection
from succession.awards.notice_kinds import AnswerOutcome, Way
from succession.awards.outward import LotAt
from succession.awards.queries import Desk
from succession.awards.service_objections import Answer
from succession.awards.standstill import day_of
from succession.blueprints.awards.blueprint import bp, who_work
from succession.blueprints.awards.forms_outward import AnswerForm, LateAnswerForm, PaperObjectionForm
from succession.blueprints.awards.outward_pages import letter_desk, moment, outward_page
from succession.blueprints.awards.setting import letter_answer, letters_answer
from succession.blueprints.awards.showing import desk_of, tried
from succession.calls import queries as calls
from succession.errors import NotFound
from succession.extensions import reading
from succession.letters.values import Addressee, Letter
from succession.web.gate import current_actor


@bp.get("/my-calls/<uuid:call_id>/lots/<int:number>/objections")
@who_work
def objections(call_id: UUID, number: int) -> ResponseReturnValue:
    """All objections on the lot, also on decisions that do not stand any more."""
    desk = desk_of(call_id, number)
    return outward_page(
        "objections",
        desk,
        "objections",
        found=queries_outward.objections_of_lot(reading(), desk.lot),
        names=queries_outward.names_of(reading(), desk.call.id),
    )


@bp.get("/my-calls/<uuid:call_id>/lots/<int:number>/objections/new")
@who_work
def enter_objection(call_id: UUID, number: int) -> ResponseReturnValue:
    """From paper."""
    desk = letter_desk(call_id, number)
    return _paper_page(desk, _choices(desk, PaperObjectionForm(formdata=None)))


@bp.post("/my-calls/<uuid:call_id>/lots/<int:number>/objections/new")
@who_work
def take_objection(call_id: UUID, number: int) -> ResponseReturnValue:
    """Entered with its day; one that came late is kept as that."""
    desk, now, at = letter_desk(call_id, number), moment(), LotAt(call_id, number)
    form = _choices(desk, PaperObjectionForm())
    status = tried(
        form,
        lambda session: service_objections.record_paper(
            session,
            current_actor(),
            at,
            code=form.code.data,
            arrived_on=form.arrived_on.data or day_of(now),
            body=form.body.data or "",
            now=now,
        ),
    )
    if status:
        return _paper_page(letter_desk(call_id, number), form), status
    flash(gettext("The objection is entered. Please answer it."))
    return redirect(url_for(".objections", call_id=call_id, number=number))


@bp.get("/my-calls/<uuid:call_id>/lots/<int:number>/objections/<uuid:objection_id>")
@who_work
def answer_page(call_id: UUID, number: int, objection_id: UUID) -> ResponseReturnValue:
    """One objection, and its answer."""
    desk = desk_of(call_id, number)
    found = queries_outward.objection_of(reading(), desk.lot, objection_id)
    return _answer_page(desk, found, LateAnswerForm(formdata=None) if found.is_late else AnswerForm(formdata=None))


@bp.post("/my-calls/<uuid:call_id>/lots/<int:number>/objections/<uuid:objection_id>")
@who_work
def give_answer(call_id: UUID, number: int, objection_id: UUID) -> ResponseReturnValue:
    """Answered in writing; a justified one begins a new run."""
    desk, now, at = letter_desk(call_id, number), moment(), LotAt(call_id, number)
    found = queries_outward.objection_of(reading(), desk.lot, objection_id)
    form = LateAnswerForm() if found.is_late else AnswerForm()
    status = tried(
        form,
        lambda session: service_objections.answer(session, current_actor(), at, objection_id, _given(form), now=now),
    )
    if status:
        return _answer_page(desk_of(call_id, number), found, form), status
    flash(gettext("The answer is on record. Print the letter if it goes by post."))
    return redirect(url_for(".answer_page", call_id=call_id, number=number, objection_id=objection_id))


@bp.get("/my-calls/<uuid:call_id>/lots/<int:number>/objections/<uuid:objection_id>/answer.pdf")
@who_work
def answer_file(call_id: UUID, number: int, objection_id: UUID) -> ResponseReturnValue:
    """The answer as a letter."""
    desk = desk_of(call_id, number)
    found = queries_outward.answered(reading(), desk.lot, objection_id)
    person = next(
        one
        for one in queries.applicants(reading(), current_actor(), desk).values()
        if one.application_id == found.application_id
    )
    owner = calls.owner_of(reading(), desk.call).name
    values = {"objection": found, "lot": desk.lot, "call": desk.call}
    letter = Letter(
        "awards/answer", Addressee(person.name, person.address), found.answered_on or day_of(moment()), values
    )
    return letter_answer(letter, "de", desk.call, owner, "antwort.pdf")


@bp.get("/my-calls/<uuid:call_id>/lots/<int:number>/objections/<uuid:objection_id>/told.pdf")
@who_work
def told_again_file(call_id: UUID, number: int, objection_id: UUID) -> ResponseReturnValue:
    """To everybody whom the post reaches: an objection was right, it is computed again."""
    desk = desk_of(call_id, number)
    found = queries_outward.answered(reading(), desk.lot, objection_id)
    decision = queries_outward.decision_of(reading(), found)
    ground = queries_sheets.ground(reading(), desk, decision, now=moment())
    people = [one for one in queries_sheets.recipients(reading(), current_actor(), ground) if one.way is Way.POST]
    if found.outcome is not AnswerOutcome.JUSTIFIED or not people:
        raise NotFound
    day = found.answered_on or day_of(moment())
    values = {"objection": found, "lot": desk.lot, "call": desk.call}
    letters = [(Letter("awards/again", Addressee(one.name, one.address), day, values), "de") for one in people]
    return letters_answer(letters, desk.call, ground.owner_name, "neu-gerechnet.pdf")


def _given(form: AnswerForm | LateAnswerForm) -> Answer:
    if isinstance(form, LateAnswerForm):
        return Answer(AnswerOutcome.TOO_LATE, form.answer.data or "")
    return Answer(AnswerOutcome(form.outcome.data), form.answer.data or "", form.correction.data or "")


def _choices(desk: Desk, form: PaperObjectionForm) -> PaperObjectionForm:
    people = queries.applicants(reading(), current_actor(), desk)
    form.code.choices = [(code, one.name) for code, one in sorted(people.items(), key=lambda pair: pair[1].name)]
    return form


def _paper_page(desk: Desk, form: PaperObjectionForm) -> str:
    course = queries_outward.standing_course(reading(), desk.lot)
    return outward_page("objection_paper", desk, "objections", form=form, span=course.span, course=course)


def _answer_page(desk: Desk, found: Objection, form: AnswerForm | LateAnswerForm) -> str:
    return outward_page(
        "objection_answer",
        desk,
        "objections",
        found=found,
        form=form,
        name=queries_outward.names_of(reading(), desk.call.id).get(found.application_id, ""),
        decision=queries_outward.decision_of(reading(), found),
    )
