"""Reading doors of the second factor: what a person has set up, and what a session waits for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from succession.accounts import policy
from succession.accounts.actor import Actor, authorize
from succession.accounts.models import Account, AccountSession
from succession.accounts.models_second_factor import CodeList, ListCode, ListKind, Passkey, TotpSecret
from succession.accounts.second_factor import Own
from succession.errors import Forbidden
from succession.i18n import Text


@dataclass(frozen=True, slots=True)
class Details:
    """What the page about one's second factor shows."""

    own: Own
    app_since: datetime | None
    app_last_used_at: datetime | None
    passkeys: Sequence[Passkey]
    printed_since: datetime | None
    is_spared: bool


def own_factors(session: Session, account_id: int) -> Own:
    """What the account has set up."""
    lists = _lists(session, account_id)
    printed, recovery = lists.get(ListKind.PRINTED), lists.get(ListKind.RECOVERY)
    passkeys = session.scalar(select(func.count()).where(Passkey.account_id == account_id)) or 0
    return Own(
        has_app=session.get(TotpSecret, account_id) is not None,
        passkeys=passkeys,
        has_printed=printed is not None,
        printed_left=printed.left if printed else 0,
        next_number=printed.next_number if printed else None,
        recovery_left=recovery.left if recovery else 0,
    )


def details(session: Session, actor: Actor, account_id: int) -> Details:
    """The same with days and names, for the person themselves and for who helps them back in."""
    authorize(policy.may_see_second_factor, actor, account_id)
    secret = session.get(TotpSecret, account_id)
    passkeys = session.scalars(select(Passkey).where(Passkey.account_id == account_id).order_by(Passkey.id)).all()
    printed = _lists(session, account_id).get(ListKind.PRINTED)
    return Details(
        own=own_factors(session, account_id),
        app_since=secret.created_at if secret else None,
        app_last_used_at=secret.last_used_at if secret else None,
        passkeys=passkeys,
        printed_since=printed.created_at if printed else None,
        is_spared=session.get_one(Account, account_id).is_demo,
    )


def passkeys_of(session: Session, account_id: int) -> list[bytes]:
    """The names of the keys by which the account can sign in."""
    return list(session.scalars(select(Passkey.credential_id).where(Passkey.account_id == account_id)))


def pending_secret(session: Session, token_hash: bytes) -> bytes | None:
    """The sealed secret that waits in this session for its first code."""
    return session.scalar(select(AccountSession.pending_secret).where(AccountSession.token_hash == token_hash))


def own_session(session: Session, actor: Actor, token_hash: bytes) -> AccountSession:
    """The session of the browser at hand, locked; one that somebody has ended is refused."""
    authorize(policy.may_change_account, actor, actor.account_id)
    found = session.scalar(
        select(AccountSession)
        .where(
            AccountSession.token_hash == token_hash,
            AccountSession.account_id == actor.account_id,
            AccountSession.ended_at.is_(None),
        )
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if found is None:
        raise Forbidden(Text("You were signed out in the meantime. Please sign in again."))
    return found


@dataclass(frozen=True, slots=True)
class _Tally:
    created_at: datetime
    left: int
    next_number: int | None


def _lists(session: Session, account_id: int) -> dict[ListKind, _Tally]:
    """The lists in force, with how many codes are left and which comes next."""
    unused = ListCode.used_at.is_(None)
    rows = session.execute(
        select(
            CodeList.kind,
            CodeList.created_at,
            func.count(ListCode.number).filter(unused).label("left"),
            func.min(ListCode.number).filter(unused).label("next"),
        )
        .join(ListCode, ListCode.code_list_id == CodeList.id)
        .where(CodeList.account_id == account_id, CodeList.confirmed_at.is_not(None))
        .group_by(CodeList.id)
    )
    return {row.kind: _Tally(row.created_at, row.left, row.next) for row in rows}
