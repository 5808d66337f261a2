"""Who acts: identity, roles and organisations, detached from any session. Pure."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar
from uuid import UUID

from succession.errors import Forbidden, NotFound
from succession.i18n import Text

Thing = TypeVar("Thing")


class Role(StrEnum):
    """What a person comes to the product for; one person may have several."""

    SEEKER = "seeker"
    TRANSFEROR = "transferor"
    LANDOWNER = "landowner"
    ADVISOR = "advisor"
    MENTOR = "mentor"
    COORDINATOR = "coordinator"
    OPERATOR = "operator"

    @property
    def label(self) -> Text:
        """What a person reads."""
        return _ROLES[self]


_ROLES = {
    Role.SEEKER: Text("Seeker"),
    Role.TRANSFEROR: Text("Handing over"),
    Role.LANDOWNER: Text("Landowner"),
    Role.ADVISOR: Text("Advisor"),
    Role.MENTOR: Text("Mentor"),
    Role.COORDINATOR: Text("Coordinator"),
    Role.OPERATOR: Text("Operator"),
}


@dataclass(frozen=True, slots=True)
class Actor:
    """A visitor (no account), a person, or the system itself."""

    account_id: int | None = None
    account_public_id: UUID | None = None
    name: str = ""
    language: str = "de"
    roles: frozenset[Role] = frozenset()
    organisation_ids: frozenset[int] = frozenset()
    is_system: bool = False

    @classmethod
    def visitor(cls) -> "Actor":
        """Somebody who has not signed in."""
        return cls()

    @classmethod
    def system(cls) -> "Actor":
        """The worker and the operator's command line: may do everything, and says so in the record."""
        return cls(is_system=True)

    @property
    def is_known(self) -> bool:
        """Signed in, or the system."""
        return self.account_id is not None or self.is_system

    def has(self, *roles: Role) -> bool:
        """Whether the actor has at least one of `roles`."""
        return self.is_system or not self.roles.isdisjoint(roles)

    def owns(self, *, owner_organisation_id: int | None, owner_account_id: int | None) -> bool:
        """Whether a thing with this owner belongs to the actor or to an organisation the actor is a member of."""
        if owner_organisation_id is not None:
            return owner_organisation_id in self.organisation_ids
        return owner_account_id is not None and owner_account_id == self.account_id


def authorize(rule: Callable[[Actor, Thing], bool], actor: Actor, thing: Thing, *, hidden: bool = False) -> None:
    """Raise `Forbidden` (or `NotFound`, if the thing's existence is private) unless `rule` allows it."""
    if rule(actor, thing):
        return
    raise NotFound() if hidden else Forbidden()
