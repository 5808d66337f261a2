"""The pages on which an application is filled in, one topic each; saved at every step."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask import request as sent
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from succession.applications import pages, queries, service, stored
from succession.applications.queries import Details
from succession.applications.steps import Step, Topic, step_of
from succession.blueprints.applications import forms
from succession.blueprints.applications.blueprint import bp, signed_in
from succession.errors import Conflict, NotFound, Refused
from succession.extensions import reading, unit_of_work
from succession.facts.refusals import Overtaken
from succession.web.fields import Form
from succession.web.gate import also_while_acting, current_actor


@bp.get("/my-applications/<uuid:application_id>/pages/<step>")
@signed_in
@also_while_acting
def edit(application_id: UUID, step: str) -> ResponseReturnValue:
    """One topic, filled with what is stored."""
    details, one = _found(application_id, step)
    if one.topic is Topic.PAPERS:
        return redirect(url_for(".papers", application_id=application_id))
    return _page(details, one, _fresh(details, one))


@bp.post("/my-applications/<uuid:application_id>/pages/<step>")
@signed_in
@also_while_acting
def save(application_id: UUID, step: str) -> ResponseReturnValue:
    """Saves the page and goes on, or shows it again with what is wrong; nothing typed is lost."""
    details, one = _found(application_id, step)
    form = forms.form_of(reading(), details, one, stored.page_of(details, one))
    page = forms.stated(form, one)
    if page is None:
        return _page(details, one, form), 422
    try:
        _save(application_id, step, page, form["seen"].data or "")
    except Overtaken as conflict:
        form["seen"].data = conflict.seen
        return _page(_details(application_id), one, form, differences=conflict.differences), 409
    except (Refused, Conflict) as refusal:
        forms.refuse_at(form, refusal)
        return _page(_details(application_id), one, form), refusal.status
    flash(gettext("Saved."))
    return redirect(_next_url(_details(application_id), step))


def _save(application_id: UUID, step: str, page: pages.Page, seen: str) -> None:
    actor, now = current_actor(), datetime.now(UTC)
    with unit_of_work() as session:
        service.save_page(session, actor, application_id, step, page, seen=seen, now=now)


def _details(application_id: UUID) -> Details:
    session = reading()
    return queries.details(session, current_actor(), queries.kept(session, current_actor(), application_id))


def _found(application_id: UUID, key: str) -> tuple[Details, Step]:
    details = _details(application_id)
    step = step_of(details.steps, key)
    if step is None:
        raise NotFound
    return details, step


def _fresh(details: Details, step: Step) -> Form:
    page = stored.page_of(details, step)
    form = forms.form_of(reading(), details, step, page)
    form["seen"].data = pages.mark(page)
    return form


def _next_url(details: Details, key: str) -> str:
    """The next page, or the last look at everything."""
    keys = [step.key for step in details.steps]
    place = keys.index(key) + 1 if key in keys else len(keys)
    application_id = details.application.public_id
    if sent.form.get("then") == "overview":
        return url_for(".show", application_id=application_id)
    if place >= len(keys):
        return url_for(".check", application_id=application_id)
    return url_for(".edit", application_id=application_id, step=keys[place])


def _page(details: Details, step: Step, form: Form, **more: Any) -> str:
    steps = details.steps
    return render_template(
        "applications/step.html",
        details=details,
        application=details.application,
        step=step,
        steps=steps,
        number=[one.key for one in steps].index(step.key) + 1,
        form=form,
        **more,
    )
