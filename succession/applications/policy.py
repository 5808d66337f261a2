"""Who may apply, read and enter applications; each rule also as a filter for lists. Pure."""

from sqlalchemy import ColumnElement, false

from succession.accounts.actor import Actor
from succession.accounts.duties import Duty
from succession.applications.models import Application, Envelope
from succession.applications.states import Way
from succession.calls.models import Call


def may_apply(actor: Actor, _: object) -> bool:
    """Everybody who has signed in, for themselves or with the right to enter things for whom they act for."""
    return actor.own_account_id is not None and actor.may_write


def may_keep(actor: Actor, application: Application) -> bool:
    """Read one's own: the applicant, and who acts for them."""
    return actor.own_account_id is not None and application.applicant_account_id == actor.own_account_id


def may_change(actor: Actor, application: Application) -> bool:
    """Change and send one's own."""
    return may_keep(actor, application) and actor.may_write


def kept_applications(actor: Actor) -> ColumnElement[bool]:
    """`may_keep` as a filter."""
    if actor.own_account_id is None:
        return false()
    return Application.applicant_account_id == actor.own_account_id


def may_record_envelopes(actor: Actor, call: Call) -> bool:
    """Take in envelopes, open and enter them after the deadline: who scores for the owner."""
    return actor.may_for(Duty.SCORE, call.owner_organisation_id)


def may_read_admitted(actor: Actor, call: Call) -> bool:
    """Read all applications of a call after the deadline: who scores, writes the letters or decides for the owner."""
    owner = call.owner_organisation_id
    return any(actor.may_for(duty, owner) for duty in (Duty.SCORE, Duty.LETTERS, Duty.DECIDE))


def may_read_religion(actor: Actor, call: Call) -> bool:
    """Read answers on religion: who scores, and nobody else."""
    return actor.may_for(Duty.SCORE, call.owner_organisation_id)


def may_confirm(actor: Actor, envelope: Envelope) -> bool:
    """Confirm an entry: somebody else than who opened the envelope."""
    return actor.account_id is not None and actor.account_id != envelope.opened_by_account_id


def is_entered_here(application: Application) -> bool:
    """Whether the office types it from paper."""
    return application.way is Way.PAPER


def may_reduce(actor: Actor, _: object) -> bool:
    """Take away what has had its time: the worker alone."""
    return actor.is_system
