"""Which statements a catalogue looks at, and what it wants of each: the bridge between rules and questions. Pure."""

from collections.abc import Iterator

from succession.allocation.catalogue import Catalogue, Criterion
from succession.allocation.conditions import NUMERIC, Condition
from succession.allocation.procedures_read import procedure_conditions, procedure_fields
from succession.allocation.rules import Want


def fields_read(catalogue: Catalogue) -> dict[str, frozenset[Want]]:
    """Every field that an applicant's statement decides by, with all that is wanted of it; the lot's fields are not."""
    found: dict[str, set[Want]] = {}
    for criterion in catalogue.criteria:
        found.setdefault(criterion.reads, set()).add(criterion.rule.wants)
        for clause in criterion.equivalences:
            if clause.counts_as_field:
                found.setdefault(clause.counts_as_field, set()).add(criterion.rule.wants)
    for condition in conditions(catalogue):
        found.setdefault(condition.field, set()).update(_wanted(condition))
    for field, want in procedure_fields(catalogue):
        found.setdefault(field, set()).add(want)
    for rule in catalogue.tie_breaks:
        if rule.fact is not None:
            found.setdefault(rule.fact, set()).add(
                Want.YES_OR_NO if rule.prefer.value in ("yes", "no") else Want.NUMBER
            )
    return {field: frozenset(wants) for field, wants in found.items()}


def conditions(catalogue: Catalogue) -> Iterator[Condition]:
    """The conditions on what applicants state: exclusions, waves, what stands beside points, equivalence clauses."""
    yield from (exclusion.condition for exclusion in catalogue.exclusions)
    yield from catalogue.waves
    yield from procedure_conditions(catalogue)
    for criterion in catalogue.criteria:
        yield from (clause.when for clause in criterion.equivalences)


def lot_conditions(catalogue: Catalogue) -> Iterator[Condition]:
    """The conditions on the lot: whether the principles apply at all, and where a criterion counts."""
    yield from catalogue.applies_if
    for criterion in catalogue.criteria:
        yield from criterion.only_if


def criteria_reading(catalogue: Catalogue, field: str) -> tuple[Criterion, ...]:
    """The criteria whose points can change with the statement, in the order of the catalogue."""
    return tuple(
        criterion
        for criterion in catalogue.criteria
        if field == criterion.reads or any(field in clause.reads for clause in criterion.equivalences)
    )


def _wanted(condition: Condition) -> frozenset[Want]:
    """A number for a numeric test, yes or no for a boolean value; a name for the rest."""
    if condition.test in NUMERIC:
        return frozenset({Want.NUMBER})
    values = condition.value if isinstance(condition.value, tuple) else (condition.value,)
    kinds = {bool: Want.YES_OR_NO, str: Want.NAME}
    return frozenset(kinds.get(type(value), Want.NUMBER) for value in values)
