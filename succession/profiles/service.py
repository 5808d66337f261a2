"""Writing doors of seekers: the profile, and searches as a whole."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from succession.accounts import service_confirmation
from succession.accounts.actor import Actor, authorize
from succession.accounts.models_representation import Confirmation, ConfirmedAct
from succession.accounts.service_confirmation import Asked, needs_confirmation, refuse_without_confirmation
from succession.audit import service as audit
from succession.errors import Conflict, Refused
from succession.facts import differences
from succession.facts.fingerprints import fingerprint
from succession.facts.limits import is_allowed
from succession.facts.refusals import GivesAway, Overtaken
from succession.i18n import Text
from succession.profiles import confirming, policy, publication, queries
from succession.profiles.models import Search, SeekerProfile
from succession.profiles.refusals import NothingToFind
from succession.profiles.states import LONGEST_INTRODUCTION, SearchState
from succession.profiles.topics import ProfileTopic, profile_fields

MOST_SEARCHES = 20


@dataclass(frozen=True, slots=True)
class Introduction:
    """The page in the seeker's own words."""

    words: str


@dataclass(frozen=True, slots=True)
class Facts:
    """A page of facts: the values of exactly the fields of its topic."""

    topic: ProfileTopic
    values: Mapping[str, Any]


Page = Introduction | Facts


def save_profile_page(
    session: Session, actor: Actor, page: Page, *, seen: str, is_confirmed: bool = False, now: datetime
) -> SeekerProfile:
    """The page is saved, if what is stored is still what the person has `seen`; published searches follow at once."""
    authorize(policy.may_enter, actor, None)
    _check(page)
    profile = _profile(session, actor, now=now)
    authorize(policy.may_change_profile, actor, profile)
    if needs_confirmation(actor) and queries.published_searches(session, profile):
        raise Conflict(
            Text(
                "Owners see this profile with a search, so only the person themselves can change it. "
                "You can withdraw the search first."
            )
        )
    _refuse_overtaken(profile, page, seen)
    match page:
        case Introduction(words=words):
            profile.introduction = words.strip()
        case Facts(topic=topic, values=values):
            for field in profile_fields(topic):
                setattr(profile, field.name, values.get(field.name))
    profile.version += 1
    profile.updated_at = now
    session.flush()
    searches = queries.published_searches(session, profile)
    if searches and isinstance(page, Introduction):
        _check_words(session, profile, is_confirmed=is_confirmed)
    for search in searches:
        publication.refresh(session, search)
    audit.record(session, actor, "profile.edited", kind="profile", public_id=profile.public_id, now=now)
    return profile


def seen_mark(profile: SeekerProfile | None, topic: ProfileTopic) -> str:
    """A mark of what this page shows; it goes into the form and comes back with it."""
    return fingerprint(_stored(profile, topic))


def create_search(session: Session, actor: Actor, key: UUID, *, now: datetime) -> Search:
    """There is a draft of this form, even if it was sent twice or twice at once."""
    authorize(policy.may_enter, actor, None)
    profile = _profile(session, actor, now=now)
    existing = session.scalar(select(Search).where(Search.profile_id == profile.id, Search.idempotency_key == key))
    if existing is not None:
        return existing
    if len(queries.my_searches(session, actor)) >= MOST_SEARCHES:
        raise Refused(Text("You can keep at most %(most)s searches. Delete one first.", {"most": MOST_SEARCHES}))
    search = Search(profile_id=profile.id, idempotency_key=key, kinds=[], created_at=now, updated_at=now)
    session.add(search)
    session.flush()
    audit.record(session, actor, "search.created", kind="search", public_id=search.public_id, now=now)
    return search


def publish_search(session: Session, actor: Actor, public_id: UUID, *, is_confirmed: bool, now: datetime) -> Search:
    """Owners of fitting offers find the search, without a name; it is matched from now on."""
    search = _locked(session, actor, public_id)
    if search.state is SearchState.PUBLISHED:
        return search
    refuse_without_confirmation(actor)
    return _published(session, actor, search, is_confirmed=is_confirmed, now=now)


def ask_to_publish(
    session: Session, actor: Actor, public_id: UUID, *, is_confirmed: bool, now: datetime
) -> Confirmation:
    """The person for whom the actor acts is asked whether the search may be published exactly as it is now."""
    search = _locked(session, actor, public_id)
    if search.state is SearchState.PUBLISHED:
        raise Conflict(Text("This search is published already."))
    details, profile = queries.details(session, search), queries.profile_of(session, search)
    if not details.kinds or details.place is None:
        raise NothingToFind
    _check_words(session, profile, is_confirmed=is_confirmed)
    shown = confirming.shown(details.statements, profile.introduction, details.place.shown_name)
    mark = confirming.mark(search.public_id, search.version, profile.version)
    asked = Asked(ConfirmedAct.PUBLISH_SEARCH, "search", search.public_id, mark, shown)
    return service_confirmation.request(session, actor, asked, now=now)


def publish_confirmed(session: Session, actor: Actor, confirmation: Confirmation, *, now: datetime) -> Search:
    """As `publish_search`, because the person has said yes to the search as it is."""
    search = _locked(session, actor, confirmation.thing_public_id)
    profile = queries.profile_of(session, search)
    mark = confirming.mark(search.public_id, search.version, profile.version)
    service_confirmation.use(
        confirmation, act=ConfirmedAct.PUBLISH_SEARCH, account_id=profile.account_id, fingerprint=mark
    )
    return _published(session, actor, search, is_confirmed=True, now=now)


def withdraw_all_of(session: Session, actor: Actor, account_id: int, *, now: datetime) -> int:
    """Nobody finds any search of the person any more, because their file rests; how many there were."""
    authorize(policy.may_clear_away, actor, None)
    profile = session.scalar(select(SeekerProfile).where(SeekerProfile.account_id == account_id).with_for_update())
    found = [] if profile is None else queries.published_searches(session, profile)
    for search in found:
        search.state = SearchState.WITHDRAWN
        _changed(session, actor, search, "search.withdrawn", now=now)
    return len(found)


def withdraw_search(session: Session, actor: Actor, public_id: UUID, *, now: datetime) -> Search:
    """Nobody finds the search any more; it can be published again."""
    search = _locked(session, actor, public_id)
    if search.state is not SearchState.PUBLISHED:
        raise Conflict(Text("This search is not published."))
    search.state = SearchState.WITHDRAWN
    return _changed(session, actor, search, "search.withdrawn", now=now)


def delete_search(session: Session, actor: Actor, public_id: UUID, *, now: datetime) -> None:
    """The search is gone for good, for everybody."""
    search = _locked(session, actor, public_id)
    audit.record(session, actor, "search.deleted", kind="search", public_id=search.public_id, now=now)
    session.delete(search)
    session.flush()


def _published(session: Session, actor: Actor, search: Search, *, is_confirmed: bool, now: datetime) -> Search:
    details, profile = queries.details(session, search), queries.profile_of(session, search)
    service_confirmation.refuse_while_resting(session, profile.account_id)
    if not details.kinds or details.place is None:
        raise NothingToFind
    _check_words(session, profile, is_confirmed=is_confirmed)
    search.state, search.published_at = SearchState.PUBLISHED, now
    return _changed(session, actor, search, "search.published", now=now)


def _locked(session: Session, actor: Actor, public_id: UUID) -> Search:
    """The search, if it is the actor's own; the profile is locked before it, because what is published needs both."""
    queries.own_profile(session, actor, lock=True)
    search = queries.kept_search(session, actor, public_id, lock=True)
    authorize(policy.may_change_profile, actor, queries.profile_of(session, search))
    return search


def _changed(session: Session, actor: Actor, search: Search, action: str, *, now: datetime) -> Search:
    search.version += 1
    search.updated_at = now
    publication.refresh(session, search)
    audit.record(session, actor, action, kind="search", public_id=search.public_id, now=now)
    return search


def _profile(session: Session, actor: Actor, *, now: datetime) -> SeekerProfile:
    """The actor's profile, locked; made if it is the first time, by one of two requests at once."""
    if actor.own_account_id is None:
        raise Conflict(Text("Only a person can have a profile."))
    values = {"account_id": actor.own_account_id, "created_at": now, "updated_at": now}
    session.execute(insert(SeekerProfile).values(values).on_conflict_do_nothing(index_elements=["account_id"]))
    profile = queries.own_profile(session, actor, lock=True)
    assert profile is not None
    return profile


def _stored(profile: SeekerProfile | None, topic: ProfileTopic) -> dict[str, Any]:
    """What is stored of one page."""
    if topic is ProfileTopic.INTRODUCTION:
        return {"introduction": profile.introduction if profile else ""}
    return {field.name: getattr(profile, field.name, None) for field in profile_fields(topic)}


def _check(page: Page) -> None:
    """Limits that a form also has; here they hold for every door."""
    match page:
        case Introduction(words=words) if len(words) > LONGEST_INTRODUCTION:
            most = {"most": LONGEST_INTRODUCTION}
            raise Refused(Text("The introduction may have at most %(most)s characters.", most))
        case Facts(topic=topic, values=values):
            for field in profile_fields(topic):
                if not is_allowed(field, values.get(field.name)):
                    raise Refused(Text("“%(label)s” has a value that cannot be right.", {"label": field.label}))
        case _:
            return


def _refuse_overtaken(profile: SeekerProfile, page: Page, seen: str) -> None:
    """If the stored page is not the one the person saw, and theirs is another one than it: say in what."""
    topic = ProfileTopic.INTRODUCTION if isinstance(page, Introduction) else page.topic
    mark = seen_mark(profile, topic)
    if seen == mark:
        return
    match page:
        case Introduction(words=words):
            found = differences.of_text(ProfileTopic.INTRODUCTION.label, profile.introduction, words)
        case Facts(values=values):
            found = differences.of_facts(profile_fields(topic), _stored(profile, topic), values)
    if found:
        raise Overtaken(tuple(found), mark)


def _check_words(session: Session, profile: SeekerProfile, *, is_confirmed: bool) -> None:
    """What might give the seeker away is confirmed before owners read it."""
    found = () if is_confirmed else queries.findings(session, profile)
    if found:
        raise GivesAway(found)
