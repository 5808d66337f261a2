"""Writing doors of the records of decisions: made with them, published once told, stripped when their time is over."""

import secrets
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from succession.accounts.actor import Actor, authorize
from succession.accounts.models import Organisation
from succession.audit import service as audit
from succession.awards import policy_records, queries
from succession.awards.models import ScoringRun
from succession.awards.models_decision import Decision
from succession.awards.models_notices import Objection, Standstill
from succession.awards.models_records import AwardRecord
from succession.awards.queries import Desk
from succession.awards.record_build import Material, draw_letters, full_record, public_record
from succession.awards.record_lines import SHORTEST_SALT, without_openings
from succession.awards.record_strip import is_stripped, stripped
from succession.calls import queries as calls
from succession.errors import Conflict
from succession.i18n import PLACE_OF_TIMES, Text

KEPT_AFTER_STANDSTILL = timedelta(days=30)
"""So long statements of a special category stay in the full record: until no Einwand can come any more."""


COUNTS_RELIGION: list[dict[str, Any]] = [{"line": "sealed", "because": [{"because": "special_category"}]}]
STILL_OPEN: list[dict[str, Any]] = [{"line": "order", "opening": {}}]


def make(session: Session, actor: Actor, decision: Decision, *, now: datetime) -> AwardRecord:
    """The decision has its record, full and public; a second call changes nothing."""
    desk = queries.desk_of_lot(session, decision.lot_id)
    authorize(policy_records.may_make, actor, desk.call)
    there = session.scalar(select(AwardRecord).where(AwardRecord.decision_id == decision.id))
    if there is not None:
        return there
    run = session.get_one(ScoringRun, decision.run_id)
    public_id = uuid4()
    full = full_record(_material(session, desk, run, decision, str(public_id)), _salt)
    made = AwardRecord(
        public_id=public_id,
        decision_id=decision.id,
        lot_id=decision.lot_id,
        run_id=run.id,
        full_record=full,
        public_record=public_record(full),
        record_hash=full["record_hash"],
        made_at=now,
        published_at=None,
    )
    session.add(made)
    session.flush()
    _note(session, actor, desk, made, "award.record_made", now=now)
    return made


def publish(session: Session, actor: Actor, decision: Decision, *, now: datetime) -> AwardRecord:
    """Everybody can read and recompute the record of the decision; a second call changes nothing."""
    desk = queries.desk_of_lot(session, decision.lot_id)
    authorize(policy_records.may_publish, actor, desk.call)
    found = session.scalar(select(AwardRecord).where(AwardRecord.decision_id == decision.id).with_for_update())
    if found is None:
        raise Conflict(Text("There is no record of this decision yet."))
    if found.published_at is None:
        found.published_at = max(now, found.made_at)
        session.flush()
        _note(session, actor, desk, found, "award.record_published", now=now)
    return found


def forget(session: Session, actor: Actor, *, now: datetime) -> int:
    """Nothing hidden is left in full records whose file has had its time; how many there were."""
    authorize(policy_records.is_system, actor, None)
    over = (
        select(AwardRecord)
        .join(Standstill, Standstill.decision_id == AwardRecord.decision_id)
        .where(Standstill.kept_until < now, AwardRecord.full_record["lines"].contains([{"opening": {}}]))
        .with_for_update(of=AwardRecord, skip_locked=True)
    )
    found = session.scalars(over).all()
    for record in found:
        record.full_record = {**record.full_record, "lines": without_openings(record.full_record["lines"])}
    session.flush()
    return len(found)


def forget_special(session: Session, actor: Actor, *, now: datetime) -> int:
    """Full records hold no statement of a special category once no Einwand can come; how many were stripped."""
    authorize(policy_records.is_system, actor, None)
    waiting = exists().where(Objection.standstill_id == Standstill.id, Objection.answered_on.is_(None))
    over = (
        select(AwardRecord)
        .join(Standstill, Standstill.decision_id == AwardRecord.decision_id)
        .where(Standstill.confirmed_at.is_not(None), Standstill.ends_at < now - KEPT_AFTER_STANDSTILL, ~waiting)
        .where(AwardRecord.full_record["lines"].contains(COUNTS_RELIGION + STILL_OPEN))
        .with_for_update(of=AwardRecord, skip_locked=True)
    )
    count = 0
    for record in session.scalars(over):
        if not is_stripped(record.full_record):
            record.full_record = stripped(record.full_record)
            count += 1
    session.flush()
    return count


def _salt() -> str:
    return secrets.token_hex(SHORTEST_SALT // 2)


def _material(session: Session, desk: Desk, run: ScoringRun, decision: Decision, identifier: str) -> Material:
    code = queries.codes_of(session, desk.call.id).get(decision.application_id or 0)
    codes = [one["id"] for one in run.document["applicants"]]
    made_at = run.made_at.astimezone(PLACE_OF_TIMES).date().isoformat()
    return Material(
        identifier=identifier,
        call=_call(session, desk),
        run={"number": run.number, "cause": run.cause.value, "engine": run.engine_version, "made_at": made_at},
        hashes={"input": run.input_hash, "result": run.result_hash, "previous": run.previous_hash},
        principles=desk.principles.raw,
        case=run.document,
        letters=draw_letters(codes, secrets.SystemRandom().shuffle, _letters_so_far(session, decision.lot_id)),
        decision={**_decision(decision), "code": code},
    )


def _call(session: Session, desk: Desk) -> dict[str, Any]:
    return {
        "call": str(desk.call.public_id),
        "title": desk.call.title,
        "owner": calls.owner_of(session, desk.call).name,
        "kind": desk.call.kind.value,
        "frozen": desk.call.frozen_hash,
        "lot": {"number": desk.lot.number, "name": desk.lot.name},
    }


def _decision(decision: Decision) -> dict[str, Any]:
    """Votes only of a public meeting; of the members who took no part only how many they were."""
    told: dict[str, Any] = {
        "outcome": decision.outcome.value,
        "body": decision.body,
        "decided_on": decision.decided_on.isoformat(),
        "item": decision.item,
        "is_public": decision.is_public,
        "withdrew": len(decision.withdrew),
        "departs": decision.departs,
        "reason": decision.departure_reason,
    }
    if decision.is_public:
        told["votes"] = {
            "for": decision.votes_for,
            "against": decision.votes_against,
            "abstained": decision.votes_abstained,
        }
    return told


def _letters_so_far(session: Session, lot_id: int) -> dict[str, str]:
    """Who has a letter from an earlier record of the lot keeps it."""
    statement = select(AwardRecord).where(AwardRecord.lot_id == lot_id).order_by(AwardRecord.id)
    return {
        line["opening"]["value"]: line["letter"]
        for record in session.scalars(statement)
        for line in record.full_record["lines"]
        if line["line"] == "applicant" and "opening" in line
    }


def _note(session: Session, actor: Actor, desk: Desk, record: AwardRecord, action: str, *, now: datetime) -> None:
    owner = session.get_one(Organisation, desk.call.owner_organisation_id)
    audit.record(
        session,
        actor,
        action,
        kind="award_record",
        public_id=record.public_id,
        organisation=owner.public_id,
        detail={"hash": record.record_hash},
        now=now,
    )
