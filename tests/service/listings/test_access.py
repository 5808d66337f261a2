"""What the single decision says of an offer is what the filters find, over generated people, lists and releases."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, text

from succession.accounts.actor import Actor, Role
from succession.accounts.queries import actor_of
from succession.exclusions import queries as exclusions
from succession.listings import policy, queries_access
from succession.listings.models import Listing
from succession.listings.models_releases import ListingReader, ListingRelease
from succession.listings.policy import Access
from succession.listings.queries_requests import terms_of
from succession.listings.release_states import RequestState, Standing, Terms
from succession.listings.states import ListingState
from tests.factories.accounts import an_account, an_organisation
from tests.factories.exclusions import keeps_from
from tests.factories.listings import a_listing

NOW = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def scene(session):
    """Four owners (two of whom hide from Anna), and readers of every sort."""
    anna = an_account(session, Role.SEEKER, name="Anna Müller")
    clerk = an_account(session, Role.LANDOWNER, Role.SEEKER)
    people = {
        "anna": anna,
        "bert": an_account(session, Role.SEEKER, name="Bert Meier"),
        "clerk": clerk,
        "owner": an_account(session, Role.TRANSFEROR, Role.SEEKER),
        "operator": an_account(session, Role.OPERATOR),
    }
    hider = an_account(session, Role.TRANSFEROR)
    body = an_organisation(session, members=[clerk])
    hiding_body = an_organisation(session, members=[clerk])
    keeps_from(session, hider, "Anna Mueller")
    keeps_from(session, clerk, "Mueller, Anna", organisation=hiding_body)
    owners = [people["owner"], hider, body, hiding_body]
    listings = [
        a_listing(session, owner, place=None, published_at=NOW, confirmed_at=NOW) for owner in owners for _ in range(2)
    ]
    actors = {name: actor_of(session, person.id) for name, person in people.items()}
    return {**actors, "visitor": Actor.visitor(), "system": Actor.system()}, listings, people


REQUESTS = st.none() | st.tuples(st.sampled_from(RequestState), st.integers(-3, 3))
RELEASES = st.none() | st.tuples(st.integers(-5, 1), st.integers(1, 8), st.booleans(), st.none() | st.integers(-5, 5))
OFFERS = st.lists(st.tuples(st.sampled_from(ListingState), st.booleans(), REQUESTS, RELEASES), min_size=8, max_size=8)


def arrange(session, listings, account_id, offers):
    session.execute(text("DELETE FROM listing_reader"))
    session.execute(text("DELETE FROM listing_release"))
    for listing, (state, is_confidential, request, release) in zip(listings, offers, strict=True):
        listing.state, listing.is_confidential = state, is_confidential
        if request is not None:
            answered = request[0] in {RequestState.ACCEPTED, RequestState.DECLINED, RequestState.ENDED}
            session.add(
                ListingReader(
                    listing_id=listing.id, account_id=account_id, state=request[0], message="x", asked_at=NOW,
                    decided_at=NOW if answered else None, reads_until=NOW + request[1] * DAY,
                )
            )  # fmt: skip
        if release is not None:
            begins, days, is_confirmed, revoked = release
            session.add(
                ListingRelease(
                    listing_id=listing.id, account_id=account_id, purpose="x", is_confirmed=is_confirmed,
                    released_at=NOW + begins * DAY, ends_at=NOW + (begins + days) * DAY,
                    revoked_at=None if revoked is None else NOW + revoked * DAY,
                )
            )  # fmt: skip
    session.flush()


@pytest.mark.parametrize("reader", ["anna", "bert", "clerk", "owner"])
@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    max_examples=12,
    phases=[Phase.explicit, Phase.generate],
)
@given(offers=OFFERS)
def test_lists_and_single_decisions_agree(session, scene, reader, offers):
    actors, listings, people = scene
    arrange(session, listings, people[reader].id, offers)
    for actor in actors.values():
        hiding = exclusions.hiding_from(session, actor)

        def found(condition):
            return set(session.scalars(select(Listing.id).where(condition)))

        said = {one.id: queries_access.access(session, actor, one.public_id, now=NOW) for one in listings}
        assert found(policy.visible_listings(actor, hiding)) == {n for n, a in said.items() if a is not Access.NOTHING}
        readable = {n for n, a in said.items() if a in {Access.PAGE, Access.ALL}}
        assert found(policy.readable_listings(actor, hiding, now=NOW)) == readable
        open_ones = select(ListingRelease).where(policy.open_releases(actor, now=NOW))
        assert {one.id for one in session.scalars(open_ones)} == {
            one.id
            for one in session.scalars(select(ListingRelease))
            if one.account_id == actor.own_account_id and terms_of(one).standing(NOW) is Standing.OPEN
        }


TABLE = [
    # state, confidential, hidden, reader: what a stranger may read
    (ListingState.PUBLISHED, False, False, False, Access.PAGE),
    (ListingState.PUBLISHED, False, True, False, Access.NOTHING),
    (ListingState.PUBLISHED, True, False, False, Access.STUB),
    (ListingState.PUBLISHED, True, False, True, Access.PAGE),
    (ListingState.PUBLISHED, True, True, True, Access.NOTHING),
    (ListingState.RESERVED, False, False, False, Access.PAGE),
    (ListingState.RESERVED, True, False, False, Access.STUB),
    (ListingState.DRAFT, False, False, True, Access.NOTHING),
    (ListingState.WITHDRAWN, False, False, True, Access.NOTHING),
    (ListingState.HANDED_OVER, True, False, True, Access.NOTHING),
]


@pytest.mark.parametrize(("state", "is_confidential", "is_hidden", "is_reader", "expected"), TABLE)
def test_what_a_stranger_may_read_is_exactly_this(state, is_confidential, is_hidden, is_reader, expected):
    listing = Listing(state=state, is_confidential=is_confidential, owner_account_id=1)
    stranger = Actor(account_id=2, roles=frozenset({Role.SEEKER}))
    assert policy.access(stranger, listing, is_hidden=is_hidden, is_reader=is_reader) is expected
    owner = Actor(account_id=1, roles=frozenset({Role.TRANSFEROR}))
    assert policy.access(owner, listing, is_hidden=is_hidden, is_reader=is_reader) is Access.ALL


@pytest.mark.parametrize(
    ("terms", "expected"),
    [
        (Terms(NOW - DAY, NOW + DAY, is_confirmed=True), Standing.OPEN),
        (Terms(NOW - DAY, NOW + DAY, is_confirmed=False), Standing.WAITS),
        (Terms(NOW + DAY, NOW + 2 * DAY, is_confirmed=True), Standing.WAITS),
        (Terms(NOW - DAY, NOW, is_confirmed=True), Standing.EXPIRED),
        (Terms(NOW - DAY, NOW + DAY, is_confirmed=True, revoked_at=NOW), Standing.REVOKED),
        (Terms(NOW - 2 * DAY, NOW - DAY, is_confirmed=True, revoked_at=NOW), Standing.EXPIRED),
    ],
)
def test_what_a_release_is_worth_is_exactly_this(terms, expected):  # LP-7
    assert terms.standing(NOW) is expected
