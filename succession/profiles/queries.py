"""Reading doors of seekers: one's own profile and searches, and what owners read of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from succession.accounts.actor import Actor
from succession.accounts.models import Account
from succession.errors import NotFound
from succession.facts import discretion
from succession.facts.coding import StatedWish, counting
from succession.facts.discretion import Finding
from succession.facts.kinds import Kind
from succession.facts.limits import ExactValue
from succession.facts.seeker import SEEKER_FIELDS
from succession.facts.wishes import SEARCH_WISHES
from succession.i18n import Text
from succession.places.areas import area_label
from succession.places.models import Place, PlaceArea
from succession.profiles import policy
from succession.profiles.models import Search, SearchPublication, SearchWish, SeekerProfile
from succession.profiles.publishing import SearchStatements, stated_wishes
from succession.profiles.states import SearchState


@dataclass(frozen=True, slots=True)
class SearchDetails:
    """A search with all that its seeker has said."""

    search: Search
    statements: SearchStatements
    place: Place | None

    @property
    def kinds(self) -> frozenset[Kind]:
        """What is looked for."""
        return self.statements.kinds

    @property
    def counted(self) -> dict[str, StatedWish]:
        """The wishes that count."""
        return counting(SEARCH_WISHES, self.statements.wishes, self.kinds)


@dataclass(frozen=True, slots=True)
class SearchLine:
    """One's own search in a list."""

    public_id: UUID
    title: str
    state: SearchState
    kinds: tuple[Kind, ...]
    place: str | None
    radius_km: int


@dataclass(frozen=True, slots=True)
class PublicSearch:
    """A search as owners of offers read it."""

    public_id: UUID
    introduction: str
    kinds: tuple[Kind, ...]
    radius_km: int
    facts: dict[str, int]
    wishes: dict[str, Any]
    area: Text


def own_profile(session: Session, actor: Actor, *, lock: bool = False) -> SeekerProfile | None:
    """The actor's profile, once something has been saved."""
    own = SeekerProfile.account_id == actor.own_account_id
    statement = select(SeekerProfile).where(policy.kept_profiles(actor), own)
    if lock:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    return session.scalar(statement)


def exact_facts(profile: SeekerProfile | None) -> dict[str, ExactValue]:
    """The facts by name, as they are kept; all open where there is no profile yet."""
    return {field.name: getattr(profile, field.name, None) for field in SEEKER_FIELDS}


def kept_search(session: Session, actor: Actor, public_id: UUID, *, lock: bool = False) -> Search:
    """One of the actor's own searches; somebody else's does not exist for them."""
    statement = select(Search).where(Search.public_id == public_id, policy.kept_searches(actor))
    if lock:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    found = session.scalar(statement)
    if found is None:
        raise NotFound
    return found


def profile_of_account(session: Session, account_id: int) -> SeekerProfile | None:
    """The profile of a person who has asked to be shown with it; the caller has checked that they have."""
    return session.scalar(select(SeekerProfile).where(SeekerProfile.account_id == account_id))


def profile_of(session: Session, search: Search) -> SeekerProfile:
    """Whose search it is."""
    return session.scalars(select(SeekerProfile).where(SeekerProfile.id == search.profile_id)).one()


def details(session: Session, search: Search) -> SearchDetails:
    """Everything said about a search that the caller may see, the seeker's own facts included."""
    wishes = session.scalars(select(SearchWish).where(SearchWish.search_id == search.id).order_by(SearchWish.criterion))
    statements = SearchStatements(
        kinds=frozenset(Kind(kind) for kind in search.kinds),
        radius_km=search.radius_km,
        facts=exact_facts(profile_of(session, search)),
        wishes=stated_wishes(wishes),
    )
    place = session.get(Place, search.place_id) if search.place_id is not None else None
    return SearchDetails(search, statements, place)


def my_searches(session: Session, actor: Actor) -> list[SearchLine]:
    """The actor's searches, last changed first."""
    statement = (
        select(Search, Place.shown_name)
        .outerjoin(Place, Place.id == Search.place_id)
        .where(policy.kept_searches(actor))
        .order_by(Search.updated_at.desc(), Search.id.desc())
    )
    return [
        SearchLine(
            public_id=search.public_id,
            title=search.title,
            state=search.state,
            kinds=tuple(kind for kind in Kind if kind.value in search.kinds),
            place=place,
            radius_km=search.radius_km,
        )
        for search, place in session.execute(statement)
    ]


def published_searches(session: Session, profile: SeekerProfile) -> Sequence[Search]:
    """The searches of a profile that owners can find."""
    statement = select(Search).where(Search.profile_id == profile.id, Search.state == SearchState.PUBLISHED)
    return session.scalars(statement.order_by(Search.id)).all()


def names_to_keep_quiet(session: Session, profile: SeekerProfile) -> Sequence[str]:
    """The names that should not stand in the introduction."""
    return tuple(session.scalars(select(Account.name).where(Account.id == profile.account_id)))


def findings(session: Session, profile: SeekerProfile) -> tuple[Finding, ...]:
    """What in the introduction would give the seeker away."""
    return discretion.findings(profile.introduction, names_to_keep_quiet(session, profile))


def public_search(reader: Session, public_id: UUID) -> PublicSearch | None:
    """What is published under this id; call it within `public_reading`."""
    statement = (
        select(SearchPublication, PlaceArea.level, Place.name)
        .join(PlaceArea, PlaceArea.id == SearchPublication.place_area_id)
        .outerjoin(Place, Place.id == PlaceArea.place_id)
        .where(SearchPublication.public_id == public_id)
    )
    row = reader.execute(statement).one_or_none()
    if row is None:
        return None
    found: SearchPublication = row[0]
    return PublicSearch(
        public_id=found.public_id,
        introduction=found.introduction,
        kinds=tuple(kind for kind in Kind if kind.value in found.kinds),
        radius_km=found.radius_km,
        facts=found.facts,
        wishes=found.wishes,
        area=area_label(row.level, row.name or ""),
    )
