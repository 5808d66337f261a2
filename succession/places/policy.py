"""Who may change the gazetteer; reading it is open to everyone. Pure."""

from succession.accounts.actor import Actor, Role
from succession.config import Region


def may_change_gazetteer(actor: Actor, region: Region) -> bool:  # noqa: ARG001 - the rule's shape
    """Operators, and the system when it loads the product data."""
    return actor.has(Role.OPERATOR)
