"""The seeker's profile: its overview, its topics, and what owners see of it."""

from datetime import UTC, datetime
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from succession.blueprints.profiles import forms
from succession.blueprints.profiles.blueprint import bp, seekers_only
from succession.errors import Refused
from succession.extensions import reading, unit_of_work
from succession.facts.refusals import GivesAway, Overtaken
from succession.profiles import queries, service, summaries
from succession.profiles.publishing import published_facts
from succession.profiles.topics import ProfileTopic
from succession.web.entered_by import entered_by
from succession.web.errors import say
from succession.web.fields import Form
from succession.web.gate import current_actor

TOPICS = ",".join(ProfileTopic)


@bp.get("/my-profile")
@seekers_only
def show() -> ResponseReturnValue:
    """What the seeker has said, topic by topic, and what owners see of it."""
    profile = queries.own_profile(reading(), current_actor())
    facts = queries.exact_facts(profile)
    return render_template(
        "profiles/show.html",
        profile=profile,
        entry=entered_by(reading(), "profile", profile.public_id) if profile else None,
        progress=summaries.progress(profile.introduction if profile else "", facts),
        groups=summaries.groups(published_facts(facts)),
    )


@bp.get(f"/my-profile/<any({TOPICS}):topic>")
@seekers_only
def edit(topic: str) -> ResponseReturnValue:
    """One topic, filled with what is stated."""
    profile = queries.own_profile(reading(), current_actor())
    return _page(forms.profile_form(profile, ProfileTopic(topic)), ProfileTopic(topic))


@bp.post(f"/my-profile/<any({TOPICS}):topic>")
@seekers_only
def save(topic: str) -> ResponseReturnValue:
    """Saves the topic and goes on to the next, or shows the form again with what is wrong."""
    form = forms.profile_form(queries.own_profile(reading(), current_actor()), ProfileTopic(topic))
    if not form.validate():
        return _page(form, ProfileTopic(topic)), 422
    shown_again: dict[str, Any] = {}
    try:
        _save(form, forms.profile_page(form, ProfileTopic(topic)))
    except Overtaken as conflict:
        form["seen"].data = conflict.seen
        shown_again = {"differences": conflict.differences}
    except GivesAway as refusal:
        shown_again = {"findings": refusal.findings}
    except Refused as refusal:
        form.refuse(say(refusal.text))
        shown_again = {"is_refused": True}
    if shown_again:
        return _page(form, ProfileTopic(topic), **shown_again), 409 if "differences" in shown_again else 422
    flash(gettext("Saved."))
    return redirect(_next_url(ProfileTopic(topic)))


def _save(form: Form, page: service.Page) -> None:
    confirmed = "is_confirmed" in form and bool(form["is_confirmed"].data)
    with unit_of_work() as session:
        service.save_profile_page(
            session,
            current_actor(),
            page,
            seen=form["seen"].data or "",
            is_confirmed=confirmed,
            now=datetime.now(UTC),
        )


def _next_url(topic: ProfileTopic) -> str:
    order = list(ProfileTopic)
    place = order.index(topic) + 1
    if request.form.get("then") == "overview" or place >= len(order):
        return url_for("profiles.show")
    return url_for("profiles.edit", topic=order[place].value)


def _page(form: Form, topic: ProfileTopic, **more: Any) -> str:
    number = list(ProfileTopic).index(topic) + 1
    return render_template(
        "profiles/edit.html", form=form, topic=topic, number=number, topics=list(ProfileTopic), **more
    )
