"""What the worker does for the outbox: sends what is due, one transaction for each mail."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime

from sqlalchemy.orm import Session

from succession.config import Settings
from succession.outbox import service
from succession.outbox.rendering import Letterhead
from succession.outbox.sending import smtp_transport

MOST_AT_ONCE = 1000


def deliver(transaction: Callable[[], AbstractContextManager[Session]], *, now: datetime, settings: Settings) -> None:
    """Everything due is sent in order, until nothing is left or the server is gone."""
    transport = smtp_transport(settings.mail)
    if transport is None and settings.is_production:
        return  # mails wait until the operator names a server
    letterhead = Letterhead(
        settings.site_name, settings.base_url, settings.contact, settings.mail.sender, settings.secret_key
    )
    for _ in range(MOST_AT_ONCE):
        with transaction() as session:
            goes_on = service.send_next(session, transport, letterhead, now=now)
        if not goes_on:
            return
