"""Between the fields of the editor's forms and the criteria and questions of a document, both ways. Pure."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from succession.principles.kinds import KINDS, WITH_STEPS, Kind
from succession.principles.questions import Source
from succession.records.documents import DocumentError, number

Values = Mapping[str, Any]
"""What a form says, by the name of the field."""

ROWS = 8
RANKS = 5
FINEST = 6
"""Digits after the point that a field shows; what is finer stays as it is unless somebody types over it."""
DEFAULT_ANSWERS = {"boolean": "yes_or_no", "category": "choice", "panel_mean": "numbers"}


def both(german: str, english: str = "") -> dict[str, str]:
    """A wording; where nobody wrote English, the German stands there too."""
    return {"de": german.strip(), "en": english.strip() or german.strip()}


def reworded(before: Mapping[str, str] | None, german: str) -> dict[str, str]:
    """A wording whose German is as given; the English stays where the German did not change."""
    if before is not None and before.get("de") == german.strip():
        return dict(before)
    return both(german)


def figure(value: Any) -> Decimal | None:
    """A number of a document as a form shows it."""
    if value is None:
        return None
    try:
        read = number(value, "")
    except DocumentError:
        return None
    shown = round(Decimal(read.numerator) / Decimal(read.denominator), FINEST).normalize()
    return Decimal(f"{shown:f}")


def written(value: Decimal | int | None, before: Any = None) -> Any:
    """A number of a form as a document has it; what was shown and not changed stays exactly what it was."""
    if value is None:
        return None
    if before is not None and figure(before) == value:
        return before
    exact = Fraction(value)
    return int(exact) if exact.denominator == 1 else str(exact)


def criterion_from(kind: Kind, values: Values, before: Mapping[str, Any]) -> dict[str, Any]:
    """The criterion as the form says; `before` is the criterion it was, with all that the form does not show."""
    own = {key: value for key, value in before.items() if key not in _OF_RULES}
    changed = {
        **own,
        "kind": kind.value,
        "label": both(values["label"], values.get("label_en") or _english(before, "label", values["label"])),
        "reason": reworded(before.get("reason"), values["reason"]),
        **_rule(kind, values, before),
    }
    if values.get("weight") is not None:
        changed["weight"] = written(values["weight"], before.get("weight"))
    papers = [one["de"] for one in _evidence(values, ())]
    if papers:
        changed["evidence"] = papers
    else:
        changed.pop("evidence", None)
    return changed


def question_from(kind: Kind, values: Values, before: Mapping[str, Any], identifier: str) -> dict[str, Any]:
    """The question behind a criterion as the form says."""
    source = before.get("from", KINDS[kind].source.value)
    changed = {
        **before,
        "id": identifier,
        "answer": before.get("answer", DEFAULT_ANSWERS.get(kind.value, "number")),
        "from": source,
        "question": reworded(before.get("question"), values["question"]),
        "evidence": _evidence(values, before.get("evidence", ())),
        "evidence_effort": "heavy" if values.get("is_heavy") else "light",
        "per_lot": bool(values.get("per_lot")),
        "mandatory": bool(values.get("mandatory")) and "special_category" not in before,
        "hides": before.get("hides", "step" if source != Source.DECLARED or kind in _FIGURES else "nothing"),
    }
    if kind in _FIGURES and source == Source.DECLARED:
        changed.setdefault("decimals", 2)
    if values.get("unit"):
        changed["unit"] = reworded(before.get("unit"), values["unit"])
    if kind is Kind.CHOICE:
        named = [(row["id"], row["label"]) for row in choice_rows(values, before.get("choices", ()))]
        known = {one["id"]: one["label"] for one in before.get("choices", ())}
        changed["choices"] = [{"id": key, "label": reworded(known.get(key), label)} for key, label in named]
    return changed


def values_of(kind: Kind, criterion: Mapping[str, Any], question: Mapping[str, Any] | None) -> dict[str, Any]:
    """What the form shows of a criterion and its question."""
    asked = question or {}
    shown: dict[str, Any] = {
        "label": criterion.get("label", {}).get("de", ""),
        "label_en": criterion.get("label", {}).get("en", ""),
        "reason": criterion.get("reason", {}).get("de", ""),
        "question": asked.get("question", {}).get("de", ""),
        "unit": asked.get("unit", {}).get("de", ""),
        "evidence": "\n".join(one["de"] for one in asked.get("evidence", [])),
        "is_heavy": asked.get("evidence_effort") == "heavy",
        "per_lot": asked.get("per_lot", False),
        "mandatory": asked.get("mandatory", False),
        "weight": figure(criterion.get("weight")),
        "bounds": criterion.get("bounds", "lower"),
        "best": criterion.get("best", "highest"),
        "by": criterion.get("by", ""),
        "points": None if kind is Kind.RANK else figure(criterion.get("points")),
    }
    for field in ("from", "to", "round_to", "unit_size", "cap", "least", "most", "reference"):
        shown[field.replace("from", "start").replace("to", "end") if field in ("from", "to") else field] = figure(
            criterion.get("unit" if field == "unit_size" else field)
        )
    for place, (bound, points) in enumerate(criterion.get("steps", [])[:ROWS], start=1):
        shown[f"bound_{place}"], shown[f"points_{place}"] = figure(bound), figure(points)
    if kind is Kind.RANK:
        shown |= {f"points_{place}": figure(one) for place, one in enumerate(criterion.get("points", []), start=1)}
    if kind is Kind.CHOICE:
        for place, one in enumerate(asked.get("choices", [])[:ROWS], start=1):
            shown[f"choice_{place}"] = one["label"]["de"]
            shown[f"points_{place}"] = figure(criterion.get("map", {}).get(one["id"]))
    return shown


def choice_rows(values: Values, before: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The answers to choose from, each with its points; rows keep their names while their place is the same."""
    rows: list[dict[str, Any]] = []
    for place in range(1, ROWS + 1):
        label = (values.get(f"choice_{place}") or "").strip()
        if label:
            taken = {row["id"] for row in rows}
            kept = before[place - 1]["id"] if place <= len(before) else f"answer_{place}"
            identifier = kept if kept not in taken else f"answer_{place}_{len(rows)}"
            rows.append({"id": identifier, "label": label, "points": values.get(f"points_{place}") or Decimal(0)})
    return rows


def step_rows(values: Values) -> list[tuple[Decimal, Decimal]]:
    """The steps that are filled in, by their bounds."""
    rows = []
    for place in range(1, ROWS + 1):
        bound, points = values.get(f"bound_{place}"), values.get(f"points_{place}")
        if bound is not None and points is not None:
            rows.append((bound, points))
    return sorted(rows)


_FIGURES = frozenset({Kind.STEPS, Kind.LINEAR, Kind.COUNTED, Kind.REFERENCE})
_OF_RULES = frozenset(
    {
        *("kind", "label", "reason", "points", "steps", "bounds", "from", "to", "round_to", "rounding", "unit", "cap"),
        *("map", "best", "by", "least", "most", "reference"),
    }
)


def _rule(kind: Kind, values: Values, before: Mapping[str, Any]) -> dict[str, Any]:
    """The fields that this kind of rule has."""
    point = written(values.get("points"), before.get("points") if kind is not Kind.RANK else None)
    rule: dict[str, Any]
    match kind:
        case Kind.YES_OR_NO:
            rule = {"points": point}
        case Kind.LINEAR:
            rule = {
                "from": written(values["start"], before.get("from")),
                "to": written(values["end"], before.get("to")),
                "points": point,
                "round_to": written(values.get("round_to"), before.get("round_to")),
            }
            if "rounding" in before and rule["round_to"] is not None:
                rule["rounding"] = before["rounding"]
        case Kind.COUNTED:
            unit = written(values["unit_size"], before.get("unit"))
            rule = {"points": point, "unit": unit, "cap": written(values["cap"], before.get("cap"))}
        case Kind.CHOICE:
            rows = choice_rows(values, values.get("choices_before", ()))
            earlier = before.get("map", {})
            rule = {"map": {row["id"]: written(row["points"], earlier.get(row["id"])) for row in rows}}
        case Kind.RANK:
            points = [values.get(f"points_{place}") for place in range(1, RANKS + 1)]
            rule = {"points": [written(one) for one in points if one is not None], "best": values["best"]}
        case Kind.BEST:
            rule = {"points": point, "best": values["best"]}
        case Kind.AWARDED | Kind.PANEL:
            rule = {"by": values["by"], "least": written(values["least"]), "most": written(values["most"])}
            rule |= {"points": point} if kind is Kind.PANEL else {}
        case _:
            rule = _ladder(kind, values, before)
    return {key: value for key, value in rule.items() if value is not None}


def _ladder(kind: Kind, values: Values, before: Mapping[str, Any]) -> dict[str, Any]:
    assert kind in WITH_STEPS
    earlier = before.get("steps", [])
    steps = []
    for place, (bound, points) in enumerate(step_rows(values)):
        was = earlier[place] if place < len(earlier) else (None, None)
        steps.append([written(bound, was[0]), written(points, was[1])])
    rule: dict[str, Any] = {"steps": steps, "bounds": values["bounds"]}
    if kind is Kind.REFERENCE:
        rule["reference"] = written(values["reference"], before.get("reference"))
    return rule


def _evidence(values: Values, before: Sequence[Mapping[str, str]]) -> list[dict[str, str]]:
    """One paper a line."""
    known = {one["de"]: dict(one) for one in before}
    lines = [line.strip() for line in (values.get("evidence") or "").splitlines()]
    return [known.get(line) or both(line) for line in lines if line]


def _english(before: Mapping[str, Any], key: str, german: str) -> str:
    said: Mapping[str, str] = before.get(key, {})
    return said.get("en", "") if said.get("de") == german.strip() else ""


def question_as_asked(values: Values, before: Mapping[str, Any]) -> dict[str, Any]:
    """A question as its own page says: the words, the papers, who has to answer."""
    changed = {
        **before,
        "question": both(
            values["question"], values.get("question_en") or _english(before, "question", values["question"])
        ),
        "evidence": _evidence(values, before.get("evidence", ())),
        "evidence_effort": values["effort"],
        "per_lot": values["per_lot"] == "yes",
        "mandatory": values["mandatory"] == "yes" and "special_category" not in before,
        "hides": values["hides"],
    }
    if values.get("hint"):
        return {**changed, "hint": reworded(before.get("hint"), values["hint"])}
    return {key: value for key, value in changed.items() if key != "hint"}
