"""Who may change the gazetteer; reading it is open to everyone. Pure."""

from succession.accounts.actor import Actor, Role
from succession.config import Region


def may_change_gazetteer(actor: Actor, region: Region) -> bool:  # noqa: ARG001 - the rule's shape
    """Operators, and the system when it loads the product data."""
    return actor.has(Role.OPERATOR)


def may_keep_reference(actor: Actor, _: object) -> bool:
    """The counts that decide how wide an area is shown: the coordination, the operator, and the system."""
    return actor.has(Role.COORDINATOR, Role.OPERATOR)
