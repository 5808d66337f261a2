"""The writing doors that lead a call on: step by step, by the clock, or to its end before time."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from succession.accounts.actor import Actor, authorize
from succession.audit import service as audit
from succession.calls import policy, publication, queries
from succession.calls.models import Call
from succession.calls.states import BY_THE_CLOCK, CallState, may_follow, state_at
from succession.errors import Conflict
from succession.i18n import Text


def move(session: Session, actor: Actor, call: Call, to: CallState, *, now: datetime) -> None:
    """The call stands at `to`; `Conflict` where that is no step from where it stands. The caller holds its lock.

    What the clock says goes before what is recorded: an open call cannot be decided because a job was late.
    """
    authorize(policy.may_move, actor, call)
    stands = state_at(call, now)
    if to is stands and to is call.state:
        return
    if to is not stands and (to in BY_THE_CLOCK or not may_follow(stands, to)):
        raise Conflict(Text("This step does not follow now. The call stands at: %(state)s.", {"state": stands.label}))
    call.state = to
    call.updated_at = now
    session.flush()
    publication.refresh(session, call, now=now)
    owner = queries.owner_of(session, call)
    audit.record(
        session,
        actor,
        "call.moved",
        kind="call",
        public_id=call.public_id,
        organisation=owner.public_id,
        now=now,
    )


def record_turns(session: Session, actor: Actor, *, now: datetime) -> int:
    """Calls whose opening or deadline has passed stand so on record; how many there were."""
    authorize(lambda who, _: who.is_system, actor, None)
    waiting = select(Call).where(Call.state.in_([state.value for state in BY_THE_CLOCK]))
    turned = 0
    for call in session.scalars(waiting.order_by(Call.id).with_for_update(skip_locked=True)):
        stands = state_at(call, now)
        if stands is not call.state:
            move(session, actor, call, stands, now=now)
            turned += 1
    return turned
