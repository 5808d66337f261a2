"""Mandates: the list of an office, giving one, looking at one, ending one."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import TypeVar
from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from succession.accounts import policy_organisations as policy
from succession.accounts import queries_managed, queries_organisations
from succession.accounts import service_mandates as service
from succession.accounts.models import OrganisationKind
from succession.accounts.organisations import OWNER_KINDS, MandateState, letterhead_of, today
from succession.accounts.queries_managed import Order, Wanted
from succession.blueprints.organisations.blueprint import bp, signed_in
from succession.blueprints.organisations.forms import MandateForm
from succession.errors import Conflict, NotFound, Refused
from succession.extensions import reading, unit_of_work
from succession.web.errors import say
from succession.web.gate import current_actor
from succession.web.paging import page_number, page_of

Choice = TypeVar("Choice", bound=StrEnum)
PAGE_SIZE = 25
LONGEST_WORDS = 80


@bp.get("/managed")
@signed_in
def managed() -> ResponseReturnValue:
    """All owners that the person's offices manage, as asked for."""
    session, actor, now, number = reading(), current_actor(), datetime.now(UTC), page_number()
    wanted = _wanted()
    offset = (number - 1) * PAGE_SIZE
    lines = queries_managed.managed(session, actor, wanted, offset=offset, most=PAGE_SIZE + 1, now=now)
    own = queries_organisations.own_organisations(session, actor)
    return render_template(
        "organisations/managed.html",
        page=page_of(lines, number=number, size=PAGE_SIZE),
        wanted=wanted,
        counts=queries_managed.counts(session, actor, now=now),
        offices=[line.organisation for line in own if line.organisation.kind is OrganisationKind.MANAGING_OFFICE],
        kinds=OWNER_KINDS,
        states=MandateState,
        orders=Order,
    )


@bp.get("/<uuid:organisation_id>/mandates/new")
@signed_in
def ask_mandate(organisation_id: UUID) -> ResponseReturnValue:
    """The form for a mandate."""
    form = MandateForm(formdata=None)
    form.suggest(today(datetime.now(UTC)))
    return _mandate_form(organisation_id, form)


@bp.post("/<uuid:organisation_id>/mandates/new")
@signed_in
def give_mandate(organisation_id: UUID) -> ResponseReturnValue:
    """The office may act for the owner."""
    form = MandateForm()
    form.offer(queries_organisations.offices(reading()))
    if not form.validate():
        return _mandate_form(organisation_id, form), 422
    try:
        with unit_of_work() as session:
            made = service.give(session, current_actor(), organisation_id, form.values(), now=datetime.now(UTC))
    except (Refused, Conflict) as refusal:
        form.refuse(say(refusal.text))
        return _mandate_form(organisation_id, form), refusal.status
    flash(gettext("The mandate is given. The office has a mail about it."))
    return redirect(url_for(".mandate", mandate_id=made.public_id))


@bp.get("/mandates/<uuid:mandate_id>")
@signed_in
def mandate(mandate_id: UUID) -> ResponseReturnValue:
    """One mandate with both sides."""
    session, actor = reading(), current_actor()
    line = queries_organisations.mandate(session, actor, mandate_id, now=datetime.now(UTC))
    return render_template(
        "organisations/mandate.html",
        line=line,
        letterhead=letterhead_of(line.owner, line.office),
        may_end=policy.may_end_mandate(actor, line.mandate),
        by_owner=policy.may_administer(actor, line.owner),
        sees_owner=policy.may_view(actor, line.owner),
        sees_office=policy.may_view(actor, line.office),
    )


@bp.post("/mandates/<uuid:mandate_id>/end")
@signed_in
def end_mandate(mandate_id: UUID) -> ResponseReturnValue:
    """The mandate has ended at once."""
    with unit_of_work() as session:
        service.end(session, current_actor(), mandate_id, now=datetime.now(UTC))
    flash(gettext("The mandate has ended. The other side has a mail about it."))
    return redirect(url_for(".mandate", mandate_id=mandate_id))


def _mandate_form(organisation_id: UUID, form: MandateForm) -> str:
    session, actor = reading(), current_actor()
    found = queries_organisations.organisation(session, actor, organisation_id)
    if found.kind not in OWNER_KINDS or not policy.may_belong(actor, found):
        raise NotFound
    if not policy.may_give_mandate(actor, found):
        abort(403)
    offices = queries_organisations.offices(session)
    form.offer(offices)
    return render_template("organisations/give_mandate.html", form=form, organisation=found, offices=offices)


def _wanted() -> Wanted:
    """What the address asks for; nonsense asks for nothing."""
    try:
        office = UUID(request.args.get("office", ""))
    except ValueError:
        office = None
    return Wanted(
        words=request.args.get("q", "").replace("\x00", "")[:LONGEST_WORDS],
        kind=_one_of(OrganisationKind, "kind"),
        state=_one_of(MandateState, "state"),
        office=office,
        order=_one_of(Order, "order") or Order.NAME,
    )


def _one_of(choices: type[Choice], argument: str) -> Choice | None:
    given = request.args.get(argument, "")
    return next((choice for choice in choices if choice.value == given), None)
