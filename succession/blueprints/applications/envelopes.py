"""The office's pages of applications on paper: taken in shut, opened after the deadline, confirmed by a second one."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext
from wtforms import HiddenField
from wtforms.validators import Regexp

from succession.accounts.actor import Role
from succession.applications import (
    answers_shown,
    queries,
    queries_envelopes,
    sealing,
    service_envelopes,
)
from succession.applications.service_envelopes import Arrival
from succession.applications.states import LONGEST_INITIALS
from succession.blueprints.applications import papers_made
from succession.blueprints.applications.blueprint import bp
from succession.calls import queries as calls
from succession.errors import NotFound, SuccessionError
from succession.extensions import reading, unit_of_work
from succession.files.limits import LARGEST_DOCUMENT
from succession.i18n import PLACE_OF_TIMES
from succession.web.context import settings
from succession.web.errors import say
from succession.web.fields import DayField, Form, TextField, UploadField
from succession.web.gate import current_actor, requires
from succession.web.numbers import of_a_page

office_only = requires(Role.LANDOWNER)


class EnvelopeForm(Form):
    """What stands on an envelope that nobody has opened."""

    key = HiddenField()
    arrived_on = DayField(lazy_gettext("Day on which it came in"))
    arrived_time = TextField(
        lazy_gettext("Time"),
        [Regexp(r"^([01]?\d|2[0-3])[:.][0-5]\d$", message=lazy_gettext("Please write the time like this: 14:30."))],
        hint=lazy_gettext("For example 14:30."),
        longest=5,
        render_kw={"inputmode": "numeric", "class": "input input-short"},
    )
    initials = TextField(
        lazy_gettext("Initials of who took it in"),
        longest=LONGEST_INITIALS,
        autocomplete="off",
        render_kw={"class": "input input-short"},
    )


class ScanForm(Form):
    """The scan of what was in the envelope."""

    scan = UploadField(lazy_gettext("Scan"), hint=lazy_gettext("PDF, at most 20 MB and 200 pages."))


@bp.get("/my-calls/<uuid:call_id>/envelopes")
@office_only
def envelopes(call_id: UUID) -> ResponseReturnValue:
    """The envelopes that the office took in itself, and a form for the next one."""
    here = datetime.now(UTC).astimezone(PLACE_OF_TIMES)
    fresh = {"arrived_on": here.date(), "arrived_time": f"{here:%H:%M}", "key": str(uuid4())}
    return _page(call_id, EnvelopeForm(formdata=None, data=fresh))


@bp.post("/my-calls/<uuid:call_id>/envelopes")
@office_only
def record_envelope(call_id: UUID) -> ResponseReturnValue:
    """It has a number and stays shut."""
    form = EnvelopeForm()
    if not form.validate():
        return _page(call_id, form), 422
    try:
        with unit_of_work() as session:
            envelope = service_envelopes.record(
                session, current_actor(), call_id, _arrival(form), key=_key(form), now=datetime.now(UTC)
            )
            number = envelope.number
    except SuccessionError as refusal:
        form.refuse(say(refusal.text))
        return _page(call_id, form), refusal.status
    flash(gettext("Taken in. Please write the number %(number)s on the envelope and leave it shut.", number=number))
    return redirect(url_for(".envelopes", call_id=call_id))


@bp.post("/my-calls/<uuid:call_id>/envelopes/<int:number>/open")
@office_only
def open_envelope(call_id: UUID, number: int) -> ResponseReturnValue:
    """Opened, and typed page by page in the same wizard that applicants use."""
    try:
        with unit_of_work() as session:
            actor, now = current_actor(), datetime.now(UTC)
            application = service_envelopes.open_envelope(session, actor, call_id, number, now=now)
            public_id = application.public_id
    except SuccessionError as refusal:
        form = EnvelopeForm(formdata=None, data={"key": str(uuid4())})
        return _page(call_id, form, refusal=refusal), refusal.status
    return redirect(url_for(".edit", application_id=public_id, step="person"))


@bp.get("/my-calls/<uuid:call_id>/envelopes/<int:number>")
@office_only
def entry(call_id: UUID, number: int) -> ResponseReturnValue:
    """What was typed, for comparing it with the paper."""
    return _entry_page(call_id, number)


@bp.post("/my-calls/<uuid:call_id>/envelopes/<int:number>/scan")
@office_only
def attach_scan(call_id: UUID, number: int) -> ResponseReturnValue:
    """The scan lies beside the entry."""
    request.max_content_length = LARGEST_DOCUMENT + 2**20
    sent = request.files.get("scan")
    name, content = (sent.filename or "", sent.read()) if sent is not None else ("", b"")
    try:
        with unit_of_work() as session:
            service_envelopes.attach_scan(
                session,
                current_actor(),
                call_id,
                number,
                (name, content),
                folder=settings().files,
                now=datetime.now(UTC),
            )
    except SuccessionError as refusal:
        return _entry_page(call_id, number, refusal=refusal), refusal.status
    flash(gettext("The scan is kept."))
    return redirect(url_for(".entry", call_id=call_id, number=number))


@bp.post("/my-calls/<uuid:call_id>/envelopes/<int:number>/confirm")
@office_only
def confirm(call_id: UUID, number: int) -> ResponseReturnValue:
    """A second person has compared it with the paper: it counts."""
    try:
        with unit_of_work() as session:
            service_envelopes.confirm(
                session,
                current_actor(),
                call_id,
                number,
                seen=of_a_page(request.form.get("seen")),
                key=uuid4(),
                now=datetime.now(UTC),
            )
    except SuccessionError as refusal:
        return _entry_page(call_id, number, refusal=refusal), refusal.status
    flash(gettext("Confirmed. Please send the receipt by post."))
    return redirect(url_for(".entry", call_id=call_id, number=number))


@bp.get("/my-calls/<uuid:call_id>/envelopes/<int:number>/receipt.pdf")
@office_only
def envelope_receipt(call_id: UUID, number: int) -> ResponseReturnValue:
    """The receipt for the post."""
    session, actor = reading(), current_actor()
    details = queries_envelopes.entry(session, actor, calls.call_for(session, actor, call_id), number)
    sent = queries.submissions(session, details.application)
    if not sent:
        raise NotFound
    return papers_made.receipt(details, sent[0])


def _arrival(form: Form) -> Arrival:
    hour, minute = map(int, form["arrived_time"].data.replace(".", ":").split(":"))
    day = form["arrived_on"].data
    moment = datetime(day.year, day.month, day.day, hour, minute, tzinfo=PLACE_OF_TIMES)
    return Arrival(moment, form["initials"].data)


def _key(form: Form) -> UUID:
    try:
        return UUID(form["key"].data or "")
    except ValueError:
        return uuid4()


def _page(call_id: UUID, form: Form, **more: Any) -> str:
    session, actor = reading(), current_actor()
    call = calls.call_for(session, actor, call_id)
    lines = queries_envelopes.envelopes(session, actor, call)
    closes_at = call.closes_at
    return render_template(
        "applications/envelopes.html",
        call=call,
        lines=lines,
        late=queries_envelopes.late_ones(lines),
        is_sealed=queries_envelopes.is_sealed(session, call),
        is_over=closes_at is not None and sealing.arrival(session) >= closes_at,
        form=form,
        **more,
    )


def _entry_page(call_id: UUID, number: int, **more: Any) -> str:
    session, actor = reading(), current_actor()
    call = calls.call_for(session, actor, call_id)
    details = queries_envelopes.entry(session, actor, call, number)
    envelope = queries_envelopes.envelope(session, actor, call, number)
    return render_template(
        "applications/entry.html",
        call=call,
        details=details,
        application=details.application,
        envelope=envelope,
        line=next(one for one in queries_envelopes.envelopes(session, actor, call) if one.envelope.number == number),
        scan=queries_envelopes.scan_of(session, envelope),
        withdrawal=queries_envelopes.withdrawal_of(session, envelope),
        groups=answers_shown.of_draft(details),
        is_typist=envelope.opened_by_account_id == actor.account_id,
        form=ScanForm(formdata=None),
        **more,
    )
