"""A person says yes themselves before anything of theirs becomes visible, whoever enters it. U13"""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from succession.accounts import queries, service_confirmation, service_file
from succession.accounts import queries_representation as reading
from succession.accounts.actor import Actor, Role, Scope
from succession.accounts.letter_codes import WrongCode
from succession.accounts.models_representation import Confirmation
from succession.accounts.paper_codes import MOST_TRIES
from succession.accounts.representation import AgreedBy, FreezeReason, RepresentationKind
from succession.accounts.service_confirmation import confirm_by_code, confirm_by_phone, confirm_oneself, print_letter
from succession.accounts.service_file import Call
from succession.audit.models import AuditEntry
from succession.errors import Conflict, Forbidden, NotFound, Refused
from succession.facts.kinds import Kind
from succession.files.purposes import Purpose
from succession.files.service import Upload
from succession.listings import jobs as listings_jobs
from succession.listings import service as listings
from succession.listings import service_editing, service_files
from succession.listings.lifecycle import Step
from succession.listings.models import Listing, ListingPublication
from succession.listings.service import NewListing
from succession.listings.service_editing import About
from succession.listings.states import ListingState, ServiceLevel
from succession.outbox.models import OutboxMail
from succession.profiles import jobs as profiles_jobs
from succession.profiles import service as profiles
from succession.profiles.service import Introduction
from succession.profiles.states import SearchState
from tests.factories.accounts import an_account
from tests.factories.acting import a_representation, an_agent, an_agreed_file
from tests.factories.files import a_photo
from tests.factories.listings import a_listing, a_published_listing
from tests.factories.places import a_small_region
from tests.factories.profiles import a_profile, a_published_search, a_search


@pytest.fixture
def advisor(session):
    a_small_region(session)
    return an_account(session, Role.ADVISOR, name="Nele Winter")


@pytest.fixture
def file(session, advisor, now):
    return an_agreed_file(session, advisor, roles=(Role.TRANSFEROR, Role.SEEKER), now=now)


@pytest.fixture
def herta(session, file):
    return reading.account(session, file.principal_account_id)


@pytest.fixture
def acting(session, advisor, herta, now):
    return reading.in_the_name_of(session, queries.actor_of(session, advisor.id), herta.id, now=now)


@pytest.fixture
def oneself(session, advisor):
    return queries.actor_of(session, advisor.id)


def asked(session, acting, listing, now):
    row = listings.ask_to_publish(session, acting, listing.public_id, is_confirmed=True, now=now)
    session.commit()
    return row


def publish_by_code(session, doing, row, code, now):
    confirmed, who = confirm_by_code(session, doing, row.public_id, code, now=now)
    return listings.publish_confirmed(session, who, confirmed, now=now)


def test_who_acts_can_prepare_everything_and_publish_nothing(session, acting, herta, now):
    listing = a_listing(session, herta)
    for act in (
        lambda: listings.publish(session, acting, listing.public_id, is_confirmed=True, now=now),
        lambda: listings.take_step(session, acting, listing.public_id, Step.PUBLISH, now=now),
    ):
        with pytest.raises(Forbidden):
            act()
    assert session.scalar(select(ListingPublication.listing_id)) is None


def test_the_right_code_publishes_and_says_who_did_it_for_whom(session, acting, oneself, herta, now):
    listing = a_listing(session, herta)
    row = asked(session, acting, listing, now)
    fresh = print_letter(session, oneself, row.public_id, now=now)
    publish_by_code(session, oneself, row, fresh.code, now)
    session.commit()
    assert listing.state is ListingState.PUBLISHED
    assert (row.agreed_by, row.confirmed_by_account_id) == (AgreedBy.LETTER, oneself.account_id)
    entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "listing.publish")).one()
    assert (entry.account_public_id, entry.on_behalf_of) == (oneself.account_public_id, herta.public_id)


def test_the_letter_shows_what_others_would_see_and_nothing_exact(session, acting, herta, now):
    listing = a_listing(session, herta, title="Hof an der Jeetzel", turnover=123_456)
    lines = service_confirmation.shown_lines(asked(session, acting, listing, now))
    text = str(lines)
    assert "Hof an der Jeetzel" in text
    assert "without the exact place" in text
    assert "123" not in text
    assert herta.name not in text


@pytest.mark.parametrize("code", ["AAAA AAAA AAAA", "", "'", "\x00"])
def test_a_wrong_code_publishes_nothing(session, acting, oneself, herta, now, code):
    listing = a_listing(session, herta)
    row = asked(session, acting, listing, now)
    print_letter(session, oneself, row.public_id, now=now)
    with pytest.raises(WrongCode):
        publish_by_code(session, acting, row, code, now)
    assert listing.state is ListingState.DRAFT


def test_guessing_makes_the_letter_worthless(session, acting, oneself, herta, now):
    row = asked(session, acting, a_listing(session, herta), now)
    print_letter(session, oneself, row.public_id, now=now)
    for _ in range(MOST_TRIES):
        service_confirmation.reserve_try(session, acting, row.public_id, now=now)
    with pytest.raises(Refused):
        service_confirmation.reserve_try(session, acting, row.public_id, now=now)
    fresh = print_letter(session, oneself, row.public_id, now=now)
    service_confirmation.reserve_try(session, acting, row.public_id, now=now)
    publish_by_code(session, acting, row, fresh.code, now)


def test_what_was_changed_since_the_letter_needs_another_yes(session, acting, oneself, herta, now):
    listing = a_listing(session, herta)
    row = asked(session, acting, listing, now)
    fresh = print_letter(session, oneself, row.public_id, now=now)
    listing.title, listing.version = "Ein ganz anderer Hof", listing.version + 1
    session.commit()
    with pytest.raises(Conflict, match="changed"):
        publish_by_code(session, acting, row, fresh.code, now)
    session.rollback()
    assert listing.state is ListingState.DRAFT

    second = asked(session, acting, listing, now)
    assert second.public_id != row.public_id
    assert row.dropped_at == now
    with pytest.raises(Conflict):
        publish_by_code(session, acting, row, fresh.code, now)
    with pytest.raises(WrongCode):
        publish_by_code(session, acting, second, fresh.code, now)


def test_asking_twice_for_the_same_is_one_question(session, acting, herta, now):
    listing = a_listing(session, herta)
    assert asked(session, acting, listing, now).id == asked(session, acting, listing, now).id


def test_the_person_is_asked_about_photos_too(session, acting, herta, now, tmp_path):
    """Everybody would see them, so they stand in what the person says yes to."""
    listing = a_listing(session, herta)
    upload = Upload("hof.jpg", a_photo(), Purpose.OFFER_PHOTO, "Die Scheune von Süden")
    service_files.add_file(session, acting, listing.public_id, upload, folder=tmp_path, now=now)
    row = asked(session, acting, listing, now)
    assert "Die Scheune von Süden" in repr(service_confirmation.shown_lines(row))


def test_a_yes_for_one_offer_publishes_no_other(session, acting, oneself, herta, now):
    mine, other = a_listing(session, herta), a_listing(session, an_account(session, Role.TRANSFEROR))
    row = asked(session, acting, mine, now)
    fresh = print_letter(session, oneself, row.public_id, now=now)
    confirmed, who = confirm_by_code(session, oneself, row.public_id, fresh.code, now=now)
    confirmed.thing_public_id = other.public_id
    with pytest.raises(NotFound):
        listings.publish_confirmed(session, who, confirmed, now=now)


def test_an_unconfirmed_question_publishes_nothing(session, acting, herta, now):
    row = asked(session, acting, a_listing(session, herta), now)
    with pytest.raises(Forbidden):
        listings.publish_confirmed(session, acting, row, now=now)


def test_the_advisor_notes_a_call_and_a_neighbour_cannot(session, acting, oneself, herta, now):
    listing = a_listing(session, herta)
    row = asked(session, acting, listing, now)
    neighbour = an_agent(session, herta, kind=RepresentationKind.NEIGHBOUR, now=now)
    call = Call("Herta Lüdemann", now, "05843 1234")
    with pytest.raises(Forbidden):
        confirm_by_phone(session, neighbour, row.public_id, call, now=now)
    confirmed, who = confirm_by_phone(session, oneself, row.public_id, call, now=now)
    listings.publish_confirmed(session, who, confirmed, now=now)
    assert listing.state is ListingState.PUBLISHED
    assert row.note.startswith("Herta Lüdemann")


def test_a_neighbour_never_prints_the_code(session, acting, herta, now):
    row = asked(session, acting, a_listing(session, herta), now)
    neighbour = an_agent(session, herta, kind=RepresentationKind.NEIGHBOUR, now=now)
    for actor in (neighbour, queries.actor_of(session, neighbour.account_id), acting):
        with pytest.raises(NotFound):
            print_letter(session, actor, row.public_id, now=now)


@pytest.mark.parametrize("roles", [(), (Role.TRANSFEROR,), (Role.ADVISOR,), (Role.COORDINATOR,), (Role.OPERATOR,)])
def test_a_stranger_can_neither_see_nor_confirm_nor_drop_it(session, acting, herta, now, roles):
    row = asked(session, acting, a_listing(session, herta), now)
    stranger = queries.actor_of(session, an_account(session, *roles).id)
    for act in (
        lambda: confirm_by_code(session, stranger, row.public_id, "x", now=now),
        lambda: confirm_by_phone(session, stranger, row.public_id, Call("a", now, "1"), now=now),
        lambda: confirm_oneself(session, stranger, row.public_id, now=now),
        lambda: service_confirmation.drop(session, stranger, row.public_id, now=now),
        lambda: service_confirmation.reserve_try(session, stranger, row.public_id, now=now),
    ):
        with pytest.raises(NotFound):
            act()


def test_a_person_with_an_address_has_a_mail_and_says_yes_signed_in(session, advisor, now):
    person = an_account(session, Role.TRANSFEROR)
    acting = an_agent(session, person, now=now)
    row = asked(session, acting, a_listing(session, person), now)
    mail = session.scalars(select(OutboxMail).where(OutboxMail.template == "accounts/yes_needed")).one()
    assert mail.recipient_account_id == person.id
    with pytest.raises(Forbidden):
        confirm_oneself(session, acting, row.public_id, now=now)
    themselves = queries.actor_of(session, person.id)
    confirmed, who = confirm_oneself(session, themselves, row.public_id, now=now)
    assert listings.publish_confirmed(session, who, confirmed, now=now).state is ListingState.PUBLISHED
    assert row.agreed_by is AgreedBy.PERSON


def test_who_may_only_read_asks_and_confirms_nothing(session, advisor, now):
    person, reader = an_account(session, Role.TRANSFEROR), an_account(session)
    a_representation(session, person, reader, scopes=(Scope.READ,), now=now)
    row = asked(session, an_agent(session, person, now=now), a_listing(session, person), now)
    with pytest.raises(NotFound):
        confirm_by_code(session, queries.actor_of(session, reader.id), row.public_id, "x", now=now)


def test_an_offer_that_others_see_cannot_be_changed_for_somebody_else(session, acting, herta, now):
    listing = a_published_listing(session, herta)
    page = About("Neu", "Ein ganz neuer Text, lang genug, um etwas zu sagen.", ServiceLevel.LINK, False)
    with pytest.raises(Conflict):
        service_editing.save_page(session, acting, listing.public_id, page, seen="", is_confirmed=True, now=now)
    listings.take_step(session, acting, listing.public_id, Step.WITHDRAW, now=now)
    listings.take_step(session, acting, listing.public_id, Step.REVISE, now=now)


def test_a_search_and_its_profile_need_the_same_yes(session, acting, oneself, herta, now):
    search = a_search(session, a_profile(session, herta))
    with pytest.raises(Forbidden):
        profiles.publish_search(session, acting, search.public_id, is_confirmed=True, now=now)
    row = profiles.ask_to_publish(session, acting, search.public_id, is_confirmed=True, now=now)
    fresh = print_letter(session, oneself, row.public_id, now=now)
    confirmed, who = confirm_by_code(session, oneself, row.public_id, fresh.code, now=now)
    profiles.publish_confirmed(session, who, confirmed, now=now)
    session.commit()
    assert search.state is SearchState.PUBLISHED
    with pytest.raises(Conflict):
        profiles.save_profile_page(session, acting, Introduction("Neu"), seen="", is_confirmed=True, now=now)


def test_a_changed_profile_makes_the_letter_about_the_search_worthless(session, acting, oneself, herta, now):
    profile = a_profile(session, herta)
    search = a_search(session, profile)
    row = profiles.ask_to_publish(session, acting, search.public_id, is_confirmed=True, now=now)
    fresh = print_letter(session, oneself, row.public_id, now=now)
    profile.version += 1
    session.commit()
    confirmed, who = confirm_by_code(session, oneself, row.public_id, fresh.code, now=now)
    with pytest.raises(Conflict):
        profiles.publish_confirmed(session, who, confirmed, now=now)


def test_illness_takes_everything_out_of_sight_and_nothing_new_appears(session, acting, oneself, herta, now):
    shown, draft = a_published_listing(session, herta), a_listing(session, herta)
    search = a_published_search(session, a_profile(session, herta))
    row = asked(session, acting, draft, now)
    fresh = print_letter(session, oneself, row.public_id, now=now)
    service_file.freeze(session, oneself, herta.public_id, FreezeReason.ILLNESS, "", now=now)
    session.commit()
    listings_jobs.file_rests(session, herta.id, now=now)
    profiles_jobs.file_rests(session, herta.id, now=now)
    session.commit()
    assert shown.state is ListingState.WITHDRAWN
    assert search.state is SearchState.WITHDRAWN
    assert session.scalar(select(ListingPublication.listing_id)) is None
    with pytest.raises(Conflict):
        publish_by_code(session, oneself, row, fresh.code, now)
    with pytest.raises(Conflict):
        listings.publish(session, queries.actor_of(session, herta.id), draft.public_id, is_confirmed=True, now=now)
    with pytest.raises(Conflict):
        asked(session, acting, a_listing(session, herta), now)


def test_the_job_leaves_alone_what_was_opened_again(session, oneself, file, herta, now):
    shown = a_published_listing(session, herta)
    service_file.freeze(session, oneself, herta.public_id, FreezeReason.ILLNESS, "", now=now)
    service_file.lift(session, oneself, herta.public_id, now=now)
    session.commit()
    listings_jobs.file_rests(session, herta.id, now=now)
    assert shown.state is ListingState.PUBLISHED


def test_withdrawing_everything_is_for_the_worker_alone(session, acting, herta, now):
    for door in (listings.withdraw_all_of, profiles.withdraw_all_of):
        for actor in (acting, queries.actor_of(session, herta.id), Actor.visitor()):
            with pytest.raises(Forbidden):
                door(session, actor, herta.id, now=now)


def test_an_heir_speaks_for_the_estate_once_the_file_is_open_again(session, advisor, oneself, herta, now):
    draft = a_listing(session, herta)
    heir = an_agent(session, herta, kind=RepresentationKind.HEIR, agreed_by=AgreedBy.PAPER, now=now)
    assert not service_confirmation.needs_confirmation(heir)
    listings.publish(session, heir, draft.public_id, is_confirmed=True, now=now)
    assert draft.state is ListingState.PUBLISHED


SCOPES = [(Scope.READ,), (Scope.READ, Scope.SPEAK), (Scope.READ, Scope.WRITE), (Scope.READ, Scope.WRITE, Scope.SPEAK)]
ACTIONS = {
    "read": (Scope.READ, lambda s, a, one, now: listings.queries.kept(s, a, one.public_id)),
    "begin": (
        Scope.WRITE,
        lambda s, a, one, now: listings.create_listing(s, a, NewListing(Kind.FARM, "Neu", uuid4()), now=now),
    ),
    "change": (
        Scope.WRITE,
        lambda s, a, one, now: service_editing.save_page(
            s, a, one.public_id, About("Neu", one.description, ServiceLevel.LINK, False), seen="", now=now
        ),
    ),
    "ask": (
        Scope.WRITE,
        lambda s, a, one, now: listings.ask_to_publish(s, a, one.public_id, is_confirmed=True, now=now),
    ),
    "delete": (Scope.WRITE, lambda s, a, one, now: listings.delete_draft(s, a, one.public_id, now=now)),
    "publish": (None, lambda s, a, one, now: listings.publish(s, a, one.public_id, is_confirmed=True, now=now)),
}


@pytest.mark.parametrize("scopes", SCOPES, ids="+".join)
@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize("is_own", [True, False], ids=["the person's", "a stranger's"])
def test_each_scope_allows_its_actions_and_no_other(session, now, scopes, action, is_own):
    a_small_region(session)
    person = an_account(session, Role.TRANSFEROR)
    agent = an_agent(session, person, now=now)
    row = reading.representation(session, agent.acting_for.representation_public_id)
    row.scopes = sorted(scope.value for scope in scopes)
    session.commit()
    token_actor = narrowed(agent, scopes)
    listing = a_listing(session, person if is_own else an_account(session, Role.TRANSFEROR))
    needed, act = ACTIONS[action]
    is_allowed = needed in scopes and (is_own or action == "begin")
    if is_allowed:
        if action == "change":
            with pytest.raises(Conflict):  # the page was not the one seen: far enough
                act(session, token_actor, listing, now)
        else:
            act(session, token_actor, listing, now)
    else:
        with pytest.raises((Forbidden, NotFound)):
            act(session, token_actor, listing, now)


def narrowed(agent, scopes):
    return replace(agent, acting_for=replace(agent.acting_for, scopes=frozenset(scopes)))


def test_two_who_enter_the_same_code_at_once_publish_once(database, now):  # S16
    with Session(database.engine, expire_on_commit=False) as session:
        a_small_region(session)
        advisor = an_account(session, Role.ADVISOR)
        file = an_agreed_file(session, advisor, now=now)
        oneself = queries.actor_of(session, advisor.id)
        acting = reading.in_the_name_of(session, oneself, file.principal_account_id, now=now)
        listing = a_listing(session, reading.account(session, file.principal_account_id))
        row = asked(session, acting, listing, now)
        fresh = print_letter(session, oneself, row.public_id, now=now)
        session.commit()

    def confirm(_):
        with Session(database.engine) as own, own.begin():
            try:
                publish_by_code(own, oneself, row, fresh.code, now + timedelta(minutes=1))
            except (Conflict, WrongCode):
                return False
        return True

    with ThreadPoolExecutor(6) as pool:
        assert sum(pool.map(confirm, range(6))) == 1
    with Session(database.engine) as session:
        assert session.scalar(select(Listing.state)) is ListingState.PUBLISHED
        published = select(AuditEntry).where(AuditEntry.action == "listing.publish")
        assert len(session.scalars(published).all()) == 1
        assert session.scalar(select(Confirmation.agreed_by)) is AgreedBy.LETTER
