"""Applications after the deadline, for who scores them; before it there is nothing to read."""

from datetime import UTC, datetime
from uuid import UUID

from flask import render_template
from flask.typing import ResponseReturnValue

from succession.accounts.actor import Role
from succession.applications import answers_office, queries_admitted, service_reading
from succession.applications.queries_admitted import Admitted
from succession.applications.sealing import Sealed
from succession.blueprints.applications.blueprint import bp
from succession.blueprints.files import document_response
from succession.calls import queries as calls
from succession.calls.models import Call
from succession.errors import NotFound
from succession.extensions import reading, unit_of_work
from succession.web.gate import current_actor, requires
from succession.web.language import current_language

office_only = requires(Role.LANDOWNER)


@bp.get("/my-calls/<uuid:call_id>/applications")
@office_only
def received(call_id: UUID) -> ResponseReturnValue:
    """Who applied in time, by code; before the deadline a page that says why there is nothing."""
    session, actor = reading(), current_actor()
    call = calls.call_for(session, actor, call_id)
    try:
        found = queries_admitted.admitted(session, actor, call)
    except Sealed as refusal:
        return render_template("applications/sealed.html", call=call, refusal=refusal)
    return render_template("applications/admitted.html", call=call, found=found)


@bp.get("/my-calls/<uuid:call_id>/applications/<uuid:application_id>")
@office_only
def application(call_id: UUID, application_id: UUID) -> ResponseReturnValue:
    """One application as it was sent; that somebody read it is on record."""
    call, one = _one(call_id, application_id)
    with unit_of_work() as session:
        service_reading.look(session, current_actor(), call, application_id, now=datetime.now(UTC))
    document = calls.principles_of(call)
    groups = answers_office.groups(document, one, current_language())
    return render_template("applications/application.html", call=call, one=one, groups=groups)


@bp.get("/my-calls/<uuid:call_id>/applications/<uuid:application_id>/papers/<uuid:file_id>.pdf")
@office_only
def evidence(call_id: UUID, application_id: UUID, file_id: UUID) -> ResponseReturnValue:
    """A document that the applicant laid beside an answer."""
    _, one = _one(call_id, application_id)
    if not any(file_id in files for files in one.evidence.values()):
        raise NotFound
    return document_response(file_id, f"{file_id.hex[:8]}.pdf")


def _one(call_id: UUID, application_id: UUID) -> tuple[Call, Admitted]:
    session, actor = reading(), current_actor()
    call = calls.call_for(session, actor, call_id)
    found = next((a for a in queries_admitted.admitted(session, actor, call) if a.public_id == application_id), None)
    if found is None:
        raise NotFound
    return call, found
