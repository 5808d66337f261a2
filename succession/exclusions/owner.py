"""Whose list it is: a person's or an organisation's. Pure."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ListOwner:
    """Exactly one of the two numbers is there."""

    organisation_id: int | None = None
    account_id: int | None = None


@dataclass(frozen=True, slots=True)
class Apart:
    """Organisations and accounts, as owners of what is hidden or as those from whom it is."""

    organisation_ids: frozenset[int] = frozenset()
    account_ids: frozenset[int] = frozenset()

    def __bool__(self) -> bool:
        """Whether it names anybody."""
        return bool(self.organisation_ids or self.account_ids)

    def __or__(self, other: "Apart") -> "Apart":
        """Both together."""
        return Apart(self.organisation_ids | other.organisation_ids, self.account_ids | other.account_ids)

    def holds(self, *, organisation_id: int | None, account_id: int | None) -> bool:
        """Whether this owner is among them."""
        return (
            organisation_id in self.organisation_ids if organisation_id is not None else account_id in self.account_ids
        )
