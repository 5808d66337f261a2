"""The writing door of the public draw: its result is entered once it was held, and the seed of the lottery is known."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from succession.accounts.actor import Actor, authorize
from succession.allocation import lottery
from succession.audit import service as audit
from succession.calls import policy, publication, queries
from succession.calls.models import Call
from succession.calls.states import BEFORE_THE_DECISION, CallState, state_at
from succession.errors import Conflict, Refused
from succession.i18n import PLACE_OF_TIMES, Text

LONGEST_RESULT = 200


def enter_draw(session: Session, actor: Actor, public_id: UUID, result: str, *, now: datetime) -> Call:
    """The result stands for good, and secret and seed are public. Before its day, and before the deadline, refused."""
    call = queries.call_for(session, actor, public_id, lock=True)
    authorize(policy.may_score, actor, call)
    words = " ".join(result.split())
    if not words or len(words) > LONGEST_RESULT:
        raise Refused(Text("Enter the result of the draw just as it was published, in at most 200 characters."))
    stands = state_at(call, now)
    if stands not in BEFORE_THE_DECISION - {CallState.DRAFT, CallState.PUBLISHED, CallState.OPEN}:
        raise Conflict(Text("The result of the draw is entered after the deadline and before the decision."))
    if call.public_draw_on is None or now.astimezone(PLACE_OF_TIMES).date() < call.public_draw_on:
        raise Conflict(Text("The public draw has not been held yet."))
    if call.public_draw_result is not None:
        if call.public_draw_result == words:
            return call
        raise Conflict(Text("The result of the draw has been entered before, and stands."))
    call.public_draw_result, call.updated_at = words, now
    session.flush()
    publication.refresh(session, call, now=now)
    owner = queries.owner_of(session, call)
    audit.record(
        session,
        actor,
        "call.draw_entered",
        kind="call",
        public_id=call.public_id,
        organisation=owner.public_id,
        now=now,
    )
    return call


def lottery_of(call: Call) -> dict[str, str] | None:
    """The lottery of a `points-1` case, once the draw was held; None before. The round is the number of the lot."""
    if call.public_draw_result is None or call.lottery_secret is None or call.lottery_commitment is None:
        return None
    return {
        "seed": lottery.seed_from(call.lottery_secret, call.public_draw_result),
        "secret": call.lottery_secret,
        "secret_commitment": call.lottery_commitment,
        "public_draw": call.public_draw_result,
    }
