"""Who may see and change a seeker's profile and searches; each rule also as a filter for lists. Pure."""

from sqlalchemy import ColumnElement, false, select, true

from succession.accounts.actor import Actor, Role
from succession.profiles.models import Search, SeekerProfile


def may_enter(actor: Actor, _: object) -> bool:
    """The rooms in which seekers describe themselves."""
    return actor.has(Role.SEEKER)


def may_keep_profile(actor: Actor, profile: SeekerProfile) -> bool:
    """Read everything in it: the person themselves, and who acts for them."""
    return actor.is_system or (may_enter(actor, None) and profile.account_id == actor.own_account_id)


def may_change_profile(actor: Actor, profile: SeekerProfile) -> bool:
    """Change it: the person themselves, and who acts for them with the right to."""
    return may_keep_profile(actor, profile) and actor.may_write


def kept_profiles(actor: Actor) -> ColumnElement[bool]:
    """`may_keep_profile` as a filter."""
    if actor.is_system:
        return true()
    if not may_enter(actor, None) or actor.own_account_id is None:
        return false()
    return SeekerProfile.account_id == actor.own_account_id


def kept_searches(actor: Actor) -> ColumnElement[bool]:
    """The searches of the profiles that the actor keeps."""
    return Search.profile_id.in_(select(SeekerProfile.id).where(kept_profiles(actor)))


def may_clear_away(actor: Actor, _: object) -> bool:
    """Withdraw what a person has published because their file rests: the worker alone."""
    return actor.is_system
