"""The words of a principle set for the engine's sentences, in the reader's language. Pure."""

from collections.abc import Mapping
from typing import Any

from succession.allocation.wording import Wording, Wordings
from succession.principles.document import PrincipleDocument
from succession.principles.texts import in_language


def wordings(document: PrincipleDocument, language: str) -> Wordings:
    """Names of criteria, exclusions, groups, stages and fields; units and choices from the questions behind them."""
    found: dict[str, Wording] = dict(_stages(document.raw["catalogue"], language))
    for question in document.questions:
        found[question.identifier] = _of_field(document, question.identifier, language)
    for words in (document.exclusion_words, document.group_words):
        found.update({identifier: Wording(in_language(label, language)) for identifier, label in words.items()})
    for criterion in document.catalogue.criteria:
        field = _of_field(document, criterion.reads, language)
        label = in_language(document.words[criterion.identifier].label, language)
        clauses = _clauses(document.raw["catalogue"], criterion.identifier, language)
        found[criterion.identifier] = Wording(label, field.unit, {**field.choices, **clauses})
    return found


def _of_field(document: PrincipleDocument, field: str, language: str) -> Wording:
    """What a field is called: by its question."""
    question = document.question(field)
    if question is None:
        return Wording(field)
    unit = in_language(question.unit, language) if question.unit else ""
    choices = {one.identifier: in_language(one.label, language) for one in question.choices}
    return Wording(in_language(question.question, language), unit, choices)


def _stages(catalogue: Mapping[str, Any], language: str) -> dict[str, Wording]:
    """Stages that carry a label."""
    return {
        one["id"]: Wording(in_language(one["label"], language)) for one in catalogue.get("stages", []) if "label" in one
    }


def _clauses(catalogue: Mapping[str, Any], identifier: str, language: str) -> dict[str, str]:
    """Equivalence clauses that carry a label."""
    criterion = next(one for one in catalogue["criteria"] if one["id"] == identifier)
    return {
        one["id"]: in_language(one["label"], language) for one in criterion.get("equivalences", []) if "label" in one
    }
