"""The security log: who tried what from where and how it ended, one JSON line each, and nothing that could be misused.

What goes in is closed: a name of an event, public ids, a network instead of an address, and short plain words. So no
password, token, address or message can get in by mistake, and no line can be made to look like two.
"""

import json
import logging
import os
import re
from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from uuid import UUID

from sqlalchemy import event
from sqlalchemy.orm import Session, SessionTransaction

from succession.i18n import PLACE_OF_TIMES

KEPT_FOR = timedelta(days=30)
FOLDER = "logs"
NAME = re.compile(r"security-(\d{4}-\d{2}-\d{2})\.jsonl")
PLAIN_WORD = re.compile(r"[A-Za-z0-9_.:/<>(),\"|+-]{1,160}")
LEFT_OUT = "(left out)"
WAITING = "security_log"
# Acts on the record that matter here too; refusals are noted where they happen.
NOTED_ACTS = (
    *("account.", "organisation.", "mandate.", "representation.", "file.", "confirmation.", "release."),
    *("privacy.", "consent.", "retention.", "archive.", "legal.", "reference."),
)

log = logging.getLogger("succession.security")
log.propagate = False
log.setLevel(logging.INFO)

Plain = str | int | UUID | StrEnum | None


class Result(StrEnum):
    """How it ended."""

    OK = "ok"
    REFUSED = "refused"
    BRAKED = "braked"


@dataclass(frozen=True, slots=True)
class Circumstances:
    """Who is at the other end, as far as it is known: a person's public id, a network cut short, a request."""

    who: UUID | None = None
    network: str = ""
    request_id: str = ""


circumstances: ContextVar[Circumstances | None] = ContextVar("circumstances", default=None)


def note(what: str, result: Result, *, who: UUID | None = None, **details: Plain) -> None:
    """The event is in the log, with what is known of the present request."""
    around = circumstances.get() or Circumstances()
    log.info("%s", line(what, result, around, who=who, details=details, now=datetime.now(UTC)))


def note_on_commit(session: Session, action: str, *, who: UUID | None, subject: UUID | None) -> None:
    """An act that is put on record is in the log once it is committed; acts of everyday work are not."""
    if action.startswith(NOTED_ACTS):
        session.info.setdefault(WAITING, []).append((action, who, subject))


def line(
    what: str,
    result: Result,
    around: Circumstances,
    *,
    who: UUID | None = None,
    details: Mapping[str, Plain],
    now: datetime,
) -> str:
    """One line without its end. Whatever is no plain short word is left out, and line breaks cannot get in."""
    person = who or around.who
    values: dict[str, object] = {
        "at": now.astimezone(PLACE_OF_TIMES).isoformat(timespec="milliseconds"),
        "what": _plain(what),
        "result": result.value,
        "who": str(person) if person is not None else None,
        "network": _plain(around.network),
        "request": _plain(around.request_id),
    }
    given = {name: value for name, value in details.items() if value is not None}
    values |= {name: value if isinstance(value, int) else _plain(str(value)) for name, value in given.items()}
    return json.dumps({name: value for name, value in values.items() if value not in {None, ""}}, ensure_ascii=True)


def keep_in(instance: Path) -> None:
    """From now on this process writes its lines into the folder of the installation."""
    for handler in list(log.handlers):
        if isinstance(handler, DayFiles):
            log.removeHandler(handler)
    log.addHandler(DayFiles(instance / FOLDER))


def forget_old(instance: Path, *, today: date) -> int:
    """Files of days that are longer ago than the log is kept are gone; how many there were."""
    gone = 0
    for path in (instance / FOLDER).glob("security-*.jsonl"):
        found = NAME.fullmatch(path.name)
        if found and date.fromisoformat(found[1]) <= today - KEPT_FOR:
            path.unlink(missing_ok=True)
            gone += 1
    return gone


class DayFiles(logging.Handler):
    """One file a day, readable by its owner only; each line is one write at the end, so processes never mix lines."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.folder = folder

    def emit(self, record: logging.LogRecord) -> None:
        """Appends the line; a full disk is reported where errors go and never stops the request."""
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            path = self.folder / f"security-{datetime.now(PLACE_OF_TIMES).date()}.jsonl"
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
            try:
                os.write(descriptor, f"{record.getMessage()}\n".encode())
            finally:
                os.close(descriptor)
        except OSError:
            logging.getLogger(__name__).exception("The security log cannot be written")


def _plain(word: str) -> str:
    return word if not word or PLAIN_WORD.fullmatch(word) else LEFT_OUT


@event.listens_for(Session, "after_commit")
def _write_waiting(session: Session) -> None:
    if session.in_nested_transaction():
        return
    for action, who, subject in session.info.pop(WAITING, ()):
        note(action, Result.OK, who=who, subject=subject)


@event.listens_for(Session, "after_soft_rollback")
def _drop_waiting(session: Session, ended: SessionTransaction) -> None:
    if not ended.nested:
        session.info.pop(WAITING, None)
