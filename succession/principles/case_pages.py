"""What a councillor reads of a case: two farms, and only what the criteria look at and where they differ."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from succession.allocation.points_values import declared, rules_by_field
from succession.allocation.wording import statement
from succession.i18n import Value
from succession.principles.document import PrincipleDocument, read
from succession.principles.models_rounds import PairRound
from succession.principles.texts import in_language
from succession.principles.wordings import wordings


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing in which the two farms differ; a statement that is missing is None."""

    label: str
    first: Value | None
    second: Value | None


@dataclass(frozen=True, slots=True)
class CasePage:
    """One case with its two farms."""

    number: int
    first: str
    second: str
    first_summary: str
    second_summary: str
    facts: tuple[Fact, ...]


def case_pages(found: PairRound, language: str) -> tuple[CasePage, ...]:
    """Every case of a round, in the reader's language."""
    document = read(found.document)
    farms = {farm["key"]: farm for farm in found.farms}
    return tuple(
        CasePage(
            number=number,
            first=in_language(farms[first]["name"], language),
            second=in_language(farms[second]["name"], language),
            first_summary=in_language(farms[first]["summary"], language),
            second_summary=in_language(farms[second]["summary"], language),
            facts=_facts(document, farms[first], farms[second], language),
        )
        for number, (first, second) in enumerate(found.pairs, start=1)
    )


def _facts(
    document: PrincipleDocument, first: Mapping[str, Any], second: Mapping[str, Any], language: str
) -> tuple[Fact, ...]:
    words, rules = wordings(document, language), rules_by_field(document.catalogue)
    found = []
    for criterion in document.catalogue.criteria:
        if first["shares"].get(criterion.identifier) == second["shares"].get(criterion.identifier):
            continue
        field, wording = criterion.reads, words[criterion.identifier]
        said = []
        for farm in (first, second):
            value = farm["answers"].get(field)
            said.append(None if value is None else statement(declared(value, rules[field], "$"), wording))
        found.append(Fact(wording.label, said[0], said[1]))
    return tuple(found)
