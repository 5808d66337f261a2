import pytest

from succession.accounts.actor import Actor, Role
from succession.accounts.models import MembershipRole
from succession.land.owner import Owner
from succession.land.policy import may_enter, may_import, may_list_owners

OWN = Owner(account_id=1)
ORGANISATION = Owner(organisation_id=7, member_role=MembershipRole.CLERK)


def person(*roles, organisations=()):
    return Actor(account_id=1, roles=frozenset(roles), organisation_ids=frozenset(organisations))


@pytest.mark.parametrize("role", Role)
def test_only_those_who_give_up_land_enter(role):
    assert may_enter(person(role), None) == (role in {Role.LANDOWNER, Role.TRANSFEROR, Role.OPERATOR})


def test_one_brings_in_ones_own_land():
    assert may_import(person(Role.LANDOWNER), OWN)
    assert not may_import(person(Role.LANDOWNER), Owner(account_id=2))
    assert not may_import(person(Role.SEEKER), OWN)
    assert not may_import(Actor.visitor(), Owner())
    assert may_import(Actor.system(), ORGANISATION)


@pytest.mark.parametrize("role", MembershipRole)
def test_clerks_and_administrators_bring_in_land_of_their_organisation(role):
    owner = Owner(organisation_id=7, member_role=role)
    allowed = role in {MembershipRole.CLERK, MembershipRole.ADMINISTRATOR}
    assert may_import(person(Role.LANDOWNER, organisations=[7]), owner) == allowed
    assert not may_import(person(Role.LANDOWNER), owner)


def test_the_list_of_owners_is_for_the_operator():
    assert may_list_owners(person(Role.OPERATOR), None)
    assert not may_list_owners(person(Role.LANDOWNER), None)
