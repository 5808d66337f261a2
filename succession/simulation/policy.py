"""Who may try sets on whom, and who may read what was tried. Pure."""

from sqlalchemy import ColumnElement, true

from succession.accounts.actor import Actor, Role
from succession.accounts.duties import Duty
from succession.simulation.models import Simulation


def may_enter(actor: Actor, _: object) -> bool:
    """The room of simulations: whoever works for an owner of land."""
    return actor.has(Role.LANDOWNER)


def may_simulate(actor: Actor, organisation_id: int) -> bool:
    """Try sets on the sample farms for that owner: whoever may read its principles."""
    return actor.may_for(Duty.READ, organisation_id)


def may_read(actor: Actor, simulation: Simulation) -> bool:
    """Read what was tried for that owner."""
    return actor.is_system or actor.may_for(Duty.READ, simulation.owner_organisation_id)


def visible_simulations(actor: Actor) -> ColumnElement[bool]:
    """`may_read` as a filter; a test holds the two together."""
    return true() if actor.is_system else Simulation.owner_organisation_id.in_(actor.organisations_with(Duty.READ))
