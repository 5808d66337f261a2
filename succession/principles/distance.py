"""Instead of where somebody lives or is registered: how far it is from the farmstead, or the planned one. Pure.

Residence or seat as such can be challenged in court, because it shuts out founders who would move there.
"""

from fractions import Fraction
from typing import Any

from succession.principles import drafting
from succession.principles.drafts import Draft

FIELD = "distance"
QUESTION: dict[str, Any] = {
    "id": FIELD,
    "answer": "number",
    "from": "measured",
    "measure": "distance_farmstead_straight",
    "question": {
        "de": "Wie weit ist es von Ihrer Hofstelle oder geplanten Hofstelle bis zur Fläche, in Kilometern Luftlinie?",
        "en": "How far is it from your farmstead or planned farmstead to the land, in kilometres as the crow flies?",
    },
    "unit": {"de": "km", "en": "km"},
    "evidence": [],
    "hides": "step",
}
REASON = {
    "de": "Kurze Wege schonen Straßen und Boden. Die geplante Hofstelle zählt wie eine bestehende, "
    "damit auch Menschen gründen können, die noch nicht hier leben.",
    "en": "Short ways spare roads and soil. A planned farmstead counts like an existing one, "
    "so that people can found a farm who do not live here yet.",
}
LABEL = {"de": "Nähe zur Fläche", "en": "Nearness to the land"}


def instead_of_seat(draft: Draft, criterion: str) -> Draft:
    """The criterion earns the same points at most, but by distance: all up to 10 km, half of them up to 20 km."""
    before = drafting.criterion_of(draft, criterion)
    if before is None or any(_reads(one) == FIELD for one in draft["catalogue"]["criteria"]):
        return drafting.remove_criterion(draft, criterion)
    most = _most(before)
    kept: dict[str, Any] = {key: value for key, value in before.items() if key in ("id", "group", "weight")}
    half = most / 2
    steps = [[10, _number(most)], [20, _number(half)]]
    changed: dict[str, Any] = {
        **kept,
        "kind": "steps",
        "field": FIELD,
        "label": LABEL,
        "reason": REASON,
        "bounds": "upper",
        "steps": steps,
    }
    return drafting.put_criterion(draft, changed, QUESTION)


def _reads(criterion: dict[str, Any]) -> str:
    return str(criterion.get("field", criterion["id"]))


def _most(criterion: dict[str, Any]) -> Fraction:
    """The most points of a yes, of a choice or of a ladder; 1 where the rule is of another kind."""
    found = [criterion["points"]] if isinstance(criterion.get("points"), int | str) else []
    found += list(criterion.get("map", {}).values())
    found += [points for _, points in criterion.get("steps", [])]
    most = max((Fraction(one) for one in found), default=Fraction(1))
    return most if most > 0 else Fraction(1)


def _number(value: Fraction) -> int | str:
    return int(value) if value.denominator == 1 else str(value)
