"""Writing doors of the e-mail address: a new one is asked for, confirmed by its owner, and taken back by the former."""

import secrets
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from succession.accounts import mails, passwords, policy, policy_people, queries
from succession.accounts import service_links as given_links
from succession.accounts.actor import Actor, authorize
from succession.accounts.addresses import normal_address
from succession.accounts.models import Account
from succession.accounts.models_people import AccountToken, Purpose
from succession.accounts.service_recovery import end_sessions, send_reset
from succession.accounts.tokens import Link
from succession.audit import service as audit
from succession.errors import Conflict, Refused
from succession.i18n import Text
from succession.outbox import service as outbox

TAKEN = Text("This address belongs to another account by now. Please call us.")


def ask_for_change(session: Session, actor: Actor, email: str, link: Link, *, now: datetime) -> None:
    """A mail is on its way to the new address; the account keeps its own until the link in it is used.

    Ask for the password first: `service.prove_password`. An address that is taken gets a mail that says nothing more.
    """
    authorize(policy.may_change_account, actor, actor.account_id)
    wanted = normal_address(email)
    account = session.get_one(Account, actor.account_id)
    if wanted.lower() == (account.email or "").lower():
        raise Refused(Text("This is the address you have now."))
    given_links.end(session, account.id, Purpose.EMAIL, now=now)
    audit.record(session, actor, "account.address_change_asked", kind="account", public_id=account.public_id, now=now)
    owner = queries.account_by_email(session, wanted)
    if owner is not None:
        outbox.enqueue(session, mails.address_in_use(), account_id=owner.id, now=now)
        return
    until = given_links.give(session, account, Purpose.EMAIL, link, now=now, address=wanted)
    mail = mails.confirm_new_address(account.name, link.sealed, until)
    outbox.enqueue(session, mail, address=wanted, language=account.language, now=now)


def new_address(session: Session, actor: Actor, token: str, purpose: Purpose, *, now: datetime) -> str:
    """The address that the link sets; `DeadLink` if it cannot be used."""
    authorize(policy_people.may_use_link, actor, None)
    return given_links.found(session, token, purpose, now=now, is_used=False)[0].address or ""


def confirm_change(session: Session, actor: Actor, token: str, undo: Link, *, now: datetime) -> None:
    """The account has its new address; the former one is told, with a link that takes the change back for a week."""
    authorize(policy_people.may_use_link, actor, None)
    link, account = given_links.found(session, token, Purpose.EMAIL, now=now)
    former = account.email
    _move(session, account, link)
    link.used_at = now
    given_links.end(session, account.id, Purpose.PASSWORD, Purpose.CONFIRM, now=now)
    if former is not None:
        until = given_links.give(session, account, Purpose.UNDO_EMAIL, undo, now=now, address=former)
        mail = mails.address_changed(account.name, undo.sealed, until)
        outbox.enqueue(session, mail, address=former, language=account.language, now=now)
    audit.record(session, actor, "account.address_changed", kind="account", public_id=account.public_id, now=now)


def undo_change(session: Session, actor: Actor, token: str, reset: Link, *, now: datetime) -> None:
    """The account has its former address again. Somebody else may know the password: it works no more, everybody is
    signed out, and a link to a new password is on its way to the former address.
    """
    authorize(policy_people.may_use_link, actor, None)
    link, account = given_links.found(session, token, Purpose.UNDO_EMAIL, now=now)
    _move(session, account, link)
    given_links.end(session, account.id, *Purpose, now=now)
    account.password_hash = passwords.hash_password(secrets.token_urlsafe())
    account.password_changed_at = now
    end_sessions(session, account.id, now=now)
    send_reset(session, account, reset, now=now)
    audit.record(session, actor, "account.address_restored", kind="account", public_id=account.public_id, now=now)


def _move(session: Session, account: Account, link: AccountToken) -> None:
    """The account gets the link's address, unless somebody else has it."""
    assert link.address is not None
    owner = session.scalar(select(Account.id).where(queries.has_address(link.address)))
    if owner not in {None, account.id}:
        raise Conflict(TAKEN)
    account.email = link.address
    session.flush()
