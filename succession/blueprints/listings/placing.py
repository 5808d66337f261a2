"""The pages on which an owner chooses how exactly the place of an offer is shown."""

from datetime import UTC, datetime
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from succession.blueprints.listings.blueprint import bp, owners_only
from succession.errors import SuccessionError
from succession.extensions import reading, unit_of_work
from succession.listings import queries, queries_placing, service_placing
from succession.listings.service_placing import Choice
from succession.places.levels import EXACT
from succession.web.gate import current_actor

USUAL = "usual"
PLACE_FIRST = "place"


@bp.get("/my-offers/<uuid:offer_id>/how-exactly")
@owners_only
def how_exactly(offer_id: UUID) -> ResponseReturnValue:
    """Each level in words and as a sketch, with what would really be shown."""
    return _page(offer_id)


@bp.post("/my-offers/<uuid:offer_id>/how-exactly")
@owners_only
def choose_exactness(offer_id: UUID) -> ResponseReturnValue:
    """The choice is kept; whoever wants to show the place itself reads first what that means."""
    level = _level(request.form.get("level", ""))
    if level == EXACT:
        return redirect(url_for(".warn_of_exact", offer_id=offer_id, seen=request.form.get("seen", "")))
    try:
        _choose(offer_id, level, is_warned=False)
    except SuccessionError as refusal:
        return _page(offer_id, refusal), refusal.status
    flash(gettext("Saved. What others see follows your choice from now on."))
    return redirect(url_for(".overview", offer_id=offer_id))


@bp.get("/my-offers/<uuid:offer_id>/how-exactly/place-itself")
@owners_only
def warn_of_exact(offer_id: UUID) -> ResponseReturnValue:
    """What it means to show the place itself, in plain words, with a tick."""
    return _warning(offer_id, request.args.get("seen", ""))


@bp.post("/my-offers/<uuid:offer_id>/how-exactly/place-itself")
@owners_only
def show_exactly(offer_id: UUID) -> ResponseReturnValue:
    """Everybody may see the place itself from now on; who chose that is on record."""
    if request.form.get("is_understood") != "yes":
        return _warning(offer_id, request.form.get("seen", ""), is_unticked=True), 422
    try:
        _choose(offer_id, EXACT, is_warned=True)
    except SuccessionError as refusal:
        return _page(offer_id, refusal), refusal.status
    flash(gettext("Saved. Others see the place itself from now on."))
    return redirect(url_for(".overview", offer_id=offer_id))


def _choose(offer_id: UUID, level: int | None, *, is_warned: bool) -> None:
    choice = Choice(level, request.form.get("rather") != PLACE_FIRST, _level(request.form.get("seen", "")))
    with unit_of_work() as session:
        service_placing.choose_level(
            session, current_actor(), offer_id, choice, is_warned=is_warned, now=datetime.now(UTC)
        )


def _level(typed: str) -> int | None:
    """A level by its number; anything else is the usual one."""
    return int(typed) if typed in set("01234567") else None


def _page(offer_id: UUID, refusal: SuccessionError | None = None) -> str:
    session = reading()
    listing = queries.held(session, current_actor(), offer_id)
    page = queries_placing.level_page(session, listing)
    return render_template("listings/how_exactly.html", listing=listing, page=page, refusal=refusal)


def _warning(offer_id: UUID, seen: str, *, is_unticked: bool = False) -> str:
    listing = queries.held(reading(), current_actor(), offer_id)
    return render_template("listings/place_itself.html", listing=listing, seen=seen, is_unticked=is_unticked)
