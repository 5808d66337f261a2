"""The writing door through which a body's decision comes in: once, whole, and only on what two people have prepared."""

from datetime import datetime
from pathlib import Path
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from succession.accounts.actor import Actor, authorize
from succession.accounts.models import Organisation
from succession.audit import service as audit
from succession.awards import policy, queries, queries_interests, queries_readiness, service_records
from succession.awards.ballot import Ballot, departs, refusal
from succession.awards.limits import LONGEST_REASON
from succession.awards.models import ScoringRun
from succession.awards.models_decision import Decision, Preparation
from succession.awards.queries import Desk
from succession.awards.standing import (
    lead_back,
    lead_on,
    set_preparation_aside,
    standing_decision,
    standing_preparation,
)
from succession.calls.models import CallLot
from succession.calls.states import CallState, state_at
from succession.errors import Conflict, NotFound, Refused
from succession.files import service as files
from succession.files.policy import FileOwner
from succession.files.purposes import Purpose
from succession.files.service import Upload
from succession.i18n import PLACE_OF_TIMES, Text

DECIDABLE = frozenset({CallState.EVIDENCE, CallState.PREPARED, CallState.CLOSED})


def decide(
    session: Session,
    actor: Actor,
    lot: CallLot,
    ballot: Ballot,
    *,
    preparation_id: UUID,
    scan: tuple[str, bytes] | None,
    folder: Path,
    now: datetime,
) -> Decision:
    """The body's decision is on file with all that belongs to it, or nothing is; the second of two is told.

    The call is locked from here on, so of any number at once exactly one goes through; the database holds that too.
    """
    desk = queries.desk_of_lot(session, lot.id, lock=True)
    authorize(policy.may_decide, actor, desk.call)
    queries_interests.refuse_interested(session, actor, desk.call)
    prepared = _prepared(session, actor, desk, preparation_id, now)
    proposed = _proposed(session, desk, prepared)
    interested = queries_interests.members_with_interest(session, desk.call)
    checked_on = (prepared.checked_at or now).astimezone(PLACE_OF_TIMES).date()
    today = now.astimezone(PLACE_OF_TIMES).date()
    wrong = refusal(ballot, proposed, interested, prepared_on=checked_on, today=today)
    if wrong is not None:
        raise Refused(wrong)
    made = _made(desk, prepared, ballot, proposed)
    made.application_id = _chosen(session, actor, desk, prepared, ballot.code)
    made.recorded_by_account_id, made.recorded_at = actor.account_id, now
    made.scan_file_id = _scan(session, actor, desk, scan, folder=folder, now=now)
    session.add(made)
    session.flush()
    service_records.make(session, actor, made, now=now)
    _record(session, actor, desk, made, action="award.decided", now=now)
    lead_on(session, actor, desk.call, now=now)
    return made


def set_aside(session: Session, actor: Actor, decision: Decision, reason: str, *, now: datetime) -> None:
    """The decision does not stand any more and stays on file; the lot can be scored, prepared and decided again."""
    desk = queries.desk_of_lot(session, decision.lot_id, lock=True)
    if not policy.may_score(actor, desk.call):
        authorize(policy.may_decide, actor, desk.call)
    session.refresh(decision)
    if decision.set_aside_at is not None:
        raise Conflict(Text("This decision does not stand any more."))
    if not 1 <= len(reason.strip()) <= LONGEST_REASON:
        raise Refused(Text("Please write why the decision does not stand any more."))
    lead_back(session, actor, desk.call, now=now)
    decision.set_aside_at, decision.set_aside_reason = now, reason.strip()
    session.flush()
    set_preparation_aside(session, desk.lot.id, reason.strip(), now=now)
    _record(session, actor, desk, decision, action="award.decision_set_aside", now=now)


def _prepared(session: Session, actor: Actor, desk: Desk, preparation_id: UUID, now: datetime) -> Preparation:
    """What the body had before it: checked by a second person, and still what the newest run says."""
    stands = state_at(desk.call, now)
    if standing_decision(session, desk.lot.id) is not None:
        raise Conflict(Text("The body has decided on this lot already."))
    if stands not in DECIDABLE:
        raise Conflict(Text("The body cannot decide now. The call stands at: %(state)s.", {"state": stands.label}))
    prepared = standing_preparation(session, desk.lot.id)
    if prepared is None or prepared.public_id != preparation_id:
        raise Conflict(Text("What the body had before it does not stand any more. Please look at the lot."))
    session.refresh(prepared)
    if prepared.checked_at is None:
        raise Conflict(Text("A second person has not checked the preparation yet."))
    ready = queries_readiness.readiness(session, actor, desk)
    if not ready.is_ready:
        raise Conflict(ready.gaps[0].label)
    return prepared


def _proposed(session: Session, desk: Desk, prepared: Preparation) -> str | None:
    return queries.codes_of(session, desk.call.id).get(prepared.application_id or 0)


def _chosen(session: Session, actor: Actor, desk: Desk, prepared: Preparation, code: str | None) -> int | None:
    """A departure from the ranking may choose any applicant who is not excluded and has not withdrawn."""
    if code is None:
        return None
    people = queries.applicants(session, actor, desk)
    result = queries.result(session.get_one(ScoringRun, prepared.run_id))
    if code not in people or people[code].is_withdrawn or code in result.excluded_because:
        raise Refused(Text("This applicant cannot get the lot: withdrawn, or excluded by the principles."))
    return people[code].application_id


def _made(desk: Desk, prepared: Preparation, ballot: Ballot, proposed: str | None) -> Decision:
    return Decision(
        public_id=uuid4(),
        lot_id=desk.lot.id,
        run_id=prepared.run_id,
        preparation_id=prepared.id,
        outcome=ballot.outcome,
        body=ballot.body.strip(),
        decided_on=ballot.decided_on,
        item=ballot.item.strip(),
        is_public=ballot.is_public,
        votes_for=ballot.votes_for,
        votes_against=ballot.votes_against,
        votes_abstained=ballot.votes_abstained,
        withdrew=[" ".join(name.split()) for name in ballot.withdrew if name.strip()],
        departs=departs(ballot, proposed),
        departure_reason=ballot.reason.strip(),
        set_aside_reason="",
    )


def _scan(
    session: Session, actor: Actor, desk: Desk, scan: tuple[str, bytes] | None, *, folder: Path, now: datetime
) -> int | None:
    """The minutes as a PDF; they may follow later, so nobody waits for a scanner."""
    if scan is None:
        return None
    owner = FileOwner(organisation_id=desk.call.owner_organisation_id)
    upload = Upload(scan[0], scan[1], Purpose.DECISION_SCAN)
    stored = files.add_document(session, Actor.system(), owner, upload, folder=folder, now=now)
    stored.uploaded_by_account_id = actor.account_id
    return stored.id


def add_scan(
    session: Session, actor: Actor, decision_id: UUID, *, scan: tuple[str, bytes], folder: Path, now: datetime
) -> Decision:
    """The signed minutes lie with the decision; they are added once."""
    found = session.scalar(select(Decision).where(Decision.public_id == decision_id))
    if found is None:
        raise NotFound
    desk = queries.desk_of_lot(session, found.lot_id, lock=True)
    authorize(policy.may_decide, actor, desk.call, hidden=True)
    session.refresh(found)
    if found.scan_file_id is not None:
        raise Conflict(Text("A scan lies with this decision already."))
    found.scan_file_id = _scan(session, actor, desk, scan, folder=folder, now=now)
    session.flush()
    _record(session, actor, desk, found, action="award.scan_added", now=now)
    return found


def _record(session: Session, actor: Actor, desk: Desk, decision: Decision, *, action: str, now: datetime) -> None:
    owner = session.get_one(Organisation, desk.call.owner_organisation_id)
    audit.record(
        session,
        actor,
        action,
        kind="decision",
        public_id=decision.public_id,
        organisation=owner.public_id,
        now=now,
    )
