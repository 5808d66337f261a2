"""Writing doors of the outbox: a mail is written with what it tells about, and sent by the worker."""

from datetime import datetime, timedelta
from email.message import EmailMessage
from uuid import uuid4

from jinja2 import TemplateError
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from succession.jobs import queue
from succession.outbox import queries, sending
from succession.outbox.models import MailState, OutboxMail
from succession.outbox.rendering import Letterhead, message, render_mail
from succession.outbox.values import Mail, pack, unpack

DELIVER = "outbox.deliver"
ONE_SENDER = 7_302_031  # the number of the lock that keeps mails in order
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=4)
MOST_ATTEMPTS = 30
LONGEST_ERROR = 500


def enqueue(
    session: Session,
    mail: Mail,
    *,
    account_id: int | None = None,
    address: str | None = None,
    language: str | None = None,
    now: datetime,
) -> OutboxMail:
    """The mail will be sent to the person (or the address) if, and only if, the caller's transaction is committed.

    The language is the person's own unless given; the address of a person is looked up when it is sent.
    """
    if language is None:
        language = queries.recipient(session, account_id).language if account_id is not None else "de"
    public_id = uuid4()
    row = OutboxMail(
        public_id=public_id,
        message_id=f"<{public_id}@succession.invalid>",
        recipient_account_id=account_id,
        recipient_address=address,
        template=mail.template,
        values=pack(mail.values),
        language=language,
        state=MailState.QUEUED,
        attempts=0,
        queued_at=now,
        due_at=now,
    )
    session.add(row)
    session.flush()
    queue.enqueue(session, DELIVER)
    return row


def send_next(session: Session, transport: sending.Transport | None, letterhead: Letterhead, *, now: datetime) -> bool:
    """The oldest due mail is sent, or it is noted why not; whether it makes sense to go on with the next.

    Commit after each: a mail that left and a crash before the commit is sent again with the same Message-ID.
    """
    if not session.scalar(select(func.pg_try_advisory_xact_lock(ONE_SENDER))):
        return False  # somebody else is sending, and looks for the next one afterwards
    mail = queries.next_due(session, now=now)
    if mail is None:
        return False
    to = _address(session, mail)
    if transport is None or to is None:
        mail.state = MailState.KEPT
        return True
    mail.attempts += 1
    try:
        transport(_message(mail, to, letterhead))
    except sending.ServerGone as error:
        mail.last_error = str(error)[:LONGEST_ERROR]
        return False  # still due: order is kept, and the next round begins with it
    except sending.Postponed as error:
        mail.last_error = str(error)[:LONGEST_ERROR]
        mail.due_at = now + min(FIRST_WAIT * 2 ** min(mail.attempts - 1, 10), LONGEST_WAIT)
        if mail.attempts >= MOST_ATTEMPTS:
            mail.state = MailState.FAILED
        return True
    except (sending.RefusedForGood, ValueError, TemplateError) as error:  # the last two: a fault of ours, for ever
        mail.last_error = str(error)[:LONGEST_ERROR]
        mail.state = MailState.FAILED
        return True
    mail.state, mail.sent_at, mail.last_error = MailState.SENT, now, None
    return True


def _address(session: Session, mail: OutboxMail) -> str | None:
    """Where the mail goes; nowhere, if it is to a person on paper."""
    if mail.recipient_account_id is None:
        return mail.recipient_address or ""
    return queries.recipient(session, mail.recipient_account_id).address


def _message(mail: OutboxMail, to: str, letterhead: Letterhead) -> EmailMessage:
    rendered = render_mail(mail.template, unpack(mail.values), mail.language, letterhead)
    return message(rendered, message_id=mail.message_id, to=to, written_at=mail.queued_at, sender=letterhead.sender)
