"""The way of a lot from the deadline to the contract, as a path of phases. Pure."""

from dataclasses import dataclass

from succession.awards.readiness import Gap
from succession.calls.states import CallState
from succession.i18n import Text

LATER = (CallState.STANDSTILL, CallState.APPROVALS, CallState.CONTRACT, CallState.MONITORED)


@dataclass(frozen=True, slots=True)
class Phase:
    """One step; `state` is "done", "now" or "later"."""

    key: str
    title: Text
    sentence: Text
    state: str


@dataclass(frozen=True, slots=True)
class Standing:
    """What the path depends on."""

    call_state: CallState
    gaps: tuple[Gap, ...]
    is_prepared: bool
    is_checked: bool
    is_decided: bool


_EVIDENCE = frozenset({Gap.NOT_ASKED, Gap.WAITS_FOR_EVIDENCE, Gap.EVIDENCE_UNJUDGED})
_SENTENCES = {
    "ranking": Text("The principles give every applicant points. This is no decision yet."),
    "evidence": Text("Only whoever comes first proves what was stated, and whose figures count for others."),
    "preparation": Text("One person prepares, a second one checks everything."),
    "decision": Text("The competent body decides. The office enters what stands in the minutes."),
    "standstill": Text("Everybody is told their points. Nothing is signed before the standstill period ends."),
    "contract": Text("Approvals are obtained, then the contract is signed."),
}
_TITLES = {
    "ranking": Text("Points and ranking"),
    "evidence": Text("Evidence"),
    "preparation": Text("Preparation by two people"),
    "decision": Text("Decision of the body"),
    "standstill": Text("Letters and standstill period"),
    "contract": Text("Approvals and contract"),
}


def path(standing: Standing) -> tuple[Phase, ...]:
    """The six phases; the first that is not done is now."""
    done = _done(standing)
    now = next((key for key in _TITLES if not done[key]), None)
    return tuple(
        Phase(key, title, _SENTENCES[key], "done" if done[key] else "now" if key == now else "later")
        for key, title in _TITLES.items()
    )


def _done(standing: Standing) -> dict[str, bool]:
    decided = standing.is_decided
    gaps = set(standing.gaps)
    scored = not gaps & {Gap.NO_RUN, Gap.STALE, Gap.POINTS_OPEN, Gap.POINTS_UNCONFIRMED, Gap.TIED}
    return {
        "ranking": decided or scored,
        "evidence": decided or (scored and not gaps & _EVIDENCE),
        "preparation": decided or standing.is_checked,
        "decision": decided,
        "standstill": decided and standing.call_state in LATER[1:],
        "contract": decided and standing.call_state is CallState.MONITORED,
    }
