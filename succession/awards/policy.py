"""Who may see, score, prepare and decide a lot, and who hands in evidence; rules for lists beside them. Pure."""

from sqlalchemy import ColumnElement, false, select, true

from succession.accounts.actor import Actor
from succession.accounts.duties import Duty
from succession.awards.models import ScoringRun
from succession.awards.models_decision import Preparation
from succession.calls.models import Call

SEES = (Duty.SCORE, Duty.DECIDE, Duty.LETTERS)
"""Applicants and their points are read by those who have work with them, not by every member of the owner."""


def may_see(actor: Actor, call: Call) -> bool:
    """Read runs, evidence and decisions of a call."""
    return any(actor.may_for(duty, call.owner_organisation_id) for duty in SEES)


def may_score(actor: Actor, call: Call) -> bool:
    """Run the scoring, ask for evidence and judge it, enter points of a body, prepare and check."""
    return actor.may_for(Duty.SCORE, call.owner_organisation_id)


def may_decide(actor: Actor, call: Call) -> bool:
    """Enter what the competent body decided, or that it took its decision back."""
    return actor.may_for(Duty.DECIDE, call.owner_organisation_id)


def may_declare(actor: Actor, call: Call) -> bool:
    """Say for oneself, or note for a member of the body, whether there is an interest."""
    return may_see(actor, call)


def may_forget(actor: Actor, _: object) -> bool:
    """Delete what has had its time: the worker."""
    return actor.is_system


def is_second(actor: Actor, preparation: Preparation) -> bool:
    """Whether the actor can be the second of two people."""
    return actor.account_id is not None and actor.account_id != preparation.prepared_by_account_id


def visible_runs(actor: Actor) -> ColumnElement[bool]:
    """`may_see` as a filter on runs; a test holds the two together."""
    if actor.is_system:
        return true()
    organisations = frozenset[int]().union(*(actor.organisations_with(duty) for duty in SEES))
    if not organisations:
        return false()
    return ScoringRun.call_id.in_(select(Call.id).where(Call.owner_organisation_id.in_(organisations)))
