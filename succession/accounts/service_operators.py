"""The writing door of the command line: somebody becomes operator and coordinator of this installation."""

import secrets
from datetime import datetime
from uuid import uuid4

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from succession.accounts import password_rules, passwords, policy_people, queries
from succession.accounts import service_links as given_links
from succession.accounts.actor import Actor, Role, authorize
from succession.accounts.addresses import normal_address
from succession.accounts.models import Account, AccountRole
from succession.accounts.models_people import Purpose
from succession.accounts.names import checked_name
from succession.accounts.service_recovery import NewPassword, end_sessions
from succession.accounts.tokens import Link
from succession.audit import service as audit

ROLES = (Role.OPERATOR, Role.COORDINATOR)


def make_operator(
    session: Session,
    actor: Actor,
    *,
    email: str,
    name: str,
    password: NewPassword | None = None,
    link: Link | None = None,
    now: datetime,
) -> Account:
    """The account of that address is there, confirmed, and operator and coordinator; with `password` it is set, with
    `link` that link sets one. An account that was there keeps its name and, without `password`, its password.
    """
    authorize(policy_people.may_make_operators, actor, None)
    address, called = normal_address(email), checked_name(name)
    account = queries.account_by_email(session, address)
    if account is None:
        unusable = passwords.hash_password(secrets.token_urlsafe())
        account = Account(public_id=uuid4(), email=address, name=called, password_hash=unusable, created_at=now)
        session.add(account)
    account.confirmed_at, account.blocked_at = account.confirmed_at or now, None
    if password is not None:
        password_rules.check_password(password.text, (password.site_name, called, address))
        account.password_hash, account.password_changed_at = passwords.hash_password(password.text), now
    session.flush()
    rows = [{"account_id": account.id, "role": role} for role in ROLES]
    session.execute(insert(AccountRole).values(rows).on_conflict_do_nothing())
    if password is not None:
        end_sessions(session, account.id, now=now)
    if link is not None:
        given_links.give(session, account, Purpose.PASSWORD, link, now=now)
    audit.record(session, actor, "account.made_operator", kind="account", public_id=account.public_id, now=now)
    return account
