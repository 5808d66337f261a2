"""One's own offers: the list, making one, its overview, and every step with it as a whole."""

from datetime import UTC, datetime
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from succession.accounts import service_limits
from succession.accounts.limits import OFFERS_OF_A_PERSON
from succession.accounts.service_confirmation import needs_confirmation
from succession.blueprints.listings.blueprint import bp, owners_only
from succession.blueprints.listings.forms import NewOfferForm, as_uuid
from succession.errors import Refused, SuccessionError
from succession.extensions import reading, unit_of_work
from succession.facts.kinds import Kind
from succession.facts.refusals import GivesAway
from succession.listings import (
    completeness,
    lifecycle,
    publication,
    queries,
    queries_placing,
    queries_releases,
    service,
    topics,
)
from succession.listings.lifecycle import Step
from succession.listings.refusals import Incomplete
from succession.listings.service import NewListing
from succession.listings.states import ListingState
from succession.web.entered_by import entered_by
from succession.web.errors import say
from succession.web.gate import current_actor

RELEASED = "released"
AUDIENCES = ("public", "seeker", RELEASED)
STEPS = ",".join(f'"{step.address}"' for step in Step if step is not Step.PUBLISH)  # quoted: one has a hyphen


@bp.get("/my-offers")
@owners_only
def mine() -> ResponseReturnValue:
    """All offers of one's own by state, each with what to do next."""
    offers = queries.my_offers(reading(), current_actor())
    by_state = [(state, [offer for offer in offers if offer.state is state]) for state in ListingState]
    return render_template("listings/mine.html", by_state=[(state, some) for state, some in by_state if some])


@bp.get("/my-offers/new")
@owners_only
def new() -> ResponseReturnValue:
    """The kind and a title; everything else follows on pages of its own."""
    form = NewOfferForm(formdata=None, kind=request.args.get("kind"))
    form.prepare(queries.organisations_held(reading(), current_actor()))
    return render_template("listings/new.html", form=form)


@bp.post("/my-offers/new")
@owners_only
def create() -> ResponseReturnValue:
    """Makes the draft, once for each form."""
    form = NewOfferForm()
    form.prepare(queries.organisations_held(reading(), current_actor()))
    if not form.validate():
        return render_template("listings/new.html", form=form), 422
    wanted = NewListing(
        Kind(form.kind.data), form.title.data or "", UUID(form.key.data), as_uuid(form.organisation.data)
    )
    try:
        with unit_of_work() as session:
            actor, now = current_actor(), datetime.now(UTC)
            service_limits.count(session, OFFERS_OF_A_PERSON, actor.account_id or 0, now=now)
            listing = service.create_listing(session, actor, wanted, now=now)
    except Refused as refusal:
        form.refuse(say(refusal.text))
        return render_template("listings/new.html", form=form), refusal.status
    flash(gettext("The draft is saved. Nobody but you sees it."))
    return redirect(url_for("listings.edit", offer_id=listing.public_id, topic=topics.Topic.ABOUT.value))


@bp.get("/my-offers/<uuid:offer_id>")
@owners_only
def overview(offer_id: UUID) -> ResponseReturnValue:
    """Where the offer stands, topic by topic, and what can be done with it."""
    return _overview(offer_id)


@bp.get("/my-offers/<uuid:offer_id>/preview")
@owners_only
def preview(offer_id: UUID) -> ResponseReturnValue:
    """What the public, a registered seeker and those with a release see, each made as their pages are."""
    session, audience = reading(), request.args.get("as", AUDIENCES[0])
    if audience not in AUDIENCES:
        audience = AUDIENCES[0]
    listing = queries.kept(session, current_actor(), offer_id)
    offer = publication.preview(session, listing, as_reader=audience == RELEASED, now=datetime.now(UTC))
    hides_trade = queries_placing.hides_trade(session, listing)
    shown = {"offer": offer, "listing": listing, "audience": audience, "hides_trade": hides_trade}
    if audience == RELEASED:
        shown["releases"] = queries_releases.releases_of(session, current_actor(), listing, now=datetime.now(UTC))
        shown["revealed"] = queries_releases.released_preview(session, current_actor(), listing)
    return render_template("listings/preview.html", **shown)


@bp.get("/my-offers/<uuid:offer_id>/publish")
@owners_only
def check(offer_id: UUID) -> ResponseReturnValue:
    """The last look before others see it."""
    return _unless_past(offer_id, Step.PUBLISH) or _check(offer_id)


@bp.post("/my-offers/<uuid:offer_id>/publish")
@owners_only
def publish(offer_id: UUID) -> ResponseReturnValue:
    """Publishes, or says what is missing or what would give the owner away."""
    confirmed = request.form.get("is_confirmed") == "yes"
    try:
        question = _publish(offer_id, is_confirmed=confirmed)
    except GivesAway as refusal:
        return _check(offer_id, refusal), refusal.status
    except Incomplete as refusal:
        return _overview(offer_id, refusal), refusal.status
    if question is not None:
        flash(gettext("Nothing is published yet: now the person is asked."))
        return redirect(url_for("representation.confirmation", confirmation_id=question))
    flash(gettext("Your offer is published. Others see it from now on."))
    return redirect(url_for("listings.overview", offer_id=offer_id))


@bp.get(f"/my-offers/<uuid:offer_id>/<any({STEPS}):step>")
@owners_only
def ask_step(offer_id: UUID, step: str) -> ResponseReturnValue:
    """Says what the step means, and asks."""
    past = _unless_past(offer_id, Step.at(step))
    listing = queries.held(reading(), current_actor(), offer_id)
    return past or render_template("listings/step.html", listing=listing, step=Step.at(step))


@bp.post(f"/my-offers/<uuid:offer_id>/<any({STEPS}):step>")
@owners_only
def take_step(offer_id: UUID, step: str) -> ResponseReturnValue:
    """The offer is in its new state."""
    with unit_of_work() as session:
        listing = service.take_step(session, current_actor(), offer_id, Step.at(step), now=datetime.now(UTC))
    flash(gettext("Done. Your offer is now: %(state)s.", state=say(listing.state.label)))
    return redirect(url_for("listings.overview", offer_id=offer_id))


@bp.post("/my-offers/<uuid:offer_id>/confirm")
@owners_only
def confirm(offer_id: UUID) -> ResponseReturnValue:
    """The offer still stands; the page says so with today's date."""
    with unit_of_work() as session:
        service.confirm(session, current_actor(), offer_id, now=datetime.now(UTC))
    flash(gettext("Thank you. The offer now says that it was confirmed today."))
    return redirect(url_for("listings.overview", offer_id=offer_id))


@bp.get("/my-offers/<uuid:offer_id>/delete")
@owners_only
def ask_delete(offer_id: UUID) -> ResponseReturnValue:
    """Asks before a draft is gone for good."""
    return render_template("listings/delete.html", listing=queries.held(reading(), current_actor(), offer_id))


@bp.post("/my-offers/<uuid:offer_id>/delete")
@owners_only
def delete(offer_id: UUID) -> ResponseReturnValue:
    """The draft is gone."""
    with unit_of_work() as session:
        service.delete_draft(session, current_actor(), offer_id, now=datetime.now(UTC))
    flash(gettext("The draft is deleted."))
    return redirect(url_for("listings.mine"))


def _publish(offer_id: UUID, *, is_confirmed: bool) -> UUID | None:
    """Publishes one's own; in another's name, puts the question before them and returns its id."""
    actor, now = current_actor(), datetime.now(UTC)
    with unit_of_work() as session:
        if not needs_confirmation(actor):
            service.publish(session, actor, offer_id, is_confirmed=is_confirmed, now=now)
            return None
        return service.ask_to_publish(session, actor, offer_id, is_confirmed=is_confirmed, now=now).public_id


def _unless_past(offer_id: UUID, step: Step) -> ResponseReturnValue | None:
    """The way to the overview where the step cannot be taken (the back button leads to such pages), else nothing."""
    listing = queries.kept(reading(), current_actor(), offer_id)
    if step in lifecycle.possible(listing.state):
        return None
    flash(gettext("There is nothing left to do there. Your offer is now: %(state)s.", state=say(listing.state.label)))
    return redirect(url_for("listings.overview", offer_id=offer_id))


def _overview(offer_id: UUID, refusal: SuccessionError | None = None) -> str:
    session, actor = reading(), current_actor()
    details = queries.details(session, queries.kept(session, actor, offer_id))
    listing = details.listing
    return render_template(
        "listings/overview.html",
        listing=listing,
        refusal=refusal,
        missing=details.missing,
        advisable=completeness.advisable(details.statements),
        progress=topics.progress(
            details.statements,
            title=listing.title,
            description=listing.description,
            has_place=details.has_place,
        ),
        steps=[step for step in lifecycle.possible(listing.state) if step is not Step.PUBLISH],
        is_editable=listing.state in lifecycle.EDITABLE,
        is_shown=listing.state in lifecycle.SHOWN,
        shown_as=queries_placing.shown_as(session, listing),
        organisation=queries.organisation_of(session, listing),
        entry=entered_by(session, "listing", listing.public_id),
    )


def _check(offer_id: UUID, refusal: GivesAway | None = None) -> str:
    session = reading()
    listing = queries.held(session, current_actor(), offer_id)
    lifecycle.after(listing.state, Step.PUBLISH)
    details = queries.details(session, listing)
    return render_template(
        "listings/publish.html",
        listing=listing,
        missing=details.missing,
        findings=refusal.findings if refusal else queries.findings(session, listing),
        refusal=refusal,
        offer=publication.preview(session, listing, now=datetime.now(UTC)),
        shown_as=queries_placing.shown_as(session, listing),
        hides_trade=queries_placing.hides_trade(session, listing),
    )
