"""Reading doors of one's own account: what it holds, where one is signed in, whom one has invited."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, false, select, true
from sqlalchemy.orm import Session

from succession.accounts.actor import Actor, Role
from succession.accounts.models import Account, AccountSession
from succession.accounts.models_people import AccountInvitation
from succession.accounts.sessions import ends_at, is_alive
from succession.accounts.tokens import hash_token


@dataclass(frozen=True, slots=True)
class SignedInBrowser:
    """One browser in which the person is signed in."""

    session: AccountSession
    ends_at: datetime
    is_this: bool


def own_account(session: Session, actor: Actor) -> Account:
    """The account of the person at the keyboard."""
    return session.get_one(Account, actor.account_id)


def browsers(session: Session, actor: Actor, token: str | None, *, now: datetime) -> list[SignedInBrowser]:
    """Where the person is signed in: this browser first, then by when it was last seen."""
    statement = (
        select(AccountSession)
        .where(AccountSession.account_id == actor.account_id, AccountSession.ended_at.is_(None))
        .order_by(AccountSession.last_seen_at.desc(), AccountSession.id)
    )
    own_hash = hash_token(token or "")
    alive = [
        SignedInBrowser(row, _end(row), row.token_hash == own_hash)
        for row in session.scalars(statement)
        if is_alive(created_at=row.created_at, last_seen_at=row.last_seen_at, is_lasting=row.is_lasting, now=now)
    ]
    return sorted(alive, key=lambda browser: not browser.is_this)


def invitations(session: Session, actor: Actor) -> list[AccountInvitation]:
    """The invitations that the person may see, newest first."""
    statement = select(AccountInvitation).where(visible_invitations(actor)).order_by(AccountInvitation.id.desc())
    return list(session.scalars(statement.limit(200)))


def visible_invitations(actor: Actor) -> ColumnElement[bool]:
    """One's own; coordinators and operators see all."""
    if actor.has(Role.COORDINATOR, Role.OPERATOR):
        return true()
    return AccountInvitation.inviter_account_id == actor.account_id if actor.has(Role.ADVISOR) else false()


def _end(row: AccountSession) -> datetime:
    return ends_at(created_at=row.created_at, last_seen_at=row.last_seen_at, is_lasting=row.is_lasting)
