"""The closed lists of an offer and the limits of its texts. Pure."""

from enum import StrEnum

from succession.i18n import Text

LONGEST_TITLE = 120
LONGEST_DESCRIPTION = 6000
LONGEST_TEASER = 300


class ListingState(StrEnum):
    """Where an offer stands; the allowed steps are in `lifecycle`."""

    DRAFT = "draft"
    PUBLISHED = "published"
    RESERVED = "reserved"
    HANDED_OVER = "handed_over"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> Text:
        """What a person reads."""
        return _STATES[self]


_STATES = {
    ListingState.DRAFT: Text("Draft"),
    ListingState.PUBLISHED: Text("Published"),
    ListingState.RESERVED: Text("Reserved"),
    ListingState.HANDED_OVER: Text("Handed over"),
    ListingState.WITHDRAWN: Text("Withdrawn"),
}


class ServiceLevel(StrEnum):
    """How much help an offer gets: only listed, enquiries passed on, or accompanied all the way."""

    LIST = "list"
    LINK = "link"
    FACILITATED = "facilitated"

    @property
    def label(self) -> Text:
        """What a person reads."""
        return _SERVICE_LEVELS[self]

    @property
    def explanation(self) -> Text:
        """What readers of the offer can expect."""
        return _SERVICE_EXPLANATIONS[self]


_SERVICE_EXPLANATIONS = {
    ServiceLevel.LIST: Text("We show the offer. You talk to each other yourselves."),
    ServiceLevel.LINK: Text("We pass on enquiries, so that nobody has to show their name or number first."),
    ServiceLevel.FACILITATED: Text("A person from our network accompanies both sides until the handover."),
}

_SERVICE_LEVELS = {
    ServiceLevel.LIST: Text("Only show it"),
    ServiceLevel.LINK: Text("Pass on enquiries"),
    ServiceLevel.FACILITATED: Text("With company"),
}


class OwnerKind(StrEnum):
    """All that is published of an owner."""

    PUBLIC_BODY = "public_body"
    CHURCH = "church"
    FOUNDATION = "foundation"
    PRIVATE = "private"

    @property
    def label(self) -> Text:
        """What a person reads."""
        return _OWNER_KINDS[self]


_OWNER_KINDS = {
    OwnerKind.PUBLIC_BODY: Text("public owner"),
    OwnerKind.CHURCH: Text("church owner"),
    OwnerKind.FOUNDATION: Text("foundation"),
    OwnerKind.PRIVATE: Text("private owner"),
}
