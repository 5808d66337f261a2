"""Which published searches an owner must not learn of, as their few numbers: empty for nearly everybody."""

from collections.abc import Set as AbstractSet

from sqlalchemy import select
from sqlalchemy.orm import Session

from succession.accounts.actor import Actor
from succession.exclusions import queries as exclusions
from succession.exclusions.owner import ListOwner
from succession.profiles.models import Search, SearchPublication, SeekerProfile


def searches_apart_from(session: Session, owner: ListOwner, viewer: Actor | None = None) -> tuple[int, ...]:
    """Published searches that are not matched with this owner's offers: the seekers' lists mean the owner or `viewer`.

    The owner's own list takes nothing from them: who could watch somebody vanish after writing down a name would know
    who that is.
    """
    seekers = exclusions.hiding_from_owner(session, owner)
    if viewer is not None:
        seekers |= exclusions.hiding_from(session, viewer)
    return _published(session, seekers.account_ids - {owner.account_id})


def hidden_searches(session: Session, actor: Actor) -> tuple[int, ...]:
    """Published searches of people who keep something from this actor, but for the actor's own."""
    return _published(session, exclusions.hiding_from(session, actor).account_ids - {actor.own_account_id})


def _published(session: Session, account_ids: AbstractSet[int | None]) -> tuple[int, ...]:
    """The numbers of what these people have published; nothing is asked where there are none."""
    if not account_ids:
        return ()
    statement = (
        select(Search.id)
        .join(SearchPublication, SearchPublication.search_id == Search.id)
        .join(SeekerProfile, SeekerProfile.id == Search.profile_id)
    )
    return tuple(session.scalars(statement.where(SeekerProfile.account_id.in_(account_ids)).order_by(Search.id)))
