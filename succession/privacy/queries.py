"""Reading doors of the privacy room: what is held on a person, their copies and consents, and what was erased."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session, aliased

from succession.accounts.actor import Actor, authorize
from succession.accounts.duties import MembershipRole
from succession.accounts.models import Account, Membership, Organisation
from succession.errors import NotFound
from succession.marks import Person
from succession.privacy import erasing, policy
from succession.privacy.consents import WORDINGS, ConsentPurpose, ConsentState
from succession.privacy.models import ConsentAct, DataExport, Erasure


@dataclass(frozen=True, slots=True)
class Overview:
    """What the page on one's own data shows."""

    shares: list[erasing.Share]
    exports: list[DataExport]
    consents: list[ConsentState]
    sole_administrator_of: list[str]


def overview(session: Session, actor: Actor, *, now: datetime) -> Overview:
    """All that is held on the person, by kind; their copies; their consents; what stands in the way of closing."""
    person = own_person(session, actor)
    return Overview(
        erasing.shares(session, person),
        exports(session, actor, now=now),
        consents(session, actor),
        sole_administrator_of(session, person.account_id),
    )


def own_person(session: Session, actor: Actor) -> Person:
    """The person at the keyboard; nobody else, also not one for whom they act."""
    authorize(policy.may_see_own, actor, actor.account_id)
    return _person(session, select(Account).where(Account.id == actor.account_id))


def person_by_public_id(session: Session, public_id: UUID) -> Person | None:
    """The person of an account, if there still is one."""
    statement = select(Account).where(Account.public_id == public_id)
    return None if session.scalar(statement) is None else _person(session, statement)


def exports(session: Session, actor: Actor, *, now: datetime) -> list[DataExport]:
    """The person's copies that can still be fetched or are being made, the newest first."""
    authorize(policy.may_see_own, actor, actor.account_id)
    statement = select(DataExport).where(
        DataExport.account_id == actor.account_id, or_(DataExport.expires_at.is_(None), DataExport.expires_at > now)
    )
    return list(session.scalars(statement.order_by(DataExport.id.desc())))


def export(session: Session, actor: Actor, public_id: UUID, *, now: datetime) -> DataExport:
    """One copy; somebody else's, or one that is too old, is not there."""
    found = session.scalar(select(DataExport).where(DataExport.public_id == public_id))
    if found is None or (found.expires_at is not None and found.expires_at <= now):
        raise NotFound
    authorize(policy.may_see_own, actor, found.account_id, hidden=True)
    return found


def consents(session: Session, actor: Actor) -> list[ConsentState]:
    """How each consent stands; without an act it is not given."""
    authorize(policy.may_see_own, actor, actor.account_id)
    return [_consent(session, actor.account_id, purpose) for purpose in ConsentPurpose]


def sole_administrator_of(session: Session, account_id: int) -> list[str]:
    """The organisations that would have nobody to manage them without this person."""
    other = aliased(Membership)
    others = select(other.id).where(
        other.organisation_id == Membership.organisation_id,
        other.account_id != account_id,
        other.role == MembershipRole.ADMINISTRATOR,
    )
    statement = (
        select(Organisation.name)
        .join(Membership, Membership.organisation_id == Organisation.id)
        .where(
            Membership.account_id == account_id,
            Membership.role == MembershipRole.ADMINISTRATOR,
            ~others.exists(),
        )
    )
    return list(session.scalars(statement.order_by(Organisation.name)))


def erasures(session: Session, actor: Actor, *, most: int = 100) -> list[Erasure]:
    """Who was erased, as numbers, the newest first; with things of others that still name them."""
    authorize(policy.may_see_processing, actor, None)
    return list(session.scalars(select(Erasure).order_by(Erasure.id.desc()).limit(most)))


def exports_since(session: Session, account_id: int, since: datetime) -> int:
    """How many copies the person has asked for since then."""
    statement = select(func.count()).where(DataExport.account_id == account_id, DataExport.requested_at > since)
    return session.scalar(statement) or 0


def _person(session: Session, statement: Select[Account]) -> Person:
    account = session.scalar(statement)
    if account is None:
        raise NotFound
    return Person(account.id, account.public_id, account.email, account.name)


def _consent(session: Session, account_id: int | None, purpose: ConsentPurpose) -> ConsentState:
    last = session.scalar(
        select(ConsentAct)
        .where(ConsentAct.account_id == account_id, ConsentAct.purpose == purpose)
        .order_by(ConsentAct.id.desc())
        .limit(1)
    )
    if last is None:
        return ConsentState(purpose, WORDINGS[purpose], is_given=False, since=None, way=None)
    return ConsentState(purpose, WORDINGS[purpose], is_given=last.is_given, since=last.acted_at, way=last.way)
