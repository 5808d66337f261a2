"""The seeker's searches: the list, making one, its overview, publishing and ending it."""

from datetime import UTC, datetime
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from succession.accounts import service_limits
from succession.accounts.limits import SEARCHES_OF_A_PERSON
from succession.accounts.service_confirmation import needs_confirmation
from succession.blueprints.profiles.blueprint import bp, seekers_only
from succession.blueprints.profiles.forms import BasicsForm
from succession.errors import Refused, SuccessionError
from succession.extensions import reading, unit_of_work
from succession.facts.refusals import GivesAway
from succession.profiles import queries, service, service_editing, summaries
from succession.profiles.publishing import published_facts, published_wishes
from succession.profiles.refusals import NothingToFind
from succession.profiles.service_editing import SearchPage
from succession.profiles.topics import SearchTopic, search_topics
from succession.web.entered_by import entered_by
from succession.web.errors import say
from succession.web.gate import current_actor


@bp.get("/my-searches")
@seekers_only
def searches() -> ResponseReturnValue:
    """All searches of one's own."""
    session, actor = reading(), current_actor()
    profile = queries.own_profile(session, actor)
    return render_template(
        "profiles/searches.html", searches=queries.my_searches(session, actor), has_profile=profile is not None
    )


@bp.get("/my-searches/new")
@seekers_only
def new_search() -> ResponseReturnValue:
    """What and where; the wishes follow on pages of their own."""
    form = BasicsForm(formdata=None)
    form.prepare(reading(), None)
    return render_template("profiles/new_search.html", form=form)


@bp.post("/my-searches/new")
@seekers_only
def create_search() -> ResponseReturnValue:
    """Makes the draft, once for each form."""
    form = BasicsForm()
    form.prepare(reading(), None)
    if not (form.validate() and form.settle_place()):
        return render_template("profiles/new_search.html", form=form), 422
    try:
        public_id = _create(form)
    except Refused as refusal:
        form.refuse(say(refusal.text))
        return render_template("profiles/new_search.html", form=form), refusal.status
    order = search_topics(form.basics.kinds)
    following = order[1] if len(order) > 1 else order[0]
    return redirect(url_for("profiles.search_edit", search_id=public_id, topic=following.value))


@bp.get("/my-searches/<uuid:search_id>")
@seekers_only
def search_overview(search_id: UUID) -> ResponseReturnValue:
    """What is looked for, topic by topic, and what can be done with it."""
    return _overview(search_id)


@bp.get("/my-searches/<uuid:search_id>/publish")
@seekers_only
def check_search(search_id: UUID) -> ResponseReturnValue:
    """The last look before owners find it."""
    return _check(search_id)


@bp.post("/my-searches/<uuid:search_id>/publish")
@seekers_only
def publish_search(search_id: UUID) -> ResponseReturnValue:
    """Publishes, or says what is missing or what would give the seeker away."""
    confirmed = request.form.get("is_confirmed") == "yes"
    try:
        question = _publish(search_id, is_confirmed=confirmed)
    except GivesAway as refusal:
        return _check(search_id, refusal), refusal.status
    except NothingToFind as refusal:
        return _overview(search_id, refusal), refusal.status
    if question is not None:
        flash(gettext("Nothing is published yet: now the person is asked."))
        return redirect(url_for("representation.confirmation", confirmation_id=question))
    flash(gettext("Your search is published. We compare it with all offers from now on."))
    return redirect(url_for("profiles.search_overview", search_id=search_id))


@bp.post("/my-searches/<uuid:search_id>/withdraw")
@seekers_only
def withdraw_search(search_id: UUID) -> ResponseReturnValue:
    """Nobody finds the search any more."""
    with unit_of_work() as session:
        service.withdraw_search(session, current_actor(), search_id, now=datetime.now(UTC))
    flash(gettext("Your search is withdrawn. You can publish it again at any time."))
    return redirect(url_for("profiles.search_overview", search_id=search_id))


@bp.get("/my-searches/<uuid:search_id>/delete")
@seekers_only
def ask_delete_search(search_id: UUID) -> ResponseReturnValue:
    """Asks before a search is gone for good."""
    search = queries.kept_search(reading(), current_actor(), search_id)
    return render_template("profiles/delete_search.html", search=search)


@bp.post("/my-searches/<uuid:search_id>/delete")
@seekers_only
def delete_search(search_id: UUID) -> ResponseReturnValue:
    """The search is gone."""
    with unit_of_work() as session:
        service.delete_search(session, current_actor(), search_id, now=datetime.now(UTC))
    flash(gettext("The search is deleted."))
    return redirect(url_for("profiles.searches"))


def _publish(search_id: UUID, *, is_confirmed: bool) -> UUID | None:
    """Publishes one's own; in another's name, puts the question before them and returns its id."""
    actor, now = current_actor(), datetime.now(UTC)
    with unit_of_work() as session:
        if not needs_confirmation(actor):
            service.publish_search(session, actor, search_id, is_confirmed=is_confirmed, now=now)
            return None
        return service.ask_to_publish(session, actor, search_id, is_confirmed=is_confirmed, now=now).public_id


def _create(form: BasicsForm) -> UUID:
    """Draft and first page in one go, so that nothing half made is left."""
    actor, now = current_actor(), datetime.now(UTC)
    with unit_of_work() as session:
        service_limits.count(session, SEARCHES_OF_A_PERSON, actor.account_id or 0, now=now)
        search = service.create_search(session, actor, UUID(form.key.data), now=now)
        seen = service_editing.seen_mark(queries.details(session, search), SearchTopic.PLACE)
        page = SearchPage(SearchTopic.PLACE, queries.details(session, search).statements.wishes, form.basics)
        service_editing.save_search_page(session, actor, search.public_id, page, seen=seen, now=now)
    return search.public_id


def _overview(search_id: UUID, refusal: SuccessionError | None = None) -> str:
    session = reading()
    details = queries.details(session, queries.kept_search(session, current_actor(), search_id))
    return render_template(
        "profiles/search_overview.html",
        search=details.search,
        entry=entered_by(session, "search", details.search.public_id),
        details=details,
        refusal=refusal,
        topics=search_topics(details.kinds),
        wishes=summaries.wishes_by_topic(details.counted, details.kinds),
    )


def _check(search_id: UUID, refusal: GivesAway | None = None) -> str:
    session = reading()
    details = queries.details(session, queries.kept_search(session, current_actor(), search_id))
    profile = queries.profile_of(session, details.search)
    return render_template(
        "profiles/publish_search.html",
        search=details.search,
        details=details,
        profile=profile,
        refusal=refusal,
        findings=queries.findings(session, profile),
        groups=summaries.groups(published_facts(details.statements.facts)),
        wish_lines=summaries.wish_lines(published_wishes(details.statements)),
    )
