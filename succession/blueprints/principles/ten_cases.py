"""Ten cases: councillors choose between pairs of sample farms; the weights behind their choices become a draft."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from succession.blueprints.principles.blueprint import bp, owners_only
from succession.blueprints.principles.forms import as_uuid
from succession.blueprints.principles.forms_rounds import NewRoundForm, sheet_form
from succession.errors import NotFound, Refused
from succession.extensions import reading, unit_of_work
from succession.principles import policy, queries, queries_rounds, service_rounds, shipped
from succession.principles.case_pages import case_pages
from succession.principles.drafts import Draft
from succession.principles.models_rounds import PairRound
from succession.principles.service_rounds import NewRound, NewSheet
from succession.principles.states import Choice, SheetWay
from succession.principles.texts import in_language
from succession.web.errors import say
from succession.web.fields import Form
from succession.web.gate import current_actor
from succession.web.language import current_language

SHIPPED = "shipped."
OWN = "own."


@bp.get("/my-principles/ten-cases")
@owners_only
def rounds() -> ResponseReturnValue:
    """Every round, and what it is for."""
    listed = queries_rounds.rounds_of(reading(), current_actor())
    may_begin = bool(queries.owners_for(reading(), current_actor()))
    return render_template("principles/rounds.html", rounds=listed, may_begin=may_begin)


@bp.route("/my-principles/ten-cases/new", methods=["GET", "POST"])
@owners_only
def new_round() -> ResponseReturnValue:
    """For whom, and about which criteria."""
    form = NewRoundForm()
    form.prepare(queries.owners_for(reading(), current_actor()), _sets())
    if request.method == "GET" or not form.validate():
        return render_template("principles/new_round.html", form=form), 200 if request.method == "GET" else 422
    organisation, key = as_uuid(form.organisation.data), as_uuid(form.key.data)
    assert organisation is not None
    assert key is not None
    try:
        with unit_of_work() as session:
            wanted = NewRound(organisation, form.title.data or "", key, _draft(form.about.data))
            found = service_rounds.begin(session, current_actor(), wanted, now=datetime.now(UTC))
    except Refused as refusal:
        form.refuse(say(refusal.text))
        return render_template("principles/new_round.html", form=form), refusal.status
    return redirect(url_for("principles.show_round", round_id=found.public_id))


@bp.get("/my-principles/ten-cases/<uuid:round_id>")
@owners_only
def show_round(round_id: UUID) -> ResponseReturnValue:
    """The sheets so far and what they say; while the round is open, only how many there are."""
    session, actor = reading(), current_actor()
    found = queries_rounds.round_for(session, actor, round_id)
    sheets = queries_rounds.sheets_of(session, found)
    is_closed = found.closed_at is not None
    criteria = [(one["id"], in_language(one["label"], current_language())) for one in _criteria(found)]
    return render_template(
        "principles/round.html",
        round=found,
        sheets=sheets,
        outcome=queries_rounds.outcome_of(session, found) if is_closed and sheets else None,
        criteria=criteria,
        cases=case_pages(found, current_language()),
        choices=Choice,
        may_change=policy.may_draft(actor, found.owner_organisation_id),
        key=uuid4(),
    )


@bp.route("/my-principles/ten-cases/<uuid:round_id>/sheet", methods=["GET", "POST"])
@owners_only
def sheet(round_id: UUID) -> ResponseReturnValue:
    """One sheet: on a screen that is passed round, or from paper."""
    found = queries_rounds.round_for(reading(), current_actor(), round_id)
    form = sheet_form(len(found.pairs))()
    if not as_uuid(form["key"].data):
        form["key"].data = str(uuid4())
    if request.method == "GET" or not form.validate():
        return _sheet_page(found, form), 200 if request.method == "GET" else 422
    try:
        with unit_of_work() as session:
            service_rounds.add_sheet(session, current_actor(), round_id, _sheet(form, found), now=datetime.now(UTC))
    except Refused as refusal:
        form.refuse(say(refusal.text))
        return _sheet_page(found, form), refusal.status
    flash(gettext("The sheet is in. You can pass the screen on."))
    return redirect(url_for("principles.show_round", round_id=round_id))


@bp.get("/my-principles/ten-cases/<uuid:round_id>/on-paper")
@owners_only
def paper_sheet(round_id: UUID) -> ResponseReturnValue:
    """The cases to be printed and ticked by hand."""
    found = queries_rounds.round_for(reading(), current_actor(), round_id)
    return render_template("principles/paper_sheet.html", round=found, cases=case_pages(found, current_language()))


@bp.post("/my-principles/ten-cases/<uuid:round_id>/sheets/<uuid:sheet_key>/remove")
@owners_only
def remove_sheet(round_id: UUID, sheet_key: UUID) -> ResponseReturnValue:
    """A sheet that was entered wrongly is out."""
    with unit_of_work() as session:
        service_rounds.remove_sheet(session, current_actor(), round_id, sheet_key, now=datetime.now(UTC))
    flash(gettext("The sheet is out."))
    return redirect(url_for("principles.show_round", round_id=round_id))


@bp.post("/my-principles/ten-cases/<uuid:round_id>/close")
@owners_only
def close_round(round_id: UUID) -> ResponseReturnValue:
    """No further sheet comes in; now everybody sees what was said."""
    with unit_of_work() as session:
        service_rounds.close(session, current_actor(), round_id, now=datetime.now(UTC))
    return redirect(url_for("principles.show_round", round_id=round_id))


@bp.post("/my-principles/ten-cases/<uuid:round_id>/draft")
@owners_only
def draft_from_round(round_id: UUID) -> ResponseReturnValue:
    """The weights become a draft."""
    key = as_uuid(request.form.get("key")) or uuid4()
    with unit_of_work() as session:
        found = service_rounds.draft_from(session, current_actor(), round_id, key, now=datetime.now(UTC))
    flash(gettext("The draft has the weights that the choices imply. Change it as you like."))
    return redirect(url_for("principles.overview", set_id=found.public_id))


def _sheet_page(found: PairRound, form: Form) -> str:
    cases = case_pages(found, current_language())
    return render_template("principles/sheet.html", round=found, form=form, cases=cases)


def _sheet(form: Form, found: PairRound) -> NewSheet:
    key = as_uuid(form["key"].data) or uuid4()
    choices = {number: Choice(form[f"case_{number}"].data) for number in range(1, len(found.pairs) + 1)}
    return NewSheet(form["faction"].data or "", choices, SheetWay(form["way"].data), key)


def _criteria(found: PairRound) -> list[dict[str, Any]]:
    return [one for one in found.document["catalogue"]["criteria"] if one["id"] in found.farms[0]["shares"]]


def _sets() -> list[tuple[str, str]]:
    """Own sets first, then the published ones that add up points."""
    own = [(f"{OWN}{one.public_id}", one.title) for one in queries.sets_of(reading(), current_actor())]
    documents = [(name, shipped.document(name)) for name in shipped.names()]
    additive = [(name, one) for name, one in documents if one.catalogue.mode.value == "additive"]
    return [*own, *((f"{SHIPPED}{name}", in_language(one.name, current_language())) for name, one in additive)]


def _draft(about: str) -> Draft:
    if about.startswith(SHIPPED):
        name = about.removeprefix(SHIPPED)
        return dict(shipped.document(name).raw)
    identifier = as_uuid(about.removeprefix(OWN))
    if identifier is None:
        raise NotFound
    return queries.set_for(reading(), current_actor(), identifier).document
