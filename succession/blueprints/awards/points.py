"""The points that a named body gives: entered by one person of the office, confirmed by another."""

from datetime import UTC, date, datetime
from uuid import UUID

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy.orm import Session

from succession.awards import queries, queries_input, service_points
from succession.awards.queries import Desk
from succession.awards.service_points import Given
from succession.blueprints.awards.blueprint import bp, who_work
from succession.blueprints.awards.forms import PointsForm
from succession.blueprints.awards.showing import desk_of, page, tried
from succession.extensions import reading, unit_of_work
from succession.principles.texts import in_language
from succession.web.gate import current_actor
from succession.web.language import current_language


@bp.get("/my-calls/<uuid:call_id>/lots/<int:number>/points")
@who_work
def points(call_id: UUID, number: int) -> ResponseReturnValue:
    """What bodies gave, and a form for more."""
    return _page(desk_of(call_id, number), PointsForm(formdata=None))


@bp.post("/my-calls/<uuid:call_id>/lots/<int:number>/points")
@who_work
def enter_points(call_id: UUID, number: int) -> ResponseReturnValue:
    """The points wait for a second person."""
    found, form = desk_of(call_id, number), PointsForm()
    _offer(found, form)
    marks = tuple(line.strip().replace(",", ".") for line in (form.marks.data or "").splitlines() if line.strip())
    revision = _revision(found, form)

    def act(session: Session) -> None:
        given = Given(
            form.question.data, marks, form.reason.data or "", form.body.data or "", form.given_on.data or date.max
        )
        service_points.enter(
            session, current_actor(), found.lot, form.code.data, given, revision=revision, now=datetime.now(UTC)
        )

    refused = tried(form, act)
    if refused:
        return _page(found, form), refused
    flash(gettext("Entered. A second person must confirm it before it counts."))
    return redirect(url_for(".points", call_id=call_id, number=number))


@bp.post("/my-calls/<uuid:call_id>/lots/<int:number>/points/<uuid:points_id>/confirmation")
@who_work
def confirm_points(call_id: UUID, number: int, points_id: UUID) -> ResponseReturnValue:
    """From the next run on they count."""
    desk_of(call_id, number)
    revision = request.form.get("revision", default=0, type=int)
    with unit_of_work() as session:
        service_points.confirm(session, current_actor(), points_id, revision=revision, now=datetime.now(UTC))
    flash(gettext("Confirmed. It counts from the next run on."))
    return redirect(url_for(".points", call_id=call_id, number=number))


def _page(found: Desk, form: PointsForm) -> str:
    _offer(found, form)
    session = reading()
    rows = queries.awarded_points(session, found.lot.id)
    applicants = queries.applicants(session, current_actor(), found)
    return page(
        "points",
        found,
        "points",
        form=form,
        rows=rows,
        names={one.application_id: one.name for one in applicants.values()},
        questions=dict(_questions(found)),
        people=queries.people(session, [one.entered_by_account_id for one in rows]),
        own_id=current_actor().account_id,
    )


def _offer(found: Desk, form: PointsForm) -> None:
    people = queries.applicants(reading(), current_actor(), found).values()
    form.code.choices = [(one.code, one.name) for one in people if not one.is_withdrawn]
    form.question.choices = _questions(found)


def _questions(found: Desk) -> list[tuple[str, str]]:
    fields = queries_input.awarded_fields(found.principles)
    language = current_language()
    return [
        (one.identifier, in_language(one.question, language))
        for one in found.principles.questions
        if one.identifier in fields
    ]


def _revision(found: Desk, form: PointsForm) -> int | None:
    """What the page showed of these points when the form was made; entering again replaces them."""
    people = queries.applicants(reading(), current_actor(), found)
    one = people.get(form.code.data)
    rows = queries.awarded_points(reading(), found.lot.id)
    return next(
        (
            row.revision
            for row in rows
            if one and row.application_id == one.application_id and row.question == form.question.data
        ),
        None,
    )
