"""The twelve sample farms (Musterbetriebe) on which every set can be tried, and the lot they apply for. Pure but for
reading its own file.

They are invented, and differ in size, branch, age, way of farming and distance: one sees whom a criterion helps.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

from succession.allocation.catalogue import Catalogue
from succession.allocation.conditions import Condition, Facts, Test
from succession.allocation.rules import Declared
from succession.principles.document import PrincipleDocument
from succession.principles.fields import lot_conditions
from succession.principles.texts import Wording

FILE = Path(__file__).parent / "sample_farms.json"

SAMPLE_LOT: Facts = {"area_ha": Fraction(12), "in_nature_network": False}
"""Twelve hectares outside the nature network; the rent starts from 200 euros a hectare."""


@dataclass(frozen=True, slots=True)
class Farm:
    """An invented farm; `answers` holds, by question id, also its distance, its bid and what bodies would give it."""

    key: str
    name: Wording
    summary: Wording
    answers: Mapping[str, Any]


@cache
def farms() -> tuple[Farm, ...]:
    """All twelve, in the order in which they are shown."""
    listed = json.loads(FILE.read_text(encoding="utf-8"))
    return tuple(Farm(one["key"], one["name"], one["summary"], one["answers"]) for one in listed)


def values(document: PrincipleDocument, farm: Farm) -> dict[str, Any]:
    """The `values` of an applicant of a `points-1` case: its answers to the questions of this set."""
    asked = (question.identifier for question in document.questions)
    return {field: farm.answers[field] for field in asked if farm.answers.get(field) is not None}


def sample_lot(catalogue: Catalogue) -> dict[str, Declared | None]:
    """The sample lot, and for whatever else the set wants of a lot a value that fulfils it."""
    found = dict(SAMPLE_LOT)
    for condition in lot_conditions(catalogue):
        if condition.field not in found:
            found[condition.field] = _fulfilling(condition)
    return found


def _fulfilling(condition: Condition) -> Declared | None:
    match condition.test:
        case Test.LESS_THAN:
            return Fraction(condition.value - 1)
        case Test.MORE_THAN:
            return Fraction(condition.value + 1)
        case Test.ONE_OF:
            value = condition.value[0] if condition.value else None
        case Test.NOT_EQUALS:
            value = not condition.value if isinstance(condition.value, bool) else "something else"
        case _:
            value = condition.value
    return value
