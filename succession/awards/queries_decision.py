"""Reading doors of preparation and decision: what stands, what was set aside, who waits for a lot."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from succession.awards import queries
from succession.awards.models import ScoringRun
from succession.awards.models_decision import Decision, Outcome, Preparation
from succession.awards.standing import standing_decision, standing_preparation

__all__ = ["decisions_of", "preparations_of", "standing_decision", "standing_preparation", "waiting_list"]


def decisions_of(session: Session, lot_id: int) -> Sequence[Decision]:
    """Every decision on a lot, the newest first; the caller has asked for permission."""
    statement = select(Decision).where(Decision.lot_id == lot_id)
    return session.scalars(statement.order_by(Decision.id.desc())).all()


def preparations_of(session: Session, lot_id: int) -> Sequence[Preparation]:
    """Everything that was prepared on a lot, the newest first; the caller has asked for permission."""
    statement = select(Preparation).where(Preparation.lot_id == lot_id)
    return session.scalars(statement.order_by(Preparation.id.desc())).all()


def waiting_list(session: Session, lot_id: int) -> tuple[str, ...]:
    """Who comes next, by code: the ranking of the decided run without whoever got the lot. Empty before a decision."""
    decision = standing_decision(session, lot_id)
    if decision is None or decision.outcome is not Outcome.AWARD:
        return ()
    run = session.get_one(ScoringRun, decision.run_id)
    codes = queries.codes_of(session, run.call_id)
    chosen = codes.get(decision.application_id or 0)
    return tuple(code for code in queries.result(run).ranking if code != chosen)
