"""Writes what owners of offers may read and match of a search. Called by doors that have asked."""

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from succession.errors import Refused
from succession.i18n import Text
from succession.places import queries as place_queries
from succession.places.areas import AreaLevel
from succession.places.models import PlaceArea
from succession.profiles import queries
from succession.profiles.models import Search, SearchPublication, SeekerProfile
from succession.profiles.models_published import published_search
from succession.profiles.publishing import SearchStatements, publish_search, published_facts, published_wishes
from succession.profiles.states import SearchState


def refresh(session: Session, search: Search) -> None:
    """What others read is what the search and the profile now say; or it is gone."""
    if search.state is not SearchState.PUBLISHED:
        remove(session, search)
        return
    session.flush()
    details = queries.details(session, search)
    profile = queries.profile_of(session, search)
    write(session, search, profile, details.statements, area_for(session, details))


def area_for(session: Session, details: queries.SearchDetails) -> PlaceArea:
    """The area of the place that the search is around; outside the region there is nothing to find."""
    area = None
    if details.place is not None:
        area = place_queries.area_of_place(session, details.place.public_id, AreaLevel.PLACE)
    if area is None:
        raise Refused(Text("Please choose a place in the region to search around."))
    return area


def write(
    session: Session, search: Search, profile: SeekerProfile, statements: SearchStatements, area: PlaceArea
) -> None:
    """The rows that others read of one search, made of codes only."""
    values = {
        "public_id": search.public_id,
        "introduction": profile.introduction,
        "kinds": sorted(kind.value for kind in statements.kinds),
        "place_area_id": area.id,
        "radius_km": statements.radius_km,
        "facts": published_facts(statements.facts),
        "wishes": published_wishes(statements),
        "published_at": search.published_at,
    }
    page = insert(SearchPublication).values(search_id=search.id, **values)
    session.execute(page.on_conflict_do_update(index_elements=["search_id"], set_=values))
    codes = {**publish_search(statements), "place": area.id, "published": search.published_at}
    narrow = insert(published_search).values(id=search.id, **codes)
    session.execute(narrow.on_conflict_do_update(index_elements=["id"], set_=codes))


def remove(session: Session, search: Search) -> None:
    """Nobody else reads or matches the search any more."""
    session.execute(delete(published_search).where(published_search.c.id == search.id))
    session.execute(delete(SearchPublication).where(SearchPublication.search_id == search.id))
