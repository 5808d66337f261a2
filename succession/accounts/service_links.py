"""Writing doors of links in mails: one is given out, one is used, the others of its kind end."""

from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from succession.accounts import links
from succession.accounts.links import DeadLink, LinkState, state_of
from succession.accounts.models import Account
from succession.accounts.models_people import AccountToken, Purpose
from succession.accounts.tokens import LONGEST_TOKEN, Link, hash_token
from succession.security_log import Result, note

LIMITS: dict[Purpose, timedelta] = {
    Purpose.CONFIRM: links.CONFIRM_LIMIT,
    Purpose.PASSWORD: links.PASSWORD_LIMIT,
    Purpose.EMAIL: links.EMAIL_LIMIT,
    Purpose.UNDO_EMAIL: links.UNDO_LIMIT,
}


def give(
    session: Session, account: Account, purpose: Purpose, link: Link, *, now: datetime, address: str | None = None
) -> datetime:
    """The link leads to the account for that purpose; until when."""
    until = now + LIMITS[purpose]
    session.add(
        AccountToken(
            account_id=account.id,
            purpose=purpose,
            token_hash=link.token_hash,
            address=address,
            created_at=now,
            expires_at=until,
        )
    )
    return until


def found(
    session: Session, token: str, purpose: Purpose, *, now: datetime, is_used: bool = True
) -> tuple[AccountToken, Account]:
    """The link and its account, locked if it is about to be used; `DeadLink` with the reason if it cannot be."""
    statement = (
        select(AccountToken, Account)
        .join(Account, Account.id == AccountToken.account_id)
        .where(AccountToken.token_hash == hash_token(token), AccountToken.purpose == purpose)
    )
    if is_used:
        statement = statement.with_for_update()
    row = session.execute(statement).one_or_none() if len(token) <= LONGEST_TOKEN else None
    if row is None:
        note("account.link_refused", Result.REFUSED, purpose=purpose, state=LinkState.UNKNOWN)
        raise DeadLink(LinkState.UNKNOWN)
    given: AccountToken = row.AccountToken
    account: Account = row.Account
    state = state_of(expires_at=given.expires_at, ended_at=given.used_at, now=now)
    if account.blocked_at is not None:
        state = LinkState.UNKNOWN
    if state is not LinkState.GOOD:
        note("account.link_refused", Result.REFUSED, subject=account.public_id, purpose=purpose, state=state)
        raise DeadLink(state)
    return given, account


def end(session: Session, account_id: int, *purposes: Purpose, now: datetime) -> None:
    """No link of these purposes leads to the account any more."""
    session.execute(
        update(AccountToken)
        .where(
            AccountToken.account_id == account_id, AccountToken.purpose.in_(purposes), AccountToken.used_at.is_(None)
        )
        .values(used_at=now)
    )
