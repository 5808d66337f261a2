"""The duty of public bodies to offer files to an archive: which archive, which files, which answer."""

import csv
import io
from datetime import UTC, datetime
from uuid import UUID

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from succession.blueprints.privacy.blueprint import bp
from succession.blueprints.privacy.forms import ArchiveForm
from succession.errors import Refused
from succession.extensions import reading, unit_of_work
from succession.privacy import packing, queries_archive, service_archive
from succession.privacy.models import ArchiveAnswer
from succession.web.errors import say
from succession.web.gate import current_actor, requires


@bp.get("/organisations/<uuid:organisation_id>/archive")
@requires()
def archive(organisation_id: UUID) -> ResponseReturnValue:
    """The archive of the organisation, what it was offered, and what is old enough."""
    page = queries_archive.page(reading(), current_actor(), organisation_id, now=datetime.now(UTC))
    form = ArchiveForm(formdata=None, obj=page.setting)
    return render_template("privacy/archive.html", page=page, form=form, answers=list(ArchiveAnswer))


@bp.post("/organisations/<uuid:organisation_id>/archive")
@requires()
def name_archive(organisation_id: UUID) -> ResponseReturnValue:
    """The archive is named."""
    form, now = ArchiveForm(), datetime.now(UTC)
    page = queries_archive.page(reading(), current_actor(), organisation_id, now=now)
    if form.validate():
        try:
            with unit_of_work() as session:
                name, address = form.archive_name.data or "", form.archive_address.data or ""
                service_archive.name_archive(session, current_actor(), organisation_id, name, address, now=now)
        except Refused as refusal:
            form.refuse(say(refusal.text))
        else:
            flash(gettext("The archive is noted."))
            return redirect(url_for(".archive", organisation_id=organisation_id))
    return render_template("privacy/archive.html", page=page, form=form, answers=list(ArchiveAnswer)), 422


@bp.post("/organisations/<uuid:organisation_id>/archive/offers")
@requires()
def offer_files(organisation_id: UUID) -> ResponseReturnValue:
    """The list goes to the archive."""
    with unit_of_work() as session:
        service_archive.offer_files(session, current_actor(), organisation_id, now=datetime.now(UTC))
    flash(gettext("The list is on its way to the archive."))
    return redirect(url_for(".archive", organisation_id=organisation_id))


@bp.post("/organisations/<uuid:organisation_id>/archive/offers/<uuid:offer_id>/answer")
@requires()
def note_answer(organisation_id: UUID, offer_id: UUID) -> ResponseReturnValue:
    """The answer of the archive is noted."""
    word = request.form.get("answer", "")
    if word not in {answer.value for answer in ArchiveAnswer}:
        abort(400)
    with unit_of_work() as session:
        service_archive.note_answer(session, current_actor(), offer_id, ArchiveAnswer(word), now=datetime.now(UTC))
    flash(gettext("The answer is noted."))
    return redirect(url_for(".archive", organisation_id=organisation_id))


@bp.get("/organisations/<uuid:organisation_id>/archive/offers/<uuid:offer_id>.csv")
@requires()
def offered_list(organisation_id: UUID, offer_id: UUID) -> ResponseReturnValue:  # noqa: ARG001 - part of the address
    """The list for the archive's own table program."""
    offer = queries_archive.offer(reading(), current_actor(), offer_id)
    target = io.StringIO()
    target.write(packing.BYTE_ORDER_MARK)
    writer = csv.writer(target, delimiter=";", lineterminator="\r\n")
    writer.writerow([gettext("Ended on"), gettext("Kind"), gettext("Title"), gettext("Number")])
    kinds = {"land_import": gettext("File with parcels"), "listing": gettext("Offer")}
    for item in offer.items:
        cells = (item["on"], kinds.get(item["kind"], item["kind"]), item["title"], item["public_id"])
        writer.writerow([packing.defused(str(cell)) for cell in cells])
    disposition = {"Content-Disposition": f'attachment; filename="{offer.until_on.isoformat()}.csv"'}
    return Response(target.getvalue().encode(), content_type="text/csv; charset=utf-8", headers=disposition)
