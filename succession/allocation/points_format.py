"""The open format `points-1`: answers a case with points, totals, who is out and why, and the ranking. Pure."""

from collections.abc import Mapping
from typing import Any

from succession.allocation.points import Result, compared_total, evaluate
from succession.allocation.points_catalogue import catalogue as read_catalogue
from succession.allocation.points_values import applicants as read_applicants
from succession.allocation.points_values import facts
from succession.records.documents import DocumentError, mapping, rational, required

FORMAT = "points-1"


def answer(case: Mapping[str, Any], path: str) -> dict[str, Any]:
    """The keys of `expected` in the reference cases; with a pre-filter also whether the principles apply."""
    at = f"{path}.catalogue"
    catalogue = read_catalogue(mapping(required(case, "catalogue", path), at), at)
    applicants = read_applicants(case, catalogue, path)
    lot = facts(mapping(case.get("lot", {}), f"{path}.lot"), {}, f"{path}.lot")
    result = evaluate(catalogue, applicants, lot)
    if result.undecided:
        equal = ", ".join(result.undecided[0])
        raise DocumentError(f"{at}.lottery", f"nothing separates {equal}, so a lottery is needed")
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
    return {"applies": result.applies, **found} if catalogue.applies_if else found


def _missing(result: Result) -> dict[str, list[str]]:
    """Only those of whom something is missing."""
    return {card.applicant.identifier: list(card.missing) for card in result.cards if card.missing}
