"""Where an application stands, and by which way it came. Pure."""

from datetime import timedelta
from enum import StrEnum

from succession.i18n import Text

SEALED_AFTER_CLOSING = timedelta(seconds=60)
"""What arrived in time may still be on its way into the database: so long after the deadline everything stays shut."""
REDUCED_AFTER = timedelta(days=183)
"""Unsuccessful: six months after the Wartefrist only the pseudonymous line is left."""
DRAFTS_KEPT = timedelta(days=365)
MOST_MEMBERS = 20
LONGEST_NAME = 160
LONGEST_ADDRESS = 300
LONGEST_TIES = 500
LONGEST_INITIALS = 8


class ApplicationState(StrEnum):
    """A draft is its applicant's own; submitted counts at the deadline; withdrawn may be submitted again until then."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> Text:
        """What a person reads."""
        return _STATES[self]


_STATES = {
    ApplicationState.DRAFT: Text("not submitted yet"),
    ApplicationState.SUBMITTED: Text("submitted"),
    ApplicationState.WITHDRAWN: Text("withdrawn"),
}


class Way(StrEnum):
    """How it came in."""

    ONLINE = "online"
    PAPER = "paper"

    @property
    def label(self) -> Text:
        """What a person reads."""
        return _WAYS[self]


_WAYS = {Way.ONLINE: Text("online"), Way.PAPER: Text("on paper, entered by the office")}


class FarmsteadKind(StrEnum):
    """From where distances count: a farmstead that stands, or one that is planned."""

    EXISTING = "existing"
    PLANNED = "planned"

    @property
    def label(self) -> Text:
        """What a person reads."""
        return _FARMSTEADS[self]


_FARMSTEADS = {
    FarmsteadKind.EXISTING: Text("My farmstead stands there already"),
    FarmsteadKind.PLANNED: Text("I plan my farmstead there"),
}
