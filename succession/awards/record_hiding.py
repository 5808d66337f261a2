"""What a public record may show of a line, and when it may show no line at all. Pure.

Shown is the step that a statement reached, never the statement. Where even the points would tell it, the whole record
is sealed: its lines and sums become commitments, and only the order is left. Leaving out single lines would not do,
because the total less the other lines is the line that was left out.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from enum import StrEnum
from fractions import Fraction
from typing import Any

from succession.allocation.catalogue import Catalogue, Criterion
from succession.allocation.rules_measures import Linear
from succession.allocation.scorecards import Line
from succession.records.documents import mapping, sequence, text

LEAST_DISTANCE_STEP = Fraction(5)
"""Kilometres; finer steps lead to a farmstead."""

STEP_SHOWN = frozenset(
    {
        *("boolean", "steps", "linear", "category", "area_weighted", "awarded", "panel_mean"),
        *("rank", "vs_trimmed_mean", "vs_reference"),
    }
)
POINTS_ONLY = frozenset({"per_unit", "units_in_bands"})
"""The step would be a count of hectares or children; the points go no further than the cap."""


FROM_POINTS = frozenset(
    {
        *("criteria", "mode", "field", "group_caps", "group_share_caps", "applies_if", "exclusions", "stages"),
        *("threshold", "single_applicant", "waves", "rounding", "tie_breaks", "lottery"),
    }
)
"""Parts of a catalogue that decide by what a record shows; every other part looks at the statements themselves."""


class Because(StrEnum):
    """Why a record is sealed."""

    SPECIAL_CATEGORY = "special_category"
    EXACT_FIGURE = "exact_figure"
    BEYOND_POINTS = "beyond_points"


@dataclass(frozen=True, slots=True)
class Reason:
    """One rule whose outcome would tell too much."""

    where: str
    because: Because


def sealed_because(document: Mapping[str, Any], catalogue: Catalogue) -> tuple[Reason, ...]:
    """Everything in the principles that makes a record sealed; it depends on nobody's statements."""
    questions = _questions(document)
    bids = frozenset(one["id"] for one in questions if one.get("from") == "bid")
    distances = frozenset(one["id"] for one in questions if one.get("from") == "measured")
    found = dict.fromkeys(_reading(catalogue, affected_fields(document, catalogue)), Because.SPECIAL_CATEGORY)
    for criterion in catalogue.criteria:
        if _tells_figure(criterion, bids, distances):
            found.setdefault(criterion.identifier, Because.EXACT_FIGURE)
    found |= dict.fromkeys(_beyond_points(catalogue), Because.BEYOND_POINTS)
    return tuple(Reason(where, because) for where, because in found.items())


def affected_fields(document: Mapping[str, Any], catalogue: Catalogue) -> frozenset[str | None]:
    """The fields that say something about a special category, also by way of an equivalence."""
    return _affected(frozenset(one["id"] for one in _questions(document) if one.get("special_category")), catalogue)


def shown_step(criterion: Criterion, line: Line) -> Any:
    """The step as it is published; a figure beyond the anchors of a linear rule is told as the anchor."""
    if criterion.rule.kind not in STEP_SHOWN or line.step is None:
        return None
    if isinstance(criterion.rule, Linear) and isinstance(line.step, Fraction):
        low, high = sorted((criterion.rule.start, criterion.rule.end))
        return str(min(max(line.step, low), high))
    return str(line.step) if isinstance(line.step, Fraction) else line.step


def _questions(document: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    """Each with an id that is a text; the document may come from anywhere."""
    path = "$.questions"
    questions = [mapping(one, path) for one in sequence(document.get("questions", []), path)]
    for one in questions:
        text(one.get("id"), f"{path}.id")
    return questions


def _affected(special: frozenset[str | None], catalogue: Catalogue) -> frozenset[str | None]:
    """These fields, and those that count as something else because of them."""
    while True:
        more = frozenset(
            criterion.reads
            for criterion in catalogue.criteria
            if any(clause.reads & special for clause in criterion.equivalences)
        )
        if more <= special:
            return special
        special |= more


def _reading(catalogue: Catalogue, read: frozenset[str | None]) -> Iterator[str]:
    """What decides by one of these fields."""
    yield from (one.identifier for one in catalogue.criteria if one.reads in read)
    yield from (one.identifier for one in catalogue.exclusions if one.condition.field in read)
    yield from (f"wave:{one.field}" for one in catalogue.waves if one.field in read)
    yield from (f"tie:{one.fact}" for one in catalogue.tie_breaks if one.fact in read)


def _beyond_points(catalogue: Catalogue) -> Iterator[str]:
    """Procedures after the ranking, and tickets that depend on a statement."""
    for part in fields(catalogue):
        if part.name not in FROM_POINTS and getattr(catalogue, part.name):
            yield part.name
    if catalogue.lottery is not None and getattr(catalogue.lottery, "tickets", None):
        yield "lottery"


def _tells_figure(criterion: Criterion, bids: frozenset[str | None], distances: frozenset[str | None]) -> bool:
    """Whether the points lead back to the figure that was stated."""
    rule = criterion.rule
    if not isinstance(rule, Linear):
        return rule.kind not in STEP_SHOWN | POINTS_ONLY
    if rule.rounding is None or criterion.reads in bids:
        return True
    return criterion.reads in distances and rule.rounding.to < LEAST_DISTANCE_STEP
