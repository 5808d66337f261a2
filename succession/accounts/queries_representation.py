"""Reading doors of acting for somebody: who helps whom, what waits for a yes, and what was done in a person's name."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session, aliased

from succession.accounts import policy_acting
from succession.accounts.actor import Actor, Role, authorize
from succession.accounts.models import Account
from succession.accounts.models_representation import (
    AccountFreeze,
    Confirmation,
    Representation,
    RepresentationAccess,
)
from succession.accounts.policy_acting import Kept, Pair
from succession.accounts.queries_acting import acting, acting_object, counts, is_frozen
from succession.accounts.representation import (
    AgreedBy,
    FreezeReason,
    RepresentationKind,
    RepresentationState,
    Standing,
    day_of,
    state_of,
)
from succession.errors import NotFound

PERSON = aliased(Account, name="person")
AGENT = aliased(Account, name="agent")


@dataclass(frozen=True, slots=True)
class Helping:
    """Somebody acts, or shall act, for a person; as both read it."""

    public_id: UUID
    person: str
    person_public_id: UUID
    is_on_paper: bool
    agent: str
    agent_id: int | None
    kind: RepresentationKind
    scopes: tuple[str, ...]
    starts_on: date
    ends_on: date
    agreed_by: AgreedBy | None
    note: str
    state: RepresentationState
    freeze: FreezeReason | None


def helpers_of(session: Session, actor: Actor, *, now: datetime) -> list[Helping]:
    """Who acts or may act for the actor, the newest first; what was ended is left out."""
    return _list(session, Representation.principal_account_id == actor.account_id, now=now)


def helping_of(session: Session, actor: Actor, public_id: UUID, *, now: datetime) -> Helping:
    """One of them, for either of the two people; for others there is no such thing."""
    authorize(policy_acting.may_end, actor, pair_of(representation(session, public_id)), hidden=True)
    return helping(session, public_id, now=now)


def helped_by(session: Session, actor: Actor, *, now: datetime) -> list[Helping]:
    """The people for whom the actor acts; a coordinator sees every file that an advisor keeps."""
    own = Representation.agent_account_id == actor.account_id
    if actor.has(Role.COORDINATOR):
        own = or_(own, Representation.kind == RepresentationKind.ADVISOR)
    return _list(session, own, now=now)


def helping(session: Session, public_id: UUID, *, now: datetime) -> Helping:
    """One of them, for a door that has asked."""
    found = _list(session, Representation.public_id == public_id, now=now, with_ended=True)
    if not found:
        raise NotFound
    return found[0]


def representation(session: Session, public_id: UUID, *, lock: bool = False) -> Representation:
    """The row of that public id."""
    statement = select(Representation).where(Representation.public_id == public_id)
    if lock:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    found = session.scalar(statement)
    if found is None:
        raise NotFound
    return found


def asked_by_token(session: Session, token_hash: bytes, *, lock: bool = False) -> Representation:
    """What a link in a mail asks for."""
    statement = select(Representation).where(
        Representation.token_hash == token_hash, Representation.ended_at.is_(None), Representation.accepted_at.is_(None)
    )
    if lock:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    found = session.scalar(statement)
    if found is None:
        raise NotFound
    return found


def pair_of(row: Representation) -> Pair:
    """The two people of it."""
    return Pair(row.principal_account_id, row.agent_account_id)


def kept(session: Session, account_id: int, *, now: datetime) -> Kept:
    """Who keeps the person's file as an advisor."""
    rows = session.execute(
        select(Representation.agent_account_id, counts(now=now).label("counts")).where(
            Representation.principal_account_id == account_id,
            Representation.kind == RepresentationKind.ADVISOR,
            Representation.agent_account_id.is_not(None),
            Representation.ended_at.is_(None),
        )
    ).all()
    return Kept(
        account_id,
        asked=frozenset(row.agent_account_id for row in rows),
        mandated=frozenset(row.agent_account_id for row in rows if row.counts),
    )


def in_the_name_of(session: Session, actor: Actor, account_id: int, *, now: datetime) -> Actor:
    """The actor as who acts for that person now, whether or not they have switched; else there is no such thing."""
    if actor.own_account_id == account_id:
        return actor
    if not policy_acting.is_themselves(actor):
        raise NotFound
    statement = (
        select(acting_object(PERSON))
        .select_from(Representation)
        .join(PERSON, PERSON.id == Representation.principal_account_id)
        .where(
            Representation.principal_account_id == account_id,
            Representation.agent_account_id == actor.account_id,
            counts(now=now),
        )
        .order_by(Representation.ends_on.desc(), Representation.id.desc())
    )
    for found in session.scalars(statement):
        wanted = acting(actor, found)
        if wanted.acting_for is not None and wanted.may_write:
            return wanted
    raise NotFound


def resting(session: Session, account_id: int) -> AccountFreeze | None:
    """Since when the person's file rests, if it does."""
    return session.scalar(
        select(AccountFreeze).where(AccountFreeze.account_id == account_id, AccountFreeze.lifted_at.is_(None))
    )


def confirmation(session: Session, public_id: UUID, *, lock: bool = False) -> Confirmation:
    """What waits for a yes, or had one."""
    statement = select(Confirmation).where(Confirmation.public_id == public_id)
    if lock:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    found = session.scalar(statement)
    if found is None:
        raise NotFound
    return found


def waiting(session: Session, account_id: int) -> list[Confirmation]:
    """What waits for the person's yes."""
    statement = select(Confirmation).where(
        Confirmation.account_id == account_id, Confirmation.confirmed_at.is_(None), Confirmation.dropped_at.is_(None)
    )
    return list(session.scalars(statement.order_by(Confirmation.asked_at.desc())))


def account(session: Session, account_id: int, *, lock: bool = False) -> Account:
    """The person of that number, locked if something of theirs is to be done one after the other."""
    return session.get_one(Account, account_id, with_for_update=lock or None)


def person_by_public_id(session: Session, public_id: UUID, *, lock: bool = False) -> Account:
    """The person of that public id."""
    statement = select(Account).where(Account.public_id == public_id)
    found = session.scalar(statement.with_for_update() if lock else statement)
    if found is None:
        raise NotFound
    return found


def has_account(session: Session, email: str) -> bool:
    """Whether somebody has that address already."""
    same = func.lower(Account.email) == func.lower(email.strip())
    return session.scalar(select(Account.id).where(same)) is not None


def open_representations(session: Session, account_id: int) -> list[Representation]:
    """All that nobody has ended, for that person."""
    statement = select(Representation).where(
        Representation.principal_account_id == account_id, Representation.ended_at.is_(None)
    )
    return list(session.scalars(statement))


@dataclass(frozen=True, slots=True)
class Look:
    """What somebody looked at in the person's name on one day, and how often."""

    day: date
    agent: str
    room: str
    times: int
    last_at: datetime


def looks(session: Session, account_id: int, *, most: int = 200) -> list[Look]:
    """What was looked at in the person's name, the newest first."""
    agent = func.coalesce(AGENT.name, Representation.agent_name)
    last_at = func.max(RepresentationAccess.last_at)
    statement = (
        select(
            RepresentationAccess.day, agent, RepresentationAccess.room, func.sum(RepresentationAccess.times), last_at
        )
        .join(Representation, Representation.id == RepresentationAccess.representation_id)
        .outerjoin(AGENT, AGENT.id == Representation.agent_account_id)
        .where(Representation.principal_account_id == account_id)
        .group_by(RepresentationAccess.day, agent, RepresentationAccess.room)
        .order_by(last_at.desc(), RepresentationAccess.room)
        .limit(most)
    )
    return [Look(*row) for row in session.execute(statement)]


def agent_name(session: Session, account_public_id: UUID) -> str:
    """The name of somebody who did something in a person's name; empty if they have left."""
    return session.scalar(select(Account.name).where(Account.public_id == account_public_id)) or ""


def everybody_for(session: Session, account_id: int, *, now: datetime) -> list[Helping]:
    """All that nobody has ended, for that person, as both read it; for a door that has asked."""
    return _list(session, Representation.principal_account_id == account_id, now=now)


def _list(session: Session, which: ColumnElement[bool], *, now: datetime, with_ended: bool = False) -> list[Helping]:
    statement = _helpings().where(which)
    if not with_ended:
        statement = statement.where(Representation.ended_at.is_(None))
    return [_helping(row, day_of(now)) for row in session.execute(statement)]


def _helpings() -> Select[Any]:
    freeze = select(AccountFreeze.reason).where(
        AccountFreeze.account_id == Representation.principal_account_id, AccountFreeze.lifted_at.is_(None)
    )
    return (
        select(Representation, PERSON, AGENT.name, freeze.scalar_subquery(), is_frozen())
        .join(PERSON, PERSON.id == Representation.principal_account_id)
        .outerjoin(AGENT, AGENT.id == Representation.agent_account_id)
        .order_by(Representation.created_at.desc(), Representation.id.desc())
    )


def _helping(found: Any, today: date) -> Helping:
    row, person, agent, freeze, frozen = found
    standing = Standing(
        kind=row.kind,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        is_accepted=row.accepted_at is not None and row.agent_account_id is not None,
        is_confirmed=row.confirmed_at is not None,
        is_ended=row.ended_at is not None,
        is_frozen=frozen,
        is_blocked=person.blocked_at is not None,
    )
    return Helping(
        public_id=row.public_id,
        person=person.name,
        person_public_id=person.public_id,
        is_on_paper=person.email is None,
        agent=agent or row.agent_name,
        agent_id=row.agent_account_id,
        kind=row.kind,
        scopes=tuple(row.scopes),
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        agreed_by=row.agreed_by,
        note=row.note,
        state=state_of(standing, today),
        freeze=None if freeze is None else FreezeReason(freeze),
    )
