"""Whose land it is: an organisation or a person, and what the acting person does for that organisation. Pure."""

from dataclasses import dataclass
from uuid import UUID

from succession.accounts.models import MembershipRole


@dataclass(frozen=True, slots=True)
class Owner:
    """Exactly one of the two numbers is there; `member_role` is the acting person's, for an organisation."""

    organisation_id: int | None = None
    account_id: int | None = None
    name: str = ""
    public_id: UUID | None = None
    member_role: MembershipRole | None = None
