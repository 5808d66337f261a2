"""Reading doors of the outbox: what is to be sent, and to whom."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Row, column, func, select, table
from sqlalchemy.orm import Session

from succession.errors import NotFound
from succession.outbox.models import MailState, OutboxMail

# Accounts live above this room; of them it needs only where to write, and in which language.
ACCOUNT = table("account", column("id"), column("email"), column("name"), column("language"))


@dataclass(frozen=True, slots=True)
class Recipient:
    """Where a mail goes; a person on paper has no address."""

    address: str | None
    language: str


def recipient(session: Session, account_id: int) -> Recipient:
    """Where a person reads mail today."""
    statement = select(ACCOUNT.c.email, ACCOUNT.c.language).where(ACCOUNT.c.id == account_id)
    row = session.execute(statement).one_or_none()
    if row is None:
        raise NotFound
    return Recipient(row.email, row.language)


def next_due(session: Session, *, now: datetime) -> OutboxMail | None:
    """The oldest mail that is to be sent now, locked; mails that somebody else holds are passed over."""
    return session.scalar(
        select(OutboxMail)
        .where(OutboxMail.state == MailState.QUEUED, OutboxMail.due_at <= now)
        .order_by(OutboxMail.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )


def latest(session: Session, *, most: int, offset: int = 0) -> Sequence[Row[OutboxMail, str]]:
    """The newest mails, each with its address."""
    address = func.coalesce(OutboxMail.recipient_address, ACCOUNT.c.email).label("address")
    statement = (
        select(OutboxMail, address)
        .outerjoin(ACCOUNT, ACCOUNT.c.id == OutboxMail.recipient_account_id)
        .order_by(OutboxMail.id.desc())
        .limit(most)
        .offset(offset)
    )
    return session.execute(statement).all()


def mail(session: Session, public_id: UUID) -> OutboxMail:
    """The mail of that public id."""
    found = session.scalar(select(OutboxMail).where(OutboxMail.public_id == public_id))
    if found is None:
        raise NotFound
    return found
