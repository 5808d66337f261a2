"""The states of a search and the limits of a seeker's texts. Pure."""

from enum import StrEnum

from succession.i18n import Text

LONGEST_INTRODUCTION = 3000
LONGEST_SEARCH_TITLE = 80
SMALLEST_RADIUS_KM = 1
LARGEST_RADIUS_KM = 100


class SearchState(StrEnum):
    """Where a search stands; only a published one is matched."""

    DRAFT = "draft"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> Text:
        """What a person reads."""
        return _STATES[self]


_STATES = {
    SearchState.DRAFT: Text("Draft"),
    SearchState.PUBLISHED: Text("Published"),
    SearchState.WITHDRAWN: Text("Withdrawn"),
}
