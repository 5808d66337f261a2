"""The reading door of whom a lot falls to: the first of its ranking, or whom a round over all lots puts there."""

from sqlalchemy.orm import Session

from succession.allocation.points import Result
from succession.awards.asking import first_placed
from succession.awards.queries import Desk
from succession.calls.states import Procedure
from succession.rounds import queries as rounds


def proposed(session: Session, desk: Desk, result: Result) -> tuple[str, ...]:
    """One code, several where nothing separates them yet, or none. A round over all lots goes before the ranking."""
    if desk.call.procedure is Procedure.SINGLE_LOTS:
        return first_placed(result)
    by_round = rounds.proposed(session, desk.call)
    if not by_round:
        return first_placed(result)
    code = by_round.get(desk.lot.number)
    if code is None or code in result.ranking:
        return () if code is None else (code,)
    elsewhere = frozenset(by_round.values())  # whom the round chose is out: the first whom it gave no other lot
    return tuple(one for one in result.ranking if one not in elsewhere)[:1]
