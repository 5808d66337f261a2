"""The bytes of photos and documents: photos of shown offers for everybody, everything else for its keepers."""

from datetime import UTC, datetime
from uuid import UUID

from flask import Blueprint, Response
from flask.typing import ResponseReturnValue

from succession.accounts.actor import Role
from succession.errors import NotFound
from succession.extensions import own_transaction, reading
from succession.files import queries, store
from succession.files.photos import Size
from succession.files.purposes import Purpose
from succession.files.service import DOCUMENT
from succession.listings import queries_files, service_releases
from succession.web.context import settings
from succession.web.gate import also_while_acting, current_actor, public, requires

bp = Blueprint("files", __name__)
SIZES = ",".join(Size)
NOTHING_RUNS = "default-src 'none'; sandbox"
FIVE_MINUTES = 300


@bp.get(f"/media/<uuid:file_id>/<any({SIZES}):size>.jpg")
@public
def media(file_id: UUID, size: str) -> ResponseReturnValue:
    """A photo of an offer that everybody may see. Neither reads nor sets a cookie; gone soon after the offer is."""
    if not queries_files.is_shown(reading(), file_id):
        raise NotFound
    return _photo(file_id, size, f"public, max-age={FIVE_MINUTES}")


@bp.get(f"/my-files/<uuid:file_id>/<any({SIZES}):size>.jpg")
@requires()
@also_while_acting
def own_photo(file_id: UUID, size: str) -> ResponseReturnValue:
    """A photo for those who keep it, shown or not."""
    queries.kept(reading(), current_actor(), file_id)
    return _photo(file_id, size, "no-store")


@bp.get("/my-files/<uuid:file_id>/document.pdf")
@requires()
@also_while_acting
def own_document(file_id: UUID) -> ResponseReturnValue:
    """A document for those who keep it; saved, never shown within the site."""
    file = queries.kept(reading(), current_actor(), file_id)
    return document_response(file_id, f"{file.public_id.hex[:8]}.pdf")


@bp.get("/offers/<uuid:offer_id>/released/documents/<uuid:file_id>.pdf")
@requires(Role.SEEKER)
def released_document(offer_id: UUID, file_id: UUID) -> ResponseReturnValue:
    """A document of an offer for who has its release; each look is on record, as with the place itself."""
    with own_transaction() as session:
        service_releases.look(session, current_actor(), offer_id, now=datetime.now(UTC))
    number = queries_files.number_of_offer(reading(), offer_id)
    file = None if number is None else queries_files.file_of(reading(), number, file_id)
    if file is None or file.purpose is not Purpose.OFFER_DOCUMENT:
        raise NotFound
    return document_response(file_id, f"{file.public_id.hex[:8]}.pdf")


def document_response(file_id: UUID, name: str) -> Response:
    """The document under a name of ours, for somebody who has been found to be allowed."""
    answer = _answer(file_id, DOCUMENT, "application/pdf", "no-store")
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer


def photo_response(file_id: UUID) -> Response:
    """The photo in its largest size, for somebody who has been found to be allowed."""
    return _photo(file_id, Size.LARGE, "no-store")


def _photo(file_id: UUID, size: str, caching: str) -> Response:
    return _answer(file_id, size, "image/jpeg", caching)


def _answer(file_id: UUID, part: str, mimetype: str, caching: str) -> Response:
    content = store.read(settings().files, file_id, part)
    if content is None:
        raise NotFound
    answer = Response(content, mimetype=mimetype)
    answer.headers["Cache-Control"] = caching
    answer.headers["Content-Security-Policy"] = NOTHING_RUNS
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer
