"""Files that people hand in: kept under random names until the import is done, then gone. Knows no database."""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import BinaryIO
from uuid import uuid4

from succession.errors import Conflict, Refused
from succession.i18n import Text

PREFIX = "land-"
CHUNK = 1024 * 1024
KEPT_FOR = timedelta(days=7)
LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class StoredUpload:
    """A file in the upload folder: `name` there, `file_name` as the person knows it."""

    name: str
    file_name: str
    content_hash: str
    size: int


def store(folder: Path, stream: BinaryIO, file_name: str) -> StoredUpload:
    """The file is in the folder, whole or not at all, under a name that nobody can guess."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    name = f"{PREFIX}{uuid4().hex}"
    unfinished = folder / f"{name}.part"
    digest, size = hashlib.sha256(), 0
    try:
        with unfinished.open("xb") as file:
            while chunk := stream.read(CHUNK):
                digest.update(chunk)
                size += file.write(chunk)
        if size == 0:
            raise Refused(Text("The file is empty. Check that you chose the right one."))
        unfinished.rename(folder / name)
    finally:
        unfinished.unlink(missing_ok=True)
    return StoredUpload(name, _shown_name(file_name), digest.hexdigest(), size)


def opened(folder: Path, name: str | None, content_hash: str | None) -> Path:
    """The stored file, if it is there and still the same."""
    path = None if name is None else folder / name
    if path is None or not path.is_file():
        raise Conflict(Text("The file is no longer here: it waited too long. Please choose it again."))
    with path.open("rb") as file:
        if hashlib.file_digest(file, "sha256").hexdigest() != content_hash:
            raise Conflict(Text("The stored file has changed. Please choose it again."))
    return path


def remove(folder: Path, name: str | None) -> None:
    """The file is gone."""
    if name is not None:
        (folder / name).unlink(missing_ok=True)


def sweep(folder: Path, kept: Collection[str], *, now: datetime) -> int:
    """Files that no import waits for are gone; so are old ones. Fresh files stay: their import may not be saved yet."""
    removed = 0
    for path in folder.glob(f"{PREFIX}*"):
        age = now.timestamp() - path.stat().st_mtime
        if age > KEPT_FOR.total_seconds() or (path.name not in kept and age > timedelta(hours=1).total_seconds()):
            path.unlink(missing_ok=True)
            removed += 1
    return removed


def _shown_name(file_name: str) -> str:
    """The last part of the name, without signs that have no place in one."""
    last = file_name.replace("\\", "/").rpartition("/")[2]
    plain = "".join(sign for sign in last if sign.isprintable()).strip()
    return plain[-LONGEST_NAME:] or "file"
