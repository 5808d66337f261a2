"""Writing doors of approvals: who must agree or be told, by when, and what came of it."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from succession.accounts.actor import Actor, authorize
from succession.audit import service as audit
from succession.awards import outward, queries_outward
from succession.awards import policy_outward as policy
from succession.awards.approvals import LONGEST_BODY, LONGEST_NOTE, ApprovalKind, StepOutcome
from succession.awards.models_contract import ApprovalStep
from succession.awards.models_decision import Decision
from succession.awards.outward import LotAt
from succession.awards.standstill import day_of
from succession.errors import Conflict, NotFound, Refused
from succession.i18n import Text

MOST_STEPS = 12


@dataclass(frozen=True, slots=True)
class StepResult:
    """How a step stands now."""

    asked_on: date | None
    due_on: date | None
    outcome: StepOutcome
    outcome_on: date | None
    note: str


def add(
    session: Session,
    actor: Actor,
    at: LotAt,
    *,
    kind: ApprovalKind,
    body: str,
    due_on: date | None,
    now: datetime,
) -> ApprovalStep:
    """One more body must agree or be told; before the contract only while none is signed."""
    desk, decision = outward.desk_to_write(session, actor, at)
    authorize(policy.may_write, actor, desk.call)
    course = queries_outward.course_of(session, decision)
    if course.contract is not None and kind.comes_before_contract:
        raise Conflict(Text("The contract is signed already, so nothing can be put before it."))
    if not 1 <= len(body.strip()) <= LONGEST_BODY:
        raise Refused(Text("Please write who is asked or told."))
    if len(course.steps) >= MOST_STEPS:
        raise Refused(Text("There are at most %(most)s steps.", {"most": MOST_STEPS}))
    made = ApprovalStep(
        decision_id=decision.id,
        number=_next_number(session, decision),
        kind=kind,
        is_before_contract=kind.comes_before_contract,
        body=body.strip(),
        due_on=due_on,
        outcome=StepOutcome.OPEN,
        note="",
        recorded_by_account_id=actor.account_id,
        revision=1,
    )
    session.add(made)
    session.flush()
    audit.record(
        session, actor, "approval.added", **outward.noted(session, desk, "approval_step", made.public_id), now=now
    )
    return made


def record(
    session: Session,
    actor: Actor,
    at: LotAt,
    step_id: UUID,
    given: StepResult,
    *,
    revision: int,
    now: datetime,
) -> ApprovalStep:
    """What came of a step; `Conflict` if somebody else has changed it meanwhile."""
    desk, decision = outward.desk_to_write(session, actor, at)
    authorize(policy.may_write, actor, desk.call)
    found = session.scalar(
        select(ApprovalStep)
        .where(ApprovalStep.public_id == step_id, ApprovalStep.decision_id == decision.id)
        .with_for_update()
    )
    if found is None:
        raise NotFound
    if found.revision != revision:
        raise Conflict(Text("Somebody else has changed this step meanwhile. Please look at it again."))
    _check(found, given, now)
    contract = queries_outward.course_of(session, decision).contract
    if contract is not None and found.is_before_contract and found.outcome is not given.outcome:
        raise Conflict(Text("The contract was signed on this approval. What was agreed before it stays as it is."))
    found.asked_on, found.due_on, found.note = given.asked_on, given.due_on, given.note.strip()
    found.outcome = given.outcome
    found.outcome_on = given.outcome_on if given.outcome is not StepOutcome.OPEN else None
    found.recorded_by_account_id = actor.account_id
    found.revision += 1
    session.flush()
    outward.lead_on(session, actor, desk.call, now=now)
    audit.record(
        session, actor, "approval.recorded", **outward.noted(session, desk, "approval_step", found.public_id), now=now
    )
    return found


def _check(step: ApprovalStep, given: StepResult, now: datetime) -> None:
    today = day_of(now)
    if len(given.note) > LONGEST_NOTE:
        raise Refused(Text("Please write at most %(most)s characters.", {"most": LONGEST_NOTE}))
    if any(day is not None and day > today for day in (given.asked_on, given.outcome_on)):
        raise Refused(Text("What has happened lies not in the future. Please check the days."))
    if given.outcome is not StepOutcome.OPEN and given.outcome_on is None:
        raise Refused(Text("Please write on which day it ended."))
    if given.outcome is StepOutcome.BY_SILENCE:
        if not step.kind.silence_agrees:
            raise Refused(Text("Here silence is no yes. Please ask for the answer."))
        if given.due_on is None or today <= given.due_on:
            raise Refused(Text("Silence counts only once the time of the authority is over."))


def _next_number(session: Session, decision: Decision) -> int:
    highest = session.scalar(select(func.max(ApprovalStep.number)).where(ApprovalStep.decision_id == decision.id))
    return int(highest or 0) + 1
