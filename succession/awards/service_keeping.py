"""What of an award has had its time: papers of those who got nothing, and in the end what went into the runs."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from succession.accounts.actor import Actor, authorize
from succession.applications.models import Application
from succession.audit import service as audit
from succession.awards import policy
from succession.awards.models import AwardedPoints, ScoringRun
from succession.awards.models_decision import Decision
from succession.awards.models_evidence import EvidenceFile, EvidenceItem, EvidenceRequest
from succession.awards.models_notices import Standstill
from succession.files import service as files
from succession.files.models import StoredFile

GONE = "–"
"""Stands where a reason was that had to be given."""


def forget(session: Session, actor: Actor, *, now: datetime) -> int:
    """Papers and notes of reduced applications are gone; runs without anybody left are emptied; how many papers."""
    authorize(policy.may_forget, actor, None)
    found = _files(session)
    for file in found:
        files.remove(session, actor, file.public_id, now=now)
    reduced = select(Application.id).where(Application.reduced_at.is_not(None))
    requests = select(EvidenceRequest.id).where(EvidenceRequest.application_id.in_(reduced))
    session.execute(
        update(EvidenceItem)
        .where(EvidenceItem.request_id.in_(requests), (EvidenceItem.note != "") | (EvidenceItem.reason != ""))
        .values(note="", reason=GONE)
    )
    session.execute(
        update(AwardedPoints)
        .where(AwardedPoints.application_id.in_(reduced), AwardedPoints.reason != GONE)
        .values(reason=GONE)
    )
    _empty_runs(session, now)
    if found:
        audit.record(session, actor, "award.evidence_deleted", kind="evidence_item", now=now)
    return len(found)


def _files(session: Session) -> list[StoredFile]:
    statement = (
        select(StoredFile)
        .join(EvidenceFile, EvidenceFile.stored_file_id == StoredFile.id)
        .join(EvidenceItem, EvidenceItem.id == EvidenceFile.item_id)
        .join(EvidenceRequest, EvidenceRequest.id == EvidenceItem.request_id)
        .join(Application, Application.id == EvidenceRequest.application_id)
        .where(Application.reduced_at.is_not(None))
    )
    return list(session.scalars(statement.distinct()))


def _empty_runs(session: Session, now: datetime) -> None:
    """Ten years after the contract on a lot has ended: hashes stay, statements go."""
    kept = select(Decision.lot_id).join(Standstill, Standstill.decision_id == Decision.id)
    over = kept.where(Standstill.kept_until <= now)
    still = kept.where((Standstill.kept_until.is_(None)) | (Standstill.kept_until > now))
    session.execute(
        update(ScoringRun)
        .where(ScoringRun.lot_id.in_(over), ScoringRun.lot_id.not_in(still), ScoringRun.document != {})
        .values(document={}, result={})
    )
