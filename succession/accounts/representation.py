"""Acting for somebody: the kinds, how it was agreed, how far it reaches and when it counts. Pure."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from succession.accounts.actor import Role
from succession.i18n import PLACE_OF_TIMES, Text

LONGEST = timedelta(days=366)
REPRESENTABLE = frozenset({Role.SEEKER, Role.TRANSFEROR, Role.LANDOWNER})
"""Only what a person does for themselves can be done for them; offices and tasks of the network cannot."""


class RepresentationKind(StrEnum):
    """Who acts for the person."""

    ADVISOR = "advisor"
    RELATIVE = "relative"
    NEIGHBOUR = "neighbour"
    TAX_ADVISER = "tax_adviser"
    OTHER = "other"
    HEIR = "heir"

    @property
    def label(self) -> Text:
        """What a person reads."""
        return _KINDS[self]


_KINDS = {
    RepresentationKind.ADVISOR: Text("Advisor of the network"),
    RepresentationKind.RELATIVE: Text("Child or other relative"),
    RepresentationKind.NEIGHBOUR: Text("Neighbour or friend"),
    RepresentationKind.TAX_ADVISER: Text("Tax adviser or lawyer"),
    RepresentationKind.OTHER: Text("Somebody else"),
    RepresentationKind.HEIR: Text("Heir"),
}
NAMEABLE = tuple(kind for kind in RepresentationKind if kind is not RepresentationKind.HEIR)
"""Whom a person can name themselves; an heir comes in through the advisor."""


class AgreedBy(StrEnum):
    """How it is known that the person wants it."""

    PERSON = "person"
    LETTER = "letter"
    PHONE = "phone"
    PAPER = "paper"

    @property
    def label(self) -> Text:
        """What a person reads."""
        return _WAYS[self]


_WAYS = {
    AgreedBy.PERSON: Text("by themselves, signed in"),
    AgreedBy.LETTER: Text("with the code from a letter"),
    AgreedBy.PHONE: Text("on the phone"),
    AgreedBy.PAPER: Text("on paper"),
}


class RepresentationState(StrEnum):
    """Whether it counts today, and if not, why."""

    ACTIVE = "active"
    ASKED = "asked"
    UNCONFIRMED = "unconfirmed"
    LATER = "later"
    RESTING = "resting"
    EXPIRED = "expired"
    ENDED = "ended"

    @property
    def label(self) -> Text:
        """What a person reads."""
        return _STATES[self]


_STATES = {
    RepresentationState.ACTIVE: Text("in force"),
    RepresentationState.ASKED: Text("asked, not accepted yet"),
    RepresentationState.UNCONFIRMED: Text("waits for the person's yes"),
    RepresentationState.LATER: Text("begins later"),
    RepresentationState.RESTING: Text("rests"),
    RepresentationState.EXPIRED: Text("has run out"),
    RepresentationState.ENDED: Text("ended"),
}


class FreezeReason(StrEnum):
    """Why a file rests."""

    ILLNESS = "illness"
    DEATH = "death"
    DISPUTE = "dispute"
    OTHER = "other"

    @property
    def label(self) -> Text:
        """What a person reads."""
        return _REASONS[self]


_REASONS = {
    FreezeReason.ILLNESS: Text("Illness"),
    FreezeReason.DEATH: Text("Death"),
    FreezeReason.DISPUTE: Text("The family does not agree"),
    FreezeReason.OTHER: Text("Another reason"),
}


@dataclass(frozen=True, slots=True)
class Standing:
    """Everything on which it depends whether somebody may act for a person today."""

    kind: RepresentationKind
    starts_on: date
    ends_on: date
    is_accepted: bool
    is_confirmed: bool
    is_ended: bool
    is_frozen: bool
    is_blocked: bool = False
    """The person's account may not be used."""


def state_of(standing: Standing, today: date) -> RepresentationState:
    """The first reason why it does not count, or that it does."""
    if standing.is_ended:
        return RepresentationState.ENDED
    if today > standing.ends_on:
        return RepresentationState.EXPIRED
    if not standing.is_accepted:
        return RepresentationState.ASKED
    if not standing.is_confirmed:
        return RepresentationState.UNCONFIRMED
    if today < standing.starts_on:
        return RepresentationState.LATER
    if standing.is_blocked or (standing.is_frozen and standing.kind not in STAYS_WHEN_FROZEN):
        return RepresentationState.RESTING
    return RepresentationState.ACTIVE


STAYS_WHEN_FROZEN = frozenset({RepresentationKind.ADVISOR, RepresentationKind.HEIR})
"""Who still gets at a file that rests: the advisor, and the heirs whom the advisor has let in."""


def day_of(moment: datetime) -> date:
    """The calendar day where the people are."""
    return moment.astimezone(PLACE_OF_TIMES).date()
