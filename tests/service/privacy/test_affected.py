"""Whom an accident concerns (P13)."""

from datetime import timedelta

import pytest

from succession.accounts.actor import Actor, Role
from succession.accounts.models import AccountSession
from succession.audit import service as audit
from succession.errors import Forbidden
from succession.privacy.queries_affected import ACTED, SIGNED_IN, TOUCHED, affected
from tests.factories.accounts import an_account
from tests.factories.listings import a_listing
from tests.factories.places import a_small_region
from tests.factories.privacy import NOON, actor_of
from tests.factories.profiles import a_profile, a_search

HOUR = timedelta(hours=1)


@pytest.fixture
def people(session):
    """An advisor who looked at the things of two people, one who was only signed in, and one who was elsewhere."""
    a_small_region(session)
    advisor = an_account(session, Role.ADVISOR)
    owner, seeker, guest, elsewhere = (an_account(session) for _ in range(4))
    listing = a_listing(session, owner)
    search = a_search(session, a_profile(session, seeker))
    actor = actor_of(session, advisor)
    audit.record(session, actor, "listing.edited", kind="listing", public_id=listing.public_id, now=NOON)
    audit.record(session, actor, "search.edited", kind="search", public_id=search.public_id, now=NOON)
    audit.record(
        session, actor_of(session, elsewhere), "profile.edited", kind="profile", public_id=None, now=NOON + 5 * HOUR
    )
    session.add(AccountSession(account_id=guest.id, token_hash=b"g", created_at=NOON - HOUR, last_seen_at=NOON))
    session.commit()
    return {"advisor": advisor, "owner": owner, "seeker": seeker, "guest": guest, "elsewhere": elsewhere}


def found(session, people, **options):
    names = {person.public_id: name for name, person in people.items()}
    rows = affected(session, Actor.system(), since=NOON - HOUR / 2, until=NOON + HOUR, **options)
    return {names[row.public_id]: row.reasons for row in rows}


def test_in_a_time_everybody_who_was_there_or_whose_things_were_touched(session, people):
    rows = found(session, people)
    assert rows == {"advisor": (ACTED,), "owner": (TOUCHED,), "seeker": (TOUCHED,), "guest": (SIGNED_IN,)}


def test_of_one_account_only_what_was_done_with_it(session, people):
    rows = found(session, people, account_public_id=people["advisor"].public_id)
    assert rows == {"advisor": (ACTED,), "owner": (TOUCHED,), "seeker": (TOUCHED,)}


def test_it_is_not_for_everybody(session, people):
    with pytest.raises(Forbidden):
        affected(session, actor_of(session, people["owner"]), since=NOON, until=NOON + HOUR)
