"""Whoever was chosen does not sign: the page that records it, and the letters that tell those whom the post reaches."""

from uuid import UUID

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from succession.awards import queries, queries_decision, queries_not_signed, queries_outward, service_not_signed
from succession.awards.notice_kinds import NotSigned
from succession.awards.outward import LotAt
from succession.awards.queries import Desk
from succession.awards.service_not_signed import Given
from succession.awards.standstill import day_of
from succession.blueprints.awards.blueprint import bp, who_work
from succession.blueprints.awards.desk import chosen_of
from succession.blueprints.awards.forms_outward import NotSignedForm
from succession.blueprints.awards.outward_pages import before_decision, letter_desk, moment, outward_page
from succession.blueprints.awards.setting import letters_answer
from succession.blueprints.awards.showing import desk_of, tried
from succession.calls import queries as calls
from succession.extensions import reading
from succession.letters.values import Addressee, Letter
from succession.web.gate import current_actor


@bp.get("/my-calls/<uuid:call_id>/lots/<int:number>/not-signed")
@who_work
def not_signed(call_id: UUID, number: int) -> ResponseReturnValue:
    """What follows, who comes next, and the form."""
    desk = desk_of(call_id, number)
    return before_decision(desk, "contract") or _page(desk, NotSignedForm(formdata=None))


@bp.post("/my-calls/<uuid:call_id>/lots/<int:number>/not-signed")
@who_work
def record_not_signed(call_id: UUID, number: int) -> ResponseReturnValue:
    """The decision does not stand any more, and everybody is told."""
    desk, form, at, now = letter_desk(call_id, number), NotSignedForm(), LotAt(call_id, number), moment()
    status = tried(form, lambda session: service_not_signed.record(session, current_actor(), at, _given(form), now=now))
    if status:
        return _page(desk, form), status
    flash(gettext("It is on record, and the lot was scored again. Now prepare it for the body anew."))
    return redirect(url_for(".decision", call_id=call_id, number=number))


@bp.get("/my-calls/<uuid:call_id>/lots/<int:number>/decision/<uuid:decision_id>/not-signed.pdf")
@who_work
def not_signed_letters(call_id: UUID, number: int, decision_id: UUID) -> ResponseReturnValue:
    """To everybody whom the post reaches: the body decides anew."""
    desk = desk_of(call_id, number)
    decision, people = queries_not_signed.by_post(reading(), current_actor(), desk, decision_id)
    values = {"reason": decision.set_aside_reason, "lot": desk.lot, "call": desk.call}
    day = day_of(decision.set_aside_at or moment())
    letters = [(Letter("awards/anew", Addressee(one.name, one.address), day, values), "de") for one in people]
    return letters_answer(letters, desk.call, calls.owner_of(reading(), desk.call).name, "neu-entschieden.pdf")


def _given(form: NotSignedForm) -> Given:
    return Given(NotSigned(form.why.data), form.on.data or day_of(moment()), form.reason.data or "")


def _page(desk: Desk, form: NotSignedForm) -> str:
    session, actor = reading(), current_actor()
    course = queries_outward.standing_course(session, desk.lot)
    people = queries.applicants(session, actor, desk)
    waits = [people[code] for code in queries_decision.waiting_list(session, desk.lot.id) if code in people]
    chosen = chosen_of(desk, course.decision)
    return outward_page(
        "not_signed",
        desk,
        "contract",
        form=form,
        refusal=service_not_signed.refusal(course),
        chosen=chosen.name if chosen else "–",
        next_one=next((one for one in waits if not one.is_withdrawn), None),
    )
