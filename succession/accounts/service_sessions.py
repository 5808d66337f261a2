"""Writing doors of signed-in browsers: one or all are signed out, a desk is chosen, an account is blocked."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from succession.accounts import policy, policy_people
from succession.accounts.actor import Actor, Role, authorize
from succession.accounts.models import Account, AccountSession
from succession.accounts.service_recovery import end_sessions
from succession.accounts.tokens import hash_token
from succession.audit import service as audit
from succession.errors import NotFound


def end_one(session: Session, actor: Actor, public_id: UUID, *, now: datetime) -> None:
    """That browser is signed out; one of somebody else does not exist."""
    found = session.scalar(select(AccountSession).where(AccountSession.public_id == public_id))
    if found is None:
        raise NotFound
    authorize(policy.may_end_session, actor, found.account_id, hidden=True)
    if found.ended_at is None:
        found.ended_at = now
        audit.record(
            session, actor, "account.browser_signed_out", kind="account", public_id=actor.account_public_id, now=now
        )


def end_all(session: Session, actor: Actor, *, now: datetime) -> None:
    """Every browser is signed out, this one too."""
    authorize(policy.may_change_account, actor, actor.account_id)
    assert actor.account_id is not None
    end_sessions(session, actor.account_id, now=now)
    audit.record(
        session, actor, "account.signed_out_everywhere", kind="account", public_id=actor.account_public_id, now=now
    )


def choose_desk(session: Session, actor: Actor, role: Role | None, token: str, *, now: datetime) -> None:
    """The menu of this browser shows what belongs to the role; the person keeps the rights of all their roles."""
    authorize(policy_people.may_take_desk, actor, role)
    session.execute(
        update(AccountSession)
        .where(AccountSession.token_hash == hash_token(token), AccountSession.account_id == actor.account_id)
        .values(desk=role)
    )
    audit.record(session, actor, "account.desk_chosen", kind="account", public_id=actor.account_public_id, now=now)


def block(session: Session, actor: Actor, public_id: UUID, *, now: datetime) -> None:
    """Nobody is signed in to the account any more, and nobody can sign in."""
    account = _account(session, public_id)
    authorize(policy_people.may_block, actor, account.id)
    account.blocked_at = account.blocked_at or now
    end_sessions(session, account.id, now=now)
    audit.record(session, actor, "account.blocked", kind="account", public_id=public_id, now=now)


def unblock(session: Session, actor: Actor, public_id: UUID, *, now: datetime) -> None:
    """The account may be used again."""
    account = _account(session, public_id)
    authorize(policy_people.may_block, actor, account.id)
    account.blocked_at = None
    audit.record(session, actor, "account.unblocked", kind="account", public_id=public_id, now=now)


def _account(session: Session, public_id: UUID) -> Account:
    found = session.scalar(select(Account).where(Account.public_id == public_id).with_for_update())
    if found is None:
        raise NotFound
    return found
