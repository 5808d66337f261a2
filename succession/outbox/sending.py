"""Handing a message to the mail server."""

import smtplib
import ssl
from collections.abc import Callable
from contextlib import suppress
from email.message import EmailMessage
from typing import Protocol

from succession.config import MailServer

SECONDS = 20


class ServerGone(Exception):
    """The mail server cannot be used at the moment; no other mail will fare better."""


class Postponed(Exception):
    """The mail was not taken now; later it may be."""


class RefusedForGood(Exception):
    """The mail will never be taken."""


class Transport(Protocol):
    """Something that takes messages."""

    def __call__(self, message: EmailMessage) -> None:
        """Takes the message, or raises one of the three above."""


def smtp_transport(server: MailServer) -> Transport | None:
    """A door to the configured server; None if there is none."""
    if server.host is None:
        return None

    def send(message: EmailMessage) -> None:
        _explained(lambda: _send(server, message))

    return send


def _send(server: MailServer, message: EmailMessage) -> None:
    smtp = smtplib.SMTP(server.host or "", server.port, timeout=SECONDS)
    try:
        if server.starttls:
            smtp.starttls(context=ssl.create_default_context())
        if server.user:
            smtp.login(server.user, server.password or "")
        smtp.send_message(message)
    finally:
        # However the server takes leave: what it has accepted is sent, and must not be sent again.
        with suppress(smtplib.SMTPException, OSError):
            smtp.quit()
        smtp.close()


def _explained(act: Callable[[], None]) -> None:
    """The server's answer as one of three: not now for all, not now for this one, never for this one."""
    try:
        act()
    except smtplib.SMTPRecipientsRefused as error:
        code, reason = next(iter(error.recipients.values()))
        raise _verdict(code, reason) from error
    except (smtplib.SMTPSenderRefused, smtplib.SMTPDataError) as error:
        raise _verdict(error.smtp_code, error.smtp_error) from error
    except (smtplib.SMTPException, OSError) as error:
        raise ServerGone(f"{type(error).__name__}: {error}") from error


def _verdict(code: int, reason: bytes | str) -> Exception:
    words = reason.decode(errors="replace") if isinstance(reason, bytes) else reason
    return (RefusedForGood if code >= 500 else Postponed)(f"{code} {words}")
