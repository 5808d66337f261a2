"""Members, offices and mandates for tests; everything is committed."""

from datetime import date
from itertools import count

from succession.accounts.actor import Role
from succession.accounts.duties import MandateScope, MembershipRole
from succession.accounts.models import Membership, OrganisationKind
from succession.accounts.models_organisations import Mandate
from succession.accounts.queries import actor_of
from succession.accounts.tokens import link_for
from tests.factories.accounts import an_account, an_organisation

KEY = "only-for-tests-" * 3
TOKENS = count(1)


def a_member(session, organisation, role=MembershipRole.CLERK, *roles, account=None, **values):
    """A person who works for the organisation in that role."""
    account = account or an_account(session, *(roles or (Role.LANDOWNER,)), **values)
    session.add(Membership(organisation_id=organisation.id, account_id=account.id, role=role))
    session.commit()
    return account


def an_office(session, **values):
    """A managing office."""
    return an_organisation(session, OrganisationKind.MANAGING_OFFICE, **values)


def a_mandate(session, owner, office, *scopes, starts_on=date(2020, 1, 1), **values):
    """The owner lets the office do everything but decide, unless told otherwise."""
    given = scopes or (MandateScope.IMPORT, MandateScope.CALL, MandateScope.SCORE, MandateScope.LETTERS)
    mandate = Mandate(
        owner_organisation_id=owner.id,
        owner_kind=owner.kind,
        office_organisation_id=office.id,
        office_kind=office.kind,
        scopes=[scope.value for scope in given],
        starts_on=starts_on,
        **values,
    )
    session.add(mandate)
    session.commit()
    return mandate


def acting(session, account, now):
    """The person as the policies see them at that moment."""
    return actor_of(session, account.id, now=now)


def a_token():
    """A secret, and the link that carries it."""
    token = f"token-{next(TOKENS)}"
    return token, link_for(token, KEY)
