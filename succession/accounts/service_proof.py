"""The writing doors through which a person who is signed in shows once more that they know the password."""

from datetime import datetime

from sqlalchemy.orm import Session

from succession.accounts import brake, passwords, policy
from succession.accounts.actor import Actor, authorize
from succession.accounts.models import Account
from succession.accounts.service_brake import count_try, forgive_tries
from succession.errors import Refused
from succession.i18n import Text
from succession.security_log import Result, note


def reserve_proof(session: Session, actor: Actor, address: str, *, now: datetime) -> None:
    """The try is counted like one to sign in, before the password is looked at; in a transaction of its own."""
    authorize(policy.may_change_account, actor, actor.account_id)
    count_try(session, brake.count_keys(_account(session, actor).email or "", address), now=now)


def prove_password(session: Session, actor: Actor, password: str, address: str, *, now: datetime) -> None:
    """It is the person's password; `Refused` if not."""
    authorize(policy.may_change_account, actor, actor.account_id)
    account = _account(session, actor)
    if not passwords.is_password(password, account.password_hash):
        note("account.password_entered", Result.REFUSED)
        raise Refused(Text("The password is not right."))
    forgive_tries(session, brake.count_keys(account.email or "", address), now=now)


def _account(session: Session, actor: Actor) -> Account:
    return session.get_one(Account, actor.account_id)
