"""Whether principles touch religion, which only churches may ask about. Pure."""

from collections.abc import Mapping
from typing import Any

from succession.principles.questions import Category


def asks_about_religion(draft: Mapping[str, Any]) -> bool:
    """Whether a draft is meant for churches, or one of its questions is on religion."""
    if draft.get("owners") == "church":
        return True
    questions = draft.get("questions")
    listed = questions if isinstance(questions, list) else []
    return any(isinstance(one, Mapping) and one.get("special_category") == Category.RELIGION for one in listed)
