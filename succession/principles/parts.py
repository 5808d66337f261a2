"""Parts of a draft, each as a small document of the same shape: what one page of the editor is about. Pure."""

from collections.abc import Callable, Mapping
from typing import Any

from succession.principles.drafts import Draft

Part = Callable[[Mapping[str, Any]], Draft]
"""Takes a draft and leaves of it what the page is about."""


def whole(draft: Mapping[str, Any]) -> Draft:
    """Everything."""
    return dict(draft)


def of_document(*keys: str) -> Part:
    """Some fields at the top."""
    return lambda draft: {key: draft[key] for key in keys if key in draft}


def of_catalogue(*keys: str) -> Part:
    """Some fields of the catalogue."""
    return lambda draft: {"catalogue": {key: draft["catalogue"][key] for key in keys if key in draft["catalogue"]}}


def together(*parts: Part) -> Part:
    """Several parts on one page."""

    def both(draft: Mapping[str, Any]) -> Draft:
        found: Draft = {}
        for part in parts:
            for key, value in part(draft).items():
                found[key] = {**found[key], **value} if key == "catalogue" and key in found else value
        return found

    return both


def of_criterion(identifier: str) -> Part:
    """One criterion with the question that it reads; empty where it does not exist."""

    def part(draft: Mapping[str, Any]) -> Draft:
        criteria = [one for one in draft["catalogue"]["criteria"] if one["id"] == identifier]
        fields = {one.get("field", one["id"]) for one in criteria}
        questions = [one for one in draft.get("questions", []) if one["id"] in fields]
        return {"questions": questions, "catalogue": {"criteria": criteria}}

    return part


def of_order(draft: Mapping[str, Any]) -> Draft:
    """Only the order of the criteria."""
    return {"catalogue": {"criteria": [{"id": one["id"]} for one in draft["catalogue"]["criteria"]]}}


def of_question(identifier: str) -> Part:
    """One question."""
    return lambda draft: {"questions": [one for one in draft.get("questions", []) if one["id"] == identifier]}
