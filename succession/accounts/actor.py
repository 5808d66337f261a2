"""Who acts: identity, roles and organisations, detached from any session. Pure."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar
from uuid import UUID

from succession.accounts.duties import Duty, Grant
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


class Scope(StrEnum):
    """What somebody may do who acts for another person."""

    READ = "read"
    WRITE = "write"
    SPEAK = "speak"

    @property
    def label(self) -> Text:
        """What a person reads."""
        return _SCOPES[self]


_SCOPES = {
    Scope.READ: Text("Read everything"),
    Scope.WRITE: Text("Enter and change things"),
    Scope.SPEAK: Text("Speak and write to others"),
}


@dataclass(frozen=True, slots=True)
class Principal:
    """The person for whom somebody else is acting now, and how far."""

    account_id: int
    account_public_id: UUID
    name: str
    roles: frozenset[Role] = frozenset()
    scopes: frozenset[Scope] = frozenset({Scope.READ})
    representation_public_id: UUID | None = None
    is_heir: bool = False
    """The person has died, and whoever acts is their heir: there is nobody else to ask."""


@dataclass(frozen=True, slots=True)
class Actor:
    """A visitor (no account), a person, or the system itself.

    `account_id` is always the person at the keyboard. What they deal with is `own_account_id`: their own things, or,
    while they act for somebody (`acting_for`), that person's. `roles` are those that count now: without the second
    factor that a role asks for it is missing (it is in `withheld`), and while acting for somebody only that person's
    roles are there.
    """

    account_id: int | None = None
    account_public_id: UUID | None = None
    name: str = ""
    language: str = "de"
    roles: frozenset[Role] = frozenset()
    grants: frozenset[Grant] = frozenset()
    acting_for: Principal | None = None
    is_system: bool = False
    withheld: frozenset[Role] = frozenset()
    lacks_second_factor: bool = False
    desk: Role | None = None
    """The role whose menu is shown in this browser; all if none was chosen. It takes no right away."""

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

    @property
    def own_account_id(self) -> int | None:
        """Whose private things the actor deals with: their own, or those of the person they act for."""
        return self.account_id if self.acting_for is None else self.acting_for.account_id

    @property
    def may_write(self) -> bool:
        """Whether the actor may change private things: always their own, those of others only with that scope."""
        return self.acting_for is None or Scope.WRITE in self.acting_for.scopes

    @property
    def may_speak(self) -> bool:
        """Whether the actor may write to others: always for themselves, in another's name only with that scope."""
        return self.acting_for is None or Scope.SPEAK in self.acting_for.scopes

    @property
    def on_behalf_of(self) -> UUID | None:
        """The person in whose name the actor acts; nobody, if it is their own."""
        return None if self.acting_for is None else self.acting_for.account_public_id

    @property
    def organisation_ids(self) -> frozenset[int]:
        """The organisations whose things the actor may read."""
        return self.organisations_with(Duty.READ)

    def organisations_with(self, duty: Duty) -> frozenset[int]:
        """The organisations for which the actor has the duty."""
        return frozenset(grant.organisation_id for grant in self.grants if grant.duty is duty)

    def has(self, *roles: Role) -> bool:
        """Whether the actor has at least one of `roles`."""
        return self.is_system or not self.roles.isdisjoint(roles)

    def may_for(self, duty: Duty, organisation_id: int | None) -> bool:
        """Whether the actor has the duty for that organisation."""
        if self.is_system:
            return True
        return organisation_id is not None and Grant(organisation_id, duty) in self.grants

    def owns(self, *, owner_organisation_id: int | None, owner_account_id: int | None) -> bool:
        """Whether the actor may read everything about a thing with this owner."""
        if owner_organisation_id is not None:
            return Grant(owner_organisation_id, Duty.READ) in self.grants
        return owner_account_id is not None and owner_account_id == self.own_account_id

    def may_change_for(self, duty: Duty, *, owner_organisation_id: int | None, owner_account_id: int | None) -> bool:
        """Whether the actor may change a thing with this owner: with the duty, or as the person or for them."""
        if owner_organisation_id is not None:
            return Grant(owner_organisation_id, duty) in self.grants
        return self.may_write and owner_account_id is not None and owner_account_id == self.own_account_id


def authorize(rule: Callable[[Actor, Thing], bool], actor: Actor, thing: Thing, *, hidden: bool = False) -> None:
    """Raise `Forbidden` (or `NotFound`, if the thing's existence is private) unless `rule` allows it."""
    if rule(actor, thing):
        return
    raise NotFound() if hidden else Forbidden()
