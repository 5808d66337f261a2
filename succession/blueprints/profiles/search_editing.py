"""The pages on which a search is described, one topic each."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from succession.blueprints.profiles import forms
from succession.blueprints.profiles.blueprint import bp, seekers_only
from succession.errors import Refused
from succession.extensions import reading, unit_of_work
from succession.facts.refusals import Overtaken
from succession.profiles import queries, service_editing
from succession.profiles.queries import SearchDetails
from succession.profiles.topics import SearchTopic, search_topics, search_wishes
from succession.web import fact_fields
from succession.web.errors import say
from succession.web.fields import Form
from succession.web.gate import current_actor

TOPICS = ",".join(SearchTopic)


@bp.get(f"/my-searches/<uuid:search_id>/<any({TOPICS}):topic>")
@seekers_only
def search_edit(search_id: UUID, topic: str) -> ResponseReturnValue:
    """One topic, filled with what is stated."""
    details = _details(search_id)
    return _page(details, SearchTopic(topic), _form(details, SearchTopic(topic)))


@bp.post(f"/my-searches/<uuid:search_id>/<any({TOPICS}):topic>")
@seekers_only
def search_save(search_id: UUID, topic: str) -> ResponseReturnValue:
    """Saves the topic and goes on to the next, or shows the form again with what is wrong."""
    details = _details(search_id)
    form = _form(details, SearchTopic(topic))
    if not forms.makes_sense(form, details, SearchTopic(topic)):
        return _page(details, SearchTopic(topic), form), 422
    try:
        _save(search_id, form, forms.search_page(form, details, SearchTopic(topic)))
    except Overtaken as conflict:
        form["seen"].data = conflict.seen
        return _page(_details(search_id), SearchTopic(topic), form, differences=conflict.differences), conflict.status
    except Refused as refusal:
        form.refuse(say(refusal.text))
        return _page(_details(search_id), SearchTopic(topic), form), refusal.status
    flash(gettext("Saved."))
    return redirect(_next_url(_details(search_id), SearchTopic(topic)))


def _details(search_id: UUID) -> SearchDetails:
    session = reading()
    return queries.details(session, queries.kept_search(session, current_actor(), search_id))


def _form(details: SearchDetails, topic: SearchTopic) -> Form:
    return forms.search_form(reading(), details, topic, today=datetime.now(UTC).date())


def _save(search_id: UUID, form: Form, page: service_editing.SearchPage) -> None:
    with unit_of_work() as session:
        service_editing.save_search_page(
            session, current_actor(), search_id, page, seen=form["seen"].data or "", now=datetime.now(UTC)
        )


def _next_url(details: SearchDetails, topic: SearchTopic) -> str:
    order = search_topics(details.kinds)
    place = order.index(topic) + 1 if topic in order else len(order)
    if request.form.get("then") == "overview" or place >= len(order):
        return url_for("profiles.search_overview", search_id=details.search.public_id)
    return url_for("profiles.search_edit", search_id=details.search.public_id, topic=order[place].value)


def _page(details: SearchDetails, topic: SearchTopic, form: Form, **more: Any) -> str:
    order = search_topics(details.kinds)
    return render_template(
        "profiles/search_edit.html",
        search=details.search,
        topic=topic,
        topics=order,
        number=order.index(topic) + 1 if topic in order else 0,
        form=form,
        wishes=fact_fields.wish_groups(form, search_wishes(topic, details.kinds)),
        **more,
    )
