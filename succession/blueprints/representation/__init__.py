"""The web door of acting for somebody: who helps me, for whom I enter, letters, and a person's own yes."""

from succession.blueprints.representation import (
    answering,
    confirmations,
    file_care,
    file_page,
    helpers,
    people,
    resting,
    taking_over,
)
from succession.blueprints.representation.blueprint import bp

__all__ = ["answering", "bp", "confirmations", "file_care", "file_page", "helpers", "people", "resting", "taking_over"]
