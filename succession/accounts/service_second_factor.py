"""Writing doors of the second factor: setting it up, changing it, taking it away."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from succession.accounts import mails_second_factor as mails
from succession.accounts import policy, queries_second_factor, second_factor
from succession.accounts.actor import Actor, authorize
from succession.accounts.models import Account, AccountSession
from succession.accounts.models_second_factor import CodeList, ListCode, ListKind, Passkey, TotpSecret
from succession.accounts.passkeys import NewKey
from succession.accounts.queries_second_factor import own_session
from succession.accounts.sealing import Keys
from succession.accounts.second_factor import Way, code_hash
from succession.audit import service as audit
from succession.errors import Conflict, NotFound, Refused
from succession.i18n import Text
from succession.outbox import service as outbox
from succession.outbox.values import Mail

MOST_PASSKEYS = 10


def begin_app(session: Session, actor: Actor, token_hash: bytes, keys: Keys) -> None:
    """A fresh secret waits in the session until the app shows its first code."""
    authorize(policy.may_change_account, actor, actor.account_id)
    own_session(session, actor, token_hash).pending_secret = keys.seal(second_factor.new_totp_secret())


def confirm_app(session: Session, actor: Actor, token_hash: bytes, keys: Keys, code: str, *, now: datetime) -> None:
    """The app counts from now on, in place of a former one; a wrong code is refused and the secret goes on waiting."""
    authorize(policy.may_change_account, actor, actor.account_id)
    browser = own_session(session, actor, token_hash)
    secret = keys.open(browser.pending_secret) if browser.pending_secret is not None else None
    if secret is None:
        raise Conflict(Text("Please begin again: the picture is not valid any more."))
    step = second_factor.totp_step(secret, code, now)
    if step is None:
        raise Refused(Text("This code is not right. Please look at the app and enter the code that it shows now."))
    values = {"sealed_secret": browser.pending_secret, "created_at": now, "last_step": step, "last_used_at": now}
    session.execute(
        insert(TotpSecret)
        .values(account_id=actor.account_id, **values)
        .on_conflict_do_update(index_elements=["account_id"], set_=values)
    )
    browser.pending_secret = None
    _is_set_up(session, actor, browser, Way.APP, now)


def draft_list(session: Session, actor: Actor, keys: Keys, *, now: datetime) -> list[str]:
    """A new printed list; it counts, and the former one no longer does, once its first code has been entered."""
    authorize(policy.may_change_account, actor, actor.account_id)
    waiting = (
        CodeList.account_id == actor.account_id,
        CodeList.kind == ListKind.PRINTED,
        CodeList.confirmed_at.is_(None),
    )
    session.execute(delete(CodeList).where(*waiting))
    codes = second_factor.new_printed_codes()
    _keep_codes(session, actor, keys, ListKind.PRINTED, codes, now=now, confirmed_at=None)
    return codes


def confirm_list(session: Session, actor: Actor, token_hash: bytes, keys: Keys, code: str, *, now: datetime) -> None:
    """The list that was printed last counts from now on; its first code is used up by this."""
    authorize(policy.may_change_account, actor, actor.account_id)
    browser = own_session(session, actor, token_hash)
    lists = (CodeList.account_id == actor.account_id, CodeList.kind == ListKind.PRINTED)
    waiting = session.scalar(select(CodeList).where(*lists, CodeList.confirmed_at.is_(None)).with_for_update())
    if waiting is None:
        raise Conflict(Text("Please begin again: there is no new list."))
    first = session.get_one(ListCode, (waiting.id, 1))
    if first.code_hash != code_hash(keys, actor.account_public_id, code, number=1):
        raise Refused(Text("This is not code number 1 of the new list. Please look at the list once more."))
    session.execute(delete(CodeList).where(*lists, CodeList.confirmed_at.is_not(None)))
    waiting.confirmed_at = first.used_at = now
    _is_set_up(session, actor, browser, Way.PRINTED, now)


def renew_recovery_codes(session: Session, actor: Actor, keys: Keys, *, now: datetime) -> list[str]:
    """Ten emergency codes; former ones no longer count."""
    authorize(policy.may_change_account, actor, actor.account_id)
    if not queries_second_factor.own_factors(session, _id(actor)).has_any:
        raise Conflict(Text("Emergency codes only help beside an app, a passkey or a printed list. Set one up first."))
    session.execute(delete(CodeList).where(CodeList.account_id == actor.account_id, CodeList.kind == ListKind.RECOVERY))
    codes = second_factor.new_recovery_codes()
    _keep_codes(session, actor, keys, ListKind.RECOVERY, codes, now=now, confirmed_at=now)
    _tell(session, actor, "second_factor_added", mails.added(Way.RECOVERY), now)
    return codes


def add_passkey(session: Session, actor: Actor, token_hash: bytes, key: NewKey, label: str, *, now: datetime) -> None:
    """The device's key counts from now on, beside others."""
    authorize(policy.may_change_account, actor, actor.account_id)
    browser = own_session(session, actor, token_hash)
    if queries_second_factor.own_factors(session, _id(actor)).passkeys >= MOST_PASSKEYS:
        raise Conflict(Text("Ten passkeys are the most. Please remove one first."))
    made = session.scalar(
        insert(Passkey)
        .values(
            account_id=actor.account_id,
            credential_id=key.credential_id,
            public_key=key.public_key,
            sign_count=key.sign_count,
            label=label,
            created_at=now,
        )
        .on_conflict_do_nothing(index_elements=["credential_id"])
        .returning(Passkey.id)
    )
    if made is None:
        raise Conflict(Text("This device is set up already."))
    _is_set_up(session, actor, browser, Way.PASSKEY, now)


def remove(session: Session, actor: Actor, way: Way, passkey_id: UUID | None = None, *, now: datetime) -> None:
    """That way of the second step is gone; with the last one the emergency codes are gone too."""
    authorize(policy.may_change_account, actor, actor.account_id)
    match way:
        case Way.APP:
            found = session.execute(delete(TotpSecret).where(TotpSecret.account_id == actor.account_id))
        case Way.PASSKEY:
            one = (Passkey.account_id == actor.account_id, Passkey.public_id == passkey_id)
            found = session.execute(delete(Passkey).where(*one))
        case _:
            kind = ListKind.PRINTED if way is Way.PRINTED else ListKind.RECOVERY
            found = session.execute(
                delete(CodeList).where(CodeList.account_id == actor.account_id, CodeList.kind == kind)
            )
    if not found.rowcount:  # type: ignore[attr-defined]  # a DELETE counts its rows
        raise NotFound
    if queries_second_factor.own_factors(session, _id(actor)).has_any:
        _tell(session, actor, "second_factor_removed", mails.removed(way), now)
        return
    _forget_everything(session, _id(actor))
    _tell(session, actor, "second_factor_removed", mails.last_removed(way), now)


def reset(session: Session, actor: Actor, account: Account, *, identified: str, now: datetime) -> None:
    """Who has lost everything can sign in with the password alone, is signed out everywhere, and is told."""
    authorize(policy.may_reset_second_factor, actor, account.id)
    _forget_everything(session, account.id)
    session.execute(
        update(AccountSession)
        .where(AccountSession.account_id == account.id, AccountSession.ended_at.is_(None))
        .values(ended_at=now)
    )
    audit.record(
        session,
        actor,
        "account.second_factor_reset",
        kind="account",
        public_id=account.public_id,
        detail={"identified": identified},
        now=now,
    )
    outbox.enqueue(session, mails.reset_for_you(), account_id=account.id, now=now)


def _keep_codes(
    session: Session,
    actor: Actor,
    keys: Keys,
    kind: ListKind,
    codes: list[str],
    *,
    now: datetime,
    confirmed_at: datetime | None,
) -> None:
    def place(number: int) -> int:
        return number if kind is ListKind.PRINTED else 0  # an emergency code is found by itself

    fresh = CodeList(account_id=actor.account_id, kind=kind, created_at=now, confirmed_at=confirmed_at)
    session.add(fresh)
    session.flush()
    session.add_all(
        ListCode(
            code_list_id=fresh.id,
            number=number,
            code_hash=code_hash(keys, actor.account_public_id, code, number=place(number)),
        )
        for number, code in enumerate(codes, start=1)
    )
    session.flush()


def _is_set_up(session: Session, actor: Actor, browser: AccountSession, way: Way, now: datetime) -> None:
    """Who has just shown that it works need not show it again; other browsers must."""
    browser.second_factor_at = now
    session.flush()
    _tell(session, actor, "second_factor_added", mails.added(way), now)


def _tell(session: Session, actor: Actor, action: str, mail: Mail, now: datetime) -> None:
    audit.record(session, actor, f"account.{action}", kind="account", public_id=actor.account_public_id, now=now)
    outbox.enqueue(session, mail, account_id=actor.account_id, now=now)


def _forget_everything(session: Session, account_id: int) -> None:
    for model in (TotpSecret, Passkey, CodeList):
        session.execute(delete(model).where(model.account_id == account_id))
    session.execute(update(AccountSession).where(AccountSession.account_id == account_id).values(second_factor_at=None))


def _id(actor: Actor) -> int:
    assert actor.account_id is not None  # authorized: a person
    return actor.account_id
