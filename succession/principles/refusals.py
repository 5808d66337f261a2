"""Refusals of the editor that carry more than a sentence. Pure."""

from succession.errors import Conflict, Refused
from succession.facts.differences import Difference
from succession.i18n import Text
from succession.principles.problems import Problem


class Overtaken(Conflict):
    """Somebody has saved the same part meanwhile; nothing was overwritten."""

    def __init__(self, differences: tuple[Difference, ...], seen: int) -> None:
        super().__init__(Text("Somebody has changed this meanwhile. Please compare and save once more."))
        self.differences = differences
        self.seen = seen


class BadDocument(Refused):
    """The document is none; the problem says where and why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.sentence)
        self.problem = problem


class NotForThisOwner(Refused):
    """Religion is scored for churches only."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                "These principles ask about religion. Only a church may do that, so they cannot be used for this owner."
            )
        )
