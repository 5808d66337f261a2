"""Writing doors of registration: an account begins, its address is confirmed, whoever forgot the link gets another.

Nothing that is answered tells whether an address has an account: the page is the same, and the mail says the rest to
whoever reads that mailbox. Confirming asks for the password, so that nobody finishes what a stranger has begun.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import uuid4

from sqlalchemy import delete, exists, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from succession.accounts import limits, mails, password_rules, passwords, policy_people, queries, service_limits
from succession.accounts import service_links as given_links
from succession.accounts.actor import Actor, Role, authorize
from succession.accounts.addresses import normal_address
from succession.accounts.models import Account, AccountRole, Language
from succession.accounts.models_people import AccountToken, Purpose
from succession.accounts.names import checked_name
from succession.accounts.tokens import Link
from succession.audit import service as audit
from succession.errors import Refused
from succession.i18n import Text
from succession.outbox import service as outbox

SAME_FORM = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Registration:
    """What a person says of themselves to get an account."""

    email: str
    name: str
    password: str = field(repr=False)
    roles: tuple[Role, ...]
    language: Language = Language.GERMAN
    terms_version: str = ""
    site_name: str = ""


def register(session: Session, actor: Actor, values: Registration, link: Link, *, now: datetime) -> None:
    """There is an account that waits for its confirmation, and a mail on its way to the address.

    An address that has an account already gets a mail that says so. One that still waits begins anew: the newest words
    count, and the links before are dead.
    """
    authorize(policy_people.may_register, actor, None)
    email, name, roles = normal_address(values.email), checked_name(values.name), _allowed(values.roles)
    password_rules.check_password(values.password, (values.site_name, name, email))
    password_hash = passwords.hash_password(values.password)  # also for a taken address: it takes the same time
    may_write = service_limits.is_within(session, limits.CONFIRMATIONS_OF_AN_ADDRESS, email, now=now)

    account = _begun(session, email, name, password_hash, now=now)
    if account.confirmed_at is not None:
        if may_write:
            outbox.enqueue(session, mails.already_registered(account.name), account_id=account.id, now=now)
        return
    if account.blocked_at is not None or _was_just_sent(session, account, values.password, now=now):
        return
    account.name, account.password_hash, account.language = name, password_hash, values.language
    account.created_at = now
    account.terms_version, account.terms_accepted_at = values.terms_version, now
    session.execute(delete(AccountRole).where(AccountRole.account_id == account.id))
    session.add_all(AccountRole(account_id=account.id, role=role) for role in roles)
    audit.record(session, actor, "account.registered", kind="account", public_id=account.public_id, now=now)
    if may_write:
        send_confirmation(session, account, link, now=now)


def ask_for_confirmation(session: Session, actor: Actor, email: str, link: Link, *, now: datetime) -> None:
    """Whoever waits for a confirmation gets another link; the page says the same to everybody."""
    authorize(policy_people.may_register, actor, None)
    may_write = service_limits.is_within(session, limits.CONFIRMATIONS_OF_AN_ADDRESS, email, now=now)
    account = queries.account_by_email(session, email)
    if account is None or account.blocked_at is not None or not may_write:
        return
    if account.confirmed_at is not None:
        outbox.enqueue(session, mails.already_confirmed(account.name), account_id=account.id, now=now)
        return
    send_confirmation(session, account, link, now=now)


def send_confirmation(session: Session, account: Account, link: Link, *, now: datetime) -> None:
    """A mail with the link is on its way to the account's address; links before are dead."""
    given_links.end(session, account.id, Purpose.CONFIRM, now=now)
    until = given_links.give(session, account, Purpose.CONFIRM, link, now=now)
    mail = mails.confirm_address(account.name, link.sealed, until)
    outbox.enqueue(session, mail, account_id=account.id, now=now)


def waiting(session: Session, actor: Actor, token: str, *, now: datetime) -> str:
    """The address that the link confirms; `DeadLink` if it cannot be used."""
    authorize(policy_people.may_use_link, actor, None)
    return given_links.found(session, token, Purpose.CONFIRM, now=now, is_used=False)[1].email or ""


def confirm(session: Session, actor: Actor, token: str, password: str, *, now: datetime) -> Account:
    """The account may be used from now on; only whoever has the mail and knows the password gets this far."""
    authorize(policy_people.may_use_link, actor, None)
    link, account = given_links.found(session, token, Purpose.CONFIRM, now=now)
    if not passwords.is_password(password, account.password_hash):
        raise Refused(Text("This is not the password with which the account was begun."))
    link.used_at = now
    account.confirmed_at = account.confirmed_at or now
    given_links.end(session, account.id, Purpose.CONFIRM, now=now)
    audit.record(session, actor, "account.confirmed", kind="account", public_id=account.public_id, now=now)
    return account


def _begun(session: Session, email: str, name: str, password_hash: str, *, now: datetime) -> Account:
    """The account of the address, locked; made if there is none, once also if two ask at the same moment."""
    fresh = {"public_id": uuid4(), "email": email, "name": name, "password_hash": password_hash, "created_at": now}
    session.execute(insert(Account).values(fresh).on_conflict_do_nothing())
    known = queries.account_by_email(session, email)
    assert known is not None
    statement = select(Account).where(Account.id == known.id).with_for_update()
    return session.scalars(statement.execution_options(populate_existing=True)).one()


def _was_just_sent(session: Session, account: Account, password: str, *, now: datetime) -> bool:
    """A form that was sent twice by a double click: the link in the first mail stays good."""
    recent = exists().where(
        AccountToken.account_id == account.id,
        AccountToken.purpose == Purpose.CONFIRM,
        AccountToken.used_at.is_(None),
        AccountToken.created_at > now - SAME_FORM,
    )
    return bool(session.scalar(select(recent))) and passwords.is_password(password, account.password_hash)


def _allowed(roles: tuple[Role, ...]) -> tuple[Role, ...]:
    """What everybody may come for; a form that was tampered with gains nothing."""
    chosen = tuple(role for role in policy_people.SELF_SERVICE if role in roles)
    if not chosen or len(chosen) != len(set(roles)):
        raise Refused(Text("Please choose what you come for."))
    return chosen
