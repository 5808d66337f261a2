"""Why sets may not be tried on these people."""

from succession.errors import Conflict, Refused
from succession.i18n import Text


class NotPast(Conflict):
    """The call runs, or its award is not told and firm yet."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                "Principles are tried on a call only after its contract. "
                "Before that, a simulation could sway the decision. Please take the sample farms."
            )
        )


class TooFewForPublic(Refused):
    """With so few applicants everybody would know who is meant."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                "In public a call needs at least 10 applicants. With fewer, please choose a session that is not public."
            )
        )


class WrongNumberOfSets(Refused):
    """One cannot be compared, and five are too many for a page."""

    def __init__(self) -> None:
        super().__init__(Text("Please choose two to four sets."))


class NobodyThere(Refused):
    """Nobody applied for that lot."""

    def __init__(self) -> None:
        super().__init__(Text("Nobody applied for this lot, or the statements have been deleted."))
