"""A small principle set for tests, and ways to change one place of it."""

from collections.abc import Mapping
from copy import deepcopy
from typing import Any


def said(text: str) -> dict[str, str]:
    return {"de": f"{text} (deutsch)", "en": text}


def a_criterion(identifier: str, **more: Any) -> dict[str, Any]:
    return {"id": identifier, "label": said(identifier), "reason": said(f"because {identifier}"), **more}


def a_question(identifier: str, answer: str, **more: Any) -> dict[str, Any]:
    return {"id": identifier, "answer": answer, "from": "declared", "question": said(f"{identifier}?"), **more}


SMALL: dict[str, Any] = {
    "format": "principles-1",
    "key": "small",
    "name": said("Small set"),
    "summary": said("Three lines."),
    "sources": [{"text": "a minute of the council"}],
    "completeness": "complete",
    "gaps": [],
    "owners": "any",
    "price": {"kind": "bid", "note": said("offers count by rank")},
    "incomplete": "scored_as_stated",
    "questions": [
        a_question("organic", "yes_or_no", mandatory=True),
        a_question("jobs", "number", decimals=1, most=100, mandatory=True),
        a_question("distance", "number", **{"from": "measured"}, measure="distance_farmstead_straight"),
        a_question("offer", "number", **{"from": "bid"}),
        a_question("sludge", "yes_or_no"),
        a_question(
            "form", "choice", choices=[{"id": "full", "label": said("full")}, {"id": "part", "label": said("p")}]
        ),
    ],
    "promises": [],
    "unscored": [],
    "catalogue": {
        "criteria": [
            a_criterion("organic", kind="boolean", points=5),
            a_criterion("jobs", kind="steps", steps=[[1, 1], [3, 2]]),
            a_criterion("distance", kind="linear", **{"from": 30, "to": 5}, points=5, round_to=5, rounding="up"),
            a_criterion("offer", kind="rank", points=[3, 2, 1]),
            a_criterion("form", kind="category", map={"full": 1, "part": 2}),
        ],
        "exclusions": [{"id": "sludge", "field": "sludge", "equals": True, "label": said("sludge")}],
    },
}


def small(path: str = "", value: Any = None) -> dict[str, Any]:
    """The set, with another value at a path like "questions.0.answer"."""
    document = deepcopy(SMALL)
    if path:
        *way, last = path.split(".")
        place: Any = document
        for step in way:
            place = place[int(step)] if isinstance(place, list) else place[step]
        place[int(last) if isinstance(place, list) else last] = value
    return document


def without(document: Mapping[str, Any], key: str) -> dict[str, Any]:
    return {name: value for name, value in document.items() if name != key}
