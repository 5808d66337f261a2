"""Whose land it is: an organisation or a person. Pure."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Owner:
    """Exactly one of the two numbers is there."""

    organisation_id: int | None = None
    account_id: int | None = None
    name: str = ""
    public_id: UUID | None = None
