"""Seekers and searches for tests; everything is committed."""

from datetime import UTC, datetime

from succession.accounts.actor import Role
from succession.facts.importance import Importance
from succession.profiles import publication
from succession.profiles.models import Search, SearchWish, SeekerProfile
from succession.profiles.states import SearchState
from tests.factories.accounts import an_account
from tests.factories.listings import a_place_called

NOW = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)


def a_profile(session, account=None, **values) -> SeekerProfile:
    """A seeker's profile, of a new person unless given."""
    account = account or an_account(session, Role.SEEKER)
    profile = SeekerProfile(account_id=account.id, created_at=NOW, updated_at=NOW, **values)
    session.add(profile)
    session.commit()
    return profile


def a_search(session, profile=None, *, place="Gartow", wishes=None, **values) -> Search:
    """A draft of a search that could be published; `wishes` are {criterion: (importance, values)}."""
    profile = profile or a_profile(session)
    named = None if place is None else a_place_called(session, place)
    given = {"kinds": ["farm"], "radius_km": 25, "place_id": named and named.id, "created_at": NOW, "updated_at": NOW}
    search = Search(profile_id=profile.id, **{**given, **values})
    session.add(search)
    session.flush()
    for criterion, (importance, codes) in (wishes or {}).items():
        session.add(
            SearchWish(search_id=search.id, criterion=criterion, importance=Importance(importance), values=codes)
        )
    session.commit()
    return search


def a_published_search(session, profile=None, **values) -> Search:
    """A search that owners find; `a_small_region` must be there."""
    search = a_search(session, profile, **values)
    search.state, search.published_at = SearchState.PUBLISHED, NOW
    publication.refresh(session, search)
    session.commit()
    return search
