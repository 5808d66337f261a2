"""Writing doors of invitations: somebody is asked by mail to join in a role, and accepts or not."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import and_, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from succession.accounts import mails, password_rules, passwords, policy_people, queries
from succession.accounts.actor import Actor, Role, authorize
from succession.accounts.addresses import normal_address
from succession.accounts.links import INVITATION_LIMIT, DeadLink, LinkState, state_of
from succession.accounts.models import Account, AccountRole, Language
from succession.accounts.models_people import AccountInvitation
from succession.accounts.names import checked_name
from succession.accounts.tokens import LONGEST_TOKEN, Link, hash_token
from succession.audit import service as audit
from succession.errors import Forbidden, NotFound
from succession.i18n import Text
from succession.outbox import service as outbox

SAME_FORM = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Newcomer:
    """What somebody without an account adds to an invitation."""

    name: str
    password: str = field(repr=False)
    language: Language = Language.GERMAN
    terms_version: str = ""
    site_name: str = ""


def invite(
    session: Session, actor: Actor, *, email: str, name: str, role: Role, link: Link, now: datetime
) -> AccountInvitation:
    """A mail with a link is on its way; whether the address has an account already is not told. An earlier invitation
    of the same person to the same role is void, but for one of the last minute: then the form was sent twice.
    """
    authorize(policy_people.may_invite, actor, role)
    address, called = normal_address(email), checked_name(name)
    session.get_one(Account, actor.account_id, with_for_update=True)  # two clicks at once come one after the other
    is_same = and_(
        AccountInvitation.inviter_account_id == actor.account_id,
        AccountInvitation.address == address,
        AccountInvitation.role == role,
        AccountInvitation.accepted_at.is_(None),
        AccountInvitation.withdrawn_at.is_(None),
    )
    twin = session.scalar(select(AccountInvitation).where(is_same, AccountInvitation.created_at > now - SAME_FORM))
    if twin is not None:
        return twin
    session.execute(update(AccountInvitation).where(is_same).values(withdrawn_at=now))
    made = AccountInvitation(
        public_id=uuid4(),
        inviter_account_id=actor.account_id,
        address=address,
        name=called,
        role=role,
        token_hash=link.token_hash,
        created_at=now,
        expires_at=now + INVITATION_LIMIT,
    )
    session.add(made)
    session.flush()
    mail = mails.invitation(called, actor.name, role, link.sealed, made.expires_at)
    outbox.enqueue(session, mail, address=address, language=actor.language, now=now)
    audit.record(session, actor, "account.invited", kind="account_invitation", public_id=made.public_id, now=now)
    return made


def withdraw(session: Session, actor: Actor, public_id: UUID, *, now: datetime) -> None:
    """The link leads nowhere any more; an invitation of somebody else does not exist."""
    found = session.scalar(select(AccountInvitation).where(AccountInvitation.public_id == public_id).with_for_update())
    if found is None:
        raise NotFound
    authorize(policy_people.may_withdraw_invitation, actor, found.inviter_account_id, hidden=True)
    if found.accepted_at is not None or found.withdrawn_at is not None:
        return
    found.withdrawn_at = now
    audit.record(
        session, actor, "account.invitation_withdrawn", kind="account_invitation", public_id=public_id, now=now
    )


def invited(session: Session, actor: Actor, token: str, *, now: datetime) -> tuple[AccountInvitation, bool]:
    """The invitation of the link, and whether its address has an account; `DeadLink` if it cannot be used."""
    authorize(policy_people.may_use_link, actor, None)
    found = _found(session, token, now=now)
    known = queries.account_by_email(session, found.address)
    return found, known is not None and known.confirmed_at is not None


def join(session: Session, actor: Actor, token: str, newcomer: Newcomer, *, now: datetime) -> Account:
    """There is an account of the invited address with the invitation's role: the link has confirmed the address."""
    authorize(policy_people.may_use_link, actor, None)
    invitation = _found(session, token, now=now)
    name = checked_name(newcomer.name)
    password_rules.check_password(newcomer.password, (newcomer.site_name, name, invitation.address))
    account = queries.account_by_email(session, invitation.address)
    if account is not None and account.confirmed_at is not None:
        raise Forbidden(Text("This address has an account. Please sign in first, then open the link again."))
    if account is None:
        account = Account(public_id=uuid4(), email=invitation.address, created_at=now)
        session.add(account)
    account.name, account.password_hash = name, passwords.hash_password(newcomer.password)
    account.language, account.confirmed_at = newcomer.language, now
    account.terms_version, account.terms_accepted_at = newcomer.terms_version, now
    session.flush()
    _accept(session, actor, invitation, account, now=now)
    return account


def accept(session: Session, actor: Actor, token: str, *, now: datetime) -> None:
    """The person who is signed in holds the role too; only the account of the invited address may."""
    authorize(policy_people.may_use_link, actor, None)
    invitation = _found(session, token, now=now)
    account = queries.account_by_email(session, invitation.address)
    if account is None or account.id != actor.account_id:
        raise Forbidden(Text("This invitation is for another e-mail address. Please sign in with that one."))
    _accept(session, actor, invitation, account, now=now)


def _accept(session: Session, actor: Actor, invitation: AccountInvitation, account: Account, *, now: datetime) -> None:
    invitation.accepted_at, invitation.accepted_account_id = now, account.id
    values = {"account_id": account.id, "role": invitation.role}
    session.execute(insert(AccountRole).values(values).on_conflict_do_nothing())
    audit.record(session, actor, "account.invitation_accepted", kind="account", public_id=account.public_id, now=now)


def _found(session: Session, token: str, *, now: datetime) -> AccountInvitation:
    statement = select(AccountInvitation).where(AccountInvitation.token_hash == hash_token(token)).with_for_update()
    found = session.scalar(statement) if len(token) <= LONGEST_TOKEN else None
    if found is None:
        raise DeadLink(LinkState.UNKNOWN)
    state = state_of(expires_at=found.expires_at, ended_at=found.accepted_at or found.withdrawn_at, now=now)
    if state is not LinkState.GOOD:
        raise DeadLink(state)
    return found
