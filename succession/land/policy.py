"""Who may see and bring in whose land. Pure."""

from sqlalchemy import ColumnElement, or_, true

from succession.accounts.actor import Actor, Role
from succession.accounts.duties import Duty
from succession.land.models import LandImport, Parcel, Site
from succession.land.owner import Owner


def may_enter(actor: Actor, _: object) -> bool:
    """The rooms about one's own land: whoever gives up land or a business, and the operator."""
    return actor.has(Role.LANDOWNER, Role.TRANSFEROR, Role.OPERATOR)


def may_list_owners(actor: Actor, _: object) -> bool:
    """Who owns how much land is for the operator."""
    return actor.has(Role.OPERATOR)


def may_import(actor: Actor, owner: Owner) -> bool:
    """For oneself, for the person one acts for, or for an organisation with that duty, also by its mandate."""
    if actor.is_system:
        return True
    if not may_enter(actor, None):
        return False
    return actor.may_change_for(
        Duty.IMPORT, owner_organisation_id=owner.organisation_id, owner_account_id=owner.account_id
    )


def may_keep_leases(actor: Actor, owner: Owner) -> bool:
    """Whoever brings in land for the owner, or prepares calls for it, enters and changes its leases."""
    if actor.is_system:
        return True
    return any(
        actor.may_change_for(duty, owner_organisation_id=owner.organisation_id, owner_account_id=owner.account_id)
        for duty in (Duty.IMPORT, Duty.CALL)
    )


def may_view(actor: Actor, thing: Parcel | LandImport | Site) -> bool:
    """Its owner: the person, who acts for them, a member of the organisation or of the office that manages for it."""
    return actor.is_system or actor.owns(
        owner_organisation_id=thing.owner_organisation_id, owner_account_id=thing.owner_account_id
    )


def visible_parcels(actor: Actor) -> ColumnElement[bool]:
    """`may_view` as a filter on parcels; a test holds the two together."""
    return _owned(actor, Parcel)


def visible_sites(actor: Actor) -> ColumnElement[bool]:
    """`may_view` as a filter on premises."""
    return _owned(actor, Site)


def visible_imports(actor: Actor) -> ColumnElement[bool]:
    """`may_view` as a filter on imports."""
    return _owned(actor, LandImport)


def _owned(actor: Actor, model: type[Parcel | LandImport | Site]) -> ColumnElement[bool]:
    """Things of the actor or of an organisation they are a member of."""
    if actor.is_system:
        return true()
    own = model.owner_organisation_id.in_(actor.organisation_ids)
    return own if actor.own_account_id is None else or_(own, model.owner_account_id == actor.own_account_id)
