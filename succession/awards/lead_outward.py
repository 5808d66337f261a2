"""How far a call goes after its decisions: as far as the lot that is farthest behind. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from succession.calls.states import CallState

ORDER: Sequence[CallState] = (
    CallState.DECIDED,
    CallState.STANDSTILL,
    CallState.APPROVALS,
    CallState.CONTRACT,
    CallState.MONITORED,
)


@dataclass(frozen=True, slots=True)
class LotStands:
    """What counts of one decided lot."""

    is_award: bool
    letters_left: bool
    period_over: bool
    objections_wait: bool
    approvals_wait: bool
    is_signed: bool
    later_steps_wait: bool


def reached(lots: Iterable[LotStands]) -> CallState:
    """Where a call stands all of whose lots are decided."""
    found = list(lots)
    awarded = [lot for lot in found if lot.is_award]
    if not all(lot.letters_left for lot in found):
        return CallState.DECIDED
    if not awarded or not all(lot.period_over for lot in found) or any(lot.objections_wait for lot in found):
        return CallState.STANDSTILL
    if any(lot.approvals_wait for lot in awarded):
        return CallState.APPROVALS
    if not all(lot.is_signed for lot in awarded) or any(lot.later_steps_wait for lot in awarded):
        return CallState.CONTRACT
    return CallState.MONITORED


def steps(stands: CallState, to: CallState) -> Sequence[CallState]:
    """The states to pass from one to the other; none backwards, and none for a call that stands elsewhere."""
    if stands not in ORDER or to not in ORDER:
        return ()
    return ORDER[ORDER.index(stands) + 1 : ORDER.index(to) + 1]
