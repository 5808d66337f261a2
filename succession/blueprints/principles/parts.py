"""The pages of a set's parts besides criteria: exclusions, promises, questions, and distance instead of a seat."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from succession.blueprints.principles import page as pages
from succession.blueprints.principles.blueprint import bp, owners_only
from succession.blueprints.principles.forms_parts import ExclusionForm, PromiseForm, QuestionForm
from succession.blueprints.principles.own import seen
from succession.blueprints.principles.page import EditorPage
from succession.errors import NotFound
from succession.extensions import unit_of_work
from succession.principles import building, drafting, service_editing
from succession.principles.distance import instead_of_seat
from succession.principles.drafts import Draft
from succession.principles.models import PrincipleSet
from succession.principles.parts import Part, of_catalogue, of_document, of_question, together, whole
from succession.principles.texts import Wording
from succession.principles.vocabulary import known_exclusions
from succession.web.gate import current_actor
from succession.web.language import current_language

EXCLUSIONS = together(of_catalogue("exclusions"), of_document("questions"))
PROMISES = of_document("promises")


@bp.route("/my-principles/<uuid:set_id>/exclusions", methods=["GET", "POST"])
@owners_only
def exclusions(set_id: UUID) -> ResponseReturnValue:
    """What puts an application out, and one more of it."""
    page = _exclusions_page(pages.draft(set_id))
    return pages.answered(page) if request.method == "POST" else pages.shown(page)


@bp.post("/my-principles/<uuid:set_id>/exclusions/<exclusion>/remove")
@owners_only
def remove_exclusion(set_id: UUID, exclusion: str) -> ResponseReturnValue:
    """It no longer puts anybody out."""
    return _taken_out(set_id, EXCLUSIONS, lambda draft: drafting.remove_exclusion(draft, exclusion), "exclusions")


@bp.route("/my-principles/<uuid:set_id>/promises", methods=["GET", "POST"])
@owners_only
def promises(set_id: UUID) -> ResponseReturnValue:
    """What is promised, and one more of it."""
    found = pages.draft(set_id)
    form = PromiseForm()
    form.prepare([(one["id"], _said(one["label"])) for one in found.document["catalogue"]["criteria"]])

    def edit(draft: Draft) -> Draft:
        said = form.data
        promise: dict[str, Any] = {key: building.both(said[key]) for key in ("text", "check", "consequence")}
        figures = {key: said[key] for key in ("first_due_months", "every_months", "times") if said[key] is not None}
        criterion = {"criterion": said["criterion"]} if said["criterion"] else {}
        return drafting.add_promise(draft, {**promise, **figures, **criterion})

    def makes_sense() -> bool:
        if (form.times.data or 0) > 1 and form.every_months.data is None:
            form["every_months"].errors = [gettext("Several checks need the months between them.")]
        return not form.errors

    names = {"listed": [(one["id"], _said(one["text"]), _said(one["check"])) for one in found.document["promises"]]}
    page = EditorPage(found, "principles/promises.html", form, PROMISES, edit, names, makes_sense)
    return pages.answered(page) if request.method == "POST" else pages.shown(page)


@bp.post("/my-principles/<uuid:set_id>/promises/<promise>/remove")
@owners_only
def remove_promise(set_id: UUID, promise: str) -> ResponseReturnValue:
    """Nobody promises it any more."""
    return _taken_out(set_id, PROMISES, lambda draft: drafting.remove_promise(draft, promise), "promises")


@bp.route("/my-principles/<uuid:set_id>/questions/<question>", methods=["GET", "POST"])
@owners_only
def change_question(set_id: UUID, question: str) -> ResponseReturnValue:
    """How one question is asked, and what proves the answer."""
    found = pages.draft(set_id)
    before = drafting.question_of(found.document, question)
    if before is None:
        raise NotFound
    page = _question_page(found, before)
    return pages.answered(page) if request.method == "POST" else pages.shown(page)


@bp.post("/my-principles/<uuid:set_id>/criteria/<criterion>/distance")
@owners_only
def take_distance(set_id: UUID, criterion: str) -> ResponseReturnValue:
    """Instead of residence or seat, the distance to the farmstead or planned farmstead counts."""
    with unit_of_work() as session:
        service_editing.save(
            session,
            current_actor(),
            set_id,
            whole,
            lambda draft: instead_of_seat(draft, criterion),
            seen=seen(),
            now=datetime.now(UTC),
        )
    flash(gettext("Now the distance to the farmstead or the planned farmstead counts."))
    return redirect(url_for("principles.overview", set_id=set_id))


def _exclusions_page(found: PrincipleSet) -> EditorPage:
    form = ExclusionForm()
    known = {one.key: one for one in known_exclusions()}
    form.prepare([(key, _said(one.label)) for key, one in known.items()])

    def edit(draft: Draft) -> Draft:
        chosen = known.get(form.known.data or "")
        if chosen is not None:
            return drafting.add_exclusion(draft, chosen.exclusion, chosen.question)
        question = {
            "answer": "yes_or_no",
            "from": "declared",
            "question": building.both(form.question.data or ""),
            "evidence": [],
            "mandatory": True,
            "hides": "nothing",
        }
        exclusion = {"label": building.both(form.label.data or ""), "equals": form.answer.data == "yes"}
        return drafting.add_exclusion(draft, exclusion, question)

    def makes_sense() -> bool:
        if not form.known.data and not (form.label.data and form.question.data):
            form["label"].errors = [gettext("Choose one, or write your own with its question.")]
        return not form.errors

    listed = found.document["catalogue"].get("exclusions", [])
    names = {"listed": [(one["id"], _said(one["label"])) for one in listed]}
    return EditorPage(found, "principles/exclusions.html", form, EXCLUSIONS, edit, names, makes_sense)


def _question_page(found: PrincipleSet, before: dict[str, Any]) -> EditorPage:
    yes_no = {True: "yes", False: "no"}
    form = QuestionForm(
        data={
            "question": before["question"].get("de", ""),
            "question_en": before["question"].get("en", ""),
            "hint": before.get("hint", {}).get("de", ""),
            "evidence": "\n".join(one["de"] for one in before.get("evidence", [])),
            "effort": before.get("evidence_effort", "light"),
            "mandatory": yes_no[before.get("mandatory", False)],
            "per_lot": yes_no[before.get("per_lot", False)],
            "hides": before.get("hides", "step"),
        }
    )
    form.prepare()

    def edit(draft: Draft) -> Draft:
        now = drafting.question_of(draft, before["id"]) or before
        return drafting.put_question(draft, building.question_as_asked(form.data, now))

    part: Part = of_question(before["id"])
    return EditorPage(found, "principles/question.html", form, part, edit, {"question": before})


def _taken_out(set_id: UUID, part: Part, edit: service_editing.Edit, back: str) -> ResponseReturnValue:
    with unit_of_work() as session:
        service_editing.save(session, current_actor(), set_id, part, edit, seen=seen(), now=datetime.now(UTC))
    flash(gettext("It is out. “Undo the last change” brings it back."))
    return redirect(url_for(f"principles.{back}", set_id=set_id))


def _said(wording: Wording) -> str:
    return wording.get(current_language()) or wording["de"]
