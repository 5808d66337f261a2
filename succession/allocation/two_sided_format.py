"""The open format `two-sided-1`: one lot for each applicant, by four rules. Pure."""

from collections.abc import Mapping, Sequence
from typing import Any

from succession.allocation import stable
from succession.allocation.market import NOBODY, Market, Placement
from succession.allocation.naming import name, names
from succession.records.documents import DocumentError, mapping, number, required

FORMAT = "two-sided-1"


def answer(case: Mapping[str, Any], path: str) -> dict[str, Any]:
    """For each rule, applicant → lot; who goes without is left out."""
    applicants, lots, wishes = wishes_of(case, path)
    at = f"{path}.objects"
    known = {applicant: place for place, applicant in enumerate(applicants)}
    objects = case["objects"]
    priorities = [
        known_names(required(objects[lot], "priorities", f"{at}.{lot}"), f"{at}.{lot}.priorities", known)
        for lot in lots
    ]
    market = Market(wishes, priorities, [capacity(objects[lot], f"{at}.{lot}") for lot in lots])

    def told(placement: Placement) -> dict[str, str]:
        return {applicants[one]: lots[lot] for one, lot in enumerate(placement) if lot != NOBODY}

    return {
        "applicant_optimal": told(stable.applicant_optimal(market)),
        "object_optimal": told(stable.object_optimal(market)),
        "immediate_acceptance": told(stable.immediate_acceptance(market)),
        "top_trading_cycles": told(stable.top_trading_cycles(market)),
    }


def wishes_of(case: Mapping[str, Any], path: str) -> tuple[Sequence[str], Sequence[str], list[list[int]]]:
    """The names of applicants and lots in the order of the document, and the wishes by index."""
    at = f"{path}.applicants"
    applicants = mapping(required(case, "applicants", path), at)
    lots = mapping(required(case, "objects", path), f"{path}.objects")
    for one in (*applicants, *lots):
        name(one, at if one in applicants else f"{path}.objects")
    for lot, said in lots.items():
        mapping(said, f"{path}.objects.{lot}")
    known = {lot: place for place, lot in enumerate(lots)}
    return tuple(applicants), tuple(lots), [known_names(row, f"{at}.{one}", known) for one, row in applicants.items()]


def known_names(value: Any, path: str, known: Mapping[str, int]) -> list[int]:
    """A list of names of the other side, by their index."""
    found = names(value, path)
    for place, one in enumerate(found):
        if one not in known:
            raise DocumentError(f"{path}[{place}]", f"{one} is not named in this case")
    return [known[one] for one in found]


def capacity(lot: Mapping[str, Any], path: str) -> int:
    """How many applicants a lot takes: a whole number, 0 or more."""
    found = number(required(lot, "capacity", path), f"{path}.capacity")
    if found.denominator != 1 or found < 0:
        raise DocumentError(f"{path}.capacity", "must be a whole number, 0 or more")
    return int(found)
