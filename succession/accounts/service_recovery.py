"""Writing doors of passwords: one that was forgotten is set anew by a link, one that is known is changed."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from succession.accounts import limits, mails, password_rules, passwords, policy, policy_people, queries, service_limits
from succession.accounts import service_links as given_links
from succession.accounts.actor import Actor, authorize
from succession.accounts.models import Account, AccountSession
from succession.accounts.models_people import Purpose
from succession.accounts.tokens import Link, hash_token
from succession.audit import service as audit
from succession.errors import Refused
from succession.i18n import Text
from succession.outbox import service as outbox


@dataclass(frozen=True, slots=True)
class NewPassword:
    """A password that shall be set, and the name of the site, which must not be part of it."""

    text: str = field(repr=False)
    site_name: str = ""


def ask_for_reset(session: Session, actor: Actor, email: str, link: Link, *, now: datetime) -> None:
    """Whoever has an account gets a link to a new password; the page says the same to everybody.

    Links that were sent before stay good for their hour: so a stranger who asks again and again takes nothing away.
    """
    authorize(policy_people.may_use_link, actor, None)
    may_write = service_limits.is_within(session, limits.RESETS_OF_AN_ADDRESS, email, now=now)
    account = queries.account_by_email(session, email)
    if account is None or account.blocked_at is not None or not may_write:
        return
    send_reset(session, account, link, now=now)
    audit.record(session, actor, "account.reset_asked", kind="account", public_id=account.public_id, now=now)


def send_reset(session: Session, account: Account, link: Link, *, now: datetime) -> None:
    """A mail with the link to a new password is on its way to the account's address."""
    until = given_links.give(session, account, Purpose.PASSWORD, link, now=now)
    outbox.enqueue(session, mails.set_password(account.name, link.sealed, until), account_id=account.id, now=now)


def reset_allowed(session: Session, actor: Actor, token: str, *, now: datetime) -> str:
    """The address whose password the link sets; `DeadLink` if it cannot be used."""
    authorize(policy_people.may_use_link, actor, None)
    return given_links.found(session, token, Purpose.PASSWORD, now=now, is_used=False)[1].email or ""


def reset_password(session: Session, actor: Actor, token: str, new: NewPassword, *, now: datetime) -> None:
    """The password is the new one, the address is confirmed, and nobody is signed in to the account any more."""
    authorize(policy_people.may_use_link, actor, None)
    _, account = given_links.found(session, token, Purpose.PASSWORD, now=now)
    _set(session, account, new, now=now)
    account.confirmed_at = account.confirmed_at or now
    given_links.end(session, account.id, Purpose.PASSWORD, Purpose.CONFIRM, now=now)
    end_sessions(session, account.id, now=now)
    audit.record(session, actor, "account.password_reset", kind="account", public_id=account.public_id, now=now)


def change_password(
    session: Session, actor: Actor, new: NewPassword, *, token: str, fresh_token: str, now: datetime
) -> None:
    """The password is the new one. This browser, which holds `token`, goes on with `fresh_token`; all others are out.

    Ask for the present password first: `service.prove_password`.
    """
    authorize(policy.may_change_account, actor, actor.account_id)
    account = session.get_one(Account, actor.account_id)
    _set(session, account, new, now=now)
    given_links.end(session, account.id, Purpose.PASSWORD, now=now)
    end_sessions(session, account.id, now=now, but=token)
    session.execute(
        update(AccountSession)
        .where(AccountSession.token_hash == hash_token(token), AccountSession.account_id == account.id)
        .values(token_hash=hash_token(fresh_token), created_at=now, last_seen_at=now)
    )
    audit.record(session, actor, "account.password_changed", kind="account", public_id=account.public_id, now=now)


def end_sessions(session: Session, account_id: int, *, now: datetime, but: str | None = None) -> None:
    """Every browser is signed out of the account, but the one that holds the token `but`."""
    statement = update(AccountSession).where(AccountSession.account_id == account_id, AccountSession.ended_at.is_(None))
    if but is not None:
        statement = statement.where(AccountSession.token_hash != hash_token(but))
    session.execute(statement.values(ended_at=now))


def _set(session: Session, account: Account, new: NewPassword, *, now: datetime) -> None:
    password_rules.check_password(new.text, (new.site_name, account.name, account.email or ""))
    if passwords.is_password(new.text, account.password_hash):
        raise Refused(Text("This is the password you have now. Please choose another one."))
    account.password_hash = passwords.hash_password(new.text)
    account.password_changed_at = now
    if account.email is not None:
        outbox.enqueue(session, mails.password_changed(account.name, now), account_id=account.id, now=now)
