"""The pages on which a draft is described, one topic each."""

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from succession.blueprints.calls import forms
from succession.blueprints.calls.blueprint import bp, now, owners_only
from succession.blueprints.calls.forms import FactsForm, PriceForm, PrinciplesForm, WordsForm
from succession.blueprints.calls.own import Overview, overview_of
from succession.calls import queries, service, service_lots
from succession.calls.models import CallLot
from succession.calls.requirements import Page, lot_fields
from succession.calls.service_lots import LotPrice
from succession.calls.states import CallState
from succession.errors import Conflict, Refused
from succession.extensions import reading, unit_of_work
from succession.i18n import Text
from succession.web.choices import options
from succession.web.errors import say
from succession.web.fields import Form
from succession.web.gate import current_actor

SIMPLE = ",".join(page for page in Page if page not in {Page.LOTS, Page.PRICES, Page.PRINCIPLES, Page.DOCUMENTS})
ADDRESSES = {Page.LOTS: ".lots", Page.PRICES: ".prices", Page.PRINCIPLES: ".principles", Page.DOCUMENTS: ".documents"}


def address_of(call_id: UUID, page: Page) -> str:
    """Where a page of a draft is."""
    if page in ADDRESSES:
        return url_for(ADDRESSES[page], call_id=call_id)
    return url_for(".edit", call_id=call_id, page=page.value)


def after(call_id: UUID, page: Page) -> ResponseReturnValue:
    """On to the next page, or to checking where that was the last or the person came from there."""
    order = list(Page)
    place = order.index(page) + 1
    if request.form.get("then") == "check" or place >= len(order):
        return redirect(url_for(".check", call_id=call_id))
    return redirect(address_of(call_id, order[place]))


def draft(call_id: UUID) -> Overview:
    """The call, if it is a draft."""
    found = overview_of(call_id)
    if found.call.state is not CallState.DRAFT:
        raise Conflict(
            Text("This call is published, so it can no longer be changed here. Take it back or reopen it with notice.")
        )
    return found


def shown(template: str, found: Overview, page: Page, form: Form, **more: object) -> str:
    """A page of the draft with its place in the row of pages."""
    steps = [(one.label, address_of(found.call.public_id, one)) for one in Page]
    return render_template(
        template,
        view=found,
        call=found.call,
        page=page,
        steps=steps,
        number=list(Page).index(page) + 1,
        form=form,
        **more,
    )


@bp.get(f"/my-calls/<uuid:call_id>/<any({SIMPLE}):page>")
@owners_only
def edit(call_id: UUID, page: str) -> ResponseReturnValue:
    """One topic, filled with what is stated."""
    found = draft(call_id)
    return shown("calls/edit.html", found, Page(page), forms.form_for(found.call, Page(page)))


@bp.post(f"/my-calls/<uuid:call_id>/<any({SIMPLE}):page>")
@owners_only
def save(call_id: UUID, page: str) -> ResponseReturnValue:
    """Saves the topic and goes on, or shows the form again with what is wrong."""
    found = draft(call_id)
    form = forms.form_for(found.call, Page(page))
    values = form.values() if form.validate() else None
    if values is not None and _saved(call_id, values, form):
        return after(call_id, Page(page))
    return shown("calls/edit.html", found, Page(page), form), 422


@bp.get("/my-calls/<uuid:call_id>/prices")
@owners_only
def prices(call_id: UUID) -> ResponseReturnValue:
    """How the price is found, and what each lot costs beside what is usual."""
    found = draft(call_id)
    return _prices_page(found, forms.form_for(found.call, Page.PRICES), _price_forms(found, sent=False))


@bp.post("/my-calls/<uuid:call_id>/prices")
@owners_only
def save_prices(call_id: UUID) -> ResponseReturnValue:
    """All lots at once, or none."""
    found = draft(call_id)
    form, lots = forms.form_for(found.call, Page.PRICES), _price_forms(found, sent=True)
    assert isinstance(form, WordsForm)
    is_well = form.validate()
    for _, one in lots:
        is_well = one.validate() and is_well
    if is_well:
        try:
            with unit_of_work() as session:
                service.save(session, current_actor(), call_id, form.values(), now=now())
                for lot, one in lots:
                    price = LotPrice(one.price.data, one.reference.data, one.source.data or "", one.reference_on.data)
                    service_lots.price_lot(session, current_actor(), call_id, lot.number, price, now=now())
            return after(call_id, Page.PRICES)
        except Refused as refusal:
            form.refuse(say(refusal.text))
    return _prices_page(found, form, lots), 422


@bp.get("/my-calls/<uuid:call_id>/principles")
@owners_only
def principles(call_id: UUID) -> ResponseReturnValue:
    """The owner's sets to choose from."""
    found = draft(call_id)
    return _principles_page(found, _principles_form(found))


@bp.post("/my-calls/<uuid:call_id>/principles/lots")
@owners_only
def save_facts(call_id: UUID) -> ResponseReturnValue:
    """What the principles ask of the lots is answered: what is not ticked is not true."""
    found = draft(call_id)
    with unit_of_work() as session:
        for lot, form in _facts_forms(found, sent=True):
            ticked = form.true.data or ()
            stated = {field: field in ticked for field in asked_of_lots(found)}
            service_lots.state_facts(session, current_actor(), call_id, lot.number, stated, now=now())
    return after(call_id, Page.PRINCIPLES)


@bp.post("/my-calls/<uuid:call_id>/principles")
@owners_only
def save_principles(call_id: UUID) -> ResponseReturnValue:
    """The draft follows the chosen set, unless this owner may not use it."""
    found = draft(call_id)
    form = _principles_form(found)
    if form.validate():
        try:
            with unit_of_work() as session:
                service.choose_principles(session, current_actor(), call_id, UUID(form.chosen.data), now=now())
            asks = asked_of_lots(draft(call_id))
            return redirect(url_for(".principles", call_id=call_id)) if asks else after(call_id, Page.PRINCIPLES)
        except Refused as refusal:
            form.refuse(say(refusal.text))
    return _principles_page(found, form), 422


def _saved(call_id: UUID, values: service.PageValues, form: Form) -> bool:
    """Whether the page is stored; what is wrong stands on the form."""
    try:
        with unit_of_work() as session:
            service.save(session, current_actor(), call_id, values, now=now())
    except Refused as refusal:
        form.refuse(say(refusal.text))
        return False
    flash(gettext("Saved."))
    return True


def _price_forms(found: Overview, *, sent: bool) -> list[tuple[CallLot, PriceForm]]:
    given = {} if sent else {"formdata": None}
    return [
        (
            lot,
            PriceForm(
                prefix=f"lot{lot.number}",
                data={
                    "price": lot.price_cents_year,
                    "reference": lot.reference_rent_cents_year,
                    "source": lot.reference_source,
                    "reference_on": lot.reference_on,
                },
                **given,
            ),
        )
        for lot in found.prepared.lots
    ]


def _prices_page(found: Overview, form: Form, lots: list[tuple[CallLot, PriceForm]]) -> str:
    gaps = {one.number: one for one in found.prepared.gaps}
    return shown("calls/prices.html", found, Page.PRICES, form, lots=lots, gaps=gaps)


def _principles_form(found: Overview) -> PrinciplesForm:
    chosen = queries.principle_set_of(reading(), found.call)
    form = PrinciplesForm(data={"chosen": None if chosen is None else str(chosen.public_id)})
    sets = queries.sets_to_choose(reading(), found.call)
    form.chosen.choices = options((str(one.public_id), one.title) for one in sets)
    return form


def asked_of_lots(found: Overview) -> tuple[str, ...]:
    """What the chosen principles ask of a lot beyond what its parcels say."""
    return () if found.prepared.principles is None else lot_fields(found.prepared.principles)


def _fact_words(field: str) -> str:
    """What a field of a lot is called; one of an imported set that has no words is shown as it is."""
    known = {"in_nature_network": Text("The lot belongs to the nature network")}
    return say(known[field]) if field in known else field.replace("_", " ")


def _facts_forms(found: Overview, *, sent: bool) -> list[tuple[CallLot, FactsForm]]:
    """One form for each lot; none where nothing is asked."""
    fields, forms_of_lots = asked_of_lots(found), []
    for lot in found.prepared.lots if fields else ():
        data = {"true": [field for field in fields if lot.facts.get(field) is True]}
        form = FactsForm(prefix=f"lot{lot.number}", data=data, **({} if sent else {"formdata": None}))
        form.true.choices = options((field, _fact_words(field)) for field in fields)
        forms_of_lots.append((lot, form))
    return forms_of_lots


def _principles_page(found: Overview, form: PrinciplesForm) -> str:
    return shown("calls/principles.html", found, Page.PRINCIPLES, form, lots=_facts_forms(found, sent=False))
