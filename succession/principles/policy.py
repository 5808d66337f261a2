"""Who may read and draft whose principles; each rule also as a filter for lists. Pure."""

from sqlalchemy import ColumnElement, true

from succession.accounts.actor import Actor, Role
from succession.accounts.duties import Duty
from succession.principles.models import PrincipleSet
from succession.principles.models_rounds import PairRound


def may_enter(actor: Actor, _: object) -> bool:
    """The rooms in which principles are drafted: whoever works for an owner of land."""
    return actor.has(Role.LANDOWNER)


def may_draft(actor: Actor, organisation_id: int) -> bool:
    """Begin, change and delete drafts for that owner: with the duty to prepare calls."""
    return actor.is_system or (may_enter(actor, None) and actor.may_for(Duty.CALL, organisation_id))


def may_freeze(actor: Actor, organisation_id: int) -> bool:
    """Freeze a set: whoever opens the owner's call."""
    return may_draft(actor, organisation_id)


def may_read(actor: Actor, thing: PrincipleSet | PairRound) -> bool:
    """Read drafts and frozen sets: whoever may read what is the owner's."""
    return actor.is_system or actor.may_for(Duty.READ, thing.owner_organisation_id)


def visible_sets(actor: Actor) -> ColumnElement[bool]:
    """`may_read` as a filter on sets; a test holds the two together."""
    return true() if actor.is_system else PrincipleSet.owner_organisation_id.in_(actor.organisation_ids)


def visible_rounds(actor: Actor) -> ColumnElement[bool]:
    """`may_read` as a filter on rounds of ten cases."""
    return true() if actor.is_system else PairRound.owner_organisation_id.in_(actor.organisation_ids)
