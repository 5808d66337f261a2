"""The seeker's side: asking about an offer, one's own requests, and what was released to one."""

from datetime import UTC, datetime
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from succession.blueprints.releases.blueprint import bp, seekers_only
from succession.blueprints.releases.forms import AskForm
from succession.db import public_reading
from succession.errors import Conflict, NotFound, Refused
from succession.extensions import own_transaction, reading, unit_of_work
from succession.facts.refusals import GivesAway
from succession.files.purposes import Purpose
from succession.listings import queries, queries_apart, queries_files, queries_releases, queries_requests
from succession.listings import service_releases as releases
from succession.listings import service_requests as requests
from succession.listings.queries import PublicOffer
from succession.listings.service_requests import NewRequest
from succession.profiles import queries as profiles
from succession.profiles import summaries
from succession.profiles.publishing import published_facts
from succession.web.errors import say
from succession.web.gate import current_actor


@bp.get("/offers/<uuid:offer_id>/ask")
@seekers_only
def ask(offer_id: UUID) -> ResponseReturnValue:
    """What one would like to say, and what the owner sees of one."""
    return _ask_page(offer_id, AskForm(formdata=None))


@bp.post("/offers/<uuid:offer_id>/ask")
@seekers_only
def send(offer_id: UUID) -> ResponseReturnValue:
    """The request is with the owner."""
    form = AskForm()
    if not form.validate():
        return _ask_page(offer_id, form), 422
    try:
        with unit_of_work() as session:
            new = NewRequest(form.message.data or "", is_confirmed=bool(form.is_confirmed.data))
            requests.ask(session, current_actor(), offer_id, new, now=datetime.now(UTC))
    except GivesAway as refusal:
        return _ask_page(offer_id, form, refusal), refusal.status
    except (Refused, Conflict) as refusal:
        form.refuse(say(refusal.text))
        return _ask_page(offer_id, form), refusal.status
    flash(gettext("Your request is on its way. You find the answer here."))
    return redirect(url_for("releases.mine"))


@bp.get("/my-requests")
@seekers_only
def mine() -> ResponseReturnValue:
    """Every request of one's own, and what became of it."""
    found = queries_requests.my_requests(reading(), current_actor(), now=datetime.now(UTC))
    return render_template("releases/mine.html", requests=found)


@bp.post("/my-requests/<uuid:request_id>/take-back")
@seekers_only
def take_back(request_id: UUID) -> ResponseReturnValue:
    """The request is no longer open."""
    with unit_of_work() as session:
        requests.take_back(session, current_actor(), request_id, now=datetime.now(UTC))
    flash(gettext("Your request is taken back."))
    return redirect(url_for("releases.mine"))


@bp.get("/offers/<uuid:offer_id>/released")
@seekers_only
def look(offer_id: UUID) -> ResponseReturnValue:
    """The exact place and the owner. The look is on record before anything is shown, in a transaction of its own."""
    now, actor = datetime.now(UTC), current_actor()
    with own_transaction() as session:
        revealed = releases.look(session, actor, offer_id, now=now)
    listing = queries.number_of(reading(), offer_id)
    release = queries_releases.release_to(reading(), actor, listing, now=now)
    documents = queries_files.files_of(reading(), listing, Purpose.OFFER_DOCUMENT)
    page = render_template("releases/look.html", revealed=revealed, release=release, documents=documents)
    return page, {"Cache-Control": "private, no-store", "X-Robots-Tag": "noindex"}


def _ask_page(offer_id: UUID, form: AskForm, refusal: GivesAway | None = None) -> str:
    session, actor = reading(), current_actor()
    offer = _offer(offer_id)
    profile = profiles.own_profile(session, actor)
    return render_template(
        "releases/ask.html",
        offer=offer,
        form=form,
        findings=refusal.findings if refusal else (),
        profile=profile,
        groups=summaries.groups(published_facts(profiles.exact_facts(profile))),
    )


def _offer(offer_id: UUID) -> PublicOffer:
    """The offer as strangers read it; one that hides from the actor does not exist."""
    queries_apart.refuse_hidden(reading(), current_actor(), offer_id)
    with public_reading(reading()) as reader:
        offer = queries.public_offer(reader, offer_id)
    if offer is None:
        raise NotFound
    return offer
