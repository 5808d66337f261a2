"""What a mailbox shows: the mails of the outbox, with their secrets opened by the key of the tests."""

from sqlalchemy import func, select

from succession.accounts.models import Account
from succession.accounts.tokens import link_for, new_token
from succession.config import Contact
from succession.outbox.models import OutboxMail
from succession.outbox.rendering import Letterhead, render_mail
from succession.outbox.sealing import unseal
from succession.outbox.values import unpack

KEY = "only-for-tests-" * 3
LETTERHEAD = Letterhead("Nachfolge Elbtal", "https://example.org", Contact(), "Nachfolge <noreply@example.org>", KEY)


def a_link():
    """A fresh secret for a service, as the web makes it."""
    return link_for(new_token(), KEY)


def mails_to(session, address) -> list[OutboxMail]:
    """Every mail that this mailbox gets, oldest first."""
    to_account = select(Account.id).where(func.lower(Account.email) == address.lower())
    statement = select(OutboxMail).where(
        (func.lower(OutboxMail.recipient_address) == address.lower()) | OutboxMail.recipient_account_id.in_(to_account)
    )
    return list(session.scalars(statement.order_by(OutboxMail.id)))


def templates_to(session, address) -> list[str]:
    """What these mails are about."""
    return [mail.template.removeprefix("accounts/") for mail in mails_to(session, address)]


def token_in(mail: OutboxMail) -> str:
    """The end of the link in the mail."""
    return unseal(unpack(mail.values)["token"], KEY)


def read(mail: OutboxMail) -> str:
    """The mail as the person reads it."""
    rendered = render_mail(mail.template, unpack(mail.values), mail.language, LETTERHEAD)
    return f"{rendered.subject}\n\n{rendered.body}"
