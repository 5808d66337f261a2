"""The documents of a call: handed in with a draft, fetched by everybody once it is published."""

from uuid import UUID

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from succession.blueprints.calls.blueprint import bp, now, owners_only
from succession.blueprints.calls.editing import draft, shown
from succession.blueprints.calls.forms import DocumentForm
from succession.blueprints.calls.own import Overview
from succession.blueprints.files import document_response
from succession.calls import publication, queries_public, service_documents
from succession.calls.requirements import Page
from succession.errors import NotFound, Refused
from succession.extensions import reading, unit_of_work
from succession.files.purposes import Purpose
from succession.files.service import Upload
from succession.web.context import settings
from succession.web.errors import say
from succession.web.gate import current_actor, public


@bp.get("/my-calls/<uuid:call_id>/documents")
@owners_only
def documents(call_id: UUID) -> ResponseReturnValue:
    """What is there, and a form for one more."""
    return _page(draft(call_id), DocumentForm(formdata=None))


@bp.post("/my-calls/<uuid:call_id>/documents")
@owners_only
def add_document(call_id: UUID) -> ResponseReturnValue:
    """There is one document more."""
    found, form = draft(call_id), DocumentForm()
    if form.validate():
        sent = form.file.data
        upload = Upload(sent.filename or "", sent.stream.read(), Purpose.CALL_DOCUMENT)
        try:
            with unit_of_work() as session:
                service_documents.add_document(
                    session,
                    current_actor(),
                    call_id,
                    form.title.data or "",
                    upload,
                    folder=settings().files,
                    now=now(),
                )
            return redirect(url_for(".documents", call_id=call_id))
        except Refused as refusal:
            form.refuse(say(refusal.text))
    return _page(found, form), 422


@bp.post("/my-calls/<uuid:call_id>/documents/<uuid:document_id>/remove")
@owners_only
def remove_document(call_id: UUID, document_id: UUID) -> ResponseReturnValue:
    """The document is gone."""
    with unit_of_work() as session:
        service_documents.remove_document(session, current_actor(), call_id, document_id, now=now())
    flash(gettext("The document is removed."))
    return redirect(url_for(".documents", call_id=call_id))


@bp.get("/calls/<uuid:call_id>/documents/<uuid:document_id>.pdf")
@public
def fetch_document(call_id: UUID, document_id: UUID) -> ResponseReturnValue:
    """A document of a published call, for everybody."""
    if not queries_public.is_public_file(reading(), call_id, document_id):
        raise NotFound
    file_id = publication.stored_file(reading(), document_id)
    return document_response(file_id, f"{document_id.hex[:8]}.pdf")


def _page(found: Overview, form: DocumentForm) -> str:
    files = publication.files_of(reading(), found.call)
    return shown("calls/documents.html", found, Page.DOCUMENTS, form, files=files)
