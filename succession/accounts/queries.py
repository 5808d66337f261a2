"""Reading doors of accounts: who acts, and who is who."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ScalarSelect, Select, func, or_, select
from sqlalchemy.orm import Session

from succession.accounts import duties
from succession.accounts.actor import Actor, Role
from succession.accounts.demo_logins import DEMO_LOGINS
from succession.accounts.duties import Grant
from succession.accounts.models import Account, AccountRole, AccountSession, Membership, Organisation, OrganisationKind
from succession.accounts.sessions import ABSOLUTE_LIMIT, IDLE_LIMIT
from succession.errors import NotFound
from succession.i18n import Text


@dataclass(frozen=True, slots=True)
class SignedIn:
    """The person behind a browser's token."""

    actor: Actor
    last_seen_at: datetime


def signed_in(session: Session, token_hash: bytes, *, now: datetime) -> SignedIn | None:
    """The person behind a token; nobody if the session has ended, is too old, or the account may not be used."""
    statement = (
        _actors()
        .add_columns(AccountSession.last_seen_at)
        .join(AccountSession, AccountSession.account_id == Account.id)
        .where(
            AccountSession.token_hash == token_hash,
            AccountSession.ended_at.is_(None),
            AccountSession.created_at > now - ABSOLUTE_LIMIT,
            AccountSession.last_seen_at > now - IDLE_LIMIT,
            Account.blocked_at.is_(None),
            or_(Account.password_changed_at.is_(None), AccountSession.created_at >= Account.password_changed_at),
        )
    )
    row = session.execute(statement).one_or_none()
    return None if row is None else SignedIn(_actor(row), row.last_seen_at)


def actor_of(session: Session, account_id: int) -> Actor:
    """The person of an account, as the policies see them."""
    row = session.execute(_actors().where(Account.id == account_id)).one_or_none()
    if row is None:
        raise NotFound(Text("There is no such account."))
    return _actor(row)


def account_by_email(session: Session, email: str) -> Account | None:
    """The account of an address, whatever its upper and lower case."""
    return session.scalar(select(Account).where(func.lower(Account.email) == func.lower(email.strip())))


def organisations_named(session: Session, name: str, kind: OrganisationKind | None = None) -> list[Organisation]:
    """The organisations of that name, whatever its upper and lower case; a name may stand for several kinds."""
    statement = select(Organisation).where(func.lower(Organisation.name) == func.lower(name.strip()))
    if kind is not None:
        statement = statement.where(Organisation.kind == kind)
    return list(session.scalars(statement.order_by(Organisation.id)))


def organisation(session: Session, public_id: UUID) -> Organisation:
    """The organisation of that public id."""
    found = session.scalar(select(Organisation).where(Organisation.public_id == public_id))
    if found is None:
        raise NotFound(Text("There is no such organisation."))
    return found


def organisations_of(session: Session, actor: Actor) -> list[Organisation]:
    """The organisations that the actor is a member of, by name."""
    statement = select(Organisation).where(Organisation.id.in_(actor.organisation_ids)).order_by(Organisation.name)
    return list(session.scalars(statement))


def demo_accounts(session: Session) -> list[Account]:
    """The accounts of the demo region that people try the product with; none in an installation without it."""
    statement = select(Account).where(Account.is_demo, Account.email.in_(DEMO_LOGINS))
    return sorted(session.scalars(statement), key=lambda account: DEMO_LOGINS.index(account.email))


def _actors() -> Select[Any]:
    """Everything an `Actor` holds, in one statement."""
    memberships = select(func.jsonb_agg(func.jsonb_build_array(Membership.organisation_id, Membership.role)))
    return select(
        Account.id,
        Account.public_id,
        Account.name,
        Account.language,
        _gathered(select(func.array_agg(AccountRole.role)).where(AccountRole.account_id == Account.id)).label("roles"),
        _gathered(memberships.where(Membership.account_id == Account.id)).label("memberships"),
    )


def _gathered(statement: Select[Any]) -> ScalarSelect[Any]:
    return statement.correlate(Account).scalar_subquery()


def _actor(row: Any) -> Actor:
    return Actor(
        account_id=row.id,
        account_public_id=row.public_id,
        name=row.name,
        language=row.language.value,
        roles=frozenset(Role(role) for role in row.roles or ()),
        grants=frozenset[Grant]().union(
            *(duties.of_member(number, duties.MembershipRole(role)) for number, role in row.memberships or ())
        ),
    )
