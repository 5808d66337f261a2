"""Writing doors of the second step of signing in, and of entering the password once more."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import Session

from succession.accounts import brake, passkeys, passwords, policy, queries_second_factor, second_factor
from succession.accounts import mails_second_factor as mails
from succession.accounts.actor import Actor, authorize
from succession.accounts.models import Account, AccountSession
from succession.accounts.models_second_factor import CodeList, ListCode, ListKind, Passkey, TotpSecret
from succession.accounts.queries_second_factor import own_session
from succession.accounts.sealing import Keys
from succession.accounts.second_factor import Way, code_hash
from succession.accounts.service import Credentials
from succession.accounts.service_brake import count_try, forgive_tries
from succession.accounts.tokens import hash_token
from succession.audit import service as audit
from succession.errors import Refused
from succession.i18n import Text
from succession.outbox import service as outbox
from succession.security_log import Result, note, note_on_commit

WRONG_CODE = Text("This code is not right, or it has been used before. Please try the next one.")
WRONG_KEY = Text("The device was not recognised. Please try again or choose another way.")


@dataclass(frozen=True, slots=True)
class Tokens:
    """What the browser holds while it is half signed in, and what it will hold afterwards."""

    half: str = field(repr=False)
    whole: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Given:
    """The code that was typed, and where it was read."""

    way: Way
    code: str = field(repr=False)


def reserve_try(session: Session, actor: Actor, *, now: datetime) -> None:
    """A try at the second step is counted as wrong until it turns out right; `TooMany` if it comes too early.

    Runs in a transaction of its own. Whoever gets here knows the password, so the person is told of many failures.
    """
    authorize(policy.may_change_account, actor, actor.account_id)
    failures = count_try(session, _brake(actor), now=now)
    if failures == second_factor.WARN_AFTER_FAILURES + 1:
        outbox.enqueue(session, mails.guessed(), account_id=actor.account_id, now=now)


def pass_with_code(session: Session, actor: Actor, tokens: Tokens, given: Given, keys: Keys, *, now: datetime) -> None:
    """The browser that held the half token is signed in and holds the whole one; a code counts once."""
    authorize(policy.may_change_account, actor, actor.account_id)
    taken: dict[Way, Callable[[Session, Actor, Keys, str, datetime], bool]] = {
        Way.APP: _take_app_code,
        Way.PRINTED: _take_printed_code,
        Way.RECOVERY: _take_recovery_code,
    }
    if given.way not in taken or not taken[given.way](session, actor, keys, given.code, now):
        note("account.second_factor_passed", Result.REFUSED, way=given.way)
        raise Refused(WRONG_CODE)
    if given.way is Way.RECOVERY:
        outbox.enqueue(session, mails.recovery_used(), account_id=actor.account_id, now=now)
    _pass(session, actor, tokens, now)


def pass_with_passkey(
    session: Session, actor: Actor, tokens: Tokens, answer: passkeys.Answer, *, now: datetime
) -> None:
    """The same with a device's key; a counter that does not grow shows a copy and is refused."""
    authorize(policy.may_change_account, actor, actor.account_id)
    own = (Passkey.account_id == actor.account_id, Passkey.credential_id == answer.credential_id)
    key = session.scalar(select(Passkey).where(*own).with_for_update())
    if key is None:
        raise Refused(WRONG_KEY)
    count = passkeys.next_count(answer, public_key=key.public_key, sign_count=key.sign_count)
    if count is None:
        note("account.second_factor_passed", Result.REFUSED, way=Way.PASSKEY)
        raise Refused(WRONG_KEY)
    key.sign_count, key.last_used_at = count, now
    _pass(session, actor, tokens, now)


def set_challenge(session: Session, actor: Actor, token_hash: bytes, challenge: bytes, *, now: datetime) -> None:
    """The session waits for an answer to this question, and to no former one."""
    authorize(policy.may_change_account, actor, actor.account_id)
    browser = own_session(session, actor, token_hash)
    browser.challenge, browser.challenge_at = challenge, now


def take_challenge(session: Session, actor: Actor, token_hash: bytes, *, now: datetime) -> bytes:
    """The question that this session waits for; it can be taken once. In a transaction of its own."""
    authorize(policy.may_change_account, actor, actor.account_id)
    browser = own_session(session, actor, token_hash)
    challenge, asked_at = browser.challenge, browser.challenge_at
    browser.challenge = browser.challenge_at = None
    if challenge is None or asked_at is None or now - asked_at > second_factor.CHALLENGE_LIMIT:
        return b""  # fits no answer
    return challenge


def enter_password(
    session: Session, actor: Actor, token_hash: bytes, credentials: Credentials, *, now: datetime
) -> None:
    """The session knows that the password was entered just now; a wrong one is refused. After `service.reserve_try`."""
    authorize(policy.may_change_account, actor, actor.account_id)
    account = session.get_one(Account, actor.account_id)
    if not passwords.is_password(credentials.password, account.password_hash):
        note("account.password_entered", Result.REFUSED)
        raise Refused(Text("The password is not right."))
    own_session(session, actor, token_hash).password_entered_at = now
    note_on_commit(session, "account.password_entered", who=actor.account_public_id, subject=actor.account_public_id)
    forgive_tries(session, brake.count_keys(credentials.email, credentials.address), now=now)


def _pass(session: Session, actor: Actor, tokens: Tokens, now: datetime) -> None:
    """A copy of the cookie from before the second step is dead afterwards."""
    passed = session.execute(
        update(AccountSession)
        .where(
            AccountSession.token_hash == hash_token(tokens.half),
            AccountSession.account_id == actor.account_id,
            AccountSession.ended_at.is_(None),
            AccountSession.second_factor_at.is_(None),
        )
        .values(
            token_hash=hash_token(tokens.whole),
            second_factor_at=now,
            last_seen_at=now,
            challenge=None,
            challenge_at=None,
        )
    )
    if not passed.rowcount:  # type: ignore[attr-defined]  # an UPDATE counts its rows
        raise Refused(Text("This sign-in has ended. Please sign in again."))
    forgive_tries(session, _brake(actor), now=now)
    audit.record(
        session, actor, "account.second_factor_passed", kind="account", public_id=actor.account_public_id, now=now
    )


def _take_app_code(session: Session, actor: Actor, keys: Keys, code: str, now: datetime) -> bool:
    """Right, and later than every code that was taken before: two at once cannot both be the later one."""
    row = session.get(TotpSecret, actor.account_id)
    secret = keys.open(row.sealed_secret) if row is not None else None
    step = second_factor.totp_step(secret, code, now) if secret is not None else None
    if step is None:
        return False
    statement = update(TotpSecret).where(TotpSecret.account_id == actor.account_id, TotpSecret.last_step < step)
    return _one(session, statement.values(last_step=step, last_used_at=now))


def _take_printed_code(session: Session, actor: Actor, keys: Keys, code: str, now: datetime) -> bool:
    number = queries_second_factor.own_factors(session, _id(actor)).next_number
    if number is None:
        return False
    return _take_list_code(
        session, actor, ListKind.PRINTED, code_hash(keys, actor.account_public_id, code, number=number), now
    )


def _take_recovery_code(session: Session, actor: Actor, keys: Keys, code: str, now: datetime) -> bool:
    return _take_list_code(
        session, actor, ListKind.RECOVERY, code_hash(keys, actor.account_public_id, code, number=0), now
    )


def _take_list_code(session: Session, actor: Actor, kind: ListKind, hashed: bytes, now: datetime) -> bool:
    in_force: tuple[ColumnElement[bool], ...] = (
        CodeList.account_id == actor.account_id,
        CodeList.kind == kind,
        CodeList.confirmed_at.is_not(None),
    )
    statement = update(ListCode).where(
        ListCode.code_list_id.in_(select(CodeList.id).where(*in_force)),
        ListCode.code_hash == hashed,
        ListCode.used_at.is_(None),
    )
    return _one(session, statement.values(used_at=now))


def _brake(actor: Actor) -> dict[brake.Count, bytes]:
    return {brake.Count.FACTOR: brake.factor_key(_id(actor))}


def _one(session: Session, statement: object) -> bool:
    result = session.execute(statement)  # type: ignore[call-overload]
    return bool(result.rowcount == 1)


def _id(actor: Actor) -> int:
    assert actor.account_id is not None  # authorized: a person
    return actor.account_id
