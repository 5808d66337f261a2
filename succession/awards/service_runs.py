"""The writing door of scoring: a lot is scored, and what went in and came out is kept for good."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy.orm import Session

from succession.accounts.actor import Actor, authorize
from succession.accounts.models import Organisation
from succession.allocation.principles import identifier
from succession.audit import service as audit
from succession.awards import causes, policy, queries, queries_decision, queries_input, queries_interests
from succession.awards.case import ENGINE_VERSION, case_hash, catalogue_of, evaluate_case
from succession.awards.limits import LONGEST_REASON
from succession.awards.models import Cause, ScoringRun
from succession.awards.queries import Desk
from succession.awards.standing import set_preparation_aside
from succession.awards.working import as_data
from succession.calls import service_states as call_states
from succession.calls.models import CallLot
from succession.calls.states import CallState, state_at
from succession.errors import Conflict, Refused
from succession.i18n import Text
from succession.principles.document import Draw
from succession.records.documents import DocumentError

SCORED = frozenset({CallState.CLOSED, CallState.EVIDENCE, CallState.PREPARED})
AFTER_A_DECISION = frozenset({CallState.DECIDED, CallState.STANDSTILL, CallState.APPROVALS})


def run(
    session: Session,
    actor: Actor,
    lot: CallLot,
    cause: Cause,
    *,
    note: str = "",
    drawn: Sequence[str] = (),
    now: datetime,
) -> ScoringRun:
    """The lot is scored on what stands now; whatever was prepared on an earlier run is set aside.

    `Conflict` unless the cause explains everything that differs from the run before.
    """
    desk = queries.desk_of_lot(session, lot.id, lock=True)
    authorize(policy.may_score, actor, desk.call)
    _check_state(session, desk, cause, now)
    queries_interests.refuse_interested(session, actor, desk.call)
    note = _note(cause, note)
    before = queries.newest_run(session, lot.id)
    if drawn:
        _check_draw(desk, before, drawn)
    document = queries_input.input_of(session, actor, desk, drawn=drawn)
    _check_cause(desk, cause, before, document)
    made = _made(desk, document, before)
    made.cause, made.cause_note = cause, note
    made.made_by_account_id, made.made_at = actor.account_id, now
    session.add(made)
    session.flush()
    _follow(session, actor, desk, now)
    _record(session, actor, desk, made, now)
    return made


def _check_state(session: Session, desk: Desk, cause: Cause, now: datetime) -> None:
    """Before the deadline never; after the body's decision only for an objection."""
    stands = state_at(desk.call, now)
    decided = queries_decision.standing_decision(session, desk.lot.id) is not None
    if cause is Cause.OBJECTION and stands in SCORED | AFTER_A_DECISION:
        return
    if decided or stands not in SCORED:
        raise Conflict(Text("This lot cannot be scored now. The call stands at: %(state)s.", {"state": stands.label}))


def _check_cause(desk: Desk, cause: Cause, before: ScoringRun | None, document: dict[str, Any]) -> None:
    if (before is None) != (cause is Cause.FIRST):
        raise Conflict(
            Text("The first run comes first.") if before is None else Text("This lot has been scored already.")
        )
    if before is None:
        return
    found = causes.differences(before.document, document, queries_input.awarded_fields(desk.principles))
    refusal = causes.refusal(cause, found)
    if refusal is not None:
        raise Conflict(refusal)


def _check_draw(desk: Desk, before: ScoringRun | None, drawn: Sequence[str]) -> None:
    """A draw by hand is held once, among everybody who was equal, with each of them once."""
    if desk.principles.draw is not Draw.BY_HAND:
        raise Conflict(Text("The principles of this call know no draw by hand."))
    if before is None or "lottery" in before.document["catalogue"]:
        raise Conflict(Text("The draw has been held already, or it is too early for it."))
    equal = {code for group in queries.result(before).undecided for code in group}
    if len(set(drawn)) != len(drawn) or set(drawn) != equal:
        raise Refused(Text("Please write everybody who was equal in the order of the draw, each once."))


def _note(cause: Cause, typed: str) -> str:
    note = typed.strip()
    if len(note) > LONGEST_REASON:
        raise Refused(Text("Please write at most %(most)s characters.", {"most": LONGEST_REASON}))
    if cause is Cause.OBJECTION and not note:
        raise Refused(Text("Please write what the objection has shown."))
    return note


def _made(desk: Desk, document: dict[str, Any], before: ScoringRun | None) -> ScoringRun:
    """What goes in and what comes out; a catalogue and statements that do not fit are an error of the call."""
    try:
        result = as_data(catalogue_of(document), evaluate_case(document))
    except DocumentError as error:
        raise Refused(Text("The statements do not fit the principles (%(place)s).", {"place": error.path})) from error
    return ScoringRun(
        public_id=uuid4(),
        call_id=desk.call.id,
        lot_id=desk.lot.id,
        number=1 if before is None else before.number + 1,
        document=document,
        input_hash=case_hash(document),
        principle_identifier=desk.principles.identifier,
        engine_version=ENGINE_VERSION,
        result=result,
        result_hash=identifier(result),
        previous_hash=None if before is None else before.result_hash,
    )


def _follow(session: Session, actor: Actor, desk: Desk, now: datetime) -> None:
    """What was prepared on the run before does not stand any more, and the call is at checking evidence."""
    set_preparation_aside(session, desk.lot.id, "", now=now)
    if state_at(desk.call, now) in (CallState.CLOSED, CallState.PREPARED):
        call_states.move(session, actor, desk.call, CallState.EVIDENCE, now=now)


def _record(session: Session, actor: Actor, desk: Desk, made: ScoringRun, now: datetime) -> None:
    owner = session.get_one(Organisation, desk.call.owner_organisation_id)
    audit.record(
        session,
        actor,
        "award.scored",
        kind="scoring_run",
        public_id=made.public_id,
        organisation=owner.public_id,
        now=now,
    )
