"""Refusals of this room that carry more than a sentence. Pure."""

from succession.calls.requirements import Missing
from succession.errors import Refused
from succession.i18n import Text


class NotReady(Refused):
    """The call cannot be published yet; `missing` says what is lacking, page by page."""

    def __init__(self, missing: tuple[Missing, ...]) -> None:
        super().__init__(Text("The call is not ready to be published. Please put these things right first."))
        self.missing = missing
