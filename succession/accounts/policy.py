"""Who may do what with accounts and organisations. Pure."""

from succession.accounts.actor import Actor, Role


def may_sign_in(actor: Actor, _: object) -> bool:
    """Anybody may try, also who is signed in already: that session then ends."""
    return not actor.is_system


def may_end_session(actor: Actor, account_id: int | None) -> bool:
    """One's own."""
    return actor.is_system or (account_id is not None and actor.account_id == account_id)


def may_manage_people(actor: Actor, _: object) -> bool:
    """Making accounts, organisations and memberships; registration follows with its own rules."""
    return actor.has(Role.COORDINATOR, Role.OPERATOR)


def may_change_account(actor: Actor, account_id: int | None) -> bool:
    """One's own settings."""
    return actor.is_system or (account_id is not None and actor.account_id == account_id)


def may_see_second_factor(actor: Actor, account_id: int | None) -> bool:
    """One's own, and who may help a person back in."""
    return may_change_account(actor, account_id) or may_reset_second_factor(actor, account_id)


def may_reset_second_factor(actor: Actor, account_id: int | None) -> bool:
    """Coordinators and operators, after they know who asks; nobody for themselves."""
    return actor.has(Role.COORDINATOR, Role.OPERATOR) and (actor.is_system or actor.account_id != account_id)
