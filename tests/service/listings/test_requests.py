"""Asking to get to know an offer, and the owner's answer (P11)."""

import threading
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from succession.accounts.actor import Actor, Role
from succession.accounts.queries import actor_of
from succession.audit.models import AuditEntry
from succession.db import public_reading
from succession.errors import Conflict, Forbidden, NotFound, Refused, TooMany
from succession.facts.refusals import GivesAway
from succession.listings import queries, queries_access, queries_requests, service_requests
from succession.listings.filters import parse
from succession.listings.models import ListingPublication
from succession.listings.models_releases import ListingReader
from succession.listings.policy import Access
from succession.listings.queries_search import search_published
from succession.listings.release_states import MOST_REQUESTS_A_DAY, RequestState
from succession.listings.service_requests import NewRequest
from succession.listings.states import ListingState
from succession.outbox.models import OutboxMail
from tests.factories.accounts import an_account, an_actor, an_organisation
from tests.factories.exclusions import keeps_from
from tests.factories.listings import NOW, a_published_listing
from tests.factories.places import a_small_region

PLEASE = NewRequest("Wir suchen seit zwei Jahren einen Hof mit Milchvieh.")
UNTIL = date(2026, 12, 1)


@pytest.fixture
def owner(session):
    a_small_region(session)
    return an_account(session, Role.TRANSFEROR)


@pytest.fixture
def listing(session, owner):
    given = {"title": "Milchhof Am Deich", "teaser": "Ein Hof sucht Menschen.", "area_ha": 83}
    return a_published_listing(session, owner, is_confidential=True, **given)


@pytest.fixture
def seeker(session):
    return an_account(session, Role.SEEKER)


def asked(session, seeker, listing, new=PLEASE, now=NOW):
    request = service_requests.ask(session, actor_of(session, seeker.id), listing.public_id, new, now=now)
    session.commit()
    return request


def reads(session, seeker, listing, now=NOW):
    return queries_access.access(session, actor_of(session, seeker.id), listing.public_id, now=now)


def test_strangers_read_only_the_stub_of_a_confidential_offer(session, listing):  # P14
    with public_reading(session) as reader:
        offer = queries.public_offer(reader, listing.public_id)
        (card,) = search_published(reader, parse([]))
        row = reader.scalars(select(ListingPublication)).one()
        assert search_published(reader, parse([("area_from", "1")])) == []
        assert search_published(reader, parse([("text", "Deich")])) == []
    assert (offer.title, offer.description, offer.facts, offer.wishes) == ("", "Ein Hof sucht Menschen.", {}, {})
    assert (row.title, row.facts, row.wishes) == ("", {}, {})
    assert offer.is_stub
    assert offer.area_level >= 6
    assert listing.reference in repr(card.heading)
    assert card.highlights == ()


def test_who_asks_reads_the_page_once_the_owner_has_opened_it_and_not_a_day_longer(session, owner, seeker, listing):
    request = asked(session, seeker, listing)
    assert reads(session, seeker, listing) is Access.STUB
    service_requests.accept(session, actor_of(session, owner.id), request.public_id, UNTIL, now=NOW)
    session.commit()
    assert reads(session, seeker, listing) is Access.PAGE
    page = queries_access.opened_page(session, actor_of(session, seeker.id), listing.public_id, now=NOW)
    assert (page.title, page.is_stub) == ("Milchhof Am Deich", False)
    assert reads(session, seeker, listing, now=NOW + timedelta(days=29)) is Access.PAGE
    assert reads(session, seeker, listing, now=NOW + timedelta(days=31)) is Access.STUB
    others = an_account(session, Role.SEEKER)
    assert reads(session, others, listing) is Access.STUB
    assert queries_access.opened_page(session, actor_of(session, others.id), listing.public_id, now=NOW) is None
    assert queries_access.opened_page(session, Actor.visitor(), listing.public_id, now=NOW) is None


def test_ending_it_counts_from_the_next_request_on(session, owner, seeker, listing):
    request = asked(session, seeker, listing)
    actor = actor_of(session, owner.id)
    service_requests.accept(session, actor, request.public_id, UNTIL, now=NOW)
    service_requests.end(session, actor, request.public_id, now=NOW)
    assert reads(session, seeker, listing) is Access.STUB


def test_a_no_is_neutral_and_final(session, owner, seeker, listing):
    request = asked(session, seeker, listing)
    for _ in range(2):
        service_requests.decline(session, actor_of(session, owner.id), request.public_id, now=NOW)
    with pytest.raises(Conflict):
        asked(session, seeker, listing)
    with pytest.raises(Conflict):
        service_requests.accept(session, actor_of(session, owner.id), request.public_id, UNTIL, now=NOW)
    (mine,) = queries_requests.my_requests(session, actor_of(session, seeker.id), now=NOW)
    assert "does not fit" in mine.state.told.msgid
    assert "declined" not in repr(mine.state.told)


def test_both_sides_get_a_mail_that_says_nothing_of_the_matter(session, owner, seeker, listing):
    request = asked(session, seeker, listing)
    service_requests.decline(session, actor_of(session, owner.id), request.public_id, now=NOW)
    mails = session.scalars(select(OutboxMail).order_by(OutboxMail.id)).all()
    assert [mail.recipient_account_id for mail in mails] == [owner.id, seeker.id]
    told = repr([mail.values for mail in mails])
    for word in ("Milchhof", "Milchvieh", seeker.name, owner.name, "@", "declin"):
        assert word not in told


def test_the_clerks_of_an_organisation_hear_of_a_request(session, owner, seeker):
    clerk, reader = an_account(session, Role.LANDOWNER), an_account(session, Role.LANDOWNER)
    body = an_organisation(session, members=[clerk])
    listing = a_published_listing(session, body)
    asked(session, seeker, listing)
    assert session.scalars(select(OutboxMail.recipient_account_id)).all() == [clerk.id]
    assert reader.id != clerk.id


def test_who_has_been_put_on_the_list_meanwhile_reads_a_plain_no_and_is_gone_for_the_owner(
    session, owner, seeker, listing
):
    request = asked(session, seeker, listing)
    service_requests.accept(session, actor_of(session, owner.id), request.public_id, UNTIL, now=NOW)
    keeps_from(session, owner, seeker.name, seeker.email)
    assert reads(session, seeker, listing) is Access.NOTHING
    (mine,) = queries_requests.my_requests(session, actor_of(session, seeker.id), now=NOW)
    assert (mine.state, mine.reads_until) == (RequestState.DECLINED, None)
    assert "Milchhof" not in repr(mine)
    assert queries_requests.requests_for(session, actor_of(session, owner.id), listing) == []


def test_who_must_not_learn_of_it_cannot_ask(session, owner, seeker, listing):
    keeps_from(session, owner, "", seeker.email)
    with pytest.raises(NotFound):
        asked(session, seeker, listing)
    assert session.scalar(select(func.count()).select_from(ListingReader)) == 0


@pytest.mark.parametrize("state", [ListingState.DRAFT, ListingState.WITHDRAWN, ListingState.HANDED_OVER])
def test_what_others_do_not_see_cannot_be_asked_about(session, owner, seeker, state):
    hidden = a_published_listing(session, owner, state=state)
    with pytest.raises(NotFound):
        asked(session, seeker, hidden)


def test_who_may_ask(session, owner, listing):
    reserved = a_published_listing(session, owner, state=ListingState.RESERVED)
    with pytest.raises(Forbidden):
        asked(session, an_account(session, Role.SEEKER), reserved)
    for person in (an_account(session, Role.TRANSFEROR), an_account(session, Role.ADVISOR), owner):
        with pytest.raises(Forbidden):
            asked(session, person, listing)


def test_strangers_neither_see_nor_answer_a_request(session, seeker, listing):
    request = asked(session, seeker, listing)
    for role in (Role.TRANSFEROR, Role.LANDOWNER, Role.SEEKER, Role.ADVISOR, Role.OPERATOR, Role.COORDINATOR):
        stranger = an_actor(session, role)
        assert queries_requests.requests_for(session, stranger, listing) == []
        for act in (service_requests.decline, service_requests.end, service_requests.take_back):
            with pytest.raises(NotFound):
                act(session, stranger, request.public_id, now=NOW)
        with pytest.raises(NotFound):
            service_requests.accept(session, stranger, request.public_id, UNTIL, now=NOW)


@pytest.mark.parametrize("day", [date(2026, 11, 1), date(2028, 1, 1)])
def test_an_end_must_lie_within_a_year(session, owner, seeker, listing, day):
    request = asked(session, seeker, listing)
    with pytest.raises(Refused):
        service_requests.accept(session, actor_of(session, owner.id), request.public_id, day, now=NOW)


def test_a_message_with_an_address_is_asked_about_first(session, seeker, listing):
    with pytest.raises(GivesAway):
        asked(session, seeker, listing, NewRequest("Rufen Sie an: 05862 123456"))
    assert asked(session, seeker, listing, NewRequest("Rufen Sie an: 05862 123456", is_confirmed=True)).message


@pytest.mark.parametrize("message", ["", "   ", "x" * 601])
def test_a_message_is_needed_and_has_an_end(session, seeker, listing, message):
    with pytest.raises(Refused):
        asked(session, seeker, listing, NewRequest(message))


def test_a_request_can_be_taken_back_and_made_again(session, seeker, listing):
    request = asked(session, seeker, listing)
    service_requests.take_back(session, actor_of(session, seeker.id), request.public_id, now=NOW)
    session.commit()
    assert asked(session, seeker, listing, NewRequest("Doch noch einmal.")).message == "Doch noch einmal."
    assert session.scalar(select(func.count()).select_from(ListingReader)) == 1


def test_nobody_writes_to_everybody(session, owner, seeker):  # S17
    for _ in range(MOST_REQUESTS_A_DAY):
        asked(session, seeker, a_published_listing(session, owner))
    one_more = a_published_listing(session, owner)
    with pytest.raises(TooMany):
        asked(session, seeker, one_more)
    assert asked(session, seeker, one_more, now=NOW + timedelta(days=1, hours=1))


def test_the_same_request_at_once_arrives_once(database):
    with Session(database.engine, expire_on_commit=False) as session:
        a_small_region(session)
        listing = a_published_listing(session, an_account(session, Role.TRANSFEROR))
        seeker = an_account(session, Role.SEEKER)

    def ask():
        with Session(database.engine) as session:
            service_requests.ask(session, actor_of(session, seeker.id), listing.public_id, PLEASE, now=NOW)
            session.commit()

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with Session(database.engine) as session:
        assert session.scalar(select(func.count()).select_from(ListingReader)) == 1
        assert session.scalar(select(func.count()).select_from(OutboxMail)) == 1


def test_a_request_to_somebody_on_ones_own_list_does_not_arrive_and_looks_like_any_other(
    session, owner, seeker, listing
):
    keeps_from(session, seeker, owner.name)
    asked(session, seeker, listing)
    assert queries_requests.requests_for(session, actor_of(session, owner.id), listing) == []
    assert session.scalars(select(OutboxMail)).all() == []
    (mine,) = queries_requests.my_requests(session, actor_of(session, seeker.id), now=NOW)
    assert mine.state is RequestState.ASKED
    entries = session.scalars(select(AuditEntry).where(AuditEntry.action == "request.made")).all()
    assert [(entry.kind, entry.public_id) for entry in entries] == [("account", seeker.public_id)]


def test_who_asked_does_not_read_what_a_withdrawn_offer_is_called_later(session, owner, seeker):
    listing = a_published_listing(session, owner, title="Milchhof mit Scheune")
    asked(session, seeker, listing)
    reader = actor_of(session, seeker.id)
    (mine,) = queries_requests.my_requests(session, reader, now=NOW)
    assert "Milchhof mit Scheune" in repr(mine.heading)
    listing.state, listing.title = ListingState.DRAFT, "Hof Abgeber, Dorfstraße 3"
    session.commit()
    (mine,) = queries_requests.my_requests(session, reader, now=NOW)
    assert "Abgeber" not in repr(mine.heading)
    assert listing.reference in repr(mine.heading)
