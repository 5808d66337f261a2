"""One page of the editor: a form about one part of a draft, shown, tried on the sample farms, or saved."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from succession.blueprints.principles.forms import SeenForm
from succession.blueprints.principles.trying import beside
from succession.errors import Refused
from succession.extensions import reading, unit_of_work
from succession.principles import queries, service_editing
from succession.principles.models import PrincipleSet
from succession.principles.parts import Part
from succession.principles.refusals import Overtaken
from succession.principles.service_editing import Edit
from succession.web.errors import say
from succession.web.gate import current_actor

TRY = "try"


@dataclass(frozen=True, slots=True)
class EditorPage:
    """What a page is about: the set, its template and title, the form, the part, and how the form changes it."""

    found: PrincipleSet
    template: str
    form: SeenForm
    part: Part
    edit: Edit
    names: dict[str, Any] = field(default_factory=dict)
    makes_sense: Callable[[], bool] = lambda: True


def draft(set_id: UUID) -> PrincipleSet:
    """The draft, if the actor may change it."""
    return queries.draft_for(reading(), current_actor(), set_id)


def shown(page: EditorPage, *, changed: Any = None, **more: Any) -> str:
    """The page with its form and the trial; `changed` is a draft that is not saved."""
    if not page.form.seen.data:
        page.form.seen.data = str(page.found.revision)
    names = {"found": page.found, "form": page.form, "is_unsaved": changed is not None}
    return render_template(page.template, **names, **beside(page.found, changed), **page.names, **more)


def answered(page: EditorPage) -> ResponseReturnValue:
    """What follows a form that was sent: errors, a trial, a comparison with another saver, or the overview."""
    form = page.form
    if not (form.validate() and page.makes_sense()):
        return shown(page), 422
    if request.form.get("then") == TRY:
        return shown(page, changed=page.edit(page.found.document))
    try:
        with unit_of_work() as session:
            service_editing.save(
                session,
                current_actor(),
                page.found.public_id,
                page.part,
                page.edit,
                seen=form.seen_revision,
                now=datetime.now(UTC),
            )
    except Overtaken as conflict:
        form.seen.data = str(conflict.seen)
        return shown(page, differences=conflict.differences), 409
    except Refused as refusal:
        form.refuse(say(refusal.text))
        return shown(page), 422
    flash(gettext("Saved."))
    return redirect(url_for("principles.overview", set_id=page.found.public_id))
