from uuid import UUID

import pytest

from succession.accounts.actor import Actor, Principal, Role, Scope
from succession.accounts.duties import MandateScope, MembershipRole, of_mandate, of_member
from succession.land.owner import Owner
from succession.land.policy import may_enter, may_import, may_list_owners

OWN = Owner(account_id=1)
ORGANISATION = Owner(organisation_id=7)


def person(*roles, grants=frozenset(), acting_for=None):
    return Actor(account_id=1, roles=frozenset(roles), grants=grants, acting_for=acting_for)


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
    allowed = role in {MembershipRole.CLERK, MembershipRole.ADMINISTRATOR}
    assert may_import(person(Role.LANDOWNER, grants=of_member(7, role)), ORGANISATION) == allowed
    assert not may_import(person(Role.LANDOWNER), ORGANISATION)


@pytest.mark.parametrize("scope", MandateScope)
def test_an_office_brings_in_land_if_its_mandate_says_so(scope):
    clerk = person(Role.LANDOWNER, grants=of_mandate(7, MembershipRole.CLERK, [scope]))
    assert may_import(clerk, ORGANISATION) == (scope is MandateScope.IMPORT)
    reader = person(Role.LANDOWNER, grants=of_mandate(7, MembershipRole.READER, [scope]))
    assert not may_import(reader, ORGANISATION)


@pytest.mark.parametrize("scope", Scope)
def test_who_acts_for_somebody_brings_in_their_land_only_with_the_right_to_write(scope):
    owner = Principal(2, UUID(int=2), "Inge", frozenset({Role.TRANSFEROR}), frozenset({Scope.READ, scope}))
    helper = person(Role.TRANSFEROR, acting_for=owner)
    assert may_import(helper, Owner(account_id=2)) == (scope is Scope.WRITE)
    assert not may_import(helper, OWN)


def test_the_list_of_owners_is_for_the_operator():
    assert may_list_owners(person(Role.OPERATOR), None)
    assert not may_list_owners(person(Role.LANDOWNER), None)
