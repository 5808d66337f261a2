"""Where the bytes of files lie: whole or not at all, under names that say nothing. Knows no database."""

import os
from collections.abc import Collection
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

from succession.errors import Unavailable
from succession.files.limits import MEGABYTE
from succession.i18n import Text

FRESH = timedelta(hours=1)
ROOM_TO_SPARE = 200 * MEGABYTE


def place_of(folder: Path, public_id: UUID, part: str) -> Path:
    """The path of one part of a file: a size of a photo, or `document`."""
    return folder / public_id.hex[:2] / f"{public_id.hex}.{part}"


def write(folder: Path, public_id: UUID, parts: dict[str, bytes]) -> None:
    """All parts are on the disk for good. The row that makes them count comes afterwards, or a sweep takes them."""
    target = folder / public_id.hex[:2]
    target.mkdir(mode=0o700, parents=True, exist_ok=True)
    space = os.statvfs(folder)
    if space.f_bavail * space.f_frsize < sum(map(len, parts.values())) + ROOM_TO_SPARE:
        raise Unavailable(Text("There is no room for further files at the moment. Please try again later."))
    for part, content in parts.items():
        path = place_of(folder, public_id, part)
        unfinished = path.with_name(f"{path.name}.{uuid4().hex}.part")
        try:
            descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            unfinished.rename(path)
        finally:
            unfinished.unlink(missing_ok=True)


def read(folder: Path, public_id: UUID, part: str) -> bytes | None:
    """The bytes of one part; None if they are gone."""
    path = place_of(folder, public_id, part)
    return path.read_bytes() if path.is_file() else None


def remove(folder: Path, public_id: UUID) -> int:
    """No part of the file is on the disk; how many there were."""
    found = list((folder / public_id.hex[:2]).glob(f"{public_id.hex}.*"))
    for path in found:
        path.unlink(missing_ok=True)
    return len(found)


def sweep(folder: Path, kept: Collection[UUID], *, now: datetime) -> int:
    """Files that no row speaks of are gone; fresh ones stay, because their row may not be committed yet."""
    names = {public_id.hex for public_id in kept}
    removed = 0
    for path in folder.glob("??/*"):
        age = now.timestamp() - path.stat().st_mtime
        if path.name.partition(".")[0] not in names and age > FRESH.total_seconds():
            path.unlink(missing_ok=True)
            removed += 1
    return removed
