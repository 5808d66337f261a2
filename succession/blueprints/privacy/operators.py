"""For those who answer for the data: the register of processing as page, CSV and PDF, and what was erased."""

from datetime import UTC, datetime
from uuid import UUID

from flask import Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from succession.accounts.actor import Role
from succession.blueprints.privacy.blueprint import bp
from succession.extensions import reading, unit_of_work
from succession.privacy import documents, processing, queries, service, service_retention
from succession.web.context import settings
from succession.web.gate import current_actor, requires
from succession.web.language import current_language

ANSWERABLE = (Role.COORDINATOR, Role.OPERATOR)


@bp.get("/operations/processing")
@requires(*ANSWERABLE)
def register() -> ResponseReturnValue:
    """The register of processing, and what retention will do tonight."""
    plan = service_retention.plan(reading(), current_actor(), now=datetime.now(UTC))
    return render_template("privacy/register.html", lines=processing.lines(), headings=processing.HEADINGS, plan=plan)


@bp.get("/operations/processing.csv")
@requires(*ANSWERABLE)
def register_csv() -> ResponseReturnValue:
    """The same for a table program."""
    return _file(processing.as_csv(current_language()).encode(), "text/csv; charset=utf-8", "csv")


@bp.get("/operations/processing.pdf")
@requires(*ANSWERABLE)
def register_pdf() -> ResponseReturnValue:
    """The same on paper."""
    document = documents.register_as_pdf(settings(), current_language(), now=datetime.now(UTC))
    return _file(document, "application/pdf", "pdf")


@bp.get("/operations/erasures")
@requires(*ANSWERABLE)
def erasures() -> ResponseReturnValue:
    """Who was erased, as numbers, and which texts of others still name them."""
    return render_template("privacy/erasures.html", erasures=queries.erasures(reading(), current_actor()))


@bp.post("/operations/erasures/<uuid:erasure_id>/seen")
@requires(*ANSWERABLE)
def mentions_seen(erasure_id: UUID) -> ResponseReturnValue:
    """Somebody has looked at the texts of others."""
    with unit_of_work() as session:
        service.note_mentions_seen(session, current_actor(), erasure_id, now=datetime.now(UTC))
    flash(gettext("Noted."))
    return redirect(url_for(".erasures"))


def _file(content: bytes, kind: str, ending: str) -> Response:
    name = gettext("register-of-processing")
    return Response(
        content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}.{ending}"'}
    )
