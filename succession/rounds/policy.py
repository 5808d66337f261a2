"""Who may run a round and read it, and when applicants may read their certificate. Pure."""

from succession.accounts.actor import Actor
from succession.accounts.duties import Duty
from succession.calls.models import Call
from succession.calls.states import CallState

SEES = (Duty.SCORE, Duty.DECIDE, Duty.LETTERS)
RUNS = frozenset({CallState.CLOSED, CallState.EVIDENCE, CallState.PREPARED})
TOLD = frozenset(
    {CallState.DECIDED, CallState.STANDSTILL, CallState.APPROVALS, CallState.CONTRACT, CallState.MONITORED}
)
"""Nobody is told a place before the body has decided."""


def may_see(actor: Actor, call: Call) -> bool:
    """Whoever works on the lots of the call."""
    return any(actor.may_for(duty, call.owner_organisation_id) for duty in SEES)


def may_run(actor: Actor, call: Call) -> bool:
    """Whoever scores its lots."""
    return actor.may_for(Duty.SCORE, call.owner_organisation_id)
