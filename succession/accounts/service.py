"""Writing doors of accounts: signing in and out, people and organisations."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from succession.accounts import brake, passwords, policy, queries
from succession.accounts.actor import Actor, Role, authorize
from succession.accounts.duties import MembershipRole
from succession.accounts.models import (
    Account,
    AccountRole,
    AccountSession,
    Language,
    Membership,
    Organisation,
    OrganisationKind,
)
from succession.accounts.organisations import usual_law
from succession.accounts.service_brake import count_try, forgive_tries
from succession.accounts.sessions import Browser
from succession.accounts.tokens import hash_token
from succession.audit import service as audit
from succession.errors import Conflict, Refused
from succession.i18n import Text
from succession.security_log import Result, note


@dataclass(frozen=True, slots=True)
class Credentials:
    """What a person types to sign in, and the network address it came from."""

    email: str
    password: str = field(repr=False)
    address: str
    browser: Browser = field(default_factory=Browser)


@dataclass(frozen=True, slots=True)
class NewAccount:
    """What an account is made of."""

    email: str
    name: str
    password_hash: str = field(repr=False)
    roles: tuple[Role, ...] = ()
    language: Language = Language.GERMAN
    is_demo: bool = False
    public_id: UUID | None = None


def reserve_try(session: Session, actor: Actor, credentials: Credentials, *, now: datetime) -> None:
    """The try to sign in is counted as a failure, before the password is looked at; `TooMany` if it comes too early.

    Runs in a transaction of its own: a refusal does not take the count along, and many at once cannot outrun it.
    """
    authorize(policy.may_sign_in, actor, None)
    count_try(session, brake.count_keys(credentials.email, credentials.address), now=now)


def sign_in(session: Session, actor: Actor, credentials: Credentials, *, token: str, now: datetime) -> Actor:
    """The browser that holds `token` is signed in as the person returned; a wrong password and an unknown address are
    refused with the same sentence after the same work. So is an account that still waits for its confirmation: else
    registering an address and signing in with it would tell whether it was taken.
    """
    authorize(policy.may_sign_in, actor, None)
    account = queries.account_by_email(session, credentials.email)
    stored = account.password_hash if account is not None else passwords.HASH_OF_NOBODY
    is_right = passwords.is_password(credentials.password, stored)
    if account is None or not is_right or account.blocked_at is not None or account.confirmed_at is None:
        note("account.signed_in", Result.REFUSED, subject=account.public_id if account is not None else None)
        raise Refused(Text("The e-mail address or the password is not right, or the address is not confirmed yet."))

    if passwords.is_outdated(account.password_hash):
        account.password_hash = passwords.hash_password(credentials.password)
    session.add(
        AccountSession(
            account_id=account.id,
            token_hash=hash_token(token),
            created_at=now,
            last_seen_at=now,
            password_entered_at=now,
            is_lasting=credentials.browser.is_lasting,
            browser=credentials.browser.family,
            network=credentials.browser.network,
        )
    )
    forgive_tries(session, brake.count_keys(credentials.email, credentials.address), now=now)
    person = queries.actor_of(session, account.id)
    audit.record(session, person, "account.signed_in", kind="account", public_id=account.public_id, now=now)
    return person


def sign_out(session: Session, actor: Actor, token: str, *, now: datetime) -> None:
    """The token is dead, also in a copy of the cookie."""
    found = session.scalar(select(AccountSession).where(AccountSession.token_hash == hash_token(token)))
    if found is None or found.ended_at is not None:
        return
    authorize(policy.may_end_session, actor, found.account_id)
    found.ended_at = now
    audit.record(session, actor, "account.signed_out", kind="account", public_id=actor.account_public_id, now=now)


def note_seen(session: Session, actor: Actor, token: str, *, now: datetime) -> None:
    """The session has been used just now; one that has ended meanwhile stays ended."""
    authorize(policy.may_change_account, actor, actor.account_id)
    session.execute(
        update(AccountSession)
        .where(
            AccountSession.token_hash == hash_token(token),
            AccountSession.ended_at.is_(None),
            AccountSession.last_seen_at < now,
        )
        .values(last_seen_at=now)
    )


def choose_language(session: Session, actor: Actor, language: Language, *, now: datetime) -> None:
    """The person's pages and mails are in `language` from now on."""
    authorize(policy.may_change_account, actor, actor.account_id)
    session.execute(update(Account).where(Account.id == actor.account_id).values(language=language))
    audit.record(session, actor, "account.language_chosen", kind="account", public_id=actor.account_public_id, now=now)


def create_account(session: Session, actor: Actor, values: NewAccount, *, now: datetime) -> Account:
    """There is an account with its roles; an address that is taken is a `Conflict`."""
    authorize(policy.may_manage_people, actor, None)
    if queries.account_by_email(session, values.email) is not None:
        raise Conflict(Text("There is already an account with this e-mail address."))
    account = Account(
        public_id=values.public_id or uuid4(),
        email=values.email.strip(),
        name=values.name,
        password_hash=values.password_hash,
        language=values.language,
        is_demo=values.is_demo,
        created_at=now,
        confirmed_at=now,
    )
    session.add(account)
    session.flush()
    session.add_all(AccountRole(account_id=account.id, role=role) for role in values.roles)
    session.flush()
    audit.record(session, actor, "account.created", kind="account", public_id=account.public_id, now=now)
    return account


def find_or_create_organisation(
    session: Session, actor: Actor, name: str, kind: OrganisationKind, *, now: datetime, public_id: UUID | None = None
) -> Organisation:
    """There is exactly one checked organisation of that name and kind, also if two ask for it at once."""
    authorize(policy.may_manage_people, actor, None)
    wanted = " ".join(name.split())
    if not wanted:
        raise Refused(Text("The organisation needs a name."))
    fresh = {
        "public_id": public_id or uuid4(),
        "name": wanted,
        "kind": kind,
        "data_law": usual_law(kind),
        "verified_at": now,
        "created_at": now,
    }
    made = session.scalar(insert(Organisation).values(fresh).on_conflict_do_nothing().returning(Organisation.public_id))
    if made is not None:
        audit.record(session, actor, "organisation.created", kind="organisation", public_id=made, now=now)
    return queries.organisations_named(session, wanted, kind)[0]


def add_member(
    session: Session, actor: Actor, organisation: Organisation, account: Account, role: MembershipRole, *, now: datetime
) -> None:
    """The person works for the organisation in that role; a former role is replaced."""
    authorize(policy.may_manage_people, actor, None)
    values = {"organisation_id": organisation.id, "account_id": account.id, "role": role, "created_at": now}
    session.execute(
        insert(Membership)
        .values(values)
        .on_conflict_do_update(index_elements=["organisation_id", "account_id"], set_={"role": role})
    )
    audit.record(
        session, actor, "organisation.member_added", kind="organisation", public_id=organisation.public_id, now=now
    )
