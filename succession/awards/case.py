"""From frozen principles and admitted applications to a case of `points-1`, and what the engine makes of it. Pure.

A case stands in its canonical form: figures that are not whole are texts, so that it goes into the database and comes
back without a float, and whoever downloads it can recompute it.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from succession.allocation.catalogue import Catalogue
from succession.allocation.points import Result, evaluate
from succession.allocation.points_catalogue import catalogue as read_catalogue
from succession.allocation.points_values import applicants as read_applicants
from succession.allocation.points_values import facts
from succession.allocation.principles import canonical, identifier

ENGINE_VERSION = "points-1/2026-11"
"""Changes whenever the same case could be answered differently."""

Case = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Entrant:
    """One applicant as the engine reads them: a code instead of a name."""

    code: str
    values: Mapping[str, Any]
    unproven: frozenset[str] = frozenset()
    withdrawn: bool = False


def case(
    name: str, catalogue: Mapping[str, Any], lot: Mapping[str, Any], entrants: Iterable[Entrant]
) -> dict[str, Any]:
    """The case, applicants by their codes, so that its hash does not depend on who applied first."""
    applicants = []
    for one in sorted(entrants, key=lambda entrant: entrant.code):
        applicant: dict[str, Any] = {"id": one.code, "values": dict(one.values)}
        if one.unproven:
            applicant["unproven"] = sorted(one.unproven)
        if one.withdrawn:
            applicant["withdrawn"] = True
        applicants.append(applicant)
    written: dict[str, Any] = json.loads(
        canonical({"id": name, "catalogue": catalogue, "lot": dict(lot), "applicants": applicants})
    )
    return written


def case_hash(document: Case) -> str:
    """SHA-256 of the canonical form."""
    return identifier(document)


def catalogue_of(document: Case) -> Catalogue:
    """The rules of the case."""
    return read_catalogue(document["catalogue"], "$.catalogue")


def evaluate_case(document: Case) -> Result:
    """What the principles say; without a lottery, whoever is left equal is named as undecided."""
    catalogue = catalogue_of(document)
    applicants = read_applicants(document, catalogue, "$")
    return evaluate(catalogue, applicants, facts(document.get("lot", {}), {}, "$.lot"))
