"""Who may fill an installation with the demo region. Pure."""

from succession.accounts.actor import Actor


def may_build_demo(actor: Actor, _: object) -> bool:
    """Only the operator's command line."""
    return actor.is_system
