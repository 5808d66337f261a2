"""The ledger of erasures: one line each, in a file outside the database and its backups. Knows no database.

A line holds the account's public id, the time and the way; whoever brings an older backup back replays it.
"""

import fcntl
import json
import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from succession.errors import Conflict
from succession.i18n import Text

FILE = "erasure-ledger.jsonl"


@dataclass(frozen=True, slots=True)
class Line:
    """Somebody was erased."""

    account_public_id: UUID
    erased_at: datetime
    way: str


def append(instance: Path, line: Line) -> None:
    """The line is on the disk when this returns."""
    instance.mkdir(mode=0o700, parents=True, exist_ok=True)
    entry = {"account": str(line.account_public_id), "erased_at": line.erased_at.isoformat(), "way": line.way}
    descriptor = os.open(instance / FILE, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        os.fchmod(descriptor, 0o600)
        os.write(descriptor, (json.dumps(entry) + "\n").encode("ascii"))
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def lines(instance: Path) -> list[Line]:
    """All lines, oldest first; a line that cannot be read is a `Conflict` that names it, so that nobody is missed."""
    path = instance / FILE
    if not path.exists():
        return []
    found = []
    for number, content in enumerate(path.read_text(encoding="ascii").splitlines(), 1):
        try:
            entry = json.loads(content)
            erased_at = datetime.fromisoformat(entry["erased_at"])
            found.append(Line(UUID(entry["account"]), erased_at, str(entry["way"])))
        except (ValueError, KeyError, TypeError):
            raise Conflict(
                Text("Line %(number)s of the ledger of erasures cannot be read: %(path)s", _where(number, path))
            ) from None
    return found


def _where(number: int, path: Path) -> dict[str, str | int]:
    return {"number": number, "path": str(path)}
