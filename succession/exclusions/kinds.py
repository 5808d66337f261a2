"""Whom a list can name, and how much it may hold. Pure."""

from enum import StrEnum

from succession.i18n import Text

LONGEST_NAME = 120
LONGEST_ADDRESS = 200
MOST_ENTRIES = 60


class ExclusionKind(StrEnum):
    """A person, a firm with all who work there, or a place with all who live there."""

    PERSON = "person"
    FIRM = "firm"
    PLACE = "place"

    @property
    def label(self) -> Text:
        """What a person reads."""
        return _LABELS[self]

    @property
    def heading(self) -> Text:
        """What stands over all entries of this kind."""
        return _HEADINGS[self]


_LABELS = {
    ExclusionKind.PERSON: Text("A person"),
    ExclusionKind.FIRM: Text("A firm"),
    ExclusionKind.PLACE: Text("A place"),
}

_HEADINGS = {
    ExclusionKind.PERSON: Text("Persons"),
    ExclusionKind.FIRM: Text("Firms"),
    ExclusionKind.PLACE: Text("Places"),
}
