"""Who may make, read and publish the record of a decision; the rule for lists beside it. Pure."""

from sqlalchemy import ColumnElement, or_, select, true

from succession.accounts.actor import Actor
from succession.accounts.duties import Duty
from succession.awards import policy
from succession.awards.models_records import AwardRecord
from succession.calls.models import Call, CallLot


def is_system(actor: Actor, _: object) -> bool:
    """What only the clock does."""
    return actor.is_system


def may_make(actor: Actor, call: Call) -> bool:
    """Whoever enters the decision."""
    return policy.may_decide(actor, call)


def may_publish(actor: Actor, call: Call) -> bool:
    """Whoever writes the letters, after which it is published, or enters the decision."""
    return actor.may_for(Duty.LETTERS, call.owner_organisation_id) or policy.may_decide(actor, call)


def may_read_full(actor: Actor, call: Call) -> bool:
    """The scoring office, as it reads all that was stated."""
    return policy.may_score(actor, call)


def may_read(actor: Actor, record: AwardRecord, call: Call) -> bool:
    """Everybody once it is published; before that whoever works on the award."""
    return record.published_at is not None or actor.is_system or policy.may_see(actor, call)


def visible_records(actor: Actor) -> ColumnElement[bool]:
    """`may_read` as a filter; a test holds the two together."""
    if actor.is_system:
        return true()
    organisations = frozenset[int]().union(*(actor.organisations_with(duty) for duty in policy.SEES))
    own = select(CallLot.id).join(Call, Call.id == CallLot.call_id).where(Call.owner_organisation_id.in_(organisations))
    return or_(AwardRecord.published_at.is_not(None), AwardRecord.lot_id.in_(own))
