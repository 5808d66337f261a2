"""What an operator should know about an installation: each check says what is wrong and what to do."""

import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import Connection, exists, func, select, text
from sqlalchemy.exc import OperationalError, ProgrammingError
from sqlalchemy.orm import Session
from sqlalchemy.pool import NullPool

from succession import cluster, schema
from succession.accounts.actor import Role
from succession.accounts.models import Account, AccountRole
from succession.audit.verification import LATEST_COMMIT
from succession.config import SECRET_FILE, SETTINGS_FILE, Contact, Settings
from succession.db import DatabaseRole, make_engine
from succession.jobs import queries as jobs
from succession.legal import queries as legal
from succession.outbox.models import MailState, OutboxMail
from succession.outbox.neutrality import telling_words

LONGEST_WAIT = timedelta(minutes=10)
LONGEST_MAIL_WAIT = timedelta(hours=1)
UNSEALED = """
SELECT count(*) FROM audit_entry AS entry
WHERE written_at < :before AND NOT EXISTS (SELECT 1 FROM audit_seal WHERE entry_id = entry.id)
"""
WAITING = "SELECT count(*) FROM procrastinate_jobs WHERE status = 'todo' AND coalesce(scheduled_at, :now) <= :now"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to do; `is_wrong` if the installation should not go on like this."""

    area: str
    sentence: str
    is_wrong: bool = True


Check = Callable[[Settings], Iterator[Finding]]


def examine(settings: Settings) -> list[Finding]:
    """Everything there is to do, the settings first."""
    found = [finding for check in BEFORE_THE_DATABASE for finding in check(settings)]
    engine = make_engine(cluster.database_url(settings, DatabaseRole.APP), DatabaseRole.APP, poolclass=NullPool)
    try:
        with engine.connect() as connection:
            found += _database(settings, connection)
    except (OperationalError, ProgrammingError) as error:
        reason = str(error.orig).strip().splitlines()[0]
        found.append(Finding("database", f"It does not answer: {reason}. Start it: succession db start."))
    return found


def _settings(settings: Settings) -> Iterator[Finding]:
    if not settings.is_production:
        sentence = "This is no public installation. For one: SUCCESSION_ENV=production."
        yield Finding("settings", sentence, is_wrong=False)
        return
    if not settings.base_url.startswith("https://"):
        yield Finding("settings", "SUCCESSION_BASE_URL must begin with https://, or links in mails lead nowhere safe.")
    if not settings.cookie_secure:
        yield Finding("settings", "SUCCESSION_COOKIE_SECURE is off: the cookie would travel in the clear.")
    if settings.contact.phone == Contact().phone or settings.contact.email == Contact().email:
        yield Finding("settings", "SUCCESSION_CONTACT_PHONE and _EMAIL are still those of the demo: nobody answers.")
    if settings.trusted_proxies == 0:
        sentence = (
            "SUCCESSION_TRUSTED_PROXIES is 0: right only if no proxy stands before the web process. With one, set 1, "
            "or all visitors share one address."
        )
        yield Finding("proxies", sentence, is_wrong=False)


def _mail_settings(settings: Settings) -> Iterator[Finding]:
    if settings.mail.host is None:
        yield Finding("mail", "SMTP_HOST is not set: mails are kept and not sent.", is_wrong=settings.is_production)
    elif not settings.mail.starttls:
        yield Finding("mail", "SMTP_STARTTLS is off: mails travel in the clear.", is_wrong=settings.is_production)
    if telling_words(settings.mail.sender):
        sentence = "SMTP_SENDER tells what mails are about. Other eyes may read a mailbox: choose a neutral name."
        yield Finding("mail", sentence, is_wrong=False)


def _files(settings: Settings) -> Iterator[Finding]:
    for name in (SETTINGS_FILE, SECRET_FILE):
        path = settings.instance / name
        if path.exists() and _others_may_read(path):
            yield Finding("files", f"Others on this machine may read {path}: chmod 600 {path}")
    uploads = settings.uploads
    if uploads.exists() and uploads.stat().st_mode & stat.S_IRWXO:
        yield Finding("files", f"Others on this machine may look into {uploads}: chmod 750 {uploads}")


BEFORE_THE_DATABASE: tuple[Check, ...] = (_settings, _mail_settings, _files)


def _others_may_read(path: Path) -> bool:
    return bool(path.stat().st_mode & (stat.S_IRGRP | stat.S_IROTH))


def _database(settings: Settings, connection: Connection) -> Iterator[Finding]:
    if connection.scalar(text("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")):
        yield Finding("database", "The application acts as a superuser: give it the role succession_app.")
    revision = connection.scalar(text("SELECT version_num FROM alembic_version"))
    if revision != schema.newest_revision():
        wanted = schema.newest_revision()
        sentence = f"It is at revision {revision}, this program expects {wanted}: succession db upgrade."
        yield Finding("database", sentence)
        return
    with Session(connection) as session:
        for check in ON_THE_DATABASE:
            yield from check(settings, session)


def _people(settings: Settings, session: Session) -> Iterator[Finding]:
    if session.scalar(select(exists().where(Account.is_demo))):
        sentence = "There are demo accounts, whose password everybody knows. Use an empty installation for the public."
        yield Finding("accounts", sentence, is_wrong=settings.is_production)
    for role in (Role.OPERATOR, Role.COORDINATOR):
        if not session.scalar(select(exists().where(AccountRole.role == role))):
            sentence = f"Nobody is {role.value}: succession create-admin."
            yield Finding("accounts", sentence, is_wrong=settings.is_production)


def _legal(settings: Settings, session: Session) -> Iterator[Finding]:
    for one in legal.missing(session):
        what = ", ".join(one.gaps) if one.gaps else "not taken on yet: succession legal take-on"
        yield Finding("legal texts", f"{one.page} ({one.language}): {what}", is_wrong=settings.is_production)


def _queue(settings: Settings, session: Session) -> Iterator[Finding]:  # noqa: ARG001 - the shape of a check
    status = jobs.status(session)
    if status.workers == 0:
        yield Finding("worker", "No worker is alive: mails, imports and nightly work wait. succession jobs work")
    if status.counts["failed"]:
        sentence = f"{status.counts['failed']} jobs have failed: succession jobs status --failed."
        yield Finding("worker", sentence)
    waiting = session.scalar(text(WAITING), {"now": datetime.now(UTC) - LONGEST_WAIT}) or 0
    if waiting:
        yield Finding("worker", f"{waiting} jobs have waited for more than ten minutes: is the worker keeping up?")


def _mails(settings: Settings, session: Session) -> Iterator[Finding]:
    counted = select(func.count()).select_from(OutboxMail)
    failed = session.scalar(counted.where(OutboxMail.state == MailState.FAILED)) or 0
    if failed:
        yield Finding("mail", f"{failed} mails were refused for good: see /operations/mails.", is_wrong=False)
    old = OutboxMail.due_at < datetime.now(UTC) - LONGEST_MAIL_WAIT
    waiting = session.scalar(counted.where(OutboxMail.state == MailState.QUEUED, old)) or 0
    if waiting:
        sentence = f"{waiting} mails have waited for more than an hour: does the mail server answer?"
        yield Finding("mail", sentence, is_wrong=settings.is_production)


def _record(settings: Settings, session: Session) -> Iterator[Finding]:  # noqa: ARG001 - the shape of a check
    late = session.scalar(text(UNSEALED), {"before": datetime.now(UTC) - LATEST_COMMIT}) or 0
    if late:
        yield Finding("record", f"{late} acts are not sealed: the worker does it every minute when it is alive.")


ON_THE_DATABASE: tuple[Callable[[Settings, Session], Iterator[Finding]], ...] = (
    _people,
    _legal,
    _queue,
    _mails,
    _record,
)
