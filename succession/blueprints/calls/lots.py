"""The lots of a draft: added, changed, taken out; the parcels as a list and, beside it, on the map."""

from uuid import UUID

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from succession.blueprints.calls.blueprint import bp, now, owners_only
from succession.blueprints.calls.editing import draft, shown
from succession.blueprints.calls.forms import LotForm, as_uuids
from succession.blueprints.calls.own import Overview
from succession.calls import service_lots
from succession.calls.models import CallLot
from succession.calls.requirements import Page
from succession.calls.service_lots import LotValues
from succession.errors import NotFound, Refused
from succession.extensions import reading, unit_of_work
from succession.land import drawings
from succession.land import queries as land_queries
from succession.land.queries import ParcelLine
from succession.web.choices import options
from succession.web.errors import say
from succession.web.filters import hectares
from succession.web.gate import current_actor


@bp.get("/my-calls/<uuid:call_id>/lots")
@owners_only
def lots(call_id: UUID) -> ResponseReturnValue:
    """The lots so far, and a form for one more."""
    found = draft(call_id)
    return _page(found, _form(found, None))


@bp.post("/my-calls/<uuid:call_id>/lots")
@owners_only
def add_lot(call_id: UUID) -> ResponseReturnValue:
    """There is one lot more."""
    found = draft(call_id)
    form = _form(found, None)
    if form.validate():
        try:
            with unit_of_work() as session:
                service_lots.add_lot(session, current_actor(), call_id, _values(form), now=now())
            return redirect(url_for(".lots", call_id=call_id))
        except Refused as refusal:
            form.refuse(say(refusal.text))
    return _page(found, form), 422


@bp.get("/my-calls/<uuid:call_id>/lots/<uuid:lot_id>/edit")
@owners_only
def edit_lot(call_id: UUID, lot_id: UUID) -> ResponseReturnValue:
    """One lot, filled with what is stated."""
    found = draft(call_id)
    lot = _lot(found, lot_id)
    return _page(found, _form(found, lot), lot=lot)


@bp.post("/my-calls/<uuid:call_id>/lots/<uuid:lot_id>/edit")
@owners_only
def change_lot(call_id: UUID, lot_id: UUID) -> ResponseReturnValue:
    """The lot is called so and consists of these parcels."""
    found = draft(call_id)
    lot = _lot(found, lot_id)
    form = _form(found, lot)
    if form.validate():
        try:
            with unit_of_work() as session:
                service_lots.change_lot(session, current_actor(), call_id, lot.number, _values(form), now=now())
            return redirect(url_for(".lots", call_id=call_id))
        except Refused as refusal:
            form.refuse(say(refusal.text))
    return _page(found, form, lot=lot), 422


@bp.post("/my-calls/<uuid:call_id>/lots/<uuid:lot_id>/remove")
@owners_only
def remove_lot(call_id: UUID, lot_id: UUID) -> ResponseReturnValue:
    """The lot is gone."""
    number = _lot(draft(call_id), lot_id).number
    with unit_of_work() as session:
        service_lots.remove_lot(session, current_actor(), call_id, number, now=now())
    flash(gettext("The lot is taken out."))
    return redirect(url_for(".lots", call_id=call_id))


def _lot(found: Overview, lot_id: UUID) -> CallLot:
    lot = next((one for one in found.prepared.lots if one.public_id == lot_id), None)
    if lot is None:
        raise NotFound
    return lot


def _form(found: Overview, lot: CallLot | None) -> LotForm:
    """The parcels that stand in no other lot of the call can be chosen."""
    own = [] if lot is None else [str(one.public_id) for one in found.prepared.parcels.get(lot.id, ())]
    data = {} if lot is None else {"name": lot.name, "remark": lot.remark, "parcels": own}
    form = LotForm(data=data)
    form.parcels.choices = options((str(one.public_id), _words(one)) for one in _free(found, lot))
    return form


def _free(found: Overview, lot: CallLot | None) -> list[ParcelLine]:
    taken = {
        parcel.public_id
        for lot_id, parcels in found.prepared.parcels.items()
        if lot is None or lot_id != lot.id
        for parcel in parcels
    }
    lines = land_queries.parcels_of(reading(), current_actor(), owner_organisation_id=found.call.owner_organisation_id)
    return [line for line in lines if line.public_id not in taken]


def _words(parcel: ParcelLine) -> str:
    """What tells a parcel from the others in the list."""
    words = [parcel.label, hectares(parcel.official_area_m2 or parcel.area_m2)]
    if parcel.land_use is not None:
        words.append(say(parcel.land_use.label))
    return ", ".join(dict.fromkeys(words))


def _values(form: LotForm) -> LotValues:
    return LotValues(form.name.data or "", as_uuids(form.parcels.data), form.remark.data or "")


def _page(found: Overview, form: LotForm, *, lot: CallLot | None = None) -> str:
    free = _free(found, lot)
    picture = drawings.picture(reading(), drawings.PARCELS, parcels=[one.id for one in free]) if free else None
    return shown("calls/lots.html", found, Page.LOTS, form, lot=lot, free=free, picture=picture)
