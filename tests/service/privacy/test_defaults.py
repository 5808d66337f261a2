"""Whoever does nothing is seen by nobody, and has agreed to nothing (P7)."""

from datetime import UTC, datetime

from sqlalchemy import func, select

from succession.accounts.actor import Role
from succession.facts.kinds import Kind
from succession.listings.models import Listing, ListingPublication
from succession.listings.states import ListingState
from succession.privacy import queries
from succession.profiles.models import Search, SearchPublication
from succession.profiles.states import SearchState
from tests.factories.accounts import an_account
from tests.factories.places import a_small_region
from tests.factories.privacy import actor_of
from tests.factories.profiles import a_profile, a_search


def test_a_new_profile_and_a_new_search_are_visible_to_nobody(session):
    a_small_region(session)
    search = a_search(session, a_profile(session))
    assert session.get(Search, search.id).state is SearchState.DRAFT
    assert session.scalar(select(func.count()).select_from(SearchPublication)) == 0


def test_a_new_offer_is_a_draft_that_nobody_sees_and_shows_no_place(session):
    a_small_region(session)
    owner = actor_of(session, an_account(session, Role.TRANSFEROR))
    record = Listing(owner_account_id=owner.account_id, reference="ABCDEFGH", kind=Kind.FARM)
    session.add(record)
    session.flush()
    session.refresh(record)
    assert record.state is ListingState.DRAFT
    assert record.published_level is None
    assert session.scalar(select(func.count()).select_from(ListingPublication)) == 0


def test_nobody_has_consented_to_anything_before_they_say_so(session):
    consents = queries.consents(session, actor_of(session, an_account(session, created_at=datetime.now(UTC))))
    assert [consent.is_given for consent in consents] == [False] * len(consents)
