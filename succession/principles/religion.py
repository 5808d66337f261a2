"""Whether principles touch religion, which only churches may ask about. Pure."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from succession.principles.questions import Category

_WORDS = re.compile(
    r"konfession|getauft|taufe|kirchenmitglied|mitglied (in|der|einer) .{0,20}kirche|evangelisch|katholisch|"
    r"religionszugeh|church member|denomination|baptis",
    re.IGNORECASE,
)


def asks_about_religion(draft: Mapping[str, Any]) -> bool:
    """Whether a draft is meant for churches, or something in it is on religion, by its mark or by its words."""
    if draft.get("owners") == "church":
        return True
    if any(one.get("special_category") == Category.RELIGION for one in _listed(draft.get("questions"))):
        return True
    return any(_WORDS.search(said) for said in _said(draft))


def _said(draft: Mapping[str, Any]) -> Iterator[str]:
    """What criteria, exclusions and questions are called, and their answers."""
    catalogue = draft.get("catalogue", {})
    for part in [*_listed(catalogue.get("criteria")), *_listed(catalogue.get("exclusions"))]:
        yield from part.get("label", {}).values()
    for question in _listed(draft.get("questions")):
        yield from question.get("question", {}).values()
        for choice in _listed(question.get("choices")):
            yield from choice.get("label", {}).values()


def _listed(value: Any) -> Iterator[Mapping[str, Any]]:
    return (one for one in value if isinstance(one, Mapping)) if isinstance(value, list) else iter(())
