"""The pages on which photos and documents are added to an offer."""

from datetime import UTC, datetime
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext

from succession.blueprints.listings.blueprint import bp, owners_only
from succession.errors import Refused
from succession.extensions import reading, unit_of_work
from succession.files.limits import LARGEST_DOCUMENT, LARGEST_PHOTO, LONGEST_DESCRIPTION
from succession.files.purposes import Purpose
from succession.files.service import Upload
from succession.listings import lifecycle, queries, queries_files, service_files
from succession.listings.models import Listing
from succession.security_log import Result, note
from succession.web.context import settings
from succession.web.errors import say
from succession.web.fields import Form, TextField, UploadField
from succession.web.gate import current_actor
from succession.web.validators import at_most


class PhotoForm(Form):
    """One photo and what is to be seen on it."""

    photo = UploadField(lazy_gettext("Photo"), hint=lazy_gettext("JPEG, PNG, WebP, HEIC or TIFF, at most 20 MB."))
    description = TextField(
        lazy_gettext("What is to be seen?"),
        [at_most(LONGEST_DESCRIPTION)],
        hint=lazy_gettext("For people who cannot see the picture. For example: barn with a new roof."),
    )


class DocumentForm(Form):
    """One document and what it is."""

    document = UploadField(lazy_gettext("Document"), hint=lazy_gettext("PDF, at most 20 MB and 200 pages."))
    description = TextField(
        lazy_gettext("What is it?"),
        [at_most(LONGEST_DESCRIPTION)],
        hint=lazy_gettext("For example: floor plan, energy certificate, list of machines."),
    )


@bp.get("/my-offers/<uuid:offer_id>/photos")
@owners_only
def photos(offer_id: UUID) -> ResponseReturnValue:
    """The photos of an offer, and a form for a further one."""
    return _page(offer_id, Purpose.OFFER_PHOTO, PhotoForm(formdata=None))


@bp.post("/my-offers/<uuid:offer_id>/photos")
@owners_only
def add_photo(offer_id: UUID) -> ResponseReturnValue:
    """Keeps the photo without anything that came with it, or says what is wrong with it."""
    return _added(offer_id, Purpose.OFFER_PHOTO, PhotoForm(), "photo", LARGEST_PHOTO)


@bp.get("/my-offers/<uuid:offer_id>/documents")
@owners_only
def documents(offer_id: UUID) -> ResponseReturnValue:
    """The documents of an offer, and a form for a further one."""
    return _page(offer_id, Purpose.OFFER_DOCUMENT, DocumentForm(formdata=None))


@bp.post("/my-offers/<uuid:offer_id>/documents")
@owners_only
def add_document(offer_id: UUID) -> ResponseReturnValue:
    """Keeps the document, or says what is wrong with it."""
    return _added(offer_id, Purpose.OFFER_DOCUMENT, DocumentForm(), "document", LARGEST_DOCUMENT)


@bp.post("/my-offers/<uuid:offer_id>/files/<uuid:file_id>/up")
@owners_only
def move_file_up(offer_id: UUID, file_id: UUID) -> ResponseReturnValue:
    """The photo or document stands one place earlier."""
    with unit_of_work() as session:
        service_files.move_file_up(session, current_actor(), offer_id, file_id)
    return _back(offer_id, file_id)


@bp.post("/my-offers/<uuid:offer_id>/files/<uuid:file_id>/remove")
@owners_only
def remove_file(offer_id: UUID, file_id: UUID) -> ResponseReturnValue:
    """The photo or document is gone."""
    back = _back(offer_id, file_id)
    with unit_of_work() as session:
        service_files.remove_file(session, current_actor(), offer_id, file_id, now=datetime.now(UTC))
    flash(gettext("Removed."))
    return back


def _added(offer_id: UUID, purpose: Purpose, form: Form, name: str, largest: int) -> ResponseReturnValue:
    if not form.validate():
        return _page(offer_id, purpose, form), 422
    handed_in = form[name].data
    content = handed_in.stream.read(largest + 1)
    upload = Upload(handed_in.filename or "", content, purpose, form["description"].data or "")
    folder = settings().files
    try:
        with unit_of_work() as session:
            service_files.add_file(session, current_actor(), offer_id, upload, folder=folder, now=datetime.now(UTC))
    except Refused as refusal:
        note("upload.refused", Result.REFUSED, subject=offer_id)
        form.refuse(say(refusal.text))
        return _page(offer_id, purpose, form), 422
    flash(gettext("Added."))
    return redirect(_address(offer_id, purpose))


def _page(offer_id: UUID, purpose: Purpose, form: Form) -> str:
    listing: Listing = queries.kept(reading(), current_actor(), offer_id)
    template = "listings/photos.html" if purpose is Purpose.OFFER_PHOTO else "listings/documents.html"
    return render_template(
        template,
        listing=listing,
        form=form,
        files=queries_files.files_of(reading(), listing.id, purpose),
        most=service_files.MOST_OF[purpose],
        is_editable=listing.state in lifecycle.EDITABLE,
    )


def _back(offer_id: UUID, file_id: UUID) -> ResponseReturnValue:
    """To the page that the file stands on."""
    listing = queries.kept(reading(), current_actor(), offer_id)
    file = queries_files.file_of(reading(), listing.id, file_id)
    return redirect(_address(offer_id, file.purpose if file else Purpose.OFFER_PHOTO))


def _address(offer_id: UUID, purpose: Purpose) -> str:
    is_photo = purpose is Purpose.OFFER_PHOTO
    return url_for("listings.photos" if is_photo else "listings.documents", offer_id=offer_id)
