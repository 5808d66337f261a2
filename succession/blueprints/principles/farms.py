"""The sample farms of an owner: how they score, what they answer to a draft's own questions, and who they are."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from succession.allocation.catalogue import Mode
from succession.allocation.rules import Want
from succession.blueprints.principles import forms_farms
from succession.blueprints.principles import page as pages
from succession.blueprints.principles.blueprint import bp, owners_only
from succession.blueprints.principles.forms import SeenForm
from succession.blueprints.principles.public import farm_line
from succession.blueprints.principles.trying import tried
from succession.errors import NotFound, Refused
from succession.extensions import reading, unit_of_work
from succession.principles import queries, service_editing, service_farms
from succession.principles.answers import fault
from succession.principles.questions import MOST_DECIMALS, Question, questions
from succession.principles.sample_farms import Farm
from succession.principles.service_farms import FarmStatement
from succession.principles.texts import in_language
from succession.principles.typed import answer
from succession.principles.vocabulary import known_questions
from succession.web.errors import say
from succession.web.gate import current_actor
from succession.web.language import current_language


@bp.get("/my-principles/<uuid:set_id>/farms")
@owners_only
def farms(set_id: UUID) -> ResponseReturnValue:
    """Every farm under every criterion, in one table."""
    found = queries.set_for(reading(), current_actor(), set_id)
    result = tried(found)
    lines, criteria, is_order = [], [], False
    if result.trial is not None:
        document = result.trial.document
        lines = [farm_line(document, one, result.trial.most) for one in result.trial.farms]
        criteria = [in_language(words.label, current_language()) for words in document.words.values()]
        is_order = document.catalogue.mode is Mode.LEXICOGRAPHIC
    return render_template(
        "principles/farms.html", found=found, tried=result, lines=lines, criteria=criteria, is_order=is_order
    )


@bp.route("/my-principles/<uuid:set_id>/questions/<question>/farms", methods=["GET", "POST"])
@owners_only
def farm_answers(set_id: UUID, question: str) -> ResponseReturnValue:
    """What the sample farms answer to a question that only this draft asks."""
    found = pages.draft(set_id)
    asked = next(
        (one for one in questions({"questions": found.document["questions"]}, "$") if one.identifier == question), None
    )
    if asked is None or asked.answer is Want.SHARES:
        raise NotFound
    own = queries.farms_of(reading(), found.owner_organisation_id)
    said = {farm.key: {**farm.answers, **found.farm_answers.get(farm.key, {})}.get(question) for farm in own}
    form = forms_farms.answers_form(asked, own)(data={key: forms_farms.shown(asked, one) for key, one in said.items()})
    if request.method == "GET" or not _readable(form, {farm.key: asked for farm in own}):
        return _answers_page(found, form, asked), 200 if request.method == "GET" else 422
    typed = {farm.key: _answer(form, farm.key, asked) for farm in own}
    with unit_of_work() as session:
        service_editing.answer_for_farms(session, current_actor(), set_id, question, typed, now=datetime.now(UTC))
    flash(gettext("Saved."))
    return redirect(url_for("principles.overview", set_id=set_id))


@bp.get("/my-principles/sample-farms/<uuid:owner_id>")
@owners_only
def sample_farms(owner_id: UUID) -> ResponseReturnValue:
    """The twelve sample farms of an owner, and whether they can still be changed."""
    owner = queries.owner_for(reading(), current_actor(), owner_id)
    own = queries.own_farms(reading(), owner.id)
    listed = queries.farms_of(reading(), owner.id)
    locked_at = next((farm.locked_at for farm in own if farm.locked_at is not None), None)
    return render_template("principles/sample_farms.html", owner=owner, farms=listed, locked_at=locked_at)


@bp.route("/my-principles/sample-farms/<uuid:owner_id>/<farm>", methods=["GET", "POST"])
@owners_only
def change_farm(owner_id: UUID, farm: str) -> ResponseReturnValue:
    """One sample farm with its answers, before the first draft."""
    owner = queries.owner_for(reading(), current_actor(), owner_id)
    found = next((one for one in queries.farms_of(reading(), owner.id) if one.key == farm), None)
    if found is None:
        raise NotFound
    asked = [one for one in _known() if one.answer is not Want.SHARES]
    form = _farm_form(found, asked)
    if request.method == "POST" and form.validate() and _readable(form, {one.identifier: one for one in asked}):
        try:
            _change_farm(owner_id, found, form, asked)
        except Refused as refusal:
            form.refuse(say(refusal.text))
        else:
            flash(gettext("Saved."))
            return redirect(url_for("principles.sample_farms", owner_id=owner_id))
    page = render_template("principles/change_farm.html", owner=owner, farm=found, form=form)
    return page, 200 if request.method == "GET" else 422


def _change_farm(owner_id: UUID, farm: Farm, form: SeenForm, asked: Sequence[Question]) -> None:
    answers = {**farm.answers, **{one.identifier: _answer(form, one.identifier, one) for one in asked}}
    stated = {key: value for key, value in answers.items() if value is not None}
    said = FarmStatement(form["farm_name"].data or "", form["farm_summary"].data or "", stated)
    with unit_of_work() as session:
        service_farms.change(session, current_actor(), owner_id, farm.key, said, now=datetime.now(UTC))


def _farm_form(farm: Farm, asked: Sequence[Question]) -> SeenForm:
    shown: dict[str, Any] = {one.identifier: forms_farms.shown(one, farm.answers.get(one.identifier)) for one in asked}
    language = current_language()
    shown |= {
        "farm_name": farm.name.get(language) or farm.name["de"],
        "farm_summary": farm.summary.get(language) or farm.summary["de"],
    }
    return forms_farms.farm_form(asked)(data=shown)


def _answers_page(found: Any, form: SeenForm, asked: Question) -> str:
    words = asked.question.get(current_language()) or asked.question["de"]
    return render_template("principles/farm_answers.html", found=found, form=form, words=words)


def _known() -> tuple[Question, ...]:
    return questions({"questions": list(known_questions())}, "$")


def _answer(form: SeenForm, field: str, question: Question) -> Any:
    return answer(question, {question.identifier: [form[field].data or ""]})


def _readable(form: SeenForm, asked: dict[str, Question]) -> bool:
    """Whether every answer fits its question; what does not is noted at its field."""
    for field, question in asked.items():
        said = _answer(form, field, question)
        wrong = None if said is None else fault(replace(question, decimals=MOST_DECIMALS), said)
        if wrong is not None:
            form[field].errors = [say(wrong)]
    return not form.errors
