"""Who may read, prepare, score and decide calls, for their owner or in its office. Pure."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, true

from succession.accounts.actor import Actor
from succession.accounts.duties import Duty
from succession.calls.models import Call

STEPS_ON = (Duty.CALL, Duty.SCORE, Duty.LETTERS, Duty.DECIDE)


@dataclass(frozen=True, slots=True)
class CallOwner:
    """For whom a call shall be prepared."""

    organisation_id: int


def may_enter(actor: Actor, _: object) -> bool:
    """The pages about own calls: whoever works for an owner."""
    return actor.is_system or bool(actor.organisation_ids)


def may_begin(actor: Actor, owner: CallOwner) -> bool:
    """Whoever prepares calls for that owner, as its member or in its office."""
    return actor.may_for(Duty.CALL, owner.organisation_id)


def may_view(actor: Actor, call: Call) -> bool:
    """The owner's side of a call: members of the owner and of its office. What the public reads is published apart."""
    return actor.is_system or actor.owns(owner_organisation_id=call.owner_organisation_id, owner_account_id=None)


def may_prepare(actor: Actor, call: Call) -> bool:
    """Whoever prepares calls for the owner of this one."""
    return actor.may_for(Duty.CALL, call.owner_organisation_id)


def may_score(actor: Actor, call: Call) -> bool:
    """Whoever checks and scores applications for the owner."""
    return actor.may_for(Duty.SCORE, call.owner_organisation_id)


def may_write_letters(actor: Actor, call: Call) -> bool:
    """Whoever writes letters in the owner's name."""
    return actor.may_for(Duty.LETTERS, call.owner_organisation_id)


def may_decide(actor: Actor, call: Call) -> bool:
    """Whoever enters decisions for the owner."""
    return actor.may_for(Duty.DECIDE, call.owner_organisation_id)


def may_move(actor: Actor, call: Call) -> bool:
    """Whoever has any of the duties that lead a call on; the room that asks has checked which."""
    return any(actor.may_for(duty, call.owner_organisation_id) for duty in STEPS_ON)


def visible_calls(actor: Actor) -> ColumnElement[bool]:
    """`may_view` as a filter; a test holds the two together."""
    return true() if actor.is_system else Call.owner_organisation_id.in_(actor.organisation_ids)
