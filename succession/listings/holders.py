"""For whom an offer is kept: a person or an organisation. Pure."""

from dataclasses import dataclass

from succession.accounts.models import OrganisationKind
from succession.listings.states import OwnerKind

_PUBLISHED_AS = {
    OrganisationKind.MUNICIPALITY: OwnerKind.PUBLIC_BODY,
    OrganisationKind.PARISH: OwnerKind.CHURCH,
    OrganisationKind.FOUNDATION: OwnerKind.FOUNDATION,
}


@dataclass(frozen=True, slots=True)
class Holder:
    """Exactly one of the two numbers is there."""

    organisation_id: int | None = None
    account_id: int | None = None


def published_as(kind: OrganisationKind | None) -> OwnerKind:
    """All that others learn of an owner; a person (None) and a firm look the same."""
    return OwnerKind.PRIVATE if kind is None else _PUBLISHED_AS.get(kind, OwnerKind.PRIVATE)
