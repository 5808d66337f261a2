"""What the room of seekers holds on a person."""

from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from succession.profiles import queries
from succession.profiles.models import Search, SeekerProfile


def export(session: Session, account_id: int) -> dict[str, Any]:
    """The person's profile and searches with everything they have said."""
    profile = session.scalar(select(SeekerProfile).where(SeekerProfile.account_id == account_id))
    if profile is None:
        return {"profile": None, "searches": []}
    searches = session.scalars(select(Search).where(Search.profile_id == profile.id).order_by(Search.id))
    facts = {name: value for name, value in queries.exact_facts(profile).items() if value is not None}
    return {
        "profile": {"introduction": profile.introduction, "facts": facts},
        "searches": [_exported(session, search) for search in searches],
    }


def erase(session: Session, account_id: int) -> None:
    """Profile and searches are gone with all that was published of them."""
    session.execute(delete(SeekerProfile).where(SeekerProfile.account_id == account_id))


def _exported(session: Session, search: Search) -> dict[str, Any]:
    details = queries.details(session, search)
    return {
        "title": search.title,
        "state": search.state.value,
        "kinds": sorted(search.kinds),
        "place": details.place.shown_name if details.place else None,
        "radius_km": search.radius_km,
        "wishes": {
            wish.criterion: {"importance": wish.importance.value, "values": dict(wish.values)}
            for wish in details.statements.wishes
        },
    }
