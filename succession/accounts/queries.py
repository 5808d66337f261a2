"""Reading doors of accounts: who acts, and who is who."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Date, DateTime, ScalarSelect, Select, bindparam, cast, exists, func, or_, select
from sqlalchemy.orm import Session

from succession.accounts import duties
from succession.accounts.actor import Actor, Role
from succession.accounts.addresses import looked_up
from succession.accounts.demo_logins import DEMO_LOGINS
from succession.accounts.duties import Duty, Grant, MandateScope, MembershipRole
from succession.accounts.models import Account, AccountRole, AccountSession, Membership, Organisation, OrganisationKind
from succession.accounts.models_organisations import Mandate
from succession.accounts.models_second_factor import CodeList, ListKind, Passkey, TotpSecret
from succession.accounts.organisations import today
from succession.accounts.queries_acting import acting, acting_column
from succession.accounts.queries_sessions import within_limits
from succession.accounts.second_factor import HALF_SIGNED_LIMIT, without_second_factor
from succession.accounts.sessions import SEEN_STEP, ends_at
from succession.errors import NotFound
from succession.i18n import PLACE_OF_TIMES, Text


@dataclass(frozen=True, slots=True)
class SignedIn:
    """The person behind a browser's token; `is_half` while the second step of signing in is still to come."""

    actor: Actor
    last_seen_at: datetime
    created_at: datetime
    is_half: bool
    password_entered_at: datetime | None
    ends_at: datetime


def signed_in(session: Session, token_hash: bytes, *, now: datetime, spares_demo: bool = False) -> SignedIn | None:
    """The person behind a token; nobody if the session has ended, is too old, or the account may not be used.

    Without the second factor nobody is more than a name at the door, if they have one, and roles and duties that ask
    for it are withheld, if they have none. `spares_demo` lets the accounts of the demo region do without.
    """
    values = {"token_hash": token_hash, "now": now, "today": today(now)}
    row = session.execute(_signed_in_statement(), values).one_or_none()
    if row is None:
        return None
    is_half = row.has_factor and row.second_factor_at is None
    if is_half and row.created_at <= now - HALF_SIGNED_LIMIT:
        return None
    actor = _actor(row)
    if row.second_factor_at is None and not (spares_demo and row.is_demo):
        actor = without_second_factor(actor)
    if not is_half:
        actor = acting(actor, row.acting_for)
    if row.desk in actor.roles:
        actor = replace(actor, desk=row.desk)
    return SignedIn(actor, row.last_seen_at, row.created_at, is_half, row.password_entered_at, _ends_at(row, now))


@cache
def _signed_in_statement() -> Select[Any]:
    """Every request of a person asks this, so it is composed once; the moment and the day are parameters."""
    now, day = bindparam("now", type_=DateTime(timezone=True)), bindparam("today", type_=Date)
    return (
        _actors(day)
        .add_columns(
            Account.is_demo,
            AccountSession.last_seen_at,
            AccountSession.created_at,
            AccountSession.is_lasting,
            AccountSession.password_entered_at,
            AccountSession.second_factor_at,
            AccountSession.desk,
            has_second_factor().label("has_factor"),
            acting_column(today=day),
        )
        .join(AccountSession, AccountSession.account_id == Account.id)
        .where(
            AccountSession.token_hash == bindparam("token_hash"),
            AccountSession.ended_at.is_(None),
            within_limits(now),
            Account.blocked_at.is_(None),
            Account.confirmed_at.is_not(None),
            or_(Account.password_changed_at.is_(None), AccountSession.created_at >= Account.password_changed_at),
        )
    )


def actor_of(session: Session, account_id: int, *, now: datetime | None = None) -> Actor:
    """The person of an account, as the policies see them; mandates as they stand at `now`, else at this moment."""
    day = cast(func.timezone(str(PLACE_OF_TIMES), func.now()), Date) if now is None else today(now)
    row = session.execute(_actors(day).where(Account.id == account_id)).one_or_none()
    if row is None:
        raise NotFound(Text("There is no such account."))
    return _actor(row)


def account_by_email(session: Session, email: str) -> Account | None:
    """The account of an address, whatever its upper and lower case."""
    return session.scalar(select(Account).where(has_address(email)))


def has_address(email: str) -> ColumnElement[bool]:
    """The account of an address, however it is typed, as a filter."""
    return func.lower(Account.email) == func.lower(looked_up(email))


def email_of(session: Session, actor: Actor) -> str:
    """The address with which the person signs in."""
    return session.get_one(Account, actor.account_id).email or ""


def organisations_named(session: Session, name: str, kind: OrganisationKind | None = None) -> list[Organisation]:
    """The checked organisations of that name, whatever its upper and lower case; it may stand for several kinds."""
    statement = select(Organisation).where(func.lower(Organisation.name) == func.lower(name.strip()))
    statement = statement.where(Organisation.verified_at.is_not(None))
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
    """The organisations that the actor is a member of, by name; those managed for others are not among them."""
    own = Organisation.id.in_(actor.organisations_with(Duty.BELONG))
    statement = select(Organisation).where(own).order_by(Organisation.name)
    return list(session.scalars(statement))


def demo_accounts(session: Session) -> list[Account]:
    """The accounts of the demo region that people try the product with; none in an installation without it."""
    statement = select(Account).where(Account.is_demo, Account.email.in_(DEMO_LOGINS))
    return sorted(session.scalars(statement), key=lambda account: DEMO_LOGINS.index(account.email))


def _actors(day: date | ColumnElement[date]) -> Select[Any]:
    """Everything an `Actor` holds, in one statement."""
    memberships = select(func.jsonb_agg(func.jsonb_build_array(Membership.organisation_id, Membership.role)))
    return select(
        Account.id,
        Account.public_id,
        Account.name,
        Account.language,
        _gathered(select(func.array_agg(AccountRole.role)).where(AccountRole.account_id == Account.id)).label("roles"),
        _gathered(memberships.where(Membership.account_id == Account.id)).label("memberships"),
        _gathered(_mandates(day)).label("mandates"),
    )


def _mandates(day: date | ColumnElement[date]) -> Select[Any]:
    """The owners that the offices of a person act for on that day: as what they work there, and how far it goes."""
    granted = func.jsonb_build_array(Mandate.owner_organisation_id, Membership.role, func.to_jsonb(Mandate.scopes))
    return (
        select(func.jsonb_agg(granted))
        .select_from(Membership)
        .join(Mandate, Mandate.office_organisation_id == Membership.organisation_id)
        .where(
            Membership.account_id == Account.id,
            Mandate.revoked_at.is_(None),
            Mandate.starts_on <= day,
            or_(Mandate.ends_on.is_(None), Mandate.ends_on >= day),
        )
    )


def has_second_factor() -> ColumnElement[bool]:
    """Whether the account has set one up; a list that is used up still counts, or using it up would open the door."""
    list_counts = (CodeList.kind == ListKind.PRINTED, CodeList.confirmed_at.is_not(None))
    return or_(
        exists().where(TotpSecret.account_id == Account.id),
        exists().where(Passkey.account_id == Account.id),
        exists().where(CodeList.account_id == Account.id, *list_counts),
    )


def _ends_at(row: Any, now: datetime) -> datetime:
    """When the session ends if nothing comes after this request, which is itself a sign of life."""
    seen_at = max(row.last_seen_at, now - SEEN_STEP)
    return ends_at(created_at=row.created_at, last_seen_at=seen_at, is_lasting=row.is_lasting)


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
            *(duties.of_member(number, MembershipRole(role)) for number, role in row.memberships or ()),
            *(
                duties.of_mandate(number, MembershipRole(role), map(MandateScope, scopes))
                for number, role, scopes in row.mandates or ()
            ),
        ),
    )
