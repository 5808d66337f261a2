"""An owner's candidates: who fits an offer, without names, and one of them in full."""

from uuid import UUID

from flask import render_template
from flask.typing import ResponseReturnValue

from succession.blueprints.matching.blueprint import bp, own_lines, owners_only, their_lines, windows
from succession.blueprints.matching.listed import stretches
from succession.errors import NotFound
from succession.extensions import reading
from succession.listings import queries as listings
from succession.matching import explanation, queries
from succession.matching.criteria.criterion import Side
from succession.matching.seekers import in_short
from succession.web.gate import current_actor
from succession.web.search_brake import braked


@bp.get("/my-offers/<uuid:offer_id>/candidates")
@owners_only
@braked("matches")
def candidates(offer_id: UUID) -> ResponseReturnValue:
    """The seekers whom one of the owner's offers fits, best first, and those to be clarified."""
    listing = listings.kept(reading(), current_actor(), offer_id)
    ranked, unclear = windows()
    found = queries.searches_for_offer(reading(), listing.id, ranked=ranked, unclear=unclear, viewer=current_actor())
    if found is None:
        return render_template("matching/no_offer.html", listing=listing)
    lists = stretches(found, ranked, unclear)
    return render_template("matching/candidates.html", listing=listing, lists=lists, in_short=in_short, lines=own_lines)


@bp.get("/my-offers/<uuid:offer_id>/candidates/<uuid:search_id>")
@owners_only
def candidate(offer_id: UUID, search_id: UUID) -> ResponseReturnValue:
    """One seeker beside the owner's offer, point by point."""
    listing = listings.kept(reading(), current_actor(), offer_id)
    number = queries.number_of_search(reading(), search_id)
    if number is None:
        raise NotFound
    match = queries.one_pair(
        reading(), search_id=number, offer=offer_id, reader_side=Side.LISTING, viewer=current_actor()
    )
    return render_template(
        "matching/candidate.html",
        match=match,
        listing=listing,
        own=own_lines(match.own_reasons),
        theirs=their_lines(match.their_reasons),
        open_band=explanation.band(match.score),
        in_short=in_short,
    )
