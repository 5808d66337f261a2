"""A round from its document to everything that is kept of it: holders, certificates, report, other rules. Pure."""

from collections.abc import Mapping
from dataclasses import asdict
from fractions import Fraction
from typing import Any

from succession.allocation import parcels_format, two_sided_format
from succession.allocation.blocking import blocking_pairs, places_in_order
from succession.records.documents import rational
from succession.rounds import certificates
from succession.rounds.certificates import Certificate, Line, Outcome
from succession.rounds.fairness import Report, report

ENGINE_VERSION = "rounds-1/2026-11"
"""Changes whenever the same document could be answered differently."""

OTHER_RULES = ("object_optimal", "immediate_acceptance", "top_trading_cycles")

Case = Mapping[str, Any]
Groups = Mapping[str, frozenset[str]]


def outcome(name: str, case: Case, areas: Mapping[str, Fraction], groups: Groups) -> dict[str, Any]:
    """As JSON: `holders` (lot → applicant), `certificates`, `report`, and what other rules would give."""
    if name == parcels_format.FORMAT:
        answer = parcels_format.serial(case, "$")
        holders = answer["serial"]
        found = certificates.of_parcels(case, answer["certificates"], holders)
        others: dict[str, Any] = {}
        wishes = {code: wish["ranking"] for code, wish in case["applicants"].items()}
    else:
        answer = two_sided_format.answer(case, "$")
        placement = answer["applicant_optimal"]
        holders = {lot: code for code, lot in placement.items()}
        found = certificates.of_one_lot_each(case, placement)
        others = {rule: _other(case, answer[rule]) for rule in ("applicant_optimal", *OTHER_RULES)}
        wishes = dict(case["applicants"])
    return {
        "holders": holders,
        "certificates": {code: [_line(line) for line in certificate] for code, certificate in found.items()},
        "report": _report(report(wishes, holders, areas, groups)),
        "rules": others,
    }


def certificate(result: Mapping[str, Any], code: str) -> Certificate:
    """As it was kept."""
    return tuple(
        Line(one["lot"], Outcome(one["outcome"]), one["place"], one["holders_place"])
        for one in result["certificates"][code]
    )


def _line(line: Line) -> dict[str, Any]:
    return {**asdict(line), "outcome": line.outcome.value}


def _report(found: Report) -> dict[str, Any]:
    return {
        "placed": [found.placed.placed, found.placed.members],
        "groups": {name: [share.placed, share.members] for name, share in found.groups.items()},
        "wishes": list(found.wishes),
        "area_m2": rational(found.area_m2),
        "gini": rational(found.gini),
    }


def _other(case: Case, placement: Mapping[str, str]) -> dict[str, int]:
    """How many are placed, with their first wish, and passed over, under one rule."""
    wishes = case["applicants"]
    places = places_in_order({lot: entry["priorities"] for lot, entry in case["objects"].items()})
    capacities = {lot: int(entry["capacity"]) for lot, entry in case["objects"].items()}
    return {
        "placed": len(placement),
        "first_wishes": sum(wishes[code][0] == lot for code, lot in placement.items()),
        "passed_over": len(blocking_pairs(wishes, places, capacities, placement)),
    }
