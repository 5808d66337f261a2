"""Whether the points of a published line are those of the step that it names. Pure."""

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from succession.allocation.catalogue import Criterion
from succession.allocation.rules import ZERO
from succession.allocation.rules_field import RankOfBid, VersusTrimmedMean
from succession.allocation.rules_measures import Linear, PerUnit, Steps, UnitsInBands, VersusReference
from succession.allocation.rules_statements import AreaWeighted, Awarded, Boolean, Category, PanelMean
from succession.records.documents import DocumentError, number

Step = bool | str | None


def points_of(criterion: Criterion, told: Mapping[str, Any]) -> Fraction | None:
    """The points that the line must have; None where a step is not told, so that only the bounds can be checked.

    Raises DocumentError for a step that does not exist.
    """
    step = told.get("step")
    if told.get("missing") or told.get("applies") is False or (step is None and not _counts(criterion)):
        return ZERO if step is None else _refuse("nothing was stated, so no step was reached")
    if step is None:
        return None
    rule = criterion.rule
    reached = _READ.get(type(rule), _unknown)
    return reached(rule, step) * criterion.factor


def is_possible(criterion: Criterion, points: Fraction) -> bool:
    """Whether points without a step lie within what the rule can give."""
    earned = points / criterion.factor
    rule = criterion.rule
    if isinstance(rule, PerUnit):
        units = earned / rule.points if rule.points else ZERO
        return earned == rule.cap or (units >= 0 and units.denominator == 1 and abs(earned) < abs(rule.cap))
    return not isinstance(rule, UnitsInBands) or earned <= rule.cap


def _counts(criterion: Criterion) -> bool:
    """Rules whose step is a count that is not told."""
    return isinstance(criterion.rule, PerUnit | UnitsInBands)


def _refuse(reason: str) -> Fraction:
    raise DocumentError("step", reason)


def _unknown(_rule: Any, _step: Any) -> Fraction:
    return _refuse("this kind of line tells no step")


def _boolean(rule: Boolean, step: Step) -> Fraction:
    return rule.reached(step).points if isinstance(step, bool) else _refuse("must be true or false")


def _steps(rule: Steps | VersusReference | VersusTrimmedMean, step: Step) -> Fraction:
    bound = number(step, "step")
    found = next((one.points for one in rule.ladder.steps if one.step == bound), None)
    return _refuse("there is no such step") if found is None else found


def _linear(rule: Linear, step: Step) -> Fraction:
    reached = rule.reached(number(step, "step"))
    low, high = sorted((rule.start, rule.end))
    inside = isinstance(reached.step, Fraction) and low <= number(step, "step") <= high
    return reached.points if inside else _refuse("lies beyond the anchors")


def _category(rule: Category, step: Step) -> Fraction:
    known = isinstance(step, str) and step in rule.points
    return rule.points[str(step)] if known else _refuse("there is no such category")


def _area_weighted(rule: AreaWeighted, step: Step) -> Fraction:
    mean = number(step, "step")
    lies_within = min(rule.points.values()) <= mean <= max(rule.points.values())
    return mean if lies_within else _refuse("lies outside of what the zones give")


def _awarded(rule: Awarded, step: Step) -> Fraction:
    given = number(step, "step")
    return given if rule.refuses(given) is None else _refuse("lies outside of what the body may give")


def _panel_mean(rule: PanelMean, step: Step) -> Fraction:
    mean = number(step, "step")
    return rule.reached((mean,)).points if rule.refuses((mean,)) is None else _refuse("lies outside the scale")


def _rank(rule: RankOfBid, step: Step) -> Fraction:
    rank = number(step, "step")
    if rank.denominator != 1 or rank < 1:
        return _refuse("a rank is 1 or more")
    return rule.points[int(rank) - 1] if rank <= len(rule.points) else ZERO


_READ: dict[type, Callable[[Any, Any], Fraction]] = {
    Boolean: _boolean,
    Steps: _steps,
    VersusReference: _steps,
    VersusTrimmedMean: _steps,
    Linear: _linear,
    Category: _category,
    AreaWeighted: _area_weighted,
    Awarded: _awarded,
    PanelMean: _panel_mean,
    RankOfBid: _rank,
}
