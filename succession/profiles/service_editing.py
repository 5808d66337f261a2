"""Writing door of a search's pages: one is saved at a time, and nobody overwrites what they have not seen."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from succession.accounts.actor import Actor, authorize
from succession.accounts.service_confirmation import needs_confirmation
from succession.audit import service as audit
from succession.errors import Conflict, Refused
from succession.facts import differences
from succession.facts.coding import StatedWish, are_known, comparable, counting
from succession.facts.differences import Difference
from succession.facts.fingerprints import fingerprint
from succession.facts.importance import Importance
from succession.facts.kinds import EVERY_KIND, Kind
from succession.facts.refusals import Overtaken
from succession.facts.wishes import SEARCH_WISHES
from succession.i18n import Text
from succession.places import queries as place_queries
from succession.profiles import policy, publication, queries
from succession.profiles.models import Search, SearchWish
from succession.profiles.queries import SearchDetails
from succession.profiles.refusals import NothingToFind
from succession.profiles.states import (
    LARGEST_RADIUS_KM,
    LONGEST_SEARCH_TITLE,
    SMALLEST_RADIUS_KM,
    SearchState,
)
from succession.profiles.topics import SearchTopic, search_wishes


@dataclass(frozen=True, slots=True)
class Basics:
    """What is looked for, and where."""

    title: str
    kinds: frozenset[Kind]
    place: UUID | None
    radius_km: int


@dataclass(frozen=True, slots=True)
class SearchPage:
    """One page of a search: the wishes of its topic, and on the first page the basics too."""

    topic: SearchTopic
    stated: tuple[StatedWish, ...]
    basics: Basics | None = None


def save_search_page(
    session: Session, actor: Actor, public_id: UUID, page: SearchPage, *, seen: str, now: datetime
) -> Search:
    """The page is saved, if what is stored is still what the person has `seen`; a published search follows at once."""
    queries.own_profile(session, actor, lock=True)  # before the search: what is published needs both
    search = queries.kept_search(session, actor, public_id, lock=True)
    authorize(policy.may_change_profile, actor, queries.profile_of(session, search))
    if search.state is SearchState.PUBLISHED and needs_confirmation(actor):
        raise Conflict(
            Text("Owners see this search, so only the person themselves can change it. You can withdraw it first.")
        )
    details = queries.details(session, search)
    _check(page)
    _refuse_overtaken(details, page, seen)
    if page.basics is not None:
        _assign_basics(session, search, page.basics)
    _assign_wishes(session, search, page)
    search.version += 1
    search.updated_at = now
    session.flush()
    if search.state is SearchState.PUBLISHED:
        if not search.kinds or search.place_id is None:
            raise NothingToFind
        publication.refresh(session, search)
    audit.record(session, actor, "search.edited", kind="search", public_id=search.public_id, now=now)
    return search


def seen_mark(details: SearchDetails, topic: SearchTopic) -> str:
    """A mark of what this page shows; it goes into the form and comes back with it."""
    return fingerprint(_stored(details, topic))


def _stored(details: SearchDetails, topic: SearchTopic) -> dict[str, Any]:
    """What is stored of one page; wishes of kinds that are not looked for now are kept, but not shown."""
    names = {wish.criterion for wish in search_wishes(topic, details.kinds)}
    stored: dict[str, Any] = {"wishes": comparable(one for one in details.statements.wishes if one.criterion in names)}
    if topic is SearchTopic.PLACE:
        stored |= _comparable_basics(
            details.search.title,
            details.kinds,
            details.place.public_id if details.place else None,
            details.search.radius_km,
        )
    return stored


def _comparable_basics(title: str, kinds: frozenset[Kind], place: UUID | None, radius_km: int) -> dict[str, Any]:
    return {
        "title": title,
        "kinds": sorted(kind.value for kind in kinds),
        "place": place and str(place),
        "radius_km": radius_km,
    }


def _check(page: SearchPage) -> None:
    """Limits that a form also has; here they hold for every door."""
    if not are_known(SEARCH_WISHES, page.stated):
        raise Refused(Text("One of the wishes has a value that we do not know."))
    if page.basics is None:
        return
    if len(page.basics.title) > LONGEST_SEARCH_TITLE:
        raise Refused(Text("The title may have at most %(most)s characters.", {"most": LONGEST_SEARCH_TITLE}))
    if not SMALLEST_RADIUS_KM <= page.basics.radius_km <= LARGEST_RADIUS_KM:
        raise Refused(Text("The radius can be at most %(most)s km.", {"most": LARGEST_RADIUS_KM}))


def _refuse_overtaken(details: SearchDetails, page: SearchPage, seen: str) -> None:
    """If the stored page is not the one the person saw, and theirs is another one than it: say in what."""
    mark = seen_mark(details, page.topic)
    if seen == mark:
        return
    found = _differences(details, page)
    if found:
        raise Overtaken(tuple(found), mark)


def _differences(details: SearchDetails, page: SearchPage) -> list[Difference]:
    wishes = search_wishes(page.topic, details.kinds)
    stored = _stored(details, page.topic)
    yours = comparable(counting(SEARCH_WISHES, page.stated, details.kinds or EVERY_KIND).values())
    found = differences.of_wishes(wishes, stored["wishes"], yours)
    if page.basics is not None:
        basics = page.basics
        mine = _comparable_basics(basics.title, basics.kinds, basics.place, basics.radius_km)
        found += [
            Difference(_BASICS[name], Text("changed by somebody else"), Text("as you have it below"))
            for name in mine
            if mine[name] != stored[name]
        ]
    return found


_BASICS = {
    "title": Text("Your name for this search"),
    "kinds": Text("What are you looking for?"),
    "place": Text("Around which place?"),
    "radius_km": Text("How far around it?"),
}


def _assign_basics(session: Session, search: Search, basics: Basics) -> None:
    place = None if basics.place is None else place_queries.place(session, basics.place)
    if basics.place is not None and place is None:
        raise Refused(Text("We do not know this place. Please search for it again."))
    search.title = basics.title.strip()
    search.kinds = [kind.value for kind in Kind if kind in basics.kinds]
    search.place_id = place.id if place else None
    search.radius_km = basics.radius_km


def _assign_wishes(session: Session, search: Search, page: SearchPage) -> None:
    """A row for each wish of this page that counts; the other pages' rows stay."""
    kinds = frozenset(Kind(kind) for kind in search.kinds) or EVERY_KIND
    counted = counting(SEARCH_WISHES, page.stated, kinds)
    asked = {wish.criterion for wish in search_wishes(page.topic, kinds)}
    rows = session.scalars(
        select(SearchWish).where(SearchWish.search_id == search.id, SearchWish.criterion.in_(asked))
    ).all()
    for row in rows:
        if row.criterion not in counted:
            session.delete(row)
    existing = {row.criterion: row for row in rows}
    for criterion in asked & counted.keys():
        row = existing.get(criterion) or SearchWish(search_id=search.id, criterion=criterion)
        row.importance, row.values = Importance(counted[criterion].importance), dict(counted[criterion].values)
        session.add(row)
