"""What somebody has applied for: begun, listed, looked over, withdrawn."""

from datetime import UTC, datetime
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from succession.applications import draft, queries, sealing, service, service_sending
from succession.applications.refusals import TooLate
from succession.blueprints.applications.blueprint import bp, signed_in
from succession.calls import queries as calls
from succession.calls.states import state_at
from succession.errors import SuccessionError
from succession.extensions import reading, unit_of_work
from succession.web.gate import also_while_acting, current_actor


@bp.get("/calls/<uuid:call_id>/apply")
@signed_in
@also_while_acting
def apply(call_id: UUID) -> ResponseReturnValue:
    """What is needed, how long it takes, who sees it; from here the draft is begun or gone on with."""
    return _entry(call_id)


@bp.post("/calls/<uuid:call_id>/apply")
@signed_in
@also_while_acting
def begin(call_id: UUID) -> ResponseReturnValue:
    """There is a draft; its first page opens."""
    try:
        with unit_of_work() as session:
            application = service.begin(session, current_actor(), call_id, now=datetime.now(UTC))
            public_id = application.public_id
    except SuccessionError as refusal:
        return _entry(call_id, refusal), refusal.status
    return redirect(url_for(".edit", application_id=public_id, step="person"))


@bp.get("/my-applications")
@signed_in
@also_while_acting
def mine() -> ResponseReturnValue:
    """The person's applications, the newest deadline first."""
    lines = queries.own(reading(), current_actor())
    return render_template("applications/mine.html", lines=lines, now=sealing.arrival(reading()))


@bp.get("/my-applications/<uuid:application_id>")
@signed_in
@also_while_acting
def show(application_id: UUID) -> ResponseReturnValue:
    """Where the application stands, and what can be done next."""
    return _overview(application_id)


@bp.get("/my-applications/<uuid:application_id>/withdraw")
@signed_in
@also_while_acting
def ask_withdraw(application_id: UUID) -> ResponseReturnValue:
    """What withdrawing means, before it is done."""
    return _question(application_id, "withdraw")


@bp.post("/my-applications/<uuid:application_id>/withdraw")
@signed_in
@also_while_acting
def withdraw(application_id: UUID) -> ResponseReturnValue:
    """It does not count any more."""
    try:
        with unit_of_work() as session:
            service_sending.withdraw(session, current_actor(), application_id, now=datetime.now(UTC))
    except SuccessionError as refusal:
        return _overview(application_id, refusal), refusal.status
    flash(gettext("Your application is withdrawn."))
    return redirect(url_for(".show", application_id=application_id))


@bp.get("/my-applications/<uuid:application_id>/delete")
@signed_in
@also_while_acting
def ask_delete(application_id: UUID) -> ResponseReturnValue:
    """What deleting means, before it is done."""
    return _question(application_id, "delete")


@bp.post("/my-applications/<uuid:application_id>/delete")
@signed_in
@also_while_acting
def delete(application_id: UUID) -> ResponseReturnValue:
    """The draft is gone."""
    with unit_of_work() as session:
        service.delete_draft(session, current_actor(), application_id, now=datetime.now(UTC))
    flash(gettext("The draft is deleted."))
    return redirect(url_for(".mine"))


def _entry(call_id: UUID, refusal: SuccessionError | None = None) -> str:
    session, now = reading(), sealing.arrival(reading())
    call = calls.call_of_public(session, call_id)
    document = calls.principles_of(call)
    return render_template(
        "applications/apply.html",
        call_id=call.public_id,
        title=call.title,
        closes_at=call.closes_at,
        contact_address=call.contact_address,
        owner_name=calls.owner_of(session, call).name,
        state=state_at(call, now),
        questions=sum(question.asked for question in document.questions),
        asks_religion=any(question.special_category for question in document.questions),
        own=queries.own_for(session, current_actor(), call),
        may_begin=current_actor().may_write,
        refusal=refusal,
    )


def _overview(application_id: UUID, refusal: SuccessionError | None = None) -> str:
    session, now = reading(), sealing.arrival(reading())
    details = queries.details(session, current_actor(), queries.kept(session, current_actor(), application_id))
    closes_at = details.call.closes_at
    assert closes_at is not None
    return render_template(
        "applications/show.html",
        details=details,
        application=details.application,
        gaps={gap.topic.value for gap in draft.demanded(details.terms, details.draft)},
        sent=queries.submissions(session, details.application),
        closes_at=closes_at,
        state=state_at(details.call, now),
        is_over=now >= closes_at,
        too_late=TooLate(now, closes_at),
        refusal=refusal,
    )


def _question(application_id: UUID, what: str) -> str:
    session = reading()
    application = queries.kept(session, current_actor(), application_id)
    return render_template("applications/ask.html", application=application, what=what)
