"""Answers as people type them in a form or on paper, made into answers as they are kept. Pure."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from succession.allocation.rules import Want
from succession.principles.questions import Question

YES, NO = "yes", "no"

_GERMAN = re.compile(r"-?\d{1,3}(\.\d{3})+(,\d+)?")
_PLAIN = re.compile(r"-?\d+([.,]\d+)?")


def answer(question: Question, typed: Mapping[str, Sequence[str]]) -> Any:
    """The answer in a form's fields: one named like the question, or `question.zone` for shares; None if left empty.

    What cannot be read stays as it was typed, so that the check can say so and the form can show it again.
    """
    if question.answer is Want.SHARES:
        areas = {one.identifier: _last(typed, f"{question.identifier}.{one.identifier}") for one in question.choices}
        return {zone: number(area) for zone, area in areas.items() if area} or None
    said = _last(typed, question.identifier)
    if not said:
        return None
    match question.answer:
        case Want.YES_OR_NO:
            return {YES: True, NO: False}.get(said, said)
        case Want.NUMBER:
            return number(said)
        case Want.NUMBERS:
            return [number(one) for one in re.split(r"[\n;]", said) if one.strip()]
        case _:
            return said


def number(said: str) -> str:
    """The figure with a decimal point ("1.234,5" and "1234.5" as "1234.5"); anything else as it was typed.

    "1.234" stays one and a bit: farms have few thousands, and the check of decimals catches most that were meant.
    """
    compact = said.strip().replace("\N{NARROW NO-BREAK SPACE}", "").replace("\N{NO-BREAK SPACE}", "").replace(" ", "")
    if _GERMAN.fullmatch(compact) and ("," in compact or compact.count(".") > 1):
        return compact.replace(".", "").replace(",", ".")
    if _PLAIN.fullmatch(compact):
        return compact.replace(",", ".")
    return said.strip()


def written(question: Question, kept: Any, language: str) -> Any:
    """A kept answer as it stands in a field again: text, or texts by zone."""
    if kept is None:
        return ""
    if isinstance(kept, bool):
        return YES if kept else NO
    if isinstance(kept, list):
        return "\n".join(_local(str(one), language) for one in kept)
    if isinstance(kept, dict):
        return {zone: _local(str(area), language) for zone, area in kept.items()}
    return _local(str(kept), language) if question.answer is Want.NUMBER else str(kept)


def _local(figure: str, language: str) -> str:
    return figure.replace(".", ",") if language == "de" and _PLAIN.fullmatch(figure) else figure


def _last(typed: Mapping[str, Sequence[str]], field: str) -> str:
    values = typed.get(field, ())
    return values[-1].strip() if values else ""
