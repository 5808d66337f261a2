"""One's own land: the parcels, and how a file of them comes in."""

from datetime import UTC, datetime
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from succession.accounts.actor import Role
from succession.blueprints.land.forms import ChoicesForm, UploadForm
from succession.blueprints.land.page import ImportPage, import_page
from succession.errors import Refused, Unavailable
from succession.extensions import reading, unit_of_work
from succession.land import drawings, failures, previews, queries, steps, uploads
from succession.land.jobs import room_of
from succession.land.models import ImportState, LandImport
from succession.land.owner import Owner
from succession.web.context import settings
from succession.web.errors import say
from succession.web.gate import current_actor, requires
from succession.web.paging import page_number, page_of

bp = Blueprint("land", __name__, url_prefix="/land")
PAGE_SIZE = 50
OWNERS_OF_LAND = (Role.LANDOWNER, Role.TRANSFEROR, Role.OPERATOR)


@bp.get("")
@requires(*OWNERS_OF_LAND)
def index() -> ResponseReturnValue:
    """All one's parcels: the sum, a picture, the list."""
    session, actor, number = reading(), current_actor(), page_number()
    lines = queries.own_parcels(session, actor, offset=(number - 1) * PAGE_SIZE, most=PAGE_SIZE + 1)
    return render_template(
        "land/index.html",
        page=page_of(lines, number=number, size=PAGE_SIZE),
        summary=queries.own_summary(session, actor),
        shapes=drawings.small_shapes(session, [line.id for line in lines]),
        picture=previews.picture_of_parcels(session, actor),
        imports=queries.own_imports(session, actor),
        provenances=queries.provenances(session, actor),
    )


@bp.get("/map.json")
@requires(*OWNERS_OF_LAND)
def parcels_map() -> ResponseReturnValue:
    """One's parcels as GeoJSON."""
    return previews.of_parcels(reading(), current_actor())


@bp.get("/parcels/<uuid:parcel_id>")
@requires(*OWNERS_OF_LAND)
def parcel(parcel_id: UUID) -> ResponseReturnValue:
    """One parcel with all that is known of it."""
    session, actor = reading(), current_actor()
    line = queries.own_parcel(session, actor, parcel_id)
    shape = drawings.picture(session, drawings.PARCELS, parcels=[line.id])
    return render_template("land/parcel.html", parcel=line, picture=shape)


@bp.get("/parcels/<uuid:parcel_id>/map.json")
@requires(*OWNERS_OF_LAND)
def parcel_map(parcel_id: UUID) -> ResponseReturnValue:
    """One parcel as GeoJSON."""
    session, actor = reading(), current_actor()
    return previews.of_parcels(session, actor, parcel=queries.own_parcel(session, actor, parcel_id).public_id)


@bp.get("/import")
@requires(*OWNERS_OF_LAND)
def hand_in() -> ResponseReturnValue:
    """The form for a file."""
    form = UploadForm(formdata=None)
    form.offer(queries.possible_owners(reading(), current_actor(), now=datetime.now(UTC)))
    return _upload_page(form)


@bp.post("/import")
@requires(*OWNERS_OF_LAND)
def hand_in_submit() -> ResponseReturnValue:
    """The file is stored and read; sent twice, it is one import."""
    form, owners = UploadForm(), queries.possible_owners(reading(), current_actor(), now=datetime.now(UTC))
    form.offer(owners)
    if not form.validate():
        return _upload_page(form), 422
    folder = settings().uploads
    try:
        with failures.explained():
            stored = uploads.store(folder, form.file.data.stream, form.file.data.filename or "")
    except (Refused, Unavailable) as refusal:
        form.refuse(say(refusal.text))
        return _upload_page(form), refusal.status
    record = _begun(form, stored, form.chosen_owner(owners))
    if record.stored_name != stored.name:
        uploads.remove(folder, stored.name)
        return redirect(url_for(".show", import_id=record.public_id))
    return _read(record)


@bp.get("/imports/<uuid:import_id>")
@requires(*OWNERS_OF_LAND)
def show(import_id: UUID) -> ResponseReturnValue:
    """Where an import stands: the report with its map, and what can be done next."""
    page = import_page(reading(), current_actor(), import_id, only=request.args.get("rows", ""))
    form = ChoicesForm(formdata=None)
    form.offer(page.report, steps.Choices(**page.record.choices))
    return _import_page(page, form)


@bp.get("/imports/<uuid:import_id>/map.json")
@requires(*OWNERS_OF_LAND)
def import_map(import_id: UUID) -> ResponseReturnValue:
    """The rows of a file, or the parcels that came of it, as GeoJSON."""
    session, actor = reading(), current_actor()
    record = queries.land_import(session, actor, import_id)
    if record.state is ImportState.DONE:
        return previews.of_parcels(session, actor, import_id=record.id)
    return previews.of_import(session, record.id)


@bp.post("/imports/<uuid:import_id>/choices")
@requires(*OWNERS_OF_LAND)
def choose(import_id: UUID) -> ResponseReturnValue:
    """The file is read again, as chosen."""
    page = import_page(reading(), current_actor(), import_id)
    form = ChoicesForm()
    form.offer(page.report, steps.Choices(**page.record.choices))
    if not form.validate():
        return _import_page(page, form), 422
    with unit_of_work() as session:
        steps.choose(session, current_actor(), import_id, form.choices(page.report))
    return _read(page.record)


@bp.post("/imports/<uuid:import_id>/confirmation")
@requires(*OWNERS_OF_LAND)
def confirm(import_id: UUID) -> ResponseReturnValue:
    """The parcels come in; a second click changes nothing."""
    actor, record = current_actor(), queries.land_import(reading(), current_actor(), import_id)
    if record.state is ImportState.DONE:
        return redirect(url_for(".show", import_id=import_id))
    skip, name, room = "skip_refused" in request.form, record.stored_name, room_of(settings())
    path = uploads.opened(room.folder, name, record.content_hash)
    if not steps.is_small(path):
        return _later(import_id, steps.IMPORT, skip_refused=skip)
    with unit_of_work() as session:
        done = steps.confirm(session, actor, import_id, room, skip_refused=skip, now=datetime.now(UTC))
    if done.stored_name is None:
        uploads.remove(room.folder, name)
        flash(gettext("The import is done."))
    return redirect(url_for(".show", import_id=import_id))


@bp.post("/imports/<uuid:import_id>/discard")
@requires(*OWNERS_OF_LAND)
def discard(import_id: UUID) -> ResponseReturnValue:
    """Nothing of the import is left."""
    with unit_of_work() as session:
        name = steps.discard(session, current_actor(), import_id)
    uploads.remove(settings().uploads, name)
    flash(gettext("The file was deleted. Nothing was imported."))
    return redirect(url_for(".index"))


def _upload_page(form: UploadForm) -> str:
    return render_template("land/import.html", form=form, largest_mb=settings().largest_request_mb)


def _import_page(page: ImportPage, form: ChoicesForm) -> str:
    return render_template("land/show.html", page=page, form=form, record=page.record, report=page.report)


def _begun(form: UploadForm, stored: uploads.StoredUpload, owner: Owner) -> LandImport:
    """The import is on record before the file is read, so that nothing is lost if reading fails."""
    with unit_of_work() as session:
        return steps.begin(
            session,
            current_actor(),
            owner,
            stored,
            provenance=form.provenance(),
            choices=steps.Choices(),
            key=form.idempotency_key(),
            now=datetime.now(UTC),
        )


def _read(record: LandImport) -> ResponseReturnValue:
    """Small files are read at once, large ones by the worker."""
    room = room_of(settings())
    if not steps.is_small(uploads.opened(room.folder, record.stored_name, record.content_hash)):
        return _later(record.public_id, steps.CHECK)
    with unit_of_work() as session:
        steps.check(session, current_actor(), record.public_id, room, now=datetime.now(UTC))
    return redirect(url_for(".show", import_id=record.public_id))


def _later(import_id: UUID, job: str, **arguments: bool) -> ResponseReturnValue:
    """The worker does it; the page shows how far it is."""
    target = url_for(".show", import_id=import_id).removeprefix(request.script_root)
    with unit_of_work() as session:
        now = datetime.now(UTC)
        work = steps.later(session, current_actor(), import_id, job, target_path=target, now=now, **arguments)
    return redirect(url_for("operations.work", public_id=work))
