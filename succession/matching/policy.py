"""Who may see whose matches, and who may renew the means of the pool. Pure.

Matches belong to the one who asks: a search's to its seeker, an offer's candidates to those who keep the offer. Whether
somebody keeps a search or an offer is decided in the rooms of profiles and listings.
"""

from succession.accounts.actor import Actor, Role


def may_see_figures(actor: Actor, _: object) -> bool:
    """Read the other side's weights and contributions too: the operator's command line."""
    return actor.is_system


def may_renew_means(actor: Actor, _: object) -> bool:
    """Take a new sample of the pool."""
    return actor.has(Role.OPERATOR)
