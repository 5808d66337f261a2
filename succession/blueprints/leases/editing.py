"""Single leases entered, changed, ended and deleted; a table of them taken in."""

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from succession.blueprints.leases.blueprint import bp, now, owners_only
from succession.blueprints.leases.forms import EndForm, LeaseFileForm, LeaseForm, NewLeaseForm, owner_key, stored
from succession.errors import Conflict, Refused
from succession.extensions import reading, unit_of_work
from succession.land import policy, queries, queries_leases, service_leases
from succession.land.owner import Owner
from succession.land.service_leases import LeaseReport
from succession.web.errors import say
from succession.web.gate import current_actor


@bp.get("/new")
@owners_only
def new() -> ResponseReturnValue:
    """The form for one lease."""
    form = NewLeaseForm(formdata=None)
    form.offer(queries.own_parcels(reading(), current_actor()), request.args.get("parcel", ""))
    return render_template("leases/edit.html", form=form, line=None)


@bp.post("/new")
@owners_only
def enter() -> ResponseReturnValue:
    """The parcel is let so."""
    form = NewLeaseForm()
    form.offer(queries.own_parcels(reading(), current_actor()))
    if form.validate():
        try:
            with unit_of_work() as session:
                service_leases.enter(session, current_actor(), UUID(form.parcel.data), form.values(), now=now())
            flash(gettext("The lease is entered."))
            return redirect(url_for(".index"))
        except (Refused, Conflict) as refusal:
            form.refuse(say(refusal.text))
    return render_template("leases/edit.html", form=form, line=None), 422


@bp.get("/<uuid:lease_id>")
@owners_only
def edit(lease_id: UUID) -> ResponseReturnValue:
    """One lease, filled with what is known."""
    line = queries_leases.lease_line(reading(), current_actor(), lease_id)
    return render_template("leases/edit.html", form=LeaseForm(formdata=None, data=stored(line)), line=line)


@bp.post("/<uuid:lease_id>")
@owners_only
def change(lease_id: UUID) -> ResponseReturnValue:
    """The lease says this now."""
    line, form = queries_leases.lease_line(reading(), current_actor(), lease_id), LeaseForm()
    if form.validate():
        try:
            with unit_of_work() as session:
                service_leases.change(session, current_actor(), lease_id, form.values(), now=now())
            flash(gettext("Saved."))
            return redirect(url_for(".index"))
        except (Refused, Conflict) as refusal:
            form.refuse(say(refusal.text))
    return render_template("leases/edit.html", form=form, line=line), 422


@bp.get("/<uuid:lease_id>/end")
@owners_only
def ask_end(lease_id: UUID) -> ResponseReturnValue:
    """When it ends."""
    line = queries_leases.lease_line(reading(), current_actor(), lease_id)
    return render_template("leases/end.html", line=line, form=EndForm(formdata=None, ends_on=line.ends_on))


@bp.post("/<uuid:lease_id>/end")
@owners_only
def end(lease_id: UUID) -> ResponseReturnValue:
    """The lease ends on that day."""
    line, form = queries_leases.lease_line(reading(), current_actor(), lease_id), EndForm()
    if form.validate():
        try:
            with unit_of_work() as session:
                service_leases.end(session, current_actor(), lease_id, form.day(), now=now())
            flash(gettext("The end of the lease is entered."))
            return redirect(url_for(".index"))
        except (Refused, Conflict) as refusal:
            form.refuse(say(refusal.text))
    return render_template("leases/end.html", line=line, form=form), 422


@bp.post("/<uuid:lease_id>/delete")
@owners_only
def delete(lease_id: UUID) -> ResponseReturnValue:
    """The lease was a mistake and is gone."""
    with unit_of_work() as session:
        service_leases.delete(session, current_actor(), lease_id, now=now())
    flash(gettext("The lease is deleted."))
    return redirect(url_for(".index"))


@bp.get("/import")
@owners_only
def hand_in() -> ResponseReturnValue:
    """The form for a table of leases."""
    form = LeaseFileForm(formdata=None)
    form.offer(_owners())
    return _import_page(form)


@bp.post("/import")
@owners_only
def take_in() -> ResponseReturnValue:
    """Every lease of the table is entered, or none; what is wrong stands beside its line."""
    form, owners = LeaseFileForm(), _owners()
    form.offer(owners)
    if not form.validate():
        return _import_page(form), 422
    owner = next(one for one in owners if owner_key(one) == form.owner.data)
    content = form.file.data.stream.read()
    try:
        with unit_of_work() as session:
            report = service_leases.take_in(session, current_actor(), owner, content, now=now())
    except Refused as refusal:
        form.refuse(say(refusal.text))
        return _import_page(form), 422
    if report.problems:
        return _import_page(form, report), 422
    flash(gettext("%(number)s leases are taken in.", number=report.taken))
    return redirect(url_for(".index"))


def _owners() -> list[Owner]:
    """For whom the actor may take leases in; an office does so for one owner at a time."""
    actor = current_actor()
    organisations = queries_leases.owners_with_parcels(reading(), actor)
    found = [Owner(organisation_id=one.id, name=one.name, public_id=one.public_id) for one in organisations]
    return [one for one in found if policy.may_keep_leases(actor, one)]


def _import_page(form: LeaseFileForm, report: LeaseReport | None = None) -> str:
    return render_template("leases/import.html", form=form, report=report)
