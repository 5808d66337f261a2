"""A refusal that says what an offer lacks. Pure."""

from succession.errors import Refused
from succession.i18n import Text
from succession.listings.completeness import Missing


class Incomplete(Refused):
    """Something is missing before others may see the offer."""

    def __init__(self, missing: tuple[Missing, ...]) -> None:
        super().__init__(Text("Something is still missing before others can see the offer."))
        self.missing = missing
