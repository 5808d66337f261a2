"""What can be found when a promise is looked at, and why watching one ends. Pure."""

from enum import StrEnum

from succession.i18n import Text

LONGEST_NOTE = 4000
LONGEST_NAME = 200


class Outcome(StrEnum):
    """What the office found."""

    KEPT = "kept"
    PARTLY = "partly"
    BROKEN = "broken"
    NOT_CHECKABLE = "not_checkable"

    @property
    def label(self) -> Text:
        """What a person reads."""
        return _OUTCOMES[self]


_OUTCOMES = {
    Outcome.KEPT: Text("Kept"),
    Outcome.PARTLY: Text("Partly kept"),
    Outcome.BROKEN: Text("Not kept"),
    Outcome.NOT_CHECKABLE: Text("Could not be checked"),
}

WITH_CONSEQUENCE = frozenset({Outcome.PARTLY, Outcome.BROKEN})
"""Only where something is missing may something follow."""


class Ending(StrEnum):
    """Why a promise is not watched any longer."""

    LAND_SOLD = "land_sold"
    LEASE_ENDED = "lease_ended"
    WAIVED = "waived"

    @property
    def label(self) -> Text:
        """What a person reads."""
        return _ENDINGS[self]


_ENDINGS = {
    Ending.LAND_SOLD: Text("The land was sold"),
    Ending.LEASE_ENDED: Text("The lease ended early"),
    Ending.WAIVED: Text("The owner gave it up"),
}
