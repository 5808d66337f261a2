"""Who may apply, read and enter applications; each rule also as a filter for lists. Pure."""

from sqlalchemy import ColumnElement, and_, false, or_

from succession.accounts.actor import Actor
from succession.accounts.duties import Duty
from succession.applications.models import Application, Envelope
from succession.applications.states import ApplicationState, Way
from succession.calls.models import Call


def may_apply(actor: Actor, _: object) -> bool:
    """Everybody who has signed in, for themselves or with the right to enter things for whom they act for."""
    return actor.own_account_id is not None and actor.may_write


def may_keep(actor: Actor, application: Application) -> bool:
    """Read it in full: the applicant and who acts for them; and until it is confirmed who types it from paper."""
    return _is_own(actor, application) or _is_typed_by(actor, application)


def may_change(actor: Actor, application: Application) -> bool:
    """Change and send it."""
    return (_is_own(actor, application) and actor.may_write) or _is_typed_by(actor, application)


def kept_applications(actor: Actor) -> ColumnElement[bool]:
    """`may_keep` as a filter."""
    if actor.account_id is None:
        return false()
    typed = and_(
        Application.way == Way.PAPER,
        Application.state == ApplicationState.DRAFT,
        Application.entered_by_account_id == actor.account_id,
    )
    return own_applications(actor) if actor.acting_for else or_(own_applications(actor), typed)


def own_applications(actor: Actor) -> ColumnElement[bool]:
    """The actor's own, or those of the person they act for."""
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


def may_end_procedure(actor: Actor, call: Call) -> bool:
    """Say from when on applications are no longer needed: who writes the letters or scores for the owner."""
    return may_read_admitted(actor, call)


def may_reduce(actor: Actor, _: object) -> bool:
    """Take away what has had its time: the worker alone."""
    return actor.is_system


def _is_own(actor: Actor, application: Application) -> bool:
    return actor.own_account_id is not None and application.applicant_account_id == actor.own_account_id


def _is_typed_by(actor: Actor, application: Application) -> bool:
    return (
        actor.acting_for is None
        and actor.account_id is not None
        and application.way is Way.PAPER
        and application.state is ApplicationState.DRAFT
        and application.entered_by_account_id == actor.account_id
    )
