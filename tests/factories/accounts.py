"""People and organisations for tests; everything is committed."""

from datetime import UTC, datetime
from itertools import count

from argon2 import PasswordHasher

from succession.accounts import queries
from succession.accounts.actor import Actor, Role
from succession.accounts.models import (
    Account,
    AccountRole,
    AccountSession,
    Membership,
    MembershipRole,
    Organisation,
    OrganisationKind,
)
from succession.accounts.tokens import hash_token, new_token

PASSWORD = "a-password-for-tests"
PASSWORD_HASH = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
NUMBERS = count(1)


def an_account(session, *roles: Role, **values) -> Account:
    """A person who holds `roles`; their password is `PASSWORD`."""
    number = next(NUMBERS)
    given = {"email": f"person-{number}@example.org", "name": f"Person {number}", "password_hash": PASSWORD_HASH}
    given["confirmed_at"] = datetime(2026, 1, 1, tzinfo=UTC)
    account = Account(**{**given, **values})
    session.add(account)
    session.flush()
    session.add_all(AccountRole(account_id=account.id, role=role) for role in roles)
    session.commit()
    return account


def an_organisation(session, kind=OrganisationKind.MUNICIPALITY, *, members=(), **values) -> Organisation:
    """An organisation with its members, all of them administrators."""
    given = {"name": f"Organisation {next(NUMBERS)}", "kind": kind, "verified_at": datetime(2026, 1, 1, tzinfo=UTC)}
    organisation = Organisation(**{**given, **values})
    session.add(organisation)
    session.flush()
    session.add_all(
        Membership(organisation_id=organisation.id, account_id=member.id, role=MembershipRole.ADMINISTRATOR)
        for member in members
    )
    session.commit()
    return organisation


def an_actor(session, *roles: Role, **values) -> Actor:
    """A person as the policies see them."""
    return queries.actor_of(session, an_account(session, *roles, **values).id)


def sign_in(client, session, account: Account, **values) -> str:
    """The browser is signed in as `account` from now on, second step and all; returns its token.

    `second_factor_at=None` is who has entered the password only.
    """
    token, now = new_token(), datetime.now(UTC)
    given = {"created_at": now, "last_seen_at": now, "password_entered_at": now, "second_factor_at": now}
    session.add(AccountSession(account_id=account.id, token_hash=hash_token(token), **{**given, **values}))
    session.commit()
    with client.session_transaction() as cookie:
        cookie["token"] = token
    return token


def a_browser(app, session, *roles: Role, **values):
    """A browser in which a new person with `roles` is signed in, and that person."""
    account = an_account(session, *roles, **values)
    client = app.test_client()
    sign_in(client, session, account)
    return client, account
