"""The open format `points-1`: answers a case with points, totals, who is out and why, and the ranking. Pure."""

from collections.abc import Mapping
from typing import Any

from succession.allocation.after_ranking import auction_faults
from succession.allocation.catalogue import Catalogue
from succession.allocation.points import Result, compared_total, evaluate
from succession.allocation.points_catalogue import catalogue as read_catalogue
from succession.allocation.points_statements import facts
from succession.allocation.points_values import applicants as read_applicants
from succession.records.documents import DocumentError, mapping, rational, required

FORMAT = "points-1"


def answer(case: Mapping[str, Any], path: str) -> dict[str, Any]:
    """The keys of `expected` in the reference cases; with a pre-filter also whether the principles apply."""
    at = f"{path}.catalogue"
    catalogue = read_catalogue(mapping(required(case, "catalogue", path), at), at)
    applicants = read_applicants(case, catalogue, path)
    lot = facts(mapping(case.get("lot", {}), f"{path}.lot"), {}, f"{path}.lot")
    result = evaluate(catalogue, applicants, lot)
    _check_decided(result, at)
    _check_minutes(catalogue, result, at)
    found: dict[str, Any] = {
        "points": {
            card.applicant.identifier: {line.criterion: rational(line.points) for line in card.lines}
            for card in result.cards
        },
        "total": {card.applicant.identifier: rational(compared_total(catalogue, card)) for card in result.cards},
        "excluded_because": {name: list(because) for name, because in result.excluded_because.items()},
        "missing": _missing(result),
        "below_threshold": list(result.below_threshold),
        "ranking": list(result.ranking),
        "tied_on_total": list(result.tied_on_total),
    }
    found |= _beside_points(catalogue, result)
    return {"applies": result.applies, **found} if catalogue.applies_if else found


def _check_decided(result: Result, at: str) -> None:
    """Who is left equal needs a lottery, unless an auction among them is still to come."""
    for block in result.undecided:
        if not set(block) <= set(result.invited):
            raise DocumentError(f"{at}.lottery", f"nothing separates {', '.join(block)}, so a lottery is needed")


def _check_minutes(catalogue: Catalogue, result: Result, at: str) -> None:
    """What was minuted must be possible."""
    if catalogue.auction is not None:
        for name, because in auction_faults(catalogue.auction, result.invited):
            raise DocumentError(f"{at}.auction.bids.{name}", because)
    right = catalogue.right_to_match
    for place, name in enumerate(right.matched or () if right else ()):
        if name not in result.may_match:
            raise DocumentError(f"{at}.right_to_match.matched[{place}]", f"{name} has no right to match")


def _beside_points(catalogue: Catalogue, result: Result) -> dict[str, Any]:
    """Keys that are there only where the catalogue asks for them."""
    found: dict[str, Any] = {}
    if any(stage.best is not None for stage in catalogue.stages):
        found["left_behind"] = dict(result.left_behind)
    if catalogue.virtual_bid is not None:
        found["virtual_bid"] = {name: rational(bid) for name, bid in result.virtual_bids.items()}
    if catalogue.auction is not None:
        found["invited"] = {name: rational(bid) for name, bid in result.invited.items()}
    if catalogue.right_to_match is not None:
        found["may_match"] = list(result.may_match)
    if catalogue.reserved_places is not None:
        found["placed"] = dict(result.placed)
    return found


def _missing(result: Result) -> dict[str, list[str]]:
    """Only those of whom something is missing."""
    return {card.applicant.identifier: list(card.missing) for card in result.cards if card.missing}
