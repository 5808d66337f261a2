"""What is made from a set: its file, its text for the gazette, the application form on paper, and its versions."""

from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise
from uuid import UUID

from flask import Response, render_template
from flask.typing import ResponseReturnValue

from succession.accounts.representation import day_of
from succession.blueprints.principles.blueprint import bp, owners_only
from succession.extensions import reading
from succession.letters.rendering import Letterhead
from succession.principles import drafts, papers, queries
from succession.principles.changed import Changed, changed
from succession.principles.document import PrincipleDocument
from succession.principles.gazette import gazette
from succession.principles.models import PrincipleSet
from succession.principles.refusals import BadDocument
from succession.web.context import settings
from succession.web.gate import current_actor
from succession.web.language import current_language


@dataclass(frozen=True, slots=True)
class Version:
    """One set of a line, and what it changes against the one it was derived from."""

    found: PrincipleSet
    changes: list[Changed]
    is_first: bool


@bp.get("/my-principles/<uuid:set_id>/plain-language")
@owners_only
def in_plain_language(set_id: UUID) -> ResponseReturnValue:
    """The set as a council prints it in its gazette."""
    found, document = _readable(set_id)
    sections = gazette(document, current_language())
    owner = queries.owner_of(reading(), found)
    return render_template(
        "principles/plain_language.html", found=found, document=document, sections=sections, owner=owner
    )


@bp.get("/my-principles/<uuid:set_id>/gazette.pdf")
@owners_only
def gazette_pdf(set_id: UUID) -> ResponseReturnValue:
    """The same, printed."""
    found, document = _readable(set_id)
    made = papers.gazette_pdf(
        document,
        current_language(),
        _letterhead(),
        owner=queries.owner_of(reading(), found).name,
        is_draft=found.frozen_at is None,
        day=day_of(datetime.now(UTC)),
    )
    return _file(made, "application/pdf", "vergabegrundsaetze.pdf")


@bp.get("/my-principles/<uuid:set_id>/paper-form.pdf")
@owners_only
def paper_form_pdf(set_id: UUID) -> ResponseReturnValue:
    """The application form that follows from the set, without the lots of a call."""
    found, document = _readable(set_id)
    owner = queries.owner_of(reading(), found).name
    day = day_of(datetime.now(UTC))
    made = papers.paper_form_pdf(document, current_language(), _letterhead(), owner=owner, day=day)
    return _file(made, "application/pdf", "bewerbung-auf-papier.pdf")


@bp.get("/my-principles/<uuid:set_id>/document.json")
@owners_only
def document_file(set_id: UUID) -> ResponseReturnValue:
    """The document in its open format; read in again it has the same identifier."""
    found = queries.set_for(reading(), current_actor(), set_id)
    name = f"grundsaetze-{found.number}-{found.identifier[:8]}.json"
    return _file(drafts.written(found.document), "application/json", name)


@bp.get("/my-principles/<uuid:set_id>/versions")
@owners_only
def versions(set_id: UUID) -> ResponseReturnValue:
    """Every version before and after, and in sentences what each changed."""
    session, actor = reading(), current_actor()
    found = queries.set_for(session, actor, set_id)
    line = queries.line_of(session, actor, found)
    later = queries.versions_after(session, actor, found)
    language = current_language()
    shown = [
        Version(one, changed(earlier.document, one.document, language), is_first=False)
        for one, earlier in pairwise(line)
    ]
    shown.append(Version(line[-1], [], is_first=True))
    return render_template("principles/versions.html", found=found, versions=shown, later=later)


def _readable(set_id: UUID) -> tuple[PrincipleSet, PrincipleDocument]:
    """The set and its document; what is not complete has no papers."""
    found = queries.set_for(reading(), current_actor(), set_id)
    document = drafts.attempt(found.document)
    if not isinstance(document, PrincipleDocument):
        raise BadDocument(document)
    return found, document


def _letterhead() -> Letterhead:
    own = settings()
    return Letterhead(own.site_name, own.base_url, own.contact)


def _file(content: bytes, kind: str, name: str) -> Response:
    response = Response(content, mimetype=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "no-store"
    return response
