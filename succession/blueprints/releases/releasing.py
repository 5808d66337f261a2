"""The owner's side of releases: the exact place and the name to one person, and taking it back."""

from datetime import UTC, datetime
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from succession.blueprints.releases.blueprint import bp, kept_pair, owners_only
from succession.blueprints.releases.forms import ReleaseForm, usual_day
from succession.errors import NotFound, Refused
from succession.extensions import reading, unit_of_work
from succession.listings import queries, queries_releases, queries_requests
from succession.listings import service_releases as releases
from succession.listings.service_releases import NewRelease
from succession.web.errors import say
from succession.web.gate import current_actor


@bp.get("/my-offers/<uuid:offer_id>/requests/<uuid:request_id>/release")
@owners_only
def ask_release(offer_id: UUID, request_id: UUID) -> ResponseReturnValue:
    """What exactly they will see, what for, and until when."""
    form = ReleaseForm(formdata=None, ends_on=usual_day(datetime.now(UTC).date()))
    return _page(offer_id, request_id, form)


@bp.post("/my-offers/<uuid:offer_id>/requests/<uuid:request_id>/release")
@owners_only
def release(offer_id: UUID, request_id: UUID) -> ResponseReturnValue:
    """Released at once by the owner; who acts for the owner asks them first."""
    kept_pair(offer_id, request_id)
    form = ReleaseForm()
    if not form.validate() or form.ends_on.data is None:
        return _page(offer_id, request_id, form), 422
    try:
        return redirect(_release(offer_id, request_id, NewRelease(form.purpose.data or "", form.ends_on.data)))
    except Refused as refusal:
        form.refuse(say(refusal.text))
        return _page(offer_id, request_id, form), refusal.status


@bp.post("/my-offers/<uuid:offer_id>/releases/<uuid:release_id>/revoke")
@owners_only
def revoke(offer_id: UUID, release_id: UUID) -> ResponseReturnValue:
    """Nothing is shown any more."""
    listing = queries.kept(reading(), current_actor(), offer_id)
    if queries_releases.kept_release(reading(), current_actor(), release_id).listing_id != listing.id:
        raise NotFound
    with unit_of_work() as session:
        releases.revoke(session, current_actor(), release_id, now=datetime.now(UTC))
    flash(gettext("It is taken back. They no longer see the place and your name."))
    return redirect(url_for("releases.of_offer", offer_id=offer_id))


def _release(offer_id: UUID, request_id: UUID, new: NewRelease) -> str:
    """Where to go on: back to the offer, or to the page on which the owner is asked."""
    actor, now = current_actor(), datetime.now(UTC)
    with unit_of_work() as session:
        made = releases.release(session, actor, request_id, new, now=now)
        confirmation = None if made.is_confirmed else releases.ask_owner(session, actor, made, now=now)
    if confirmation is not None:
        return url_for("representation.confirmation", confirmation_id=confirmation.public_id)
    flash(gettext("It is released. You see here whenever they look at it."))
    return url_for("releases.of_offer", offer_id=offer_id)


def _page(offer_id: UUID, request_id: UUID, form: ReleaseForm) -> str:
    session = reading()
    listing, request = kept_pair(offer_id, request_id)
    return render_template(
        "releases/release.html",
        listing=listing,
        request=queries_requests.request_line(session, request),
        form=form,
        revealed=queries_releases.released_preview(session, current_actor(), listing),
    )
