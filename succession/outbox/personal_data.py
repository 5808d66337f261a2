"""What the outbox holds on a person: the mails written to them."""

from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from succession.outbox.models import OutboxMail


def export(session: Session, account_id: int) -> list[dict[str, Any]]:
    """Each mail with its kind, its values and when it was sent."""
    statement = select(OutboxMail).where(OutboxMail.recipient_account_id == account_id).order_by(OutboxMail.id)
    return [
        {
            "kind": mail.template,
            "values": mail.values,
            "written_at": mail.queued_at.isoformat(),
            "sent_at": mail.sent_at.isoformat() if mail.sent_at else None,
        }
        for mail in session.scalars(statement)
    ]


def erase(session: Session, account_id: int) -> None:
    """No mail to the person is left, sent or not."""
    session.execute(delete(OutboxMail).where(OutboxMail.recipient_account_id == account_id))
