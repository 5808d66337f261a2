"""Reading doors of ten cases: rounds, their sheets, and what they say."""

from collections.abc import Sequence
from fractions import Fraction
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from succession.accounts.actor import Actor, authorize
from succession.errors import NotFound
from succession.principles import policy
from succession.principles.cases import Outcome, Sheet, outcome
from succession.principles.models_rounds import PairAnswer, PairRound, PairSheet
from succession.principles.pairs import Pair
from succession.principles.states import Choice


def rounds_of(session: Session, actor: Actor) -> Sequence[PairRound]:
    """Every round that the actor may read, the newest first."""
    authorize(policy.may_enter, actor, None)
    statement = select(PairRound).where(policy.visible_rounds(actor)).order_by(PairRound.created_at.desc())
    return session.scalars(statement).all()


def round_for(session: Session, actor: Actor, public_id: UUID, *, lock: bool = False) -> PairRound:
    """The round, if the actor may read it."""
    statement = select(PairRound).where(PairRound.public_id == public_id)
    found = session.scalars(statement.with_for_update() if lock else statement).one_or_none()
    if found is None:
        raise NotFound
    authorize(policy.may_read, actor, found, hidden=True)
    return found


def sheets_of(session: Session, found: PairRound) -> tuple[Sheet, ...]:
    """The sheets with their choices, in the order in which they came in."""
    statement = (
        select(PairSheet, PairAnswer)
        .join(PairAnswer, PairAnswer.sheet_id == PairSheet.id)
        .where(PairSheet.round_id == found.id)
        .order_by(PairSheet.number, PairAnswer.pair_number)
    )
    sheets: dict[int, tuple[PairSheet, dict[int, Choice]]] = {}
    for sheet, answer in session.execute(statement):
        sheets.setdefault(sheet.number, (sheet, {}))[1][answer.pair_number] = answer.choice
    return tuple(
        Sheet(number, sheet.faction, choices, sheet.idempotency_key) for number, (sheet, choices) in sheets.items()
    )


def pairs_of(found: PairRound) -> tuple[Pair, ...]:
    """The pairs in their order."""
    return tuple(Pair(first, second) for first, second in found.pairs)


def outcome_of(session: Session, found: PairRound) -> Outcome:
    """What the sheets say so far."""
    shares = {farm["key"]: {key: Fraction(one) for key, one in farm["shares"].items()} for farm in found.farms}
    criteria = [one["id"] for one in found.document["catalogue"]["criteria"] if one["id"] in found.farms[0]["shares"]]
    return outcome(pairs_of(found), shares, criteria, sheets_of(session, found))
