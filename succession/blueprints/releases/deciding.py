"""The owner's side of requests: who has asked, who they are, and the answer."""

from datetime import UTC, datetime
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from succession.blueprints.releases.blueprint import bp, kept_pair, owners_only
from succession.blueprints.releases.forms import UntilForm, usual_day
from succession.errors import Refused
from succession.extensions import reading, unit_of_work
from succession.listings import queries, queries_releases, queries_requests
from succession.listings import service_requests as requests
from succession.profiles import queries as profiles
from succession.profiles import summaries
from succession.profiles.publishing import published_facts
from succession.web.errors import say
from succession.web.gate import current_actor


@bp.get("/my-offers/<uuid:offer_id>/requests")
@owners_only
def of_offer(offer_id: UUID) -> ResponseReturnValue:
    """Who has asked about one's offer, to whom something was released, and every look at it."""
    session, actor = reading(), current_actor()
    listing = queries.kept(session, actor, offer_id)
    return render_template(
        "releases/of_offer.html",
        listing=listing,
        requests=queries_requests.requests_for(session, actor, listing),
        releases=queries_releases.releases_of(session, actor, listing, now=datetime.now(UTC)),
    )


@bp.get("/my-offers/<uuid:offer_id>/requests/<uuid:request_id>")
@owners_only
def one(offer_id: UUID, request_id: UUID) -> ResponseReturnValue:
    """Who is asking, as their profile tells, and what can be answered."""
    form = UntilForm(formdata=None, until_on=usual_day(datetime.now(UTC).date()))
    return _page(offer_id, request_id, form)


@bp.post("/my-offers/<uuid:offer_id>/requests/<uuid:request_id>/accept")
@owners_only
def accept(offer_id: UUID, request_id: UUID) -> ResponseReturnValue:
    """They may read the whole page of a confidential offer."""
    kept_pair(offer_id, request_id)
    form = UntilForm()
    if not form.validate() or form.until_on.data is None:
        return _page(offer_id, request_id, form), 422
    try:
        with unit_of_work() as session:
            requests.accept(session, current_actor(), request_id, form.until_on.data, now=datetime.now(UTC))
    except Refused as refusal:
        form.refuse(say(refusal.text))
        return _page(offer_id, request_id, form), refusal.status
    flash(gettext("They can read your offer now. We have told them that there is an answer."))
    return redirect(url_for("releases.one", offer_id=offer_id, request_id=request_id))


@bp.post("/my-offers/<uuid:offer_id>/requests/<uuid:request_id>/decline")
@owners_only
def decline(offer_id: UUID, request_id: UUID) -> ResponseReturnValue:
    """A no, in neutral words."""
    kept_pair(offer_id, request_id)
    with unit_of_work() as session:
        requests.decline(session, current_actor(), request_id, now=datetime.now(UTC))
    flash(gettext("We have told them in neutral words that it does not fit this time."))
    return redirect(url_for("releases.of_offer", offer_id=offer_id))


@bp.post("/my-offers/<uuid:offer_id>/requests/<uuid:request_id>/end")
@owners_only
def end(offer_id: UUID, request_id: UUID) -> ResponseReturnValue:
    """They read the offer no longer."""
    kept_pair(offer_id, request_id)
    with unit_of_work() as session:
        requests.end(session, current_actor(), request_id, now=datetime.now(UTC))
    flash(gettext("They can no longer read your offer."))
    return redirect(url_for("releases.of_offer", offer_id=offer_id))


def _page(offer_id: UUID, request_id: UUID, form: UntilForm) -> str:
    session = reading()
    listing, request = kept_pair(offer_id, request_id)
    profile = profiles.profile_of_account(session, request.account_id)
    return render_template(
        "releases/one.html",
        listing=listing,
        request=queries_requests.request_line(session, request),
        form=form,
        profile=profile,
        groups=summaries.groups(published_facts(profiles.exact_facts(profile))),
    )
