"""The exact place and the owner go to one named person, every look is on record, and it ends at once (LP-7, S23)."""

import threading
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from succession.accounts.actor import Actor, Principal, Role, Scope
from succession.accounts.queries import actor_of
from succession.accounts.representation import AgreedBy
from succession.audit.models import AuditEntry
from succession.errors import Conflict, Forbidden, NotFound, Refused
from succession.land.exact import SiteLocation
from succession.land.models import Site
from succession.listings import queries_access, queries_releases, queries_requests, service_releases, service_requests
from succession.listings.models_releases import ListingRelease, ListingReleaseRead
from succession.listings.policy import Access
from succession.listings.release_states import Standing
from succession.listings.service_releases import NewRelease
from succession.listings.service_requests import NewRequest
from succession.listings.states import ListingState
from tests.factories.accounts import an_account, an_actor
from tests.factories.acting import an_agent
from tests.factories.exclusions import keeps_from
from tests.factories.listings import NOW, a_place_called, a_published_listing
from tests.factories.places import a_small_region

VISIT = NewRelease("Ein erster Besuch", date(2026, 11, 20))


class Scene:
    """An offer with premises, its owner, and somebody who has asked."""

    def __init__(self, session):
        a_small_region(session)
        self.session = session
        self.owner = an_account(
            session,
            Role.TRANSFEROR,
            name="Otto Abgeber",
            phone="05862 1234",
            call_hours="abends",
            takes_voicemail=False,
        )
        self.seeker = an_account(session, Role.SEEKER, name="Sina Suchende")
        site = Site(name="Hofstelle am Deich", owner_account_id=self.owner.id)
        session.add(site)
        session.flush()
        session.add(SiteLocation(site_id=site.id, geom=a_place_called(session, "Gartow").location))
        session.flush()
        self.listing = a_published_listing(session, self.owner, place=None, site_id=site.id, is_confidential=True)
        message = NewRequest("Wir möchten den Hof kennenlernen.")
        self.request = service_requests.ask(session, self.actor(self.seeker), self.listing.public_id, message, now=NOW)
        session.commit()

    def actor(self, account):
        return actor_of(self.session, account.id)

    def release(self, new=VISIT, *, actor=None, now=NOW):
        made = service_releases.release(
            self.session, actor or self.actor(self.owner), self.request.public_id, new, now=now
        )
        self.session.commit()
        return made

    def look(self, account=None, now=NOW):
        revealed = service_releases.look(
            self.session, self.actor(account or self.seeker), self.listing.public_id, now=now
        )
        self.session.commit()
        return revealed


@pytest.fixture
def scene(session):
    return Scene(session)


def test_the_released_person_sees_the_exact_place_and_the_owner(scene):
    scene.release()
    seen = scene.look()
    assert (seen.contact.name, seen.contact.phone, seen.contact.takes_voicemail) == (
        "Otto Abgeber",
        "05862 1234",
        False,
    )
    assert seen.place.site == "Hofstelle am Deich"
    assert (round(seen.place.latitude, 4), round(seen.place.longitude, 4)) == (53.0247, 11.462)
    assert {shape.kind for shape in seen.place.picture.shapes} == {"site", "frame"}
    assert scene.owner.email not in repr(seen)


def test_every_look_is_on_record_for_both_sides(scene):  # S23
    scene.release()
    for hour in range(3):
        scene.look(now=NOW + timedelta(hours=hour))
    (theirs,) = queries_releases.releases_of(scene.session, scene.actor(scene.owner), scene.listing, now=NOW)
    mine = queries_releases.release_to(scene.session, scene.actor(scene.seeker), scene.listing.id, now=NOW)
    assert theirs.looks == mine.looks
    assert [look.at for look in mine.looks] == [NOW + timedelta(hours=hour) for hour in (2, 1, 0)]
    assert {look.by for look in mine.looks} == {"Sina Suchende"}


def test_nobody_else_sees_anything(scene):
    scene.release()
    for role in (Role.SEEKER, Role.TRANSFEROR, Role.OPERATOR, Role.COORDINATOR, Role.ADVISOR):
        with pytest.raises(NotFound):
            scene.look(an_account(scene.session, role))
    with pytest.raises(NotFound):
        service_releases.look(scene.session, Actor.visitor(), scene.listing.public_id, now=NOW)
    assert scene.session.scalar(select(func.count()).select_from(ListingReleaseRead)) == 0


def test_taking_it_back_counts_at_once(scene):
    made = scene.release()
    scene.look()
    service_releases.revoke(scene.session, scene.actor(scene.owner), made.public_id, now=NOW)
    scene.session.commit()
    with pytest.raises(Forbidden):
        scene.look()
    assert scene.session.scalar(select(func.count()).select_from(ListingReleaseRead)) == 1
    (line,) = queries_releases.releases_of(scene.session, scene.actor(scene.owner), scene.listing, now=NOW)
    assert line.standing is Standing.REVOKED


def test_it_ends_with_its_last_day_where_people_live(scene):
    scene.release()
    assert scene.look(now=NOW.replace(day=20, hour=22))
    with pytest.raises(Forbidden):
        scene.look(now=NOW.replace(day=20, hour=23, minute=30))  # past midnight in Germany


def test_after_it_has_run_out_there_can_be_another(scene):
    first = scene.release()
    later = NOW + timedelta(days=30)
    second = scene.release(NewRelease("Ein zweiter Besuch", date(2026, 12, 20)), now=later)
    assert second.id != first.id
    assert scene.look(now=later)
    lines = queries_releases.releases_of(scene.session, scene.actor(scene.owner), scene.listing, now=later)
    assert [line.standing for line in lines] == [Standing.OPEN, Standing.EXPIRED]


def test_a_release_opens_the_page_too_and_answers_the_request(scene):
    scene.release()
    actor = scene.actor(scene.seeker)
    assert queries_access.access(scene.session, actor, scene.listing.public_id, now=NOW) is Access.PAGE
    (mine,) = queries_requests.my_requests(scene.session, actor, now=NOW)
    assert mine.is_open


def test_a_second_click_changes_nothing(scene):
    assert scene.release().id == scene.release(NewRelease("Etwas anderes", date(2027, 5, 1))).id


@pytest.mark.parametrize("state", [ListingState.WITHDRAWN, ListingState.HANDED_OVER])
def test_with_the_offer_ends_what_was_released_of_it(scene, state):
    scene.release()
    scene.listing.state = state
    scene.session.commit()
    with pytest.raises(Forbidden):
        scene.look()


def test_who_is_put_on_the_list_sees_nothing_any_more_and_can_be_shown_nothing(scene):
    scene.release()
    keeps_from(scene.session, scene.owner, "Sina Suchende")
    with pytest.raises(Forbidden):
        scene.look()
    with pytest.raises(Conflict):
        scene.release(now=NOW + timedelta(days=40))


def test_only_who_changes_the_offer_releases_and_takes_back(scene):
    made = scene.release()
    for role in (Role.TRANSFEROR, Role.LANDOWNER, Role.SEEKER, Role.ADVISOR, Role.OPERATOR):
        stranger = an_actor(scene.session, role)
        with pytest.raises(NotFound):
            service_releases.revoke(scene.session, stranger, made.public_id, now=NOW)
        with pytest.raises(NotFound):
            scene.release(actor=stranger)
        assert queries_releases.releases_of(scene.session, stranger, scene.listing, now=NOW) == []
        with pytest.raises(NotFound):
            queries_releases.released_preview(scene.session, stranger, scene.listing)
    with pytest.raises(NotFound):
        service_releases.revoke(scene.session, scene.actor(scene.seeker), made.public_id, now=NOW)


def agent_for(scene, *scopes):
    """An advisor who acts for the owner."""
    advisor = an_actor(scene.session, Role.ADVISOR)
    owner = scene.actor(scene.owner)
    principal = Principal(owner.account_id, owner.account_public_id, owner.name, owner.roles, frozenset(scopes))
    return replace(advisor, roles=owner.roles, acting_for=principal)


def test_what_an_agent_releases_shows_nothing_before_the_owner_has_confirmed_it(scene):
    agent = agent_for(scene, Scope.READ, Scope.WRITE, Scope.SPEAK)
    made = scene.release(actor=agent)
    assert not made.is_confirmed
    with pytest.raises(Forbidden):
        scene.look()
    actor = scene.actor(scene.seeker)
    assert queries_access.access(scene.session, actor, scene.listing.public_id, now=NOW) is Access.STUB


def test_an_agent_who_may_only_read_releases_nothing(scene):
    with pytest.raises(Forbidden):
        scene.release(actor=agent_for(scene, Scope.READ))


@pytest.mark.parametrize(
    "new",
    [
        NewRelease("", date(2026, 11, 20)),
        NewRelease("x" * 201, date(2026, 11, 20)),
        NewRelease("Besuch", date(2026, 11, 1)),
        NewRelease("Besuch", date(2027, 11, 20)),
    ],
)
def test_a_purpose_and_an_end_within_a_year_are_needed(scene, new):
    with pytest.raises(Refused):
        scene.release(new)


def test_who_took_the_request_back_is_shown_nothing(scene):
    service_requests.take_back(scene.session, scene.actor(scene.seeker), scene.request.public_id, now=NOW)
    with pytest.raises(Conflict):
        scene.release()


def test_the_record_names_the_offer_and_neither_person_nor_place(scene):
    made = scene.release()
    service_releases.revoke(scene.session, scene.actor(scene.owner), made.public_id, now=NOW)
    entries = scene.session.scalars(select(AuditEntry).where(AuditEntry.action.like("release.%"))).all()
    assert [(entry.action, entry.public_id) for entry in entries] == [
        ("release.made", scene.listing.public_id),
        ("release.revoked", scene.listing.public_id),
    ]


def test_the_same_release_at_once_is_one(database):
    with Session(database.engine, expire_on_commit=False) as session:
        scene = Scene(session)

    def act(step):
        with Session(database.engine) as session:
            step(session)
            session.commit()

    def release(session):
        service_releases.release(session, actor_of(session, scene.owner.id), scene.request.public_id, VISIT, now=NOW)

    threads = [threading.Thread(target=act, args=(release,)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with Session(database.engine) as session:
        assert session.scalar(select(func.count()).select_from(ListingRelease)) == 1


def test_what_the_owner_confirms_is_open_from_then_on_exactly_as_it_was_shown(scene):
    agent = an_agent(scene.session, scene.owner, now=NOW)
    made = scene.release(actor=agent)
    confirmation = service_releases.ask_owner(scene.session, agent, made, now=NOW)
    scene.session.commit()
    with pytest.raises(Forbidden):  # nobody has said yes
        service_releases.release_confirmed(scene.session, agent, confirmation, now=NOW)
    confirmation.confirmed_at, confirmation.agreed_by = NOW, AgreedBy.PERSON
    made.purpose = "Etwas anderes"
    scene.session.flush()
    with pytest.raises(Conflict):  # not what was shown
        service_releases.release_confirmed(scene.session, agent, confirmation, now=NOW)
    made.purpose = VISIT.purpose
    scene.session.flush()
    service_releases.release_confirmed(scene.session, agent, confirmation, now=NOW)
    scene.session.commit()
    assert scene.look().contact.name == "Otto Abgeber"


@pytest.mark.parametrize("side", ["owner", "seeker"])
def test_with_the_contact_ends_what_was_released(scene, side):
    scene.release()
    act = service_requests.end if side == "owner" else service_requests.take_back
    actor = scene.actor(scene.owner if side == "owner" else scene.seeker)
    act(scene.session, actor, scene.request.public_id, now=NOW + timedelta(hours=1))
    scene.session.commit()
    with pytest.raises(Forbidden):
        scene.look(now=NOW + timedelta(hours=1))
    (line,) = queries_releases.releases_of(scene.session, scene.actor(scene.owner), scene.listing, now=NOW)
    assert line.standing is Standing.REVOKED
