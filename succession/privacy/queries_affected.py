"""Whom an accident concerns (Art. 33, 34 DSGVO): found from the record and the sessions of a time, or of an account."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, Table, and_, select
from sqlalchemy.orm import Session

from succession.accounts.actor import Actor, authorize
from succession.accounts.models import Account, AccountSession
from succession.audit.models import AuditEntry
from succession.i18n import Text
from succession.privacy import policy
from succession.privacy.register import REGISTER

SIGNED_IN = Text("was signed in")
ACTED = Text("did something")
TOUCHED = Text("something of theirs was read or changed")


@dataclass(frozen=True, slots=True)
class Affected:
    """A person whom an accident may concern, and why; for telling them."""

    public_id: UUID
    name: str
    email: str | None
    reasons: tuple[Text, ...]


def affected(
    session: Session, actor: Actor, *, since: datetime, until: datetime, account_public_id: UUID | None = None
) -> list[Affected]:
    """Everybody who was signed in or did something in that time, or whose things were read or changed then.

    With an account: what was done with that account alone, if it fell into wrong hands.
    """
    authorize(policy.may_see_processing, actor, None)
    when = and_(AuditEntry.recorded_at >= since, AuditEntry.recorded_at < until)
    if account_public_id is not None:
        when = and_(when, AuditEntry.account_public_id == account_public_id)
    reasons: dict[int, list[Text]] = {}
    for reason, statement in (
        (SIGNED_IN, _signed_in(since, until, account_public_id)),
        (ACTED, select(Account.id).where(Account.public_id.in_(select(AuditEntry.account_public_id).where(when)))),
        *((TOUCHED, statement) for statement in _owners_of_targets(when)),
    ):
        for account_id in session.scalars(statement):
            known = reasons.setdefault(account_id, [])
            if reason not in known:
                known.append(reason)
    people = session.scalars(select(Account).where(Account.id.in_(reasons)).order_by(Account.name, Account.id))
    return [Affected(person.public_id, person.name, person.email, tuple(reasons[person.id])) for person in people]


def _signed_in(since: datetime, until: datetime, account_public_id: UUID | None) -> Select[int]:
    """Sessions that are gone by now are found by their entries in the record."""
    alive = and_(AccountSession.created_at < until, AccountSession.last_seen_at >= since)
    statement = select(AccountSession.account_id).where(alive)
    if account_public_id is not None:
        own = select(Account.id).where(Account.public_id == account_public_id)
        statement = statement.where(AccountSession.account_id.in_(own))
    return statement


def _owners_of_targets(when: ColumnElement[bool]) -> Iterator[Select[int]]:
    """For each kind of thing in the record that has a table: the accounts that its rows belong to."""
    for marked in REGISTER:
        table = marked.table
        if "public_id" not in table.c or not marked.concerns:
            continue
        targets = select(AuditEntry.public_id).where(when, AuditEntry.kind == table.name)
        if table.name == "account":
            yield select(table.c.id).where(table.c.public_id.in_(targets))
            continue
        for owner in _owners(table):
            yield owner.where(table.c.public_id.in_(targets))


def _owners(table: Table) -> Iterator[Select[int]]:
    """By keys of the table itself, else by those of what it hangs on."""
    own = [key for key in table.foreign_keys if key.column.table.name == "account"]
    for key in own:
        yield select(key.parent).where(key.parent.is_not(None))
    if own:
        return
    for key in table.foreign_keys:
        above = key.column.table
        for further in above.foreign_keys:
            if further.column.table.name == "account":
                yield (
                    select(further.parent)
                    .select_from(table)
                    .join(above, key.column == key.parent)
                    .where(further.parent.is_not(None))
                )
