"""What an organisation is to others: its data law, its mandates as they stand on a day, its letterhead. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Protocol

from succession.accounts.data_law import DataLaw
from succession.accounts.models import OrganisationKind
from succession.i18n import PLACE_OF_TIMES, Text

INVITATION_KEPT_FOR = timedelta(days=14)
ENDS_SOON = timedelta(days=60)


OWNER_KINDS = (
    OrganisationKind.MUNICIPALITY,
    OrganisationKind.PARISH,
    OrganisationKind.FOUNDATION,
    OrganisationKind.PRIVATE,
)


def usual_law(kind: OrganisationKind) -> DataLaw:
    """The law to begin with; a Catholic parish changes it."""
    return DataLaw.DSG_EKD if kind is OrganisationKind.PARISH else DataLaw.GDPR


class MandateState(StrEnum):
    """Where a mandate stands on a day."""

    UPCOMING = "upcoming"
    IN_FORCE = "in_force"
    ENDED = "ended"
    REVOKED = "revoked"

    @property
    def label(self) -> Text:
        """What a person reads."""
        return _MANDATE_STATES[self]


_MANDATE_STATES = {
    MandateState.UPCOMING: Text("begins later"),
    MandateState.IN_FORCE: Text("in force"),
    MandateState.ENDED: Text("ended"),
    MandateState.REVOKED: Text("revoked"),
}


class Dated(Protocol):
    """What is to be known of a mandate to say where it stands."""

    starts_on: date
    ends_on: date | None
    revoked_at: datetime | None


def today(now: datetime) -> date:
    """The day on which this moment falls where the network is: mandates begin and end at midnight there."""
    return now.astimezone(PLACE_OF_TIMES).date()


def mandate_state(mandate: Dated, on: date) -> MandateState:
    """Where the mandate stands on that day; its last day still counts, a revocation counts at once."""
    if mandate.revoked_at is not None:
        return MandateState.REVOKED
    if on < mandate.starts_on:
        return MandateState.UPCOMING
    if mandate.ends_on is not None and on > mandate.ends_on:
        return MandateState.ENDED
    return MandateState.IN_FORCE


def ends_soon(mandate: Dated, on: date) -> bool:
    """Whether a mandate that is in force ends within two months."""
    is_running = mandate_state(mandate, on) is MandateState.IN_FORCE
    return is_running and mandate.ends_on is not None and mandate.ends_on - on <= ENDS_SOON


class Addressed(Protocol):
    """What a letter tells of an organisation."""

    name: str
    postal_address: str
    phone: str
    email: str
    website: str


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Who writes: the owner in whose name it is, and the office that does the writing, if another one does."""

    owner: str
    owner_address: Sequence[str]
    office: str | None
    contact: Sequence[str]
    phone: str
    email: str
    signature: Text


def letterhead_of(owner: Addressed, office: Addressed | None = None) -> Letterhead:
    """The head and foot of a letter: it always names the owner, also when an office writes for it."""
    writer = office or owner
    signature = (
        Text("For %(owner)s", {"owner": owner.name})
        if office is None
        else Text("%(office)s, in the name of %(owner)s", {"office": office.name, "owner": owner.name})
    )
    return Letterhead(
        owner=owner.name,
        owner_address=_lines(owner.postal_address),
        office=None if office is None else office.name,
        contact=_lines(writer.postal_address),
        phone=writer.phone or owner.phone,
        email=writer.email or owner.email,
        signature=signature,
    )


def _lines(address: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in address.splitlines() if line.strip())
