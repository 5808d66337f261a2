"""The last look at everything, sending, and the receipt."""

from datetime import UTC, datetime
from uuid import UUID, uuid4

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from succession.applications import answers_shown, content, draft, preview, queries, service_sending
from succession.applications.models import ApplicationSubmission
from succession.applications.preview import LotPreview
from succession.applications.queries import Details
from succession.blueprints.applications import papers_made
from succession.blueprints.applications.blueprint import bp, signed_in, waited
from succession.errors import NotFound, SuccessionError
from succession.extensions import reading, unit_of_work
from succession.principles.texts import in_language
from succession.records.documents import DocumentError
from succession.web.gate import also_while_acting, current_actor


@bp.get("/my-applications/<uuid:application_id>/check")
@signed_in
@also_while_acting
def check(application_id: UUID) -> ResponseReturnValue:
    """All answers on one page, what is missing, and what one's own lines would earn."""
    return _check_page(application_id)


@bp.post("/my-applications/<uuid:application_id>/submit")
@signed_in
@also_while_acting
def submit(application_id: UUID) -> ResponseReturnValue:
    """It is sent as it is, once however often the button is pressed."""
    key = _key(request.form.get("key", ""))
    if request.form.get("is_true") != "yes":
        return _check_page(application_id, is_unticked=True), 422
    try:
        with unit_of_work() as session:
            service_sending.submit(
                session, current_actor(), application_id, key=key, waited=waited(), now=datetime.now(UTC)
            )
    except SuccessionError as refusal:
        return _check_page(application_id, refusal=refusal), refusal.status
    flash(gettext("Your application has come in."))
    return redirect(url_for(".receipt", application_id=application_id))


@bp.get("/my-applications/<uuid:application_id>/receipt")
@signed_in
@also_while_acting
def receipt(application_id: UUID) -> ResponseReturnValue:
    """What came in when, its hash, and how anybody can check it."""
    details, sent = _sent(application_id)
    return render_template("applications/receipt.html", details=details, application=details.application, sent=sent)


@bp.get("/my-applications/<uuid:application_id>/receipt.pdf")
@signed_in
@also_while_acting
def receipt_pdf(application_id: UUID) -> ResponseReturnValue:
    """The receipt on paper."""
    details, sent = _sent(application_id)
    return papers_made.receipt(details, sent[0])


@bp.get("/my-applications/<uuid:application_id>/sent-<int:number>.json")
@signed_in
@also_while_acting
def sent_document(application_id: UUID, number: int) -> ResponseReturnValue:
    """The very bytes whose SHA-256 stands on the receipt."""
    _, sent = _sent(application_id)
    row = next((one for one in sent if one.number == number), None)
    if row is None or row.content is None:
        raise NotFound
    answer = Response(content.as_bytes(row.content), mimetype="application/json")
    answer.headers.set("Content-Disposition", "attachment", filename=f"application-{number}.json")
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _sent(application_id: UUID) -> tuple[Details, list[ApplicationSubmission]]:
    session = reading()
    application = queries.kept(session, current_actor(), application_id)
    sent = list(queries.submissions(session, application))
    if not sent:
        raise NotFound
    return queries.details(session, current_actor(), application), sent


def _check_page(application_id: UUID, *, refusal: SuccessionError | None = None, is_unticked: bool = False) -> str:
    session = reading()
    application = queries.kept(session, current_actor(), application_id)
    details = queries.details(session, current_actor(), application)
    previews = _previews(details)
    return render_template(
        "applications/check.html",
        details=details,
        application=application,
        groups=answers_shown.of_draft(details),
        gaps=draft.demanded(details.terms, details.draft),
        hints=draft.earning_nothing(details.terms, details.draft),
        previews=previews,
        promises=[in_language(one.text, details.terms.language) for one in details.document.promises],
        excluded_by=tuple(dict.fromkeys(label for one in previews for label in one.excluded_by)),
        key=request.form.get("key") or uuid4(),
        refusal=refusal,
        is_unticked=is_unticked,
    )


def _previews(details: Details) -> tuple[LotPreview, ...]:
    """What one's own lines would earn; nothing where the answers so far cannot be reckoned."""
    try:
        return preview.preview(details.terms, details.draft, details.terms.language)
    except DocumentError:
        return ()


def _key(typed: str) -> UUID:
    """The key of the page; a form without a good one gets a new key, and is then sent at its own risk."""
    try:
        return UUID(typed)
    except ValueError:
        return uuid4()
