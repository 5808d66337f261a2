"""The applicant's page of evidence: what is asked for, until when, and how it comes to the office."""

from datetime import UTC, datetime
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from succession.awards import queries_evidence, service_evidence
from succession.blueprints.awards.blueprint import bp
from succession.blueprints.awards.evidence import uploads
from succession.blueprints.awards.forms import PaperForm
from succession.blueprints.awards.showing import tried
from succession.blueprints.files import document_response
from succession.calls import queries as calls
from succession.errors import NotFound
from succession.extensions import reading
from succession.principles.texts import in_language
from succession.web.context import settings
from succession.web.gate import also_while_acting, current_actor, requires
from succession.web.language import current_language


@bp.get("/my-applications/<uuid:application_id>/evidence")
@requires()
@also_while_acting
def own_evidence(application_id: UUID) -> ResponseReturnValue:
    """Everything that the applicant is asked to prove."""
    session, actor = reading(), current_actor()
    asked = queries_evidence.own_requests(session, actor, application_id, now=datetime.now(UTC))
    call = queries_evidence.own_call(session, actor, application_id)
    return render_template(
        "awards/own_evidence.html",
        application_id=application_id,
        asked=asked,
        call=call,
        labels=_labels(application_id),
    )


@bp.get("/my-applications/<uuid:application_id>/evidence/<uuid:item_id>")
@requires()
@also_while_acting
def own_evidence_item(application_id: UUID, item_id: UUID) -> ResponseReturnValue:
    """One piece, and a form to hand it in."""
    return _page(application_id, item_id, PaperForm(formdata=None))


@bp.post("/my-applications/<uuid:application_id>/evidence/<uuid:item_id>")
@requires()
@also_while_acting
def hand_in(application_id: UUID, item_id: UUID) -> ResponseReturnValue:
    """The papers lie with the office."""
    form = PaperForm()
    _known(application_id, item_id)
    refused = tried(
        form,
        lambda session: service_evidence.hand_in(
            session,
            current_actor(),
            item_id,
            uploads=uploads(form.document),
            note=form.note.data or "",
            folder=settings().files,
            now=datetime.now(UTC),
        ),
    )
    if refused:
        return _page(application_id, item_id, form), refused
    flash(gettext("Thank you. The office has it now."))
    return redirect(url_for(".own_evidence", application_id=application_id))


@bp.get("/my-applications/<uuid:application_id>/evidence/documents/<uuid:file_id>.pdf")
@requires()
@also_while_acting
def own_evidence_document(application_id: UUID, file_id: UUID) -> ResponseReturnValue:
    """A document that the applicant has handed in."""
    file = queries_evidence.own_file(reading(), current_actor(), application_id, file_id)
    return document_response(file.public_id, f"{file.public_id.hex[:8]}.pdf")


def _page(application_id: UUID, item_id: UUID, form: PaperForm) -> str:
    asked = _known(application_id, item_id)
    return render_template(
        "awards/hand_in.html",
        application_id=application_id,
        asked=asked,
        item=next(one for one in asked.request.items if one.public_id == item_id),
        call=queries_evidence.own_call(reading(), current_actor(), application_id),
        labels=_labels(application_id),
        form=form,
    )


def _known(application_id: UUID, item_id: UUID) -> queries_evidence.Asked:
    found = queries_evidence.own_requests(reading(), current_actor(), application_id, now=datetime.now(UTC))
    for asked in found:
        if any(item.public_id == item_id for item in asked.request.items):
            return asked
    raise NotFound


def _labels(application_id: UUID) -> dict[str, str]:
    call = queries_evidence.own_call(reading(), current_actor(), application_id)
    words = calls.principles_of(call).words
    return {key: in_language(one.label, current_language()) for key, one in words.items()}
