"""A refusal that says what a search lacks. Pure."""

from succession.errors import Refused
from succession.i18n import Text


class NothingToFind(Refused):
    """Without a kind and a place there is nothing to match."""

    def __init__(self) -> None:
        super().__init__(Text("Please say first what you are looking for, and around which place."))
