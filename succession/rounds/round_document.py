"""From scored lots and wishes to the open document of a round: two-sided-1, or parcels-area-1. Pure.

One lottery for all lots: the cases of the lots are evaluated again with one round of the draw, because drawing anew at
each lot would leave applicants worse off together, for nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from succession.allocation import lottery
from succession.allocation.parcels import picking_order
from succession.allocation.points import Result, compared_total, evaluate
from succession.allocation.points_catalogue import catalogue as read_catalogue
from succession.allocation.points_values import applicants as read_applicants
from succession.allocation.points_values import facts
from succession.records.documents import rational

ROUND = "round"
"""The name of the draw that holds for every lot of a round."""

Case = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Wish:
    """What one applicant asks for: lots by name, best first; the greatest area and whether it must be connected."""

    ranking: tuple[str, ...]
    most_m2: Fraction | None = None
    is_connected: bool = False


@dataclass(frozen=True, slots=True)
class Land:
    """How large the lots are, and which lie side by side."""

    areas: Mapping[str, Fraction]
    adjacent: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True, slots=True)
class Scored:
    """One lot as the engine ranks it: who is eligible, in order, and everybody's points."""

    priorities: tuple[str, ...]
    points: Mapping[str, Fraction]
    undecided: tuple[tuple[str, ...], ...]


def with_one_draw(case: Case) -> dict[str, Any]:
    """The case of a lot with the draw of the whole round."""
    catalogue = dict(case["catalogue"])
    if "seed" in (catalogue.get("lottery") or {}):
        catalogue["lottery"] = {**catalogue["lottery"], "round": ROUND}
    return {**case, "catalogue": catalogue}


def with_everybody(cases: Mapping[str, Case], apart: frozenset[str]) -> dict[str, dict[str, Any]]:
    """Every case with all who applied for any lot; what is stated for one lot (`apart`) is not carried to another.

    So nobody's place in the order of picking rises by leaving a lot off their wishes.
    """
    people: dict[str, dict[str, Any]] = {}
    for case in cases.values():
        for one in case["applicants"]:
            values = {field: value for field, value in one["values"].items() if field not in apart}
            people.setdefault(one["id"], {**one, "values": values})
    found = {}
    for name, case in cases.items():
        there = {one["id"]: one for one in case["applicants"]}
        found[name] = {**case, "applicants": [there.get(code, people[code]) for code in sorted(people)]}
    return found


def scored(case: Case) -> Scored:
    """Priorities and points of one lot."""
    catalogue = read_catalogue(case["catalogue"], "$.catalogue")
    applicants = read_applicants(case, catalogue, "$")
    result: Result = evaluate(catalogue, applicants, facts(case.get("lot", {}), {}, "$.lot"))
    totals = {card.applicant.identifier: compared_total(catalogue, card) for card in result.cards}
    return Scored(result.ranking, {name: totals[name] for name in result.ranking}, result.undecided)


def one_lot_each(name: str, lots: Mapping[str, Scored], wishes: Mapping[str, Wish]) -> dict[str, Any]:
    """A case of `two-sided-1`: each lot takes one."""
    return {
        "id": name,
        "applicants": {code: list(wish.ranking) for code, wish in sorted(wishes.items())},
        "objects": {
            lot: {"capacity": 1, "priorities": [code for code in one.priorities if code in wishes]}
            for lot, one in lots.items()
        },
    }


def parcels(
    name: str,
    lots: Mapping[str, Scored],
    wishes: Mapping[str, Wish],
    land: Land,
    seed: str,
) -> dict[str, Any]:
    """A case of `parcels-area-1` with the order of picking."""
    areas = land.areas
    whole = sum(areas.values(), Fraction(0))
    points = {code: {lot: one.points[code] for lot, one in lots.items() if code in one.points} for code in wishes}
    tickets = {code: lottery.ticket(seed, ROUND, code) for code in wishes}
    return {
        "id": name,
        "applicants": {
            code: {
                "max_area": rational(whole if wish.most_m2 is None else wish.most_m2),
                "ranking": list(wish.ranking),
                "contiguous": wish.is_connected,
            }
            for code, wish in sorted(wishes.items())
        },
        "parcels": {
            lot: {"area": rational(areas[lot]), "priorities": [code for code in one.priorities if code in wishes]}
            for lot, one in lots.items()
        },
        "adjacent": [list(pair) for pair in land.adjacent],
        "order": picking_order(areas, points, tickets),
    }
