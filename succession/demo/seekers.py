"""The seekers of the demo region with their searches, published by the same functions as everybody's."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy.orm import Session

from succession.demo.identity import chances, demo_id
from succession.demo.manuscript import Manuscript, SearchText, SeekerGroup
from succession.demo.statements import exact_facts, stated_wishes
from succession.facts.coding import StatedWish
from succession.facts.kinds import Kind
from succession.facts.seeker import SEEKER_FIELDS
from succession.facts.wishes import SEARCH_WISHES
from succession.profiles import publication
from succession.profiles.models import Search, SearchWish, SeekerProfile
from succession.profiles.states import SearchState

LEFT_OPEN = 0.16
NOT_WISHED = 0.25
LOGIN = "seeker"
_SHARES = {SearchState.PUBLISHED: 93, SearchState.DRAFT: 4, SearchState.WITHDRAWN: 3}
_ONE = frozenset({"ich", "mich", "mir", "mein", "meine", "meinen", "meiner"})
_SEVERAL = frozenset({"wir", "uns", "unser", "unsere", "unserem", "unseren"})
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class SeekerDraft:
    """One seeker before there are rows: the key of the account, what is said, and one or more searches."""

    key: str
    introduction: str
    facts: Mapping[str, Any]
    searches: tuple[SearchText, ...]


def seeker_keys(manuscript: Manuscript) -> list[str]:
    """The accounts that seekers beside the login need."""
    return [f"{group.key}-{number:02d}" for group in manuscript.groups for number in range(1, len(group.who) + 1)]


def plan_seekers(manuscript: Manuscript) -> list[SeekerDraft]:
    """Everybody who looks for something. Pure."""
    login = SeekerDraft(LOGIN, manuscript.seeker.introduction, manuscript.seeker.facts, manuscript.seeker.searches)
    general, on_the_land = list(manuscript.closings), list(manuscript.closings_on_the_land)
    chances("closings").shuffle(general)
    chances("closings", "land").shuffle(on_the_land)
    drafts = [login]
    for group in manuscript.groups:
        looks = list(group.looks)
        chances("looks", group.key).shuffle(looks)
        for number, opening in enumerate(group.who, start=1):
            voice = _voice(opening, adults=group.said[number - 1].get("adults", 1))
            parts = [opening, _next_fitting(looks, voice)]
            if number % 3:
                parts.append(_next_fitting(on_the_land if group.is_on_the_land and number % 2 else general, voice))
            drafts.append(_draft(group, number, " ".join(parts)))
    return drafts


def _next_fitting(sentences: list[str], voice: str) -> str:
    """The first sentence that the same person could have written; it goes to the end of the row."""
    fitting = next(sentence for sentence in sentences if _voice(sentence) in {voice, ""})
    sentences.remove(fitting)
    sentences.append(fitting)
    return fitting


def _voice(sentence: str, *, adults: int = 0) -> str:
    """Whether one person speaks or several; where a sentence does not tell, the number of people does."""
    words = set(_WORD.findall(sentence.lower()))
    if words & _ONE:
        return "one"
    if words & _SEVERAL:
        return "several"
    return "" if not adults else "one" if adults == 1 else "several"


def write_seekers(
    session: Session,
    drafts: Sequence[SeekerDraft],
    accounts: Mapping[str, int],
    places: Mapping[str, tuple[int, float, float]],
    *,
    now: datetime,
) -> int:
    """All profiles and searches are there; how many searches are published."""
    profiles = {draft.key: _profile(draft, accounts[draft.key], now=now) for draft in drafts}
    session.add_all(profiles.values())
    session.flush()
    searches = [
        (_search(draft.key, each, profiles[draft.key], places[each.place][0], now=now), each)
        for draft in drafts
        for each in draft.searches
    ]
    session.add_all(search for search, _ in searches)
    session.flush()
    for search, text in searches:
        session.add_all(
            SearchWish(search_id=search.id, criterion=w.criterion, importance=w.importance, values=dict(w.values))
            for w in text.wishes
        )
    session.flush()
    for search, _ in searches:
        publication.refresh(session, search)
    return sum(text.state is SearchState.PUBLISHED for _, text in searches)


def _draft(group: SeekerGroup, number: int, introduction: str) -> SeekerDraft:
    """One of a group: what the opening says is stated, other facts and the wishes are drawn from its lists."""
    key = f"{group.key}-{number:02d}"
    chance = chances("seeker", key)
    written = {name: chance.choice(choices) for name, choices in group.facts.items() if chance.random() > LEFT_OPEN}
    written |= group.said[number - 1]
    if written.get("children"):
        written["school_children"] = chance.randint(0, written["children"])
    state = (
        SearchState.PUBLISHED if chance.random() > 0.07 else chance.choice((SearchState.DRAFT, SearchState.WITHDRAWN))
    )
    search = SearchText(
        key=f"{key}-search",
        title="Meine Suche",
        kinds=_kinds(group, chance),
        place=chance.choice(group.places),
        radius_km=chance.choice(group.radius),
        wishes=_wishes(group, number, chance),
        state=state,
    )
    return SeekerDraft(key, introduction, exact_facts(SEEKER_FIELDS, written), (search,))


def _kinds(group: SeekerGroup, chance: Random) -> tuple[Kind, ...]:
    """The first kind always, each further one more often than not."""
    return (group.kinds[0], *(kind for kind in group.kinds[1:] if chance.random() < 0.6))


def _wishes(group: SeekerGroup, number: int, chance: Random) -> tuple[StatedWish, ...]:
    """What the opening asks for, and most of what the group wishes, in one of the ways it is written."""
    written = {
        criterion: chance.choice(phrases) for criterion, phrases in group.wishes.items() if chance.random() > NOT_WISHED
    }
    return stated_wishes(SEARCH_WISHES, {**written, **group.seeks[number - 1]})


def _profile(draft: SeekerDraft, account_id: int, *, now: datetime) -> SeekerProfile:
    began = now - timedelta(days=chances("profile-age", draft.key).randint(5, 200))
    return SeekerProfile(
        public_id=demo_id("profile", draft.key),
        account_id=account_id,
        introduction=draft.introduction,
        created_at=began,
        updated_at=began,
        **draft.facts,
    )


def _search(owner: str, text: SearchText, profile: SeekerProfile, place_id: int, *, now: datetime) -> Search:
    began = now - timedelta(days=chances("search-age", owner, text.key).randint(1, 120))
    return Search(
        public_id=demo_id("search", owner, text.key),
        idempotency_key=demo_id("search-form", owner, text.key),
        profile_id=profile.id,
        title=text.title,
        state=text.state,
        kinds=[kind.value for kind in text.kinds],
        place_id=place_id,
        radius_km=text.radius_km,
        created_at=began,
        updated_at=began,
        published_at=None if text.state is SearchState.DRAFT else began,
    )
