"""Adding a criterion by its kind, and changing one."""

from typing import Any
from uuid import UUID

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue

from succession.blueprints.principles import page as pages
from succession.blueprints.principles.blueprint import bp, owners_only
from succession.blueprints.principles.forms_criteria import criterion_form, makes_sense
from succession.blueprints.principles.page import EditorPage
from succession.errors import NotFound
from succession.extensions import reading
from succession.principles import building, drafting, queries
from succession.principles.drafts import Draft
from succession.principles.kinds import BY_ADDRESS, KINDS, OF_BIDS, Kind, kind_of
from succession.principles.models import PrincipleSet
from succession.principles.parts import of_criterion
from succession.principles.vocabulary import Known, known_by_key, known_criteria

OFFER = "offer"
NO_BIDS = "fixed"
TEMPLATE = "principles/criterion.html"


@bp.get("/my-principles/<uuid:set_id>/criteria/new")
@owners_only
def choose_kind(set_id: UUID) -> ResponseReturnValue:
    """What others use, and the kinds of one's own."""
    found = pages.draft(set_id)
    is_church = queries.is_church(queries.owner_of(reading(), found))
    taken = {one.get("field", one["id"]) for one in found.document["catalogue"]["criteria"]}
    sets = [
        (
            some,
            [one for one in some.criteria if one.question["id"] not in taken and (is_church or not one.is_religious)],
        )
        for some in known_criteria()
    ]
    shown = [(some, criteria) for some, criteria in sets if criteria]
    return render_template("principles/choose_kind.html", found=found, kinds=KINDS, sets=shown)


@bp.route("/my-principles/<uuid:set_id>/criteria/new/<kind>", methods=["GET", "POST"])
@owners_only
def add(set_id: UUID, kind: str) -> ResponseReturnValue:
    """A new criterion of that kind, or one that others use (`?like=`)."""
    found = pages.draft(set_id)
    if kind not in BY_ADDRESS:
        abort(404)
    known = known_by_key(request.args.get("like", ""))
    if known is not None and known.kind is not BY_ADDRESS[kind]:
        abort(404)
    page = _new_page(found, BY_ADDRESS[kind], known)
    return pages.answered(page) if request.method == "POST" else pages.shown(page)


@bp.route("/my-principles/<uuid:set_id>/criteria/<criterion>", methods=["GET", "POST"])
@owners_only
def change(set_id: UUID, criterion: str) -> ResponseReturnValue:
    """One criterion with its question."""
    found = pages.draft(set_id)
    before = drafting.criterion_of(found.document, criterion)
    if before is None:
        raise NotFound
    kind = kind_of(before["kind"])
    if kind is None:
        return render_template("principles/only_by_file.html", found=found, criterion=before)
    question = drafting.question_of(found.document, before.get("field", criterion)) or {}
    page = _page(found, kind, before, question)
    return pages.answered(page) if request.method == "POST" else pages.shown(page)


def _new_page(found: PrincipleSet, kind: Kind, known: Known | None) -> EditorPage:
    """The page of a criterion that is not there yet; its name follows from its label when it is saved."""
    if known is not None:
        question = dict(known.question)
        criterion = {**known.criterion, "field": question["id"]}
    elif kind in OF_BIDS:
        question = _offer()
        criterion = {"field": OFFER}
    else:
        question, criterion = {}, {}
    return _page(found, kind, criterion, question, known=known)


def _page(
    found: PrincipleSet, kind: Kind, before: dict[str, Any], question: dict[str, Any], known: Known | None = None
) -> EditorPage:
    is_new = "id" not in before or known is not None
    is_weighted = any("weight" in one for one in found.document["catalogue"]["criteria"])
    is_asked = kind not in OF_BIDS and kind not in (Kind.AWARDED, Kind.PANEL) and question.get("from") != "measured"
    form = criterion_form(kind, is_weighted=is_weighted, is_asked=is_asked)(
        data=building.values_of(kind, before, question)
    )

    def edit(draft: Draft) -> Draft:
        return _edited(draft, kind, form.data, before, question, is_new=is_new)

    identifier = "" if is_new else before["id"]
    names = {"kind": kind, "words": KINDS[kind], "criterion": before, "question": question, "is_new": is_new}
    names["known"] = known
    return EditorPage(found, TEMPLATE, form, of_criterion(identifier), edit, names, lambda: makes_sense(form, kind))


def _edited(
    draft: Draft, kind: Kind, values: dict[str, Any], before: dict[str, Any], question: dict[str, Any], *, is_new: bool
) -> Draft:
    """The draft with the criterion as the form says; a bid makes the price one that is offered."""
    said = {**values, "choices_before": question.get("choices", ())}
    criterion = building.criterion_from(kind, said, before)
    if is_new and drafting.is_there(draft["catalogue"]["criteria"], criterion):
        return draft
    if is_new:
        criterion["id"] = drafting.fresh_name(values["label"], drafting.names_taken(draft))
    field = question.get("id") or criterion["id"]
    criterion["field"] = field
    is_given = "question" not in values
    asked = question if is_given else building.question_from(kind, said, question, field)
    changed = drafting.put_criterion(draft, criterion, asked or None)
    if kind in OF_BIDS and draft["price"]["kind"] == NO_BIDS:
        changed = drafting.put_fields(changed, {"price": {**draft["price"], "kind": "bid"}})
    return changed


def _offer() -> dict[str, Any]:
    """The question for a bid, as the shipped sets ask it."""
    of_bids = (one for some in known_criteria() for one in some.criteria if one.question["id"] == OFFER)
    return dict(next(of_bids).question)
