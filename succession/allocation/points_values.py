"""Reads the applicants of a `points-1` document: every statement of the kind that its rule takes. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from succession.allocation.catalogue import Applicant, Catalogue
from succession.allocation.naming import name, names
from succession.allocation.points_members import People, of_all, read_members
from succession.allocation.points_statements import declared, facts
from succession.allocation.rules import Rule
from succession.records.documents import DocumentError, mapping, required, sequence, text, yes_or_no

__all__ = ["applicants", "declared", "facts", "rules_by_field"]

Document = Mapping[str, Any]
_KNOWN = frozenset({"id", "values", "unproven", "withdrawn", "name", "note", "household", "members"})


def applicants(case: Document, catalogue: Catalogue, path: str) -> list[Applicant]:
    """Everyone, in the order of the document."""
    rules = rules_by_field(catalogue)
    identifiers = {criterion.identifier for criterion in catalogue.criteria}
    at = f"{path}.applicants"
    found: list[Applicant] = []
    seen: set[str] = set()
    people = People()
    for place, one in enumerate(sequence(required(case, "applicants", path), at)):
        here = f"{at}[{place}]"
        applicant = _applicant(mapping(one, here), rules, identifiers, here)
        members = read_members(one, rules, here)
        people.enter(one, members, here)
        if members:
            applicant = replace(applicant, facts=of_all(applicant.facts, members, catalogue, here))
        if applicant.identifier in seen:
            raise DocumentError(f"{here}.id", f"{applicant.identifier} stands in this list twice")
        seen.add(applicant.identifier)
        found.append(applicant)
    return found


def rules_by_field(catalogue: Catalogue) -> dict[str, list[Rule]]:
    """The rules that look at each field, by themselves or through an equivalence."""
    rules: dict[str, list[Rule]] = {}
    for criterion in catalogue.criteria:
        fields = {criterion.reads} | {one.counts_as_field for one in criterion.equivalences if one.counts_as_field}
        for field in fields:
            rules.setdefault(field, []).append(criterion.rule)
    return rules


def _applicant(document: Document, rules: Mapping[str, Sequence[Rule]], identifiers: set[str], path: str) -> Applicant:
    for key in document:
        if key not in _KNOWN:
            raise DocumentError(f"{path}.{key}", "is not a field that is known here")
    values = mapping(required(document, "values", path), f"{path}.values")
    unproven = names(document.get("unproven", []), f"{path}.unproven")
    for place, criterion in enumerate(unproven):
        if criterion not in identifiers:
            raise DocumentError(f"{path}.unproven[{place}]", f"there is no criterion {criterion}")
    stated, reasons = _reasons(values, f"{path}.values")
    return Applicant(
        identifier=name(required(document, "id", path), f"{path}.id"),
        facts=facts(stated, rules, f"{path}.values"),
        unproven=frozenset(unproven),
        withdrawn=yes_or_no(document.get("withdrawn", False), f"{path}.withdrawn"),
        reasons=reasons,
    )


def _reasons(values: Document, path: str) -> tuple[Document, dict[str, str]]:
    """A body may give its points with a reason: `{"points": 4, "reason": "…"}`."""
    stated, reasons = dict(values), {}
    for field, value in values.items():
        if isinstance(value, dict) and set(value) == {"points", "reason"}:
            stated[field] = value["points"]
            reasons[field] = text(value["reason"], f"{path}.{field}.reason")
    return stated, reasons
