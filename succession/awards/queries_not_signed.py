"""Reading doors of lots that were not signed for: which decisions went so, and whom the post still has to tell."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from succession.accounts.actor import Actor, authorize
from succession.applications.queries_admitted import Admitted
from succession.awards import policy_outward as policy
from succession.awards import queries
from succession.awards.models_decision import Decision
from succession.awards.models_notices import NoticeSent, Standstill
from succession.awards.notice_kinds import NoticeKind, Way
from succession.awards.queries import Desk
from succession.errors import NotFound


def by_post(session: Session, actor: Actor, desk: Desk, decision_id: UUID) -> tuple[Decision, Sequence[Admitted]]:
    """Everybody whom a letter tells that no contract came about; NotFound where there is nobody, or no such event."""
    authorize(policy.may_see, actor, desk.call, hidden=True)
    decision = session.scalar(select(Decision).where(Decision.public_id == decision_id, Decision.lot_id == desk.lot.id))
    told = set() if decision is None else _told_by_post(session, decision)
    people = [one for one in queries.applicants(session, actor, desk).values() if one.application_id in told]
    if decision is None or not people:
        raise NotFound
    return decision, people


def with_letters(session: Session, lot_id: int) -> frozenset[int]:
    """The decisions on a lot of which somebody must be told by post; the caller has asked for permission."""
    statement = (
        select(Standstill.decision_id)
        .join(NoticeSent, NoticeSent.standstill_id == Standstill.id)
        .where(NoticeSent.lot_id == lot_id, NoticeSent.kind == NoticeKind.DECIDED_ANEW, NoticeSent.way == Way.POST)
    )
    return frozenset(session.scalars(statement))


def _told_by_post(session: Session, decision: Decision) -> set[int]:
    statement = (
        select(NoticeSent.application_id)
        .join(Standstill, Standstill.id == NoticeSent.standstill_id)
        .where(
            Standstill.decision_id == decision.id,
            NoticeSent.kind == NoticeKind.DECIDED_ANEW,
            NoticeSent.way == Way.POST,
        )
    )
    return set(session.scalars(statement))
