"""Reads the rule of a criterion in a `points-1` document, strictly: what cannot be meant is refused. Pure."""

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any, TypeVar

from succession.allocation.naming import names
from succession.allocation.rounding import Direction, Rounding
from succession.allocation.rules import ONE, ZERO, Rule
from succession.allocation.rules_field import ProportionToBest, RankOfBid, VersusTrimmedMean
from succession.allocation.rules_measures import Ladder, Linear, PerUnit, Steps, UnitsInBands, VersusReference
from succession.allocation.rules_statements import AreaWeighted, Awarded, Boolean, Category, PanelMean
from succession.allocation.rules_tenure import GradeFactor, Tenure
from succession.records.documents import DocumentError, mapping, number, required, sequence, text

Document = Mapping[str, Any]
Choice = TypeVar("Choice")

STEP_LENGTH = 2
"""A step is its bound and its points."""


def figure(document: Document, key: str, path: str) -> Fraction:
    """A number that must be there."""
    return number(required(document, key, path), f"{path}.{key}")


def positive(document: Document, key: str, path: str) -> Fraction:
    """A number greater than 0."""
    value = figure(document, key, path)
    if value <= 0:
        raise DocumentError(f"{path}.{key}", "must be greater than 0")
    return value


def whole(document: Document, key: str, path: str, *, least: int = 1) -> int:
    """A whole number that must be there."""
    value = figure(document, key, path)
    if value.denominator != 1 or value < least:
        raise DocumentError(f"{path}.{key}", f"must be a whole number of at least {least}")
    return int(value)


def one_of(choices: Mapping[str, Choice], document: Document, key: str, path: str) -> Choice:
    """One of a few words; the first where the field is absent."""
    if key not in document:
        return next(iter(choices.values()))
    word = text(document[key], f"{path}.{key}")
    if word not in choices:
        raise DocumentError(f"{path}.{key}", f"{word!r} is none of {', '.join(choices)}")
    return choices[word]


def _boolean(document: Document, path: str) -> Rule:
    return Boolean(figure(document, "points", path))


def _ladder(document: Document, path: str) -> Ladder:
    """Bounds must ascend."""
    at = f"{path}.steps"
    steps: list[tuple[Fraction, Fraction]] = []
    for place, step in enumerate(sequence(required(document, "steps", path), at)):
        if len(sequence(step, f"{at}[{place}]")) != STEP_LENGTH:
            raise DocumentError(f"{at}[{place}]", "a step is its bound and its points")
        bound, points = (number(value, f"{at}[{place}][{part}]") for part, value in enumerate(step))
        if steps and bound <= steps[-1][0]:
            raise DocumentError(f"{at}[{place}]", "steps must be sorted by their bounds, each greater than the last")
        steps.append((bound, points))
    if not steps:
        raise DocumentError(at, "at least one step is needed")
    return Ladder.of(steps, upper=one_of({"lower": False, "upper": True}, document, "bounds", path))


def _steps(document: Document, path: str) -> Rule:
    return Steps(_ladder(document, path))


def _versus_reference(document: Document, path: str) -> Rule:
    return VersusReference(_ladder(document, path), positive(document, "reference", path))


def _linear(document: Document, path: str) -> Rule:
    start, end = figure(document, "from", path), figure(document, "to", path)
    if start == end:
        raise DocumentError(f"{path}.to", "must differ from `from`")
    rounding = None
    if "round_to" in document:
        directions = {direction.value: direction for direction in Direction}
        rounding = Rounding(positive(document, "round_to", path), one_of(directions, document, "rounding", path))
    return Linear(start, end, figure(document, "points", path), rounding)


def _per_unit(document: Document, path: str) -> Rule:
    points, cap = figure(document, "points", path), figure(document, "cap", path)
    if points * cap < 0:
        raise DocumentError(f"{path}.cap", "must have the sign of `points`")
    return PerUnit(points, positive(document, "unit", path), cap)


def _units_in_bands(document: Document, path: str) -> Rule:
    return UnitsInBands(_ladder(document, path), positive(document, "cap", path))


def _map(document: Document, path: str) -> dict[str, Fraction]:
    at = f"{path}.map"
    named = mapping(required(document, "map", path), at)
    if not named:
        raise DocumentError(at, "at least one category is needed")
    return {name: number(points, f"{at}.{name}") for name, points in named.items()}


def _category(document: Document, path: str) -> Rule:
    return Category(_map(document, path))


def _area_weighted(document: Document, path: str) -> Rule:
    return AreaWeighted(_map(document, path))


def _bounds(document: Document, path: str) -> tuple[Fraction, Fraction]:
    least = number(document.get("least", 0), f"{path}.least")
    most = figure(document, "most", path)
    if most <= least:
        raise DocumentError(f"{path}.most", "must be greater than `least`")
    return least, most


def _awarded(document: Document, path: str) -> Rule:
    return Awarded(text(required(document, "by", path), f"{path}.by"), *_bounds(document, path))


def _panel_mean(document: Document, path: str) -> Rule:
    least, most = _bounds(document, path)
    if most <= 0:
        raise DocumentError(f"{path}.most", "must be greater than 0")
    by = text(required(document, "by", path), f"{path}.by")
    return PanelMean(by, least, most, figure(document, "points", path))


BEST = {"highest": False, "lowest": True}


def _rank(document: Document, path: str) -> Rule:
    at = f"{path}.points"
    listed = sequence(required(document, "points", path), at)
    points = tuple(number(value, f"{at}[{place}]") for place, value in enumerate(listed))
    if not points:
        raise DocumentError(at, "at least one rank is needed")
    for place in range(1, len(points)):
        if points[place] > points[place - 1]:
            raise DocumentError(f"{at}[{place}]", "a worse rank never earns more")
    if points[-1] < ZERO:
        raise DocumentError(f"{at}[{len(points) - 1}]", "a rank never earns less than being unranked, which is 0")
    return RankOfBid(points, one_of(BEST, document, "best", path))


def _versus_trimmed_mean(document: Document, path: str) -> Rule:
    return VersusTrimmedMean(_ladder(document, path))


def _proportion_to_best(document: Document, path: str) -> Rule:
    return ProportionToBest(positive(document, "points", path), one_of(BEST, document, "best", path))


def _tenure(document: Document, path: str) -> Rule:
    term = positive(document, "term", path) if "term" in document else ONE
    at_most = positive(document, "at_most", path)
    if at_most < term:
        raise DocumentError(f"{path}.at_most", "must not be less than one term")
    last_only = one_of({"always": False, "last_term": True}, document, "first", path)
    return Tenure(at_most, term, figure(document, "points", path), last_only)


def _grade_factor(document: Document, path: str) -> Rule:
    if "weight" in document:
        raise DocumentError(f"{path}.weight", "a grade multiplies points, so it has no weight of its own")
    of = tuple(names(required(document, "of", path), f"{path}.of"))
    if not of:
        raise DocumentError(f"{path}.of", "at least one criterion is needed")
    return GradeFactor(_map(document, path), of)


KINDS: dict[str, tuple[Callable[[Document, str], Rule], frozenset[str]]] = {
    "boolean": (_boolean, frozenset({"points"})),
    "steps": (_steps, frozenset({"steps", "bounds"})),
    "linear": (_linear, frozenset({"from", "to", "points", "round_to", "rounding"})),
    "per_unit": (_per_unit, frozenset({"points", "unit", "cap"})),
    "category": (_category, frozenset({"map"})),
    "rank": (_rank, frozenset({"points", "best"})),
    "vs_trimmed_mean": (_versus_trimmed_mean, frozenset({"steps", "bounds"})),
    "vs_reference": (_versus_reference, frozenset({"steps", "bounds", "reference"})),
    "proportion_to_best": (_proportion_to_best, frozenset({"points", "best"})),
    "awarded": (_awarded, frozenset({"by", "least", "most"})),
    "panel_mean": (_panel_mean, frozenset({"by", "least", "most", "points"})),
    "units_in_bands": (_units_in_bands, frozenset({"steps", "bounds", "cap"})),
    "area_weighted": (_area_weighted, frozenset({"map"})),
    "tenure": (_tenure, frozenset({"points", "at_most", "term", "first"})),
    "grade_factor": (_grade_factor, frozenset({"map", "of"})),
}
"""By the name of the kind: how it is read, and the fields it has beside those of every criterion."""
