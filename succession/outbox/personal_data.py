"""What the outbox holds on a person: the mails written to them."""

from datetime import timedelta

from sqlalchemy import ColumnElement, func, or_

from succession.i18n import Text
from succession.marks import Concern, DataClass, LegalGround, Marked, OnErasure, Person, Retention, table_of
from succession.outbox.models import MailState, OutboxMail

MAILS = DataClass(
    key="mails",
    title=Text("Mails to you"),
    purpose=Text("So that you learn what happens to your things."),
    ground=LegalGround.CONTRACT,
    keeping=Text("90 days."),
    recipients=Text("the mail server of this network, and yours"),
)
LAST_MAIL = "privacy/erased"


def _written_to(person: Person) -> ColumnElement[bool]:
    """To the account, or to the address before there was one."""
    return or_(
        OutboxMail.recipient_account_id == person.account_id,
        func.lower(OutboxMail.recipient_address) == (person.email or "").lower(),
    )


def _is_last_mail() -> ColumnElement[bool]:
    """What somebody was told who is gone by now: the row still holds their address."""
    return (OutboxMail.template == LAST_MAIL) & (OutboxMail.state != MailState.QUEUED)


REGISTER: tuple[Marked, ...] = (
    Marked(
        table=table_of(OutboxMail),
        plain=("id", "public_id", "message_id", "due_at", "attempts", "last_error"),
        personal=(
            "recipient_account_id",
            "recipient_address",
            "template",
            "values",
            "language",
            "state",
            "queued_at",
            "sent_at",
        ),
        data_class=MAILS,
        concerns=(Concern(_written_to, OnErasure.DELETE),),
        retention=(
            Retention("queued_at", timedelta(days=90), only=OutboxMail.state != MailState.QUEUED),
            Retention("queued_at", timedelta(days=1), only=_is_last_mail()),
        ),
    ),
)
