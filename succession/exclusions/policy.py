"""Who may read and change a list of those who must not learn of something. Pure."""

from sqlalchemy import ColumnElement, false, or_

from succession.accounts.actor import Actor, Role
from succession.accounts.duties import Duty
from succession.accounts.models import Organisation
from succession.accounts.policy_acting import needs_confirmation
from succession.exclusions.models import Exclusion
from succession.exclusions.owner import ListOwner

WHO_PUBLISH = (Role.SEEKER, Role.TRANSFEROR, Role.LANDOWNER)


def may_enter(actor: Actor, _: object) -> bool:
    """Whoever can publish something: an offer or a search."""
    return actor.has(*WHO_PUBLISH)


def may_keep(actor: Actor, owner: ListOwner) -> bool:
    """Read and change the list: its person, who writes for them, or whoever makes the organisation's offers.

    Nobody else, whatever their office: the list names other people.
    """
    return may_enter(actor, None) and actor.may_change_for(
        Duty.OFFER, owner_organisation_id=owner.organisation_id, owner_account_id=owner.account_id
    )


def may_take_away(actor: Actor, owner: ListOwner) -> bool:
    """Take a line off: from then on somebody can see what they could not, so the person says so themselves."""
    return may_keep(actor, owner) and not needs_confirmation(actor)


def kept_entries(actor: Actor) -> ColumnElement[bool]:
    """`may_keep` as a filter."""
    if not may_enter(actor, None) or actor.account_id is None:
        return false()
    of_organisations = Exclusion.owner_organisation_id.in_(actor.organisations_with(Duty.OFFER))
    return (
        or_(Exclusion.owner_account_id == actor.own_account_id, of_organisations)
        if actor.may_write
        else (of_organisations)
    )


def kept_organisations(actor: Actor) -> ColumnElement[bool]:
    """The organisations whose lists the actor keeps."""
    return Organisation.id.in_(actor.organisations_with(Duty.OFFER)) if may_enter(actor, None) else false()


def may_renew(actor: Actor, _: object) -> bool:
    """Make the keys of changed accounts anew: the worker."""
    return actor.is_system
