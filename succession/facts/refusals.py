"""Refusals that carry more than a sentence, so that the page can show what to look at. Pure."""

from succession.errors import Conflict, Refused
from succession.facts.differences import Difference
from succession.facts.discretion import Finding
from succession.i18n import Text


class Overtaken(Conflict):
    """Somebody has saved the same page meanwhile; nothing was overwritten."""

    def __init__(self, differences: tuple[Difference, ...], seen: str) -> None:
        super().__init__(Text("This page has been changed meanwhile. Please compare and save once more."))
        self.differences = differences
        self.seen = seen


class GivesAway(Refused):
    """The text seems to name its author or the place; it may be published once the person has confirmed it."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__(Text("The text seems to say who or where you are. Please look at it once more."))
        self.findings = findings
