"""A mail's subject and body in the recipient's language, and the message that goes over the wire. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime as format_date_header
from functools import cache, partial
from pathlib import Path
from typing import Any

from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from succession.config import Contact
from succession.i18n import PLACE_OF_TIMES, load_translations, render
from succession.outbox.sealing import Sealed, unseal

TEMPLATES = Path(__file__).parent.parent / "templates" / "mail"
LONGEST_SUBJECT = 200


@dataclass(frozen=True, slots=True)
class Letterhead:
    """What all mails of an installation share."""

    site_name: str
    base_url: str
    contact: Contact
    sender: str
    key: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Rendered:
    """A mail as a person reads it."""

    subject: str
    body: str


def render_mail(template: str, values: Mapping[str, Any], language: str, letterhead: Letterhead) -> Rendered:
    """Subject (one line) and body of a mail; a value that the template needs and does not get is an error."""
    environment = _environment(language)
    opened = {
        name: unseal(value, letterhead.key) if isinstance(value, Sealed) else value for name, value in values.items()
    }
    names = {**opened, "letterhead": letterhead, "language": language}
    subject = environment.get_template(f"{template}.subject.txt").render(names)
    body = environment.get_template(f"{template}.body.txt").render(names)
    return Rendered(" ".join(subject.split())[:LONGEST_SUBJECT], body.strip() + "\n")


def message(rendered: Rendered, *, message_id: str, to: str, written_at: datetime, sender: str) -> EmailMessage:
    """The message; a line break in an address or a subject is refused by the header rules of the policy."""
    envelope = EmailMessage(policy=SMTP)
    envelope["Subject"] = rendered.subject
    envelope["From"] = sender
    envelope["To"] = to
    envelope["Date"] = format_date_header(written_at)
    envelope["Message-ID"] = message_id
    envelope["Auto-Submitted"] = "auto-generated"
    envelope.set_content(rendered.body, cte="quoted-printable")
    return envelope


@cache
def _environment(language: str) -> Environment:
    """Jinja without Flask: plain text, so nothing is escaped."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        extensions=["jinja2.ext.i18n"],
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=False,  # nosec B701  # noqa: S701 - plain text mails
    )
    translations = load_translations(language)
    environment.install_gettext_translations(translations, newstyle=True)  # type: ignore[attr-defined]
    environment.filters["say"] = partial(render, translations=translations, language=language)
    environment.filters["number"] = partial(format_decimal, locale=language)
    environment.filters["day"] = partial(_day, language=language)
    environment.filters["moment"] = partial(_moment, language=language)
    return environment


def _day(value: date, *, language: str) -> str:
    return str(format_date(value, format="long", locale=language))


def _moment(value: datetime, *, language: str) -> str:
    return str(format_datetime(value, format="medium", tzinfo=PLACE_OF_TIMES, locale=language))
