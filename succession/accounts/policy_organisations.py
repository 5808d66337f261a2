"""Who may see, change and lead an organisation, and who gives or ends a mandate; each also as a filter. Pure."""

from sqlalchemy import ColumnElement, false, or_, true

from succession.accounts.actor import Actor, Role
from succession.accounts.duties import Duty
from succession.accounts.models import Membership, Organisation, OrganisationKind
from succession.accounts.models_organisations import Mandate
from succession.accounts.organisations import OWNER_KINDS


def may_register(actor: Actor, kind: OrganisationKind) -> bool:
    """Landowners register an owner or an office, advisors an advisory body, the network's people any."""
    if actor.acting_for is not None:
        return False
    role = Role.ADVISOR if kind is OrganisationKind.ADVISORY else Role.LANDOWNER
    return actor.has(role, Role.COORDINATOR, Role.OPERATOR)


def may_verify(actor: Actor, _: object) -> bool:
    """The people who run the network check that an organisation is who it says."""
    return actor.has(Role.COORDINATOR, Role.OPERATOR)


def may_view(actor: Actor, organisation: Organisation) -> bool:
    """Its members, the office that manages it, and the people who run the network."""
    return may_verify(actor, None) or actor.may_for(Duty.READ, organisation.id)


def visible_organisations(actor: Actor) -> ColumnElement[bool]:
    """`may_view` as a filter."""
    return true() if may_verify(actor, None) else Organisation.id.in_(actor.organisation_ids)


def may_belong(actor: Actor, organisation: Organisation) -> bool:
    """A member, in whatever role."""
    return actor.may_for(Duty.BELONG, organisation.id)


def may_administer(actor: Actor, organisation: Organisation) -> bool:
    """Its administrators; an office never administers an owner, and nobody while acting for another person."""
    return actor.acting_for is None and actor.may_for(Duty.ADMINISTER, organisation.id)


def may_see_history(actor: Actor, organisation: Organisation) -> bool:
    """Its members, and the people who run the network; not the office that manages it."""
    return may_verify(actor, None) or may_belong(actor, organisation)


def may_invite(actor: Actor, organisation: Organisation) -> bool:
    """Its administrators; the people who run the network help where nobody of them is left."""
    return may_administer(actor, organisation) or (actor.acting_for is None and may_verify(actor, None))


def may_accept(actor: Actor, _: object) -> bool:
    """An invitation: whoever has signed in and acts for themselves; whether it is theirs, the address decides."""
    return actor.account_id is not None and actor.acting_for is None


def may_leave(actor: Actor, membership: Membership) -> bool:
    """The person themselves."""
    return actor.acting_for is None and actor.account_id is not None and membership.account_id == actor.account_id


def may_give_mandate(actor: Actor, owner: Organisation) -> bool:
    """An administrator of an owner that has been checked."""
    return owner.kind in OWNER_KINDS and owner.verified_at is not None and may_administer(actor, owner)


def may_view_mandate(actor: Actor, mandate: Mandate) -> bool:
    """The members of both sides, and the people who run the network; other offices of the owner do not learn of it."""
    sides = mandate.owner_organisation_id, mandate.office_organisation_id
    return may_verify(actor, None) or any(actor.may_for(Duty.BELONG, side) for side in sides)


def visible_mandates(actor: Actor) -> ColumnElement[bool]:
    """`may_view_mandate` as a filter."""
    if may_verify(actor, None):
        return true()
    own = actor.organisations_with(Duty.BELONG)
    if not own:
        return false()
    return or_(Mandate.owner_organisation_id.in_(own), Mandate.office_organisation_id.in_(own))


def may_end_mandate(actor: Actor, mandate: Mandate) -> bool:
    """An administrator of the owner revokes it, one of the office hands it back."""
    sides = mandate.owner_organisation_id, mandate.office_organisation_id
    return actor.acting_for is None and any(actor.may_for(Duty.ADMINISTER, side) for side in sides)


def endable_mandates(actor: Actor) -> ColumnElement[bool]:
    """`may_end_mandate` as a filter."""
    if actor.is_system:
        return true()
    own = actor.organisations_with(Duty.ADMINISTER)
    if not own or actor.acting_for is not None:
        return false()
    return or_(Mandate.owner_organisation_id.in_(own), Mandate.office_organisation_id.in_(own))
