"""One's own principles: the list, beginning a draft, its overview, and every step with it as a whole."""

from datetime import UTC, datetime
from uuid import UUID, uuid4

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from succession.blueprints.principles.blueprint import bp, owners_only
from succession.blueprints.principles.forms import NewSetForm, as_uuid
from succession.blueprints.principles.trying import beside
from succession.errors import Refused
from succession.extensions import reading, unit_of_work
from succession.i18n import Text
from succession.principles import drafting, drafts, policy, queries, service, service_editing, shipped
from succession.principles.drafts import Draft
from succession.principles.kinds import KINDS, kind_of
from succession.principles.models import PrincipleSet
from succession.principles.parts import of_order
from succession.principles.service import Beginning
from succession.principles.states import Origin
from succession.principles.texts import in_language
from succession.principles.topics import TOPICS
from succession.principles.trial import rows_of
from succession.web.errors import say
from succession.web.gate import current_actor
from succession.web.language import current_language
from succession.web.numbers import of_a_page

MOVES = {"up": -1, "down": 1}


@bp.get("/my-principles")
@owners_only
def mine() -> ResponseReturnValue:
    """Every set that the actor may read, drafts first."""
    sets = queries.sets_of(reading(), current_actor())
    drafts_first = [one for one in sets if one.frozen_at is None], [one for one in sets if one.frozen_at is not None]
    may_begin = bool(queries.owners_for(reading(), current_actor()))
    return render_template("principles/mine.html", drafts=drafts_first[0], frozen=drafts_first[1], may_begin=may_begin)


@bp.get("/my-principles/new")
@owners_only
def new() -> ResponseReturnValue:
    """For whom, and with what."""
    known = request.args.get("shipped") if request.args.get("shipped") in shipped.names() else None
    form = NewSetForm(formdata=None, shipped_key=known, begins_with="shipped")
    return _new_page(form)


@bp.post("/my-principles/new")
@owners_only
def begin() -> ResponseReturnValue:
    """The draft is there, once for each form."""
    form = NewSetForm()
    owners = queries.owners_for(reading(), current_actor())
    form.prepare(owners, churches=any(queries.is_church(one) for one in owners))
    if not form.validate():
        return _new_page(form), 422
    try:
        with unit_of_work() as session:
            found = service.start(session, current_actor(), _beginning(form), now=datetime.now(UTC))
    except Refused as refusal:
        form.refuse(say(refusal.text))
        return _new_page(form), refusal.status
    flash(gettext("The draft is saved. From now on the sample farms stay as they are."))
    return redirect(url_for("principles.overview", set_id=found.public_id))


@bp.get("/my-principles/<uuid:set_id>")
@owners_only
def overview(set_id: UUID) -> ResponseReturnValue:
    """The points table with what the sample farms earn, the warnings, and what comes next."""
    session, actor = reading(), current_actor()
    found = queries.set_for(session, actor, set_id)
    names = beside(found)
    trial = names["tried"].trial
    return render_template(
        "principles/overview.html",
        found=found,
        owner=queries.owner_of(session, found),
        rows=rows_of(found.document, trial, current_language()),
        kinds=KINDS,
        kind_of=kind_of,
        topics=TOPICS,
        questions=trial.document.questions if trial else (),
        unanswered=trial.unanswered if trial else (),
        answered={question for said in found.farm_answers.values() for question in said},
        left_out=_left_out(found),
        **names,
        may_change=found.frozen_at is None and policy.may_draft(actor, found.owner_organisation_id),
        may_derive=policy.may_draft(actor, found.owner_organisation_id),
        can_undo=queries.can_undo(session, found),
        key=uuid4(),
    )


@bp.post("/my-principles/<uuid:set_id>/criteria/<criterion>/<any(up,down):where>")
@owners_only
def move(set_id: UUID, criterion: str, where: str) -> ResponseReturnValue:
    """The criterion stands one place further up or down."""
    with unit_of_work() as session:
        service_editing.save(
            session,
            current_actor(),
            set_id,
            of_order,
            lambda draft: drafting.move_criterion(draft, criterion, MOVES[where]),
            seen=seen(),
            now=datetime.now(UTC),
        )
    return redirect(url_for("principles.overview", set_id=set_id, _anchor=f"criterion-{criterion}"))


@bp.post("/my-principles/<uuid:set_id>/criteria/<criterion>/remove")
@owners_only
def remove(set_id: UUID, criterion: str) -> ResponseReturnValue:
    """The criterion is out; one click brings it back."""
    with unit_of_work() as session:
        service_editing.save(
            session,
            current_actor(),
            set_id,
            of_order,
            lambda draft: drafting.remove_criterion(draft, criterion),
            seen=seen(),
            now=datetime.now(UTC),
        )
    flash(gettext("The criterion is out. “Undo the last change” brings it back."))
    return redirect(url_for("principles.overview", set_id=set_id))


@bp.post("/my-principles/<uuid:set_id>/undo")
@owners_only
def undo(set_id: UUID) -> ResponseReturnValue:
    """The draft is as it was before the last change."""
    with unit_of_work() as session:
        service_editing.undo(session, current_actor(), set_id, seen=seen(), now=datetime.now(UTC))
    flash(gettext("The last change is undone."))
    return redirect(url_for("principles.overview", set_id=set_id))


@bp.post("/my-principles/<uuid:set_id>/new-version")
@owners_only
def derive(set_id: UUID) -> ResponseReturnValue:
    """A draft that begins as the frozen set."""
    key = as_uuid(request.form.get("key")) or uuid4()
    with unit_of_work() as session:
        found = service.derive(session, current_actor(), set_id, key, now=datetime.now(UTC))
    flash(gettext("This is a new version. The frozen set stays as it is."))
    return redirect(url_for("principles.overview", set_id=found.public_id))


@bp.get("/my-principles/<uuid:set_id>/delete")
@owners_only
def ask_delete(set_id: UUID) -> ResponseReturnValue:
    """Asks before a draft is gone for good."""
    found = queries.draft_for(reading(), current_actor(), set_id)
    return render_template("principles/delete.html", found=found)


@bp.post("/my-principles/<uuid:set_id>/delete")
@owners_only
def delete(set_id: UUID) -> ResponseReturnValue:
    """The draft is gone."""
    with unit_of_work() as session:
        service.delete_draft(session, current_actor(), set_id, now=datetime.now(UTC))
    flash(gettext("The draft is deleted."))
    return redirect(url_for("principles.mine"))


def _left_out(found: PrincipleSet) -> list[str]:
    """The criteria of the published set whose points nobody has published."""
    if found.shipped_key not in shipped.names():
        return []
    return [in_language(one.label, current_language()) for one in shipped.document(found.shipped_key).unscored]


def _beginning(form: NewSetForm) -> Beginning:
    """What the form asks for, with the document it begins with."""
    organisation, key = as_uuid(form.organisation.data), as_uuid(form.key.data)
    assert organisation is not None
    assert key is not None
    origin = Origin(form.begins_with.data)
    title = form.title.data or ""
    known = form.shipped_key.data if origin is Origin.SHIPPED else None
    return Beginning(organisation, title, key, origin, _document(form, origin, title), known)


def _document(form: NewSetForm, origin: Origin, title: str) -> Draft:
    match origin:
        case Origin.SHIPPED:
            return drafts.begun_from(shipped.document(form.shipped_key.data or shipped.RECOMMENDED), title)
        case Origin.IMPORT:
            if not form.file.data:
                raise Refused(Text("Please choose the file."))
            return drafts.from_file(form.file.data.read(), current_language())
        case _:
            return drafts.empty(title)


def _new_page(form: NewSetForm) -> str:
    owners = queries.owners_for(reading(), current_actor())
    form.prepare(owners, churches=any(queries.is_church(one) for one in owners))
    return render_template("principles/new.html", form=form, owners=owners)


def seen() -> int:
    """The revision that the page with the button showed."""
    return of_a_page(request.form.get("seen"))
