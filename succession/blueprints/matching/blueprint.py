"""The blueprint that the views of matching belong to, who may enter, and the two windows of each list."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask import Blueprint

from succession.accounts.actor import Role
from succession.i18n import Text
from succession.matching.criteria.criterion import Mark
from succession.matching.explanation import Reason
from succession.matching.queries import Window
from succession.web.gate import requires
from succession.web.paging import page_number

bp = Blueprint("matching", __name__)
seekers_only = requires(Role.SEEKER)
owners_only = requires(Role.TRANSFEROR, Role.LANDOWNER)

RANKED_SIZE = 10
UNCLEAR_SIZE = 5
LAST_PAGE = 200
RANKED, UNCLEAR = "page", "clarify"


@dataclass(frozen=True, slots=True)
class ReasonLine:
    """One reason as the component `reasons` wants it."""

    mark: Mark
    sentence: Text
    weight: Text | None


def own_lines(reasons: Iterable[Reason]) -> list[ReasonLine]:
    """The reader's own wishes, with how much each counts."""
    return [ReasonLine(each.mark, each.sentence, each.importance) for each in reasons]


def their_lines(reasons: Iterable[Reason]) -> list[ReasonLine]:
    """The other side's wishes: no weights, only what must be, which is published."""
    return [ReasonLine(each.mark, each.sentence, each.importance if each.is_must else None) for each in reasons]


def windows() -> tuple[Window, Window]:
    """The stretch of the ranked list and of the one to be clarified that is asked for."""
    return _window(RANKED, RANKED_SIZE), _window(UNCLEAR, UNCLEAR_SIZE)


def _window(argument: str, size: int) -> Window:
    number = min(page_number(argument), LAST_PAGE)
    return Window((number - 1) * size, size)
