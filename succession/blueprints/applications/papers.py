"""Documents beside the answers: those that the applicant keeps here already, and new ones."""

from datetime import UTC, datetime
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext

from succession.applications import queries, service
from succession.applications.queries import Details
from succession.applications.states import Way
from succession.blueprints.applications.blueprint import bp, signed_in
from succession.errors import NotFound, SuccessionError
from succession.extensions import reading, unit_of_work
from succession.files import service as files
from succession.files.limits import LARGEST_DOCUMENT
from succession.files.policy import FileOwner
from succession.files.purposes import Purpose
from succession.files.service import Upload
from succession.principles.texts import in_language
from succession.web.context import settings
from succession.web.errors import say
from succession.web.fields import Form, UploadField
from succession.web.gate import also_while_acting, current_actor


class PaperForm(Form):
    """One more document."""

    document = UploadField(lazy_gettext("Another document"), hint=lazy_gettext("PDF, at most 20 MB and 200 pages."))


@bp.get("/my-applications/<uuid:application_id>/papers")
@signed_in
@also_while_acting
def papers(application_id: UUID) -> ResponseReturnValue:
    """For each question that can be proven: what lies beside it, and what could."""
    return _page(application_id, PaperForm(formdata=None))


@bp.post("/my-applications/<uuid:application_id>/papers")
@signed_in
@also_while_acting
def lay_papers(application_id: UUID) -> ResponseReturnValue:
    """Exactly what is ticked lies beside the answers."""
    chosen = {name.removeprefix("for-"): frozenset(_ids(name)) for name in request.form if name.startswith("for-")}
    with unit_of_work() as session:
        service.lay_evidence(session, current_actor(), application_id, chosen, now=datetime.now(UTC))
    flash(gettext("Saved."))
    return redirect(url_for(".check", application_id=application_id))


@bp.post("/my-applications/<uuid:application_id>/papers/new")
@signed_in
@also_while_acting
def add_paper(application_id: UUID) -> ResponseReturnValue:
    """The document is kept; to which question it belongs is ticked then."""
    request.max_content_length = LARGEST_DOCUMENT + 2**20
    form = PaperForm()
    sent = request.files.get("document")
    if sent is None or not sent.filename:
        form["document"].errors = [gettext("Choose a file first.")]
        return _page(application_id, form), 422
    try:
        _keep(application_id, sent.filename, sent.read())
    except SuccessionError as refusal:
        form["document"].errors = [say(refusal.text)]
        return _page(application_id, form), refusal.status
    flash(gettext("The document is kept. Now tick which question it belongs to."))
    return redirect(url_for(".papers", application_id=application_id))


def _keep(application_id: UUID, name: str, content: bytes) -> None:
    actor = current_actor()
    with unit_of_work() as session:
        application = queries.kept(session, actor, application_id)
        if application.way is Way.PAPER:
            raise NotFound
        owner = FileOwner(account_id=actor.own_account_id, purpose=Purpose.EVIDENCE)
        upload = Upload(name, content, Purpose.EVIDENCE)
        files.add_document(session, actor, owner, upload, folder=settings().files, now=datetime.now(UTC))


def _page(application_id: UUID, form: Form) -> str:
    session = reading()
    application = queries.kept(session, current_actor(), application_id)
    details = queries.details(session, current_actor(), application)
    return render_template(
        "applications/papers.html",
        details=details,
        application=application,
        questions=_proven(details),
        documents=queries.own_documents(session, current_actor()),
        steps=details.steps,
        form=form,
    )


def _proven(details: Details) -> list[tuple[str, str, str]]:
    """Id, question and papers of what can be proven; answers on religion need no proof."""
    language = details.terms.language
    asked = (one for one in details.document.questions if one.asked and one.special_category is None and one.evidence)
    return [
        (
            one.identifier,
            in_language(one.question, language),
            "; ".join(in_language(paper, language) for paper in one.evidence),
        )
        for one in asked
    ]


def _ids(name: str) -> set[UUID]:
    found = set()
    for value in request.form.getlist(name):
        try:
            found.add(UUID(value))
        except ValueError:
            continue
    return found
