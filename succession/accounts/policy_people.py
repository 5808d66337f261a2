"""Who may register, use links from mails, invite, and hold which roles. Pure."""

from succession.accounts.actor import Actor, Role

SELF_SERVICE = (Role.SEEKER, Role.TRANSFEROR, Role.LANDOWNER)
ADVISORS_INVITE = (Role.SEEKER, Role.TRANSFEROR)
COORDINATORS_INVITE = tuple(role for role in Role if role is not Role.OPERATOR)


def may_register(actor: Actor, _: object) -> bool:
    """Anybody, also somebody who is signed in already and registers another person on the same machine."""
    return not actor.is_system


def may_use_link(actor: Actor, _: object) -> bool:
    """Anybody who has it: the secret decides."""
    return not actor.is_system


def may_add_role(actor: Actor, role: Role) -> bool:
    """For oneself, what everybody may come for; other roles are given by an invitation."""
    return actor.account_id is not None and role in SELF_SERVICE


def may_take_desk(actor: Actor, role: Role | None) -> bool:
    """One of one's own roles, or none: then the menu shows all."""
    return actor.account_id is not None and (role is None or role in actor.roles)


def may_see_invitations(actor: Actor, _: object) -> bool:
    """Those who may invite anybody at all."""
    return actor.has(Role.ADVISOR, Role.COORDINATOR, Role.OPERATOR)


def may_invite(actor: Actor, role: Role) -> bool:
    """Advisors invite those they advise; coordinators and operators everybody but operators."""
    if actor.account_id is None:
        return False
    if actor.has(Role.COORDINATOR, Role.OPERATOR):
        return role in COORDINATORS_INVITE
    return actor.has(Role.ADVISOR) and role in ADVISORS_INVITE


def may_withdraw_invitation(actor: Actor, inviter_account_id: int) -> bool:
    """One's own; coordinators and operators all."""
    return actor.account_id == inviter_account_id or actor.has(Role.COORDINATOR, Role.OPERATOR)


def may_block(actor: Actor, account_id: int) -> bool:
    """Coordinators and operators, but nobody themselves."""
    return actor.has(Role.COORDINATOR, Role.OPERATOR) and actor.account_id != account_id


def may_make_operators(actor: Actor, _: object) -> bool:
    """Only the command line of the installation."""
    return actor.is_system
