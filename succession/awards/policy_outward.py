"""Who writes to applicants, answers them and records approvals and contracts; what applicants do themselves. Pure."""

from sqlalchemy import ColumnElement, false

from succession.accounts.actor import Actor
from succession.accounts.duties import Duty
from succession.applications import policy as applications_policy
from succession.applications.models import Application
from succession.awards import policy
from succession.calls.models import Call


def may_see(actor: Actor, call: Call) -> bool:
    """Read what was written, objections, approvals and contracts of a call."""
    return policy.may_see(actor, call)


def may_write(actor: Actor, call: Call) -> bool:
    """Print and send letters, enter and answer objections, record approvals and contracts, in the owner's name."""
    return actor.may_for(Duty.LETTERS, call.owner_organisation_id)


def may_print(actor: Actor, call: Call, *, holds_religion: bool) -> bool:
    """Make letters and files that show statements; where religion was asked, only who scores sees that."""
    return may_see(actor, call) and (not holds_religion or policy.may_score(actor, call))


def may_be_told(actor: Actor, application: Application) -> bool:
    """Read one's own result: the applicant, and who acts for them."""
    return applications_policy.may_keep(actor, application)


def may_object(actor: Actor, application: Application) -> bool:
    """Raise an objection for oneself, or for whom one may speak."""
    return may_be_told(actor, application) and actor.may_speak


def told_applications(actor: Actor) -> ColumnElement[bool]:
    """`may_be_told` as a filter; a test holds the two together."""
    return false() if actor.own_account_id is None else applications_policy.kept_applications(actor)
