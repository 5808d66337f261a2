"""The rules on offers and their filters agree, over roles, owners and states."""

from itertools import product

import pytest
from sqlalchemy import select

from succession.accounts.actor import Actor, Role
from succession.accounts.models import Membership, MembershipRole
from succession.accounts.queries import actor_of
from succession.exclusions.owner import Apart
from succession.listings import policy, queries
from succession.listings.models import Listing
from succession.listings.policy import Access
from succession.listings.states import ListingState
from tests.factories.accounts import an_account, an_organisation
from tests.factories.listings import a_listing

WHO = ("visitor", "owner", "owner_as_seeker", "stranger", "clerk", "reader", "seeker", "advisor", "system")


@pytest.fixture
def scene(session):
    people = {
        "owner": an_account(session, Role.TRANSFEROR),
        "owner_as_seeker": an_account(session, Role.SEEKER),
        "stranger": an_account(session, Role.TRANSFEROR, Role.LANDOWNER),
        "clerk": an_account(session, Role.LANDOWNER),
        "reader": an_account(session, Role.LANDOWNER),
        "seeker": an_account(session, Role.SEEKER),
        "advisor": an_account(session, Role.ADVISOR),
    }
    parish = an_organisation(session, members=[people["clerk"], people["reader"]])
    membership = session.scalars(select(Membership).where(Membership.account_id == people["reader"].id)).one()
    membership.role = MembershipRole.READER
    session.commit()
    actors = {name: actor_of(session, person.id) for name, person in people.items()}
    actors |= {"visitor": Actor.visitor(), "system": Actor.system()}
    owners = {"owner": people["owner"], "owner_as_seeker": people["owner_as_seeker"], "parish": parish}
    return actors, owners


def listings_of(session, owners):
    moment = {"published_at": "2026-11-02T09:00:00+00:00", "confirmed_at": "2026-11-02T09:00:00+00:00"}
    return {
        (name, state): a_listing(session, owner, place=None, state=state, **moment)
        for (name, owner), state in product(owners.items(), ListingState)
    }


@pytest.mark.parametrize("who", WHO)
def test_each_rule_and_its_filter_say_the_same(session, scene, who):
    actors, owners = scene
    actor, listings = actors[who], listings_of(session, owners)

    def found(condition):
        return set(session.scalars(select(Listing.id).where(condition)))

    pairs = [
        (policy.visible_listings(actor, Apart()), lambda one: access(actor, one) is not Access.NOTHING),
        (policy.kept_listings(actor), lambda one: policy.may_keep(actor, one)),
        (policy.held_listings(actor), lambda one: policy.may_hold(actor, queries.holder_of(one))),
    ]
    for condition, rule in pairs:
        assert found(condition) == {one.id for one in listings.values() if rule(one)}


TABLE = {
    # who: (sees drafts of owner, changes the owner's, sees drafts of the parish, changes the parish's)
    "visitor": (False, False, False, False),
    "owner": (True, True, False, False),
    "owner_as_seeker": (False, False, False, False),
    "stranger": (False, False, False, False),
    "clerk": (False, False, True, True),
    "reader": (False, False, True, False),
    "seeker": (False, False, False, False),
    "advisor": (False, False, False, False),
    "system": (True, True, True, True),
}


@pytest.mark.parametrize("who", WHO)
def test_who_may_do_what_is_exactly_this(session, scene, who):
    actors, owners = scene
    actor, listings = actors[who], listings_of(session, owners)
    for state in ListingState:
        own, parish = listings["owner", state], listings["parish", state]
        answers = (
            policy.may_keep(actor, own),
            policy.may_hold(actor, queries.holder_of(own)),
            policy.may_keep(actor, parish),
            policy.may_hold(actor, queries.holder_of(parish)),
        )
        assert answers == TABLE[who]
        shown = state in {ListingState.PUBLISHED, ListingState.RESERVED}
        assert (access(actor, own) is not Access.NOTHING) == (shown or TABLE[who][0])


def access(actor, listing):
    return policy.access(actor, listing, is_hidden=False, is_reader=False)
