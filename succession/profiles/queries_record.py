"""Reading doors of profiles for the record of acts: what is the actor's, and what it is called."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from succession.accounts.actor import Actor
from succession.profiles.models import Search, SeekerProfile
from succession.profiles.policy import kept_profiles, kept_searches


def kept_profile_ids(actor: Actor) -> Select[UUID]:
    """The public id of the profile that the actor keeps, as a selection for a larger statement."""
    return select(SeekerProfile.public_id).where(kept_profiles(actor))


def kept_search_ids(actor: Actor) -> Select[UUID]:
    """The public ids of the searches that the actor keeps."""
    return select(Search.public_id).where(kept_searches(actor))


def kept_search_titles(session: Session, actor: Actor, public_ids: Iterable[UUID]) -> dict[UUID, str]:
    """What those of these searches are called that the actor keeps."""
    statement = select(Search.public_id, Search.title).where(
        Search.public_id.in_(list(public_ids)), kept_searches(actor)
    )
    return {row.public_id: row.title for row in session.execute(statement)}
