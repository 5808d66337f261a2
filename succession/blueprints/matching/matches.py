"""A seeker's matches: both lists, one offer in full, and how the figure comes about."""

from datetime import UTC, datetime
from uuid import UUID

from flask import render_template, request
from flask.typing import ResponseReturnValue

from succession.blueprints.matching.blueprint import bp, own_lines, seekers_only, their_lines, windows
from succession.blueprints.matching.listed import stretches
from succession.errors import NotFound
from succession.extensions import reading
from succession.listings.policy import Access
from succession.listings.queries_access import access
from succession.listings.summaries import highlights
from succession.matching import explanation, queries
from succession.matching.criteria.criterion import Side
from succession.matching.queries import Match
from succession.profiles import queries as profiles
from succession.profiles.queries import SearchLine
from succession.profiles.states import SearchState
from succession.web.gate import current_actor, public
from succession.web.search_brake import braked


@bp.get("/matches")
@seekers_only
@braked("matches")
def mine() -> ResponseReturnValue:
    """The offers that fit one of the seeker's published searches, best first, and those to be clarified."""
    searches = _published_searches()
    chosen = _chosen(searches, request.args.get("search_id"))
    if chosen is None:
        has_drafts = bool(profiles.my_searches(reading(), current_actor()))
        return render_template("matching/no_search.html", has_drafts=has_drafts)
    ranked, unclear = windows()
    number = queries.number_of_search(reading(), chosen.public_id)
    if number is None:
        raise NotFound
    found = queries.offers_for_search(reading(), number, ranked=ranked, unclear=unclear, viewer=current_actor())
    if found is None:
        raise NotFound
    lists = stretches(found, ranked, unclear)
    return render_template(
        "matching/mine.html", searches=searches, chosen=chosen, lists=lists, highlights=highlights, lines=own_lines
    )


@bp.get("/matches/<uuid:offer_id>")
@seekers_only
def show(offer_id: UUID) -> ResponseReturnValue:
    """One offer beside one of the seeker's searches, point by point."""
    searches = _published_searches()
    kind = queries.kind_of_offer(reading(), offer_id, current_actor())
    if kind is None:
        raise NotFound
    suitable = sorted(searches, key=lambda search: kind not in search.kinds)
    chosen = _chosen(suitable, request.args.get("search"))
    if chosen is None:
        return render_template("matching/no_search.html", has_drafts=False)
    match = _pair(chosen, offer_id)
    return render_template(
        "matching/show.html",
        match=match,
        chosen=chosen,
        searches=searches,
        is_shut=match.shown.is_confidential and not _is_open(offer_id),
        is_of_wanted_kind=kind in chosen.kinds,
        own=own_lines(match.own_reasons),
        theirs=their_lines(match.their_reasons),
        open_band=explanation.band(match.score),
        highlights=highlights,
    )


@bp.get("/matching/how-it-is-computed")
@public
def how() -> ResponseReturnValue:
    """In plain words, with an example to redo by pencil."""
    return render_template("matching/how.html")


def _pair(chosen: SearchLine, offer_id: UUID) -> Match:
    """The search and the offer; if one of them hides from the other there is no such page."""
    number = queries.number_of_search(reading(), chosen.public_id)
    if number is None:
        raise NotFound
    return queries.one_pair(
        reading(), search_id=number, offer=offer_id, reader_side=Side.SEEKER, viewer=current_actor()
    )


def _is_open(offer_id: UUID) -> bool:
    """Whether the actor may read the whole page of the offer."""
    return access(reading(), current_actor(), offer_id, now=datetime.now(UTC)) in {Access.PAGE, Access.ALL}


def _published_searches() -> list[SearchLine]:
    searches = profiles.my_searches(reading(), current_actor())
    return [search for search in searches if search.state is SearchState.PUBLISHED]


def _chosen(searches: list[SearchLine], named: str | None) -> SearchLine | None:
    """The search that is named, or the first; one that is not the actor's own and published does not exist."""
    if named is None:
        return searches[0] if searches else None
    for search in searches:
        if str(search.public_id) == named:
            return search
    raise NotFound
