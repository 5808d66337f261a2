"""The pages on which an offer is described, one topic each."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from succession.blueprints.listings import forms
from succession.blueprints.listings.blueprint import bp, owners_only
from succession.errors import Conflict, Refused
from succession.extensions import reading, unit_of_work
from succession.facts.refusals import GivesAway, Overtaken
from succession.i18n import Text
from succession.listings import lifecycle, queries, service_editing
from succession.listings.queries import ListingDetails
from succession.listings.topics import Topic, topics_for, wishes_for
from succession.web import fact_fields
from succession.web.errors import say
from succession.web.fields import Form
from succession.web.gate import current_actor

TOPICS = ",".join(Topic)
TEMPLATES = {
    Topic.ABOUT: "listings/edit_about.html",
    Topic.PLACE: "listings/edit_place.html",
    Topic.WISHES: "listings/edit_wishes.html",
}


@bp.get(f"/my-offers/<uuid:offer_id>/<any({TOPICS}):topic>")
@owners_only
def edit(offer_id: UUID, topic: str) -> ResponseReturnValue:
    """One topic, filled with what is stated."""
    details = _details(offer_id)
    form = forms.form_for(reading(), current_actor(), details, Topic(topic), today=datetime.now(UTC).date())
    return _page(details, Topic(topic), form)


@bp.post(f"/my-offers/<uuid:offer_id>/<any({TOPICS}):topic>")
@owners_only
def save(offer_id: UUID, topic: str) -> ResponseReturnValue:
    """Saves the topic and goes on to the next, or shows the form again with what is wrong."""
    details = _details(offer_id)
    form = forms.form_for(reading(), current_actor(), details, Topic(topic), today=datetime.now(UTC).date())
    if not forms.makes_sense(form, details, Topic(topic)):
        return _page(details, Topic(topic), form), 422
    shown_again: dict[str, Any] = {}
    try:
        _save(offer_id, form, forms.page_from(form, details, Topic(topic)))
    except Overtaken as conflict:
        form["seen"].data = conflict.seen
        shown_again = {"differences": conflict.differences}
    except GivesAway as refusal:
        shown_again = {"findings": refusal.findings}
    except Refused as refusal:
        form.refuse(say(refusal.text))
        shown_again = {"is_refused": True}
    if shown_again:
        return _page(
            _details(offer_id), Topic(topic), form, **shown_again
        ), 409 if "differences" in shown_again else 422
    flash(gettext("Saved."))
    return redirect(_next_url(details, Topic(topic)))


def _details(offer_id: UUID) -> ListingDetails:
    """The offer, if it is the actor's own and can still be changed."""
    listing = queries.held(reading(), current_actor(), offer_id)
    if listing.state not in lifecycle.EDITABLE:
        raise Conflict(Text("This offer can no longer be changed. Make a draft of it again first."))
    return queries.details(reading(), listing)


def _save(offer_id: UUID, form: Form, page: service_editing.Page) -> None:
    confirmed = "is_confirmed" in form and bool(form["is_confirmed"].data)
    with unit_of_work() as session:
        service_editing.save_page(
            session,
            current_actor(),
            offer_id,
            page,
            seen=form["seen"].data or "",
            is_confirmed=confirmed,
            now=datetime.now(UTC),
        )


def _next_url(details: ListingDetails, topic: Topic) -> str:
    """The next topic, or the overview after the last one and where the person asked for it."""
    order = topics_for(details.listing.kind)
    place = order.index(topic) + 1 if topic in order else len(order)
    if request.form.get("then") == "overview" or place >= len(order):
        return url_for("listings.overview", offer_id=details.listing.public_id)
    return url_for("listings.edit", offer_id=details.listing.public_id, topic=order[place].value)


def _page(details: ListingDetails, topic: Topic, form: Form, **more: Any) -> str:
    order = topics_for(details.listing.kind)
    wishes = wishes_for(details.listing.kind) if topic is Topic.WISHES else ()
    return render_template(
        TEMPLATES.get(topic, "listings/edit.html"),
        listing=details.listing,
        topic=topic,
        topics=order,
        number=order.index(topic) + 1 if topic in order else 0,
        form=form,
        wishes=fact_fields.wish_groups(form, wishes),
        proposals=forms.proposals(reading(), details) if topic is Topic.LAND else {},
        **more,
    )
