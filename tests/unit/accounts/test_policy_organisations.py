"""S2: who may do what with an organisation: role × membership × mandate × state × action, written out."""

from datetime import UTC, datetime
from uuid import UUID

import pytest

from succession.accounts import policy_organisations as policy
from succession.accounts.actor import Actor, Principal, Role
from succession.accounts.duties import Duty, MandateScope, MembershipRole, of_mandate, of_member
from succession.accounts.models import Membership, Organisation, OrganisationKind
from succession.accounts.models_organisations import Mandate

OWNER, OFFICE, OTHER = 7, 8, 9
CHECKED = datetime(2026, 1, 1, tzinfo=UTC)
USUAL = (MandateScope.IMPORT, MandateScope.CALL, MandateScope.SCORE, MandateScope.LETTERS)


def owner(checked_at=CHECKED):
    return Organisation(id=OWNER, kind=OrganisationKind.MUNICIPALITY, name="Gemeinde", verified_at=checked_at)


def office_of_owner():
    return Mandate(owner_organisation_id=OWNER, office_organisation_id=OFFICE)


def person(*roles, grants=frozenset(), acting_for=None):
    return Actor(account_id=1, roles=frozenset(roles), grants=grants, acting_for=acting_for)


def of_office(role, scopes=USUAL):
    return of_member(OFFICE, role) | of_mandate(OWNER, role, scopes)


PEOPLE = {
    "visitor": Actor.visitor(),
    "seeker": person(Role.SEEKER),
    "foreign landowner": person(Role.LANDOWNER),
    "foreign administrator": person(Role.LANDOWNER, grants=of_member(OTHER, MembershipRole.ADMINISTRATOR)),
    "reader": person(Role.LANDOWNER, grants=of_member(OWNER, MembershipRole.READER)),
    "checker": person(Role.LANDOWNER, grants=of_member(OWNER, MembershipRole.CHECKER)),
    "clerk": person(Role.LANDOWNER, grants=of_member(OWNER, MembershipRole.CLERK)),
    "administrator": person(Role.LANDOWNER, grants=of_member(OWNER, MembershipRole.ADMINISTRATOR)),
    "administrator acting for another": person(
        Role.LANDOWNER,
        grants=of_member(OWNER, MembershipRole.ADMINISTRATOR),
        acting_for=Principal(2, UUID(int=2), "Inge"),
    ),
    "office reader": person(Role.LANDOWNER, grants=of_office(MembershipRole.READER)),
    "office clerk": person(Role.LANDOWNER, grants=of_office(MembershipRole.CLERK)),
    "office administrator": person(Role.LANDOWNER, grants=of_office(MembershipRole.ADMINISTRATOR)),
    "office administrator with all scopes": person(
        Role.LANDOWNER, grants=of_office(MembershipRole.ADMINISTRATOR, MandateScope)
    ),
    "former office clerk": person(Role.LANDOWNER, grants=of_member(OFFICE, MembershipRole.CLERK)),
    "advisor": person(Role.ADVISOR),
    "coordinator": person(Role.COORDINATOR),
    "operator": person(Role.OPERATOR),
    "system": Actor.system(),
}
ACTIONS = {
    "view": lambda actor: policy.may_view(actor, owner()),
    "belong": lambda actor: policy.may_belong(actor, owner()),
    "see history": lambda actor: policy.may_see_history(actor, owner()),
    "administer": lambda actor: policy.may_administer(actor, owner()),
    "invite": lambda actor: policy.may_invite(actor, owner()),
    "give mandate": lambda actor: policy.may_give_mandate(actor, owner()),
    "give mandate unchecked": lambda actor: policy.may_give_mandate(actor, owner(None)),
    "view mandate": lambda actor: policy.may_view_mandate(actor, office_of_owner()),
    "end mandate": lambda actor: policy.may_end_mandate(actor, office_of_owner()),
    "verify": lambda actor: policy.may_verify(actor, None),
    "register owner": lambda actor: policy.may_register(actor, OrganisationKind.PARISH),
    "register advisory": lambda actor: policy.may_register(actor, OrganisationKind.ADVISORY),
    "accept": lambda actor: policy.may_accept(actor, None),
    "import": lambda actor: actor.may_for(Duty.IMPORT, OWNER),
    "decide": lambda actor: actor.may_for(Duty.DECIDE, OWNER),
}
MEMBER = {"accept", "view", "belong", "see history", "view mandate", "register owner"}
NETWORK = {"accept", "view", "see history", "invite", "view mandate", "verify", "register owner", "register advisory"}
ALLOWED = {
    "visitor": set(),
    "seeker": {"accept"},
    "foreign landowner": {"accept", "register owner"},
    "foreign administrator": {"accept", "register owner"},
    "reader": MEMBER,
    "checker": MEMBER,
    "clerk": MEMBER | {"import"},
    "administrator": MEMBER | {"administer", "invite", "give mandate", "end mandate", "import", "decide"},
    "administrator acting for another": MEMBER - {"accept", "register owner"} | {"import", "decide"},
    "office reader": {"accept", "view", "view mandate", "register owner"},
    "office clerk": {"accept", "view", "view mandate", "register owner", "import"},
    "office administrator": {"accept", "view", "view mandate", "end mandate", "register owner", "import"},
    "office administrator with all scopes": {
        *("accept", "view", "view mandate", "end mandate", "register owner", "import", "decide"),
    },
    "former office clerk": {"accept", "view mandate", "register owner"},
    "advisor": {"accept", "register advisory"},
    "coordinator": NETWORK,
    "operator": NETWORK,
    "system": set(ACTIONS) - {"accept", "give mandate unchecked"},
}
ROWS = [(who, action, action in ALLOWED[who]) for who in PEOPLE for action in ACTIONS]


def test_the_table_is_whole():
    assert PEOPLE.keys() == ALLOWED.keys()
    assert set().union(*ALLOWED.values()) <= ACTIONS.keys()
    assert len(ROWS) >= 60


@pytest.mark.parametrize(("who", "action", "is_allowed"), ROWS)
def test_who_may_do_what_is_exactly_this(who, action, is_allowed):
    assert ACTIONS[action](PEOPLE[who]) == is_allowed


@pytest.mark.parametrize("kind", [OrganisationKind.ADVISORY, OrganisationKind.MANAGING_OFFICE])
def test_only_owners_give_mandates(kind):
    leader = person(Role.LANDOWNER, grants=of_member(OWNER, MembershipRole.ADMINISTRATOR))
    assert not policy.may_give_mandate(leader, Organisation(id=OWNER, kind=kind, verified_at=CHECKED))


def test_people_leave_for_themselves_only():
    own, foreign = Membership(account_id=1, organisation_id=OWNER), Membership(account_id=2, organisation_id=OWNER)
    leader = PEOPLE["administrator"]
    assert (policy.may_leave(leader, own), policy.may_leave(leader, foreign)) == (True, False)
    assert not policy.may_leave(PEOPLE["administrator acting for another"], own)
    assert not policy.may_leave(Actor.visitor(), own)


@pytest.mark.parametrize("role", MembershipRole)
@pytest.mark.parametrize("scope", MandateScope)
def test_a_mandate_gives_nobody_more_than_they_may_do_in_their_own_office(role, scope):
    """And never membership or administration; to decide only if it says so."""
    own = {grant.duty for grant in of_member(OFFICE, role)}
    lent = {grant.duty for grant in of_mandate(OWNER, role, [scope])}
    assert lent <= own - {Duty.BELONG, Duty.ADMINISTER}
    assert Duty.READ in lent
    assert (Duty.DECIDE in lent) == (scope is MandateScope.DECIDE and role is MembershipRole.ADMINISTRATOR)
